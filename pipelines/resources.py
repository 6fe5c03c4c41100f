"""Give Dagster's steps the owner's store and settings, held under the owner's lock for the whole run."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TypeVar

import dagster as dg
from pydantic import PrivateAttr

from connectors.errors import SourceError
from pipelines import judging, locking, looking, pulling, reporting, showing, store_faults
from pipelines import store as stores
from pipelines.home import Home, find_home
from pipelines.pulling import Pulled
from pipelines.secrets import SecretMissing
from pipelines.settings import Owner, Settings, SettingsError, load
from pipelines.steps.moment import Counts, Moment, NoWeek
from pipelines.steps.report import Composed
from pipelines.store import Store, StoreError
from reports.delivery import DeliveryError

PATIENCE = 300.0  # seconds a run waits for another that works on the same owner
PROBLEMS = (SettingsError, StoreError, SecretMissing, SourceError, NoWeek, DeliveryError)  # each is one sentence

Result = TypeVar("Result")


class Workshop(dg.ConfigurableResource["Workshop"]):
    """Settings, stores and the moment that a run judges for.

    `home` is the home folder (empty: COLDCOFFEE_HOME, else the platform's). `week` is the ISO week to judge for (empty:
    the last whole week); `again` sends a report that was sent before. `pull_first` pulls before a report is made where
    sources were last read before the week's end; `hold_back` does not send a report while they still are. Stores are opened at first use and closed when the run ends.
    """

    home: str = ""
    week: str = ""
    patience: float = PATIENCE
    again: bool = False
    pull_first: bool = False
    hold_back: bool = False
    _open: dict[str, Store] = PrivateAttr(default_factory=dict)
    _held: ExitStack = PrivateAttr(default_factory=ExitStack)

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator["Workshop"]:  # noqa: ARG002 - Dagster gives it
        """Hold whatever the run opens until it ends."""
        with ExitStack() as held:
            self._held = held
            self._open = {}
            yield self
            self._open = {}

    def place(self) -> Home:
        """The home folder of this installation."""
        return find_home(Path(self.home) if self.home else None)

    def settings(self) -> Settings:
        """The settings, read anew: an owner's change counts from the next step on. Raises SettingsError."""
        return load(self.place().settings)

    def checked(self) -> Settings:
        """The settings, or a failed step with the sentence that says what to do."""
        return self._said(self.settings)

    def owner(self, key: str) -> Owner:
        """One owner's settings. Raises SettingsError for a name that is not there (any more)."""
        owners = self.settings().owner
        if key not in owners:
            raise SettingsError(f"{self.place().settings} names no owner “{key}”; there are {', '.join(owners)}.")
        return owners[key]

    def store(self, key: str) -> Store:
        """The owner's store, under the owner's lock until the run ends, standing at the moment to judge for."""
        if key not in self._open:
            place = self.place()
            self._held.enter_context(locking.held(place.lock(key), "a Dagster run", self.patience))
            store = self._held.enter_context(stores.opened(place.store(key), self.patience))
            self._open[key] = store
            judging.stand(store, self.owner(key), self.moment(key))
        return self._open[key]

    def moment(self, key: str) -> Moment:
        """The moment that the owner's tables are made for: never an earlier week than they already stand at."""
        owner, store = self.owner(key), self._open[key]
        week = judging.week_to_make(store, owner, self.week, pulling.now())
        return judging.moment_of(owner, max(week, judging.newest_week(store) or ""))

    def pull(self, key: str) -> list[Pulled]:
        """Pull the owner's sources."""
        return self._said(lambda: pulling.pull_all(self.store(key), self.place(), self.owner(key)))

    def step(self, keys: Sequence[str], name: str) -> dg.MaterializeResult[None]:
        """Make one judging step's tables anew for these owners; returns what its page shows, and its checks."""
        began = time.perf_counter()
        totals: Counts = {}
        for key in keys:
            for what, count in self._step(key, name).items():
                totals[what] = totals.get(what, 0) + count
        seconds = time.perf_counter() - began
        alone = self.alone()
        seen = [self._said(lambda: looking.look(self.store(key), name, named=alone)) for key in keys]  # noqa: B023 - called at once
        return showing.materialized(name, totals, seen, seconds, alone=alone)

    def alone(self) -> bool:
        """Whether this installation has one owner only, so that names may be shown."""
        return len(self.settings().owner) == 1

    def _step(self, key: str, name: str) -> Counts:
        return self._said(lambda: judging.step(self.store(key), name, self.moment(key)))

    def finish(self, keys: Sequence[str]) -> None:
        """Note the week that the tables now stand at, and publish the snapshots."""
        for key in keys:
            self._finish(key)

    def _finish(self, key: str) -> None:
        def work() -> None:
            store = self.store(key)
            judging.made(store, self.moment(key))
            store.publish(self.place().snapshot(key))

        self._said(work)

    def report(self, pairs: Sequence[tuple[str, str]]) -> dg.MaterializeResult[None]:
        """Make the reports of these owners and weeks; returns what the page shows of them, and whether their sums are
        right."""
        began = time.perf_counter()
        made = [self._report(key, week) for key, week in pairs]
        place = self.place()
        pages = [place.report(key, week) / "report.html" for key, week in pairs]
        return showing.reported(made, pages, time.perf_counter() - began, alone=self.alone())

    def _report(self, key: str, week: str) -> Composed:
        def work() -> Composed:
            store, owner = self.store(key), self.owner(key)
            if self.pull_first and reporting.staler_than(store, owner, week):
                self.pull(key)
                judging.judge(store, owner, self.moment(key))
                judging.made(store, self.moment(key))
            composed = reporting.make(store, self.place(), owner, week, pulling.now())
            store.publish(self.place().snapshot(key))
            return composed

        return self._said(work)

    def deliver(self, pairs: Sequence[tuple[str, str]], *, backfill: bool) -> Counts:
        """Send the reports of these owners and weeks to whoever has not got them yet; returns how many were sent, and how
        many were held back because sources are staler than the week. A backfill sends nothing."""
        sent = held = 0
        for key, week in () if backfill else pairs:
            count = self._deliver(key, week)
            sent += count or 0
            held += count is None
        return {"sent": sent, "held back": held, "left out in a backfill": len(pairs) if backfill else 0}

    def _deliver(self, key: str, week: str) -> int | None:
        def work() -> int | None:
            store, owner = self.store(key), self.owner(key)
            if self.hold_back and reporting.staler_than(store, owner, week):
                return None
            sent = reporting.send(store, self.place(), owner, week, pulling.now(), again=self.again)
            store.publish(self.place().snapshot(key))
            return len(sent)

        return self._said(work)

    def _said(self, work: Callable[[], Result]) -> Result:
        """The work's result; a problem that is the owner's to solve fails the step with its sentence."""
        place = self.place().folder
        try:
            with stores.told(place / "store"):
                return work()
        except PROBLEMS as error:
            raise dg.Failure(str(error), allow_retries=False) from error
        except OSError as error:
            raise dg.Failure(store_faults.of_system(error, place), allow_retries=False) from error
