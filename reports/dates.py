"""Say moments in the owner's time zone and language, seen from the end of the week."""

import datetime as dt
import zoneinfo

from reports.languages import Language, later

DAY, FULL_DAY, WEEKDAY = later("d MMMM"), later("d MMMM y"), later("EEEE d MMMM")
WEEKDAY_IN_FULL, MONTH = later("EEEE d MMMM y"), later("MMM")
NIGHT = dt.timedelta(hours=12)  # before a midnight lies the day that it ends, whatever the clock changes


class Dates:
    """Dates of one report. `ends_at` is the week's end: a midnight on the owner's clock."""

    def __init__(self, zone: str, ends_at: dt.datetime, language: Language) -> None:
        self._zone = zoneinfo.ZoneInfo(zone)
        self._ends_at = ends_at
        self._language = language

    def local(self, moment: dt.datetime) -> dt.datetime:
        """The moment on the owner's clock."""
        return moment.astimezone(self._zone)

    def day(self, moment: dt.datetime) -> str:
        """`3 November`, with the year where it could be mistaken."""
        return self._language.date(self.local(moment), DAY if self._near(moment) else FULL_DAY)

    def month(self, end: dt.datetime) -> str:
        """`2026-11`: the month of the last day before `end`."""
        return f"{self.local(end - NIGHT):%Y-%m}"

    def month_name(self, month: str) -> str:
        """`Nov` for `2026-11`."""
        return self._language.date(dt.date(int(month[:4]), int(month[5:]), 1), MONTH)

    def full_day(self, moment: dt.datetime) -> str:
        """`3 November 2026`."""
        return self._language.date(self.local(moment), FULL_DAY)

    def when(self, moment: dt.datetime) -> str:
        """`Tuesday 3 November, 15:00`."""
        here = self.local(moment)
        day = self._language.date(here, WEEKDAY if self._near(moment) else WEEKDAY_IN_FULL)
        return self._language.say("{day}, {time}", day=day, time=f"{here:%H:%M}")

    def span(self, start: dt.datetime, end: dt.datetime) -> str:
        """`9 – 15 November 2026`: a span of whole days, the last of which ends at `end`."""
        first, last = self.local(start), self.local(end - NIGHT)
        pattern = FULL_DAY
        if first.year == last.year:
            pattern = later("d") if first.month == last.month else DAY
        return f"{self._language.date(first, pattern)} – {self.full_day(end - NIGHT)}"

    def ago(self, moment: dt.datetime) -> str:
        """`12 days ago`, by the calendar, as seen on the week's last day."""
        days = (self.local(self._ends_at - NIGHT).date() - self.local(moment).date()).days
        return self._language.many(days, "{n} day ago", "{n} days ago") if days else self._language.say("that day")

    def _near(self, moment: dt.datetime) -> bool:
        return abs((self._ends_at - moment).days) < 180
