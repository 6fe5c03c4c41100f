"""Read the user's own OAuth client: the JSON file that Google's console gives out."""

from typing import NamedTuple

from connectors.errors import SourceError
from connectors.google_json import inner, read_json, word

SCOPES = "https://www.googleapis.com/auth/"
AUTHORIZE_URL = "https://accounts.google.com/o/oauth2/v2/auth"
TOKEN_URL = "https://oauth2.googleapis.com/token"
_FORMER = ("https://accounts.google.com/o/oauth2/token", "https://www.googleapis.com/oauth2/v4/token")  # older files'


class Client(NamedTuple):
    """The client, and where Google's sign-in is."""

    client_id: str
    client_secret: str
    authorize_url: str
    token_url: str


def read_client(text: str, where: str, root: str | None = None) -> Client:
    """Read the file's text; `where` is the reference that led to it. Google's own address for tokens is taken behind
    `root`, if there is one; another in the file is taken as it is. Raises SourceError."""
    found = read_json(text) or {}
    client = inner(found, "installed") or inner(found, "web") or found
    if not word(client, "client_id"):
        raise SourceError(
            f"What {where} leads to is no OAuth client: download its JSON file from Google's console, and let “client” "
            "in settings.toml lead to it."
        )
    token_url = word(client, "token_uri") or TOKEN_URL
    return Client(
        word(client, "client_id"),
        word(client, "client_secret"),
        word(client, "auth_uri") or AUTHORIZE_URL,
        behind(root, TOKEN_URL) if root and token_url in (TOKEN_URL, *_FORMER) else token_url,
    )


def behind(root: str, address: str) -> str:
    """An address of Google's behind a root: `https://host/path` becomes `root/host/path`."""
    return f"{root.rstrip('/')}/{address.partition('://')[2]}"


def token_name(source: str) -> str:
    """The name under which the tokens of a source are kept."""
    return f"google/{source}"
