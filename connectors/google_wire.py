"""Call Google's APIs: several calls at a time, with patience for what passes and one sentence for what does not."""

import json
import logging
import random
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from types import TracebackType
from typing import NamedTuple, Protocol, Self

import httplib2
from google_auth_httplib2 import AuthorizedHttp
from googleapiclient.discovery import build_from_document
from googleapiclient.discovery_cache import get_static_doc
from googleapiclient.errors import BatchError, HttpError

from connectors.errors import HostSilent, SourceError
from connectors.google_errors import Refusal, is_quota, refusal, unreachable
from connectors.google_json import Json
from connectors.google_keys import Keys

THREADS = 4  # calls at a time where a service takes no batches
BATCH = 50  # calls in one; Gmail refuses many of a hundred, for being too many at a time
TRIES = 5  # of a call whose answer is a fault
FEW_TRIES = 2  # of a call that runs into its time-out, or to a host that nobody knows
PATIENCE = 900.0  # seconds that all calls of one pull wait in all before they are tried again
LONGEST_PAUSE = 60.0  # seconds, unless Google asks for more
UNITS = 5  # of quota that reading one mail costs
RATE = 250  # units a second that Gmail grants each user

logging.getLogger("googleapiclient.http").setLevel(logging.ERROR)  # its warnings repeat what is handled here

Pause = Callable[[float], None]


class Methods(Protocol):
    """A service of googleapiclient, or a request to one: its methods are made at run time, of a discovery document."""

    def __getattr__(self, name: str) -> "Callable[..., Methods]": ...


class _Failed(NamedTuple):
    """A call that may do better later: the sentence if not, whether it was for quota, the seconds that Google asks for,
    and how often it is worth trying."""

    sentence: SourceError
    quota: bool
    after: float | None
    tries: int


class _Signed:
    """One thread's connection, with its requests signed. It shows no credentials: batches would handle them themselves,
    and know only Google's own class."""

    def __init__(self, keys: Keys, timeout: float) -> None:
        self._http = AuthorizedHttp(keys, http=httplib2.Http(timeout=timeout), max_refresh_attempts=1)

    def request(self, uri: str, method: str = "GET", **how: object) -> object:
        """As httplib2.Http.request."""
        return self._http.request(uri, method, **how)

    def close(self) -> None:
        self._http.close()


class Wire:
    """The connections of one pull. A thread has one of its own, since httplib2 is not made to be shared."""

    def __init__(
        self, keys: Keys, root: str | None, timeout: float, pause: Pause, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """`root` stands before the hosts of Google's addresses: None for Google's own."""
        self._keys = keys
        self._root = root
        self._timeout = timeout
        self._pause = pause
        self._clock = clock
        self._own = threading.local()
        self._https: list[_Signed] = []
        self._lock = threading.Lock()
        self._left = PATIENCE
        self._slot: float | None = None  # when the next call may start, once Google has asked for a slower pace
        self._batches = True
        self._threads = ThreadPoolExecutor(THREADS, "google")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._threads.shutdown(cancel_futures=True)
        for http in self._https:
            http.close()

    @property
    def granted(self) -> frozenset[str]:
        """See Keys.granted."""
        return self._keys.granted

    def service(self, name: str, version: str) -> Methods:
        """A service by its static discovery document: nothing is fetched for it."""
        return build_service(name, version, self._root, self._timeout)

    def call(self, request: Methods) -> Json:
        """Make one call. Raises Refusal for an answer that a repeat would not change, SourceError for anything else."""
        tries = 0
        while True:
            self._pace(UNITS)
            found = self._once(request)
            if not isinstance(found, _Failed):
                return found
            tries += 1
            self._wait(found, tries)

    def call_all(self, service: Methods, requests: Sequence[Methods]) -> list[Json | Refusal]:
        """Make many calls of one service; the answers are in their order. Raises SourceError."""
        if self._batches and len(requests) > 1:
            answers: list[Json | Refusal] = []
            for start in range(0, len(requests), BATCH):
                some = self._batched(service, requests[start : start + BATCH])
                if some is None:
                    self._batches = False
                    break
                answers += some
            else:
                return answers
            requests = requests[len(answers) :]
            return answers + list(self._threads.map(self._answer, requests))
        return list(self._threads.map(self._answer, requests))

    def _answer(self, request: Methods) -> Json | Refusal:
        try:
            return self.call(request)
        except Refusal as found:
            if found.status == 401:
                raise
            return found

    def _batched(self, service: Methods, requests: Sequence[Methods]) -> list[Json | Refusal] | None:
        """The answers to some calls that go as one; None where there are no batches."""
        answers: dict[int, Json | Refusal] = {}
        tries = 0
        while len(answers) < len(requests):
            asked = [number for number in range(len(requests)) if number not in answers]
            self._pace(UNITS * len(asked))
            failed: _Failed | None = None
            try:
                got = self._batch(service, [requests[number] for number in asked])
            except Refusal as found:
                if found.status == 404:
                    return None
                raise
            if isinstance(got, _Failed):
                failed = got
            else:
                for number, answer in zip(asked, got, strict=True):
                    if isinstance(answer, _Failed):
                        failed = answer
                    else:
                        answers[number] = answer
            if failed is not None:
                tries += 1
                self._wait(failed, tries)
        return [answers[number] for number in range(len(requests))]

    def _batch(self, service: Methods, requests: list[Methods]) -> "list[Json | Refusal | _Failed] | _Failed":
        got: dict[str, Json | Refusal | _Failed] = {}

        def take(number: str, answer: Json | None, error: Exception | None) -> None:
            if error is not None:
                found = self._judged(error)
                got[number] = found
            else:
                got[number] = answer or {}

        batch = service.new_batch_http_request(callback=take)
        for number, request in enumerate(requests):
            batch.add(request, request_id=str(number))
        whole = self._once(batch)
        if isinstance(whole, _Failed):
            return whole
        lost = _Failed(
            HostSilent("Google answered only a part of what it was asked; the next pull tries again."),
            False,
            None,
            TRIES,
        )
        return [got.get(str(number), lost) for number in range(len(requests))]

    def _once(self, request: Methods) -> "Json | _Failed":
        try:
            answer: object = request.execute(http=self._http())
        except Exception as error:  # noqa: BLE001 - what is none of the network's is raised again
            found = self._judged(error)
            if isinstance(found, Refusal):
                raise found from None  # a cause would show the address that was asked, with its keys
            return found
        if answer is not None and not isinstance(answer, dict):
            return _Failed(unreachable(ValueError(), "Google"), False, None, TRIES)
        return answer or {}

    def _judged(self, error: Exception) -> "Refusal | _Failed":
        """What an error of a call comes to. Raises those that are none of the network's."""
        if isinstance(error, HttpError):
            found = refusal(error.resp.status, error.content)
            if is_quota(found):
                with self._lock:
                    self._slot = self._slot or self._clock()
                sentence = HostSilent(
                    "Google asks for a longer pause than a pull can make; the next pull goes on from here."
                )
                return _Failed(sentence, True, _asked_pause(error.resp), TRIES)
            if found.status >= 500 or found.status == 408:
                sentence = HostSilent(f"Google could not answer (status {found.status}); the next pull tries again.")
                return _Failed(sentence, False, _asked_pause(error.resp), TRIES)
            return found
        if isinstance(error, TimeoutError | httplib2.ServerNotFoundError):
            return _Failed(unreachable(error, "Google"), False, None, FEW_TRIES)
        if isinstance(error, httplib2.HttpLib2Error | HTTPException | OSError | BatchError | ValueError | KeyError):
            return _Failed(unreachable(error, "Google"), False, None, TRIES)
        raise error

    def _wait(self, failed: _Failed, tries: int) -> None:
        if not failed.quota and tries >= failed.tries:
            raise failed.sentence
        pause = min(LONGEST_PAUSE, 2.0 ** (tries - 1)) * random.uniform(0.5, 1.0)
        if failed.after is not None:
            pause = failed.after + random.uniform(0.0, 0.1) * (1.0 + failed.after)
        with self._lock:
            if pause > self._left:
                raise failed.sentence
            self._left -= pause
        self._pause(pause)

    def _pace(self, units: int) -> None:
        """Keep to what Gmail grants, once it has refused to be called faster."""
        with self._lock:
            if self._slot is None:
                return
            now = self._clock()
            pause = self._slot - now
            self._slot = max(self._slot, now) + units / RATE
        if pause > 0:
            self._pause(pause)

    def _http(self) -> _Signed:
        http: _Signed | None = getattr(self._own, "http", None)
        if http is None:
            http = self._own.http = _Signed(self._keys, self._timeout)
            with self._lock:
                self._https.append(http)
        return http


def build_service(name: str, version: str, root: str | None, timeout: float) -> Methods:
    """A service whose hosts stand behind `root`, if there is one (`http://127.0.0.1:8400/gw`)."""
    document = json.loads(get_static_doc(name, version))
    if root is not None:
        host = document["rootUrl"].partition("://")[2]
        document["rootUrl"] = f"{root.rstrip('/')}/{host}"
        document["baseUrl"] = document["rootUrl"] + document["servicePath"]
        document.pop("mtlsRootUrl", None)
    service: Methods = build_from_document(document, http=httplib2.Http(timeout=timeout))
    return service


def _asked_pause(response: httplib2.Response) -> float | None:
    """The seconds of a Retry-After, which is a number or a date (RFC 9110 10.2.3)."""
    told = str(response.get("retry-after", "")).strip()
    if told.isdecimal():
        return float(told)
    try:
        until, now = parsedate_to_datetime(told), parsedate_to_datetime(str(response.get("date", "")))
        return max(0.0, (until - now).total_seconds())
    except (TypeError, ValueError):
        return None
