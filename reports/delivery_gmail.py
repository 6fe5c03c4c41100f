"""Send a report by the Gmail API."""

import base64
import random
import time
from collections.abc import Callable

import requests

from reports.delivery import PATIENCE, DeliveryError, Letter, message

PATH = "gmail.googleapis.com/gmail/v1/users/me/messages/send"
TRIES = 5  # of a letter that Gmail has surely not taken
MOST = 120.0  # seconds that one pause may last
_QUOTA = ("rateLimitExceeded", "userRateLimitExceeded", "RATE_LIMIT_EXCEEDED", "RESOURCE_EXHAUSTED")
_UNSURE = "look whether the report has arrived, and if not, try “coldcoffee send” again."

Token = Callable[[bool], str]  # the access token; with True a fresh one, since the last was refused


def by_gmail(
    letter: Letter,
    token: Token,
    root: str | None = None,
    pause: Callable[[float], None] = time.sleep,
    patience: float = PATIENCE,
) -> str:
    """Send the mail; returns Gmail's id of it as receipt. Raises DeliveryError, and what `token` raises.

    `root` stands before Gmail's host, `patience` are the seconds to wait for an answer. Only what Gmail has surely not taken is
    sent again: a mail whose answer was lost may be on its way, and nobody wants it twice.
    """
    raw = base64.urlsafe_b64encode(message(letter).as_bytes()).decode("ascii")
    refused = False
    for attempt in range(1, TRIES + 1):
        answer = _post({"raw": raw}, token(refused), root, patience)
        if answer.ok:
            return f"Gmail {_id(answer)}".strip()
        if answer.status_code == 401 and not refused:
            refused = True
        elif _is_quota(answer):
            asked = answer.headers.get("retry-after", "")
            seconds = float(asked) if asked.isdecimal() else 2.0**attempt
            if attempt == TRIES or seconds > MOST:
                break
            pause(seconds * random.uniform(1.0, 1.2))
        else:
            raise _refused(answer)
    if refused and answer.status_code == 401:
        raise _refused(answer)
    raise DeliveryError("Gmail takes no more mail from this account just now: try “coldcoffee send” later.")


def _post(letter: dict[str, str], token: str, root: str | None, patience: float) -> requests.Response:
    address = f"{root.rstrip('/')}/{PATH}" if root else f"https://{PATH}"
    try:
        # no redirects: neither the report nor the token is for another host
        return requests.post(
            address,
            json=letter,
            headers={"Authorization": f"Bearer {token}"},
            timeout=(20.0, patience),
            allow_redirects=False,
        )
    except requests.exceptions.SSLError:
        problem = (
            "Gmail's certificate is not valid: check the network that you are in, then try “coldcoffee send” again."
        )
    except requests.exceptions.ConnectTimeout:
        problem = "Gmail can't be reached: check the network, then try “coldcoffee send” again."
    except requests.exceptions.ConnectionError as error:
        sent = "NewConnectionError" not in repr(error) and "NameResolutionError" not in repr(error)
        problem = (
            f"The connection to Gmail broke off: {_UNSURE}"
            if sent
            else "Gmail can't be reached: check the network, then try “coldcoffee send” again."
        )
    except requests.exceptions.RequestException:
        problem = f"Gmail did not answer in time: {_UNSURE}"
    raise DeliveryError(problem)  # outside of the handler: the library's error holds the request, its token included


def _is_quota(answer: requests.Response) -> bool:
    return answer.status_code == 429 or (answer.status_code == 403 and any(word in answer.text for word in _QUOTA))


def _id(answer: requests.Response) -> str:
    """Gmail's id of what was sent. It was sent, whatever the answer says beside its status."""
    try:
        told = answer.json()
    except ValueError:
        return ""
    return str(told.get("id", "")) if isinstance(told, dict) else ""


def _refused(answer: requests.Response) -> DeliveryError:
    status = answer.status_code
    if status == 401:
        return DeliveryError("Gmail refused the sign-in for sending: run “coldcoffee check --sign-in report”.")
    if status >= 500:
        return DeliveryError(f"Gmail could not say whether it took the report (status {status}): {_UNSURE}")
    if status == 403:
        return DeliveryError(
            "Gmail does not let this sign-in send: enable the Gmail API for your OAuth client, then run "
            "“coldcoffee check --sign-in report” and allow sending."
        )
    return DeliveryError(f"Gmail did not take the report (status {status}): check “sender” and “to” in settings.toml.")
