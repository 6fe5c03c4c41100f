"""Give Dagster's steps the owner's store and settings, held under the owner's lock for the whole run."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TypeVar

import dagster as dg
from pydantic import PrivateAttr

from connectors.errors import SourceError
from pipelines import judging, locking, pulling, reporting, store_faults
from pipelines import store as stores
from pipelines.home import Home, find_home
from pipelines.pulling import Pulled
from pipelines.secrets import SecretMissing
from pipelines.settings import Owner, Settings, SettingsError, load
from pipelines.steps.moment import Counts, Moment, NoWeek
from pipelines.store import Store, StoreError
from reports.delivery import DeliveryError

PATIENCE = 300.0  # seconds a run waits for another that works on the same owner
PROBLEMS = (SettingsError, StoreError, SecretMissing, SourceError, NoWeek, DeliveryError)  # each is one sentence

Result = TypeVar("Result")


class Workshop(dg.ConfigurableResource["Workshop"]):
    """Settings, stores and the moment that a run judges for.

    `home` is the home folder (empty: COLDCOFFEE_HOME, else the platform's). `week` is the ISO week to judge for (empty:
    the last whole week); `again` sends a report that was sent before. Stores are opened at first use and closed when the run ends.
    """

    home: str = ""
    week: str = ""
    patience: float = PATIENCE
    again: bool = False
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

    def step(self, keys: Sequence[str], name: str) -> Counts:
        """Make one judging step's tables anew for these owners; returns the sums of its counts."""
        totals: Counts = {}
        for key in keys:
            for what, count in self._step(key, name).items():
                totals[what] = totals.get(what, 0) + count
        return totals

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

    def report(self, pairs: Sequence[tuple[str, str]]) -> Counts:
        """Make the reports of these owners and weeks; returns how many people each section names, in all."""
        totals: Counts = {}
        for key, week in pairs:
            for what, count in self._report(key, week).items():
                totals[what] = totals.get(what, 0) + count
        return totals

    def _report(self, key: str, week: str) -> Counts:
        def work() -> Counts:
            store = self.store(key)
            composed = reporting.make(store, self.place(), self.owner(key), week, pulling.now())
            store.publish(self.place().snapshot(key))
            return reporting.numbers(composed)

        return self._said(work)

    def deliver(self, pairs: Sequence[tuple[str, str]]) -> Counts:
        """Send the reports of these owners and weeks to whoever has not got them yet; returns how many were sent."""
        sent = 0
        for key, week in pairs:
            sent += self._deliver(key, week)
        return {"sent": sent}

    def _deliver(self, key: str, week: str) -> int:
        def work() -> int:
            store = self.store(key)
            sent = reporting.send(store, self.place(), self.owner(key), week, pulling.now(), again=self.again)
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
