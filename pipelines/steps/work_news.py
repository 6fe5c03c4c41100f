"""Gather what this week tells of contacts: cards, automatic answers, mails that came back, and networks' notices."""

from pipelines.rules import job_news
from pipelines.store import Store
from reports.facts import News


def news(store: Store) -> tuple[News, ...]:
    """One piece of news of each kind a contact, in order of time."""
    found: dict[tuple[str, str], News] = {}
    for row in store.gather("report_work").to_pylist():
        before, after = (row["known_organization"], row["known_title"]), (row["organization"], row["title"])
        kind = job_news.of_work(before, after)
        if kind:
            at = 0 if kind == "employer" else 1
            one = News(row["contact_id"], row["name"], kind, row["at"], before[at], after[at], row["form"])
            found.setdefault((one.contact_id, kind), one)
    for row in store.gather("report_unreached").to_pylist():
        told = job_news.of_subject(row["subject"] or "", returned=row["returned"])
        if told:
            one = News(row["contact_id"], row["name"], told, row["at"], subject=row["subject"], address=row["address"])
            found.setdefault((one.contact_id, told), one)
    if store.has("notices"):
        for row in store.gather("report_notices").to_pylist():
            known = row["kind"] == "job" and (row["contact_id"], "employer") in found
            one = News(
                row["contact_id"], row["name"], row["kind"], row["at"], source=row["network"], subject=row["subject"]
            )
            if not known:  # the card says it better
                found.setdefault((one.contact_id, one.kind), one)
    return tuple(sorted(found.values(), key=lambda one: (one.at, one.name, one.contact_id, one.kind)))
