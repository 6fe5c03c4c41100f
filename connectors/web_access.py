"""Say to a web server who asks: by user and password, or by a token that ends and is fetched anew."""

from base64 import b64encode
from collections.abc import Callable
from typing import NamedTuple

from connectors.errors import LoginRefused, SourceError


class Access(NamedTuple):
    """How to say who asks. `authorization(refused)` gives the Authorization header; `refused` is true when the server has
    just refused the last one: a token is then fetched anew, and stays. `refused(server)` is the error where that helps
    not; `server` is its name in messages."""

    authorization: Callable[[bool], str]
    refused: Callable[[str], SourceError]


def password(user: str, secret: str) -> Access:
    """Access by user and password (HTTP Basic, in UTF-8 as RFC 7617 wants)."""
    told = "Basic " + b64encode(f"{user}:{secret}".encode()).decode()
    return Access(
        lambda refused: told,  # noqa: ARG005 - there is no other
        lambda server: LoginRefused(
            f"The server {server} refused the user {user} or the password; "
            "check `user` and the secret that settings.toml names."
        ),
    )
