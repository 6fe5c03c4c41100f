"""Call Google's APIs: several calls at a time, tried again where that may help."""

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from types import TracebackType
from typing import Protocol, Self

import httplib2
from google_auth_httplib2 import AuthorizedHttp
from googleapiclient.errors import HttpError

from connectors import google_batch
from connectors.errors import HostSilent, ServerFault, SourceError
from connectors.google_errors import PauseWanted, Refusal, is_quota, refusal, unreachable
from connectors.google_json import Json, read_json
from connectors.google_keys import Keys
from connectors.google_patience import Failed, Patience, asked_pause
from connectors.google_services import Api, Methods, api
from connectors.google_watch import Watch

THREADS = 4  # calls at a time where a service takes no batches
BATCH = 50  # calls in one; Gmail refuses many of a hundred, for being too many at a time
TRIES = 5  # of a call whose answer is a fault
FEW_TRIES = 2  # of a call that runs into its time-out, or to a host that nobody knows
WHOLE = 5  # time-outs that an answer may take in all
UNITS = 5  # of quota that reading one mail costs
MOST_LOST = 4  # calls among many that may fail by themselves
LOST = 599  # stands for the status of a call that does


class _Response(Protocol):
    """What httplib2 gives beside the content: a mapping of the headers."""

    status: int

    def get(self, name: str, default: str, /) -> str: ...


class Wire:
    """The connections of one pull. A thread has one of its own, since httplib2 is not made to be shared."""

    def __init__(self, keys: Keys, root: str | None, timeout: float, patience: Patience) -> None:
        """`root` stands before the hosts of Google's addresses: None for Google's own."""
        self._keys = keys
        self._root = root
        self._timeout = timeout
        self._patience = patience
        self._own = threading.local()
        self._https: list[AuthorizedHttp] = []
        self._batches = True
        self._lock = threading.Lock()
        self._lost = 0  # calls of one `call_all` that have failed by themselves
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

    def api(self, name: str, version: str) -> Api:
        """One of Google's services."""
        return api(name, version, self._root)

    def call(self, request: Methods) -> Json:
        """Make one call. Raises Refusal for an answer that a repeat would not change, SourceError for anything else."""
        tries = 0
        while True:
            self._patience.pace(UNITS)
            answer = self._once(request)
            if isinstance(answer, Refusal):
                raise answer
            if not isinstance(answer, Failed):
                return answer
            tries += 1
            self._patience.wait(answer, tries)

    def call_all(self, service: Api, requests: Sequence[Methods], probe: Methods) -> list[Json | Refusal]:
        """Make many calls of one service; the answers are in their order. Raises SourceError.

        A few that fail again and again, while `probe` and the others succeed, are broken by themselves: they come as a
        Refusal with the status LOST.
        """
        answers: list[Json | Refusal] = []
        self._lost = 0
        while self._batches and len(requests) - len(answers) > 1:
            start = len(answers)
            some = self._batched(service, requests[start : start + BATCH])
            self._batches = some is not None
            answers += some or []
        answers += self._threads.map(self._answer, requests[len(answers) :])
        if self._lost:
            self.call(probe)
        return answers

    def _answer(self, request: Methods) -> Json | Refusal:
        try:
            return self.call(request)
        except Refusal as found:
            return found
        except (HostSilent, ServerFault) as error:
            return self._lose(error, 1)

    def _lose(self, error: SourceError, count: int) -> Refusal:
        """What stands for calls that fail by themselves. Raises the error where they are too many for that."""
        with self._lock:
            self._lost += count
            if self._lost > MOST_LOST:
                raise error
        return Refusal(LOST, frozenset(), str(error))

    def _batched(self, service: Api, requests: Sequence[Methods]) -> list[Json | Refusal] | None:
        """The answers to some calls that go as one; None where there are no batches."""
        answers: dict[int, Json | Refusal] = {}
        tries = 0
        while len(answers) < len(requests):
            asked = [number for number in range(len(requests)) if number not in answers]
            self._patience.pace(UNITS * len(asked))
            got = self._batch(service, [requests[number] for number in asked])
            if isinstance(got, Refusal):
                return None  # if it was for another reason, each call will tell
            failed = got if isinstance(got, Failed) else None
            for number, answer in zip(asked, [] if isinstance(got, Failed) else got, strict=False):
                if isinstance(answer, Failed):
                    failed = answer
                else:
                    answers[number] = answer
            if failed is not None:
                tries += 1
                try:
                    self._patience.wait(failed, tries)
                except (HostSilent, ServerFault) as error:
                    lost = [number for number in asked if number not in answers]
                    answers |= dict.fromkeys(lost, self._lose(error, len(lost)))
        return [answers[number] for number in range(len(requests))]

    def _batch(self, service: Api, requests: list[Methods]) -> list[Json | Refusal | Failed] | Refusal | Failed:
        """One batch as it goes: an answer for each call, or what became of the whole."""
        body = google_batch.written([str(request.uri) for request in requests])
        http = self._http()
        with Watch(http, self._timeout * WHOLE) as watch:
            try:
                response, content = http.request(
                    service.batch, "POST", body=body, headers={"content-type": google_batch.CONTENT_TYPE}
                )
            except Exception as error:  # noqa: BLE001 - what is none of the network's is raised again
                return _failed(error, watch.cut)
        if response.status >= 300:
            return self._judged(response.status, response, content)
        got = google_batch.read(response.get("content-type", ""), content)
        lost = Failed(HostSilent("Google answered only a part of what it was asked; the next pull tries again."), TRIES)
        return [self._read(got[number]) if number in got else lost for number in range(len(requests))]

    def _read(self, answer: google_batch.Answer) -> Json | Refusal | Failed:
        if answer.status >= 300:
            return self._judged(answer.status, {"retry-after": answer.retry_after}, answer.content)
        found = read_json(answer.content)
        return found if found is not None else _unreadable()

    def _once(self, request: Methods) -> Json | Refusal | Failed:
        http = self._http()
        with Watch(http, self._timeout * WHOLE) as watch:
            try:
                answer: object = request.execute(http=http)
            except HttpError as error:
                return self._judged(error.resp.status, error.resp, error.content)
            except Exception as error:  # noqa: BLE001 - what is none of the network's is raised again
                return _failed(error, watch.cut)
        return answer if isinstance(answer, dict) else _unreadable()

    def _judged(self, status: int, headers: "_Response | dict[str, str]", content: bytes) -> Refusal | Failed:
        """What an answer that is no yes comes to."""
        found = refusal(status, content)
        after = asked_pause({name: headers.get(name, "") for name in ("retry-after", "date")})
        if is_quota(found):
            self._patience.slow_down()
            return Failed(
                PauseWanted("Google asks for a longer pause than a pull can make; the next pull goes on from here."),
                0,
                after,
            )
        if found.status >= 500 or found.status == 408:
            return Failed(
                HostSilent(f"Google could not answer (status {found.status}); the next pull tries again."), TRIES, after
            )
        return found

    def _http(self) -> AuthorizedHttp:
        http = getattr(self._own, "http", None)
        if http is None:
            base = httplib2.Http(timeout=self._timeout)
            http = self._own.http = AuthorizedHttp(self._keys, http=base, max_refresh_attempts=1)
            self._https.append(http)
        return http


def _failed(error: Exception, cut: bool) -> Failed:
    """What an error of the connection comes to; `cut`: it took too long in all. Raises those that are none."""
    if cut:
        error = TimeoutError()
    if isinstance(error, TimeoutError | httplib2.ServerNotFoundError):
        return Failed(unreachable(error, "Google"), FEW_TRIES)
    if isinstance(error, httplib2.HttpLib2Error | HTTPException | OSError):
        return Failed(unreachable(error, "Google"), TRIES)
    if isinstance(error, ValueError):  # what came is no JSON
        return _unreadable()
    raise error


def _unreadable() -> Failed:
    return Failed(ServerFault("Google gave an answer that can't be read; the next pull tries again."), TRIES)
