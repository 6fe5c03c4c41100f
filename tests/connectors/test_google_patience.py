"""How long a pull waits for Google, and how fast it goes on."""

import pytest

from connectors.errors import HostSilent
from connectors.google_patience import PATIENCE, Failed, Patience, asked_pause


class Clock:
    """A clock that only pauses move."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def pause(self, seconds: float) -> None:
        self.now += seconds

    def __call__(self) -> float:
        return self.now


def took(patience: Patience, clock: Clock, calls: int) -> float:
    """The seconds that so many calls of five units wait."""
    began = clock.now
    for _ in range(calls):
        patience.pace(5)
    return clock.now - began


def test_calls_come_as_fast_as_they_can_until_they_are_refused() -> None:
    """Then they keep to what Gmail grants, 250 units a second; and to half of it when that is refused, too."""
    clock = Clock()
    patience = Patience(clock.pause, clock)
    assert took(patience, clock, 1_000) == 0
    patience.slow_down()
    patience.slow_down()  # another call that was on its way
    assert took(patience, clock, 1_001) == pytest.approx(20)
    patience.slow_down()
    assert took(patience, clock, 1_000) == pytest.approx(40, abs=0.1)
    for _ in range(20):
        clock.pause(60)
        patience.slow_down()
    assert took(patience, clock, 101) == pytest.approx(50)  # and never to a standstill


def test_patience_is_for_the_whole_pull() -> None:
    """Pauses add up; the last one that would be too long is not begun."""
    clock = Clock()
    patience = Patience(clock.pause, clock)
    failed = Failed(HostSilent("Google asks for a pause."), 0, PATIENCE / 4)
    with pytest.raises(HostSilent):
        for tries in range(1, 10):
            patience.wait(failed, tries)
    assert PATIENCE / 2 < clock.now - 1_000 <= PATIENCE


def test_tries_come_to_an_end() -> None:
    """A call that fails again and again is given up, after pauses that grow."""
    pauses: list[float] = []
    patience = Patience(pauses.append)
    failed = Failed(HostSilent("Google could not answer."), 5)
    with pytest.raises(HostSilent):
        for tries in range(1, 10):
            patience.wait(failed, tries)
    assert [low <= pause <= 2 * low for pause, low in zip(pauses, (0.5, 1, 2, 4), strict=True)] == [True] * 4


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": "Fri, 20 Nov 2026 09:01:30 GMT", "date": "Fri, 20 Nov 2026 09:00:00 GMT"}, 90.0),
        ({"retry-after": "Fri, 20 Nov 2026 08:00:00 GMT", "date": "Fri, 20 Nov 2026 09:00:00 GMT"}, 0.0),
        ({"retry-after": "Fri, 20 Nov 2026 08:00:00 GMT"}, None),
        ({"retry-after": "soon"}, None),
        ({}, None),
    ],
)
def test_what_retry_after_says(headers: dict[str, str], seconds: float | None) -> None:
    """Seconds, or a date beside the server's own."""
    assert asked_pause(headers) == seconds
