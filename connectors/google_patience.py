"""Wait for Google: before a call is tried again, and between calls once Google has asked for a slower pace."""

import random
import threading
import time
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from connectors.errors import SourceError

PATIENCE = 900.0  # seconds that all calls of one pull wait in all before they are tried again
LONGEST_PAUSE = 60.0  # seconds, unless Google asks for more
RATE = 250.0  # units of quota a second that Gmail grants each user
LEAST_RATE = 10.0  # units a second below which nobody is made to go
SAME = 10.0  # seconds in which several refusals are for one haste: calls on their way know nothing of the first

Pause = Callable[[float], None]


class Failed(NamedTuple):
    """A call that may do better later: the sentence if not, how often it is worth trying (0: until patience ends), and the
    seconds that Google asks for."""

    sentence: SourceError
    tries: int
    after: float | None = None


class Patience:
    """How long one pull still waits. Threads share it."""

    def __init__(self, pause: Pause, clock: Callable[[], float] = time.monotonic) -> None:
        self._pause = pause
        self._clock = clock
        self._lock = threading.Lock()
        self._left = PATIENCE
        self._slot: float | None = None  # when the next call may start; None: as fast as they come
        self._rate = RATE
        self._slowed = 0.0

    def wait(self, failed: Failed, tries: int) -> None:
        """Wait after a call that has failed so often. Raises its sentence where that is enough."""
        if failed.tries and tries >= failed.tries:
            raise failed.sentence
        pause = min(LONGEST_PAUSE, 2.0 ** (tries - 1)) * random.uniform(0.5, 1.0)
        if failed.after is not None:
            pause = failed.after + random.uniform(0.0, 0.1) * (1.0 + failed.after)
        with self._lock:
            if pause > self._left:
                raise failed.sentence
            self._left -= pause
        self._pause(pause)

    def slow_down(self) -> None:
        """Keep to what Gmail grants from now on, since it has refused to be called faster; and to less each time that it
        refuses that, too."""
        with self._lock:
            now = self._clock()
            if self._slot is None:
                self._slot = now
            elif now - self._slowed > SAME:
                self._rate = max(LEAST_RATE, self._rate / 2)
            self._slowed = now

    def pace(self, units: int) -> None:
        """Wait for the turn of a call that costs so many units of quota."""
        with self._lock:
            if self._slot is None:
                return
            now = self._clock()
            pause = self._slot - now
            self._slot = max(self._slot, now) + units / self._rate
        if pause > 0:
            self._pause(pause)


def asked_pause(headers: Mapping[str, str]) -> float | None:
    """The seconds of a Retry-After, which is a number or a date (RFC 9110 10.2.3)."""
    told = str(headers.get("retry-after", "")).strip()
    if told.isdecimal():
        return float(told)
    try:
        until, now = parsedate_to_datetime(told), parsedate_to_datetime(str(headers.get("date", "")))
        return max(0.0, (until - now).total_seconds())
    except (TypeError, ValueError):
        return None
