"""Connect to an IMAP server and log in; every way this can fail is one sentence of connectors.errors."""

import socket
import ssl
from dataclasses import dataclass, field
from imaplib import IMAP4
from pathlib import Path

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import CapabilityError, IMAPClientError, LoginError

from connectors.errors import CertificateWrong, HostSilent, HostUnknown, LoginRefused, ServerFault, SourceError

CONNECT_TIMEOUT = 20.0  # seconds until a server that does not even answer the connection is given up
_LATER = ("[UNAVAILABLE]", "[INUSE]", "[LIMIT]", "[SERVERBUG]", "[CONTACTADMIN]")  # RFC 5530: not the password's fault


@dataclass(frozen=True)
class Account:
    """Where to connect and as whom. `security` is tls, starttls or none; `auth` is password or xoauth2, with the
    password or the access token in `secret`. `ca_file` names the authority of a server's own certificate."""

    host: str
    port: int
    security: str
    user: str
    secret: str = field(repr=False)
    auth: str
    ca_file: Path | None
    timeout: float

    @property
    def there(self) -> str:
        """The server as it is called in messages."""
        return f"{self.host}:{self.port}"


def log_in(account: Account) -> IMAPClient:
    """A connection that is logged in. Raises HostUnknown, HostSilent, CertificateWrong, LoginRefused, ServerFault, and
    SourceError for settings that this server can't be used with."""
    context = trust(account)
    try:
        client = IMAPClient(
            account.host,
            port=account.port,
            ssl=account.security == "tls",
            ssl_context=context,
            timeout=SocketTimeout(connect=min(CONNECT_TIMEOUT, account.timeout), read=account.timeout),
        )
    except (OSError, IMAP4.error, UnicodeError) as error:
        raise explained(error, account) from error
    try:
        if account.security == "starttls":
            client.starttls(context)
        _authenticate(client, account)
    except (OSError, IMAP4.error, IMAPClientError) as error:
        hang_up(client)
        raise explained(error, account) from error
    except SourceError:
        hang_up(client)
        raise
    return client


def trust(account: Account) -> ssl.SSLContext | None:
    """Whose certificates are believed: those of the system, and of `ca_file`. None without encryption."""
    if account.security == "none":
        return None
    context = ssl.create_default_context()
    if account.ca_file is not None:
        try:
            context.load_verify_locations(account.ca_file)
        except OSError as error:
            raise SourceError(
                f"The file {account.ca_file} holds no certificates; correct `ca_file` in settings.toml."
            ) from error
    return context


def hang_up(client: IMAPClient) -> None:
    """Close the connection without a word: it may be broken already."""
    try:
        client.shutdown()
    except (OSError, IMAP4.error):
        return


def explained(error: Exception, account: Account) -> SourceError:
    """The error of a library as an error of the source."""
    there = account.there
    if isinstance(error, SourceError):
        return error
    if isinstance(error, ssl.SSLCertVerificationError):
        return CertificateWrong(
            f"The certificate of {there} is not valid for this host ({error.verify_message.rstrip('.')}); "
            "check `host`, or name the authority's certificate in `ca_file`."
        )
    if isinstance(error, ssl.SSLError):
        return ServerFault(
            f"The server {there} does not speak TLS as it should; check `port` and `security` in settings.toml."
        )
    if isinstance(error, socket.gaierror | UnicodeError):
        return HostUnknown(
            f"The host {account.host} is not known; check `host` in settings.toml and the network connection."
        )
    if isinstance(error, TimeoutError):
        return HostSilent(f"The server {there} did not answer in time; the next pull tries again.")
    if isinstance(error, ConnectionRefusedError):
        return HostSilent(f"The server {there} refused the connection; check `port` and `security` in settings.toml.")
    if isinstance(error, OSError | IMAP4.abort):
        return HostSilent(f"The server {there} dropped the connection{_said(error)}; the next pull tries again.")
    if isinstance(error, CapabilityError):
        return SourceError(f'The server {there} offers no STARTTLS; try `security = "tls"` in settings.toml.')
    return ServerFault(f"The server {there} gave an answer that can't be read{_said(error)}.")


def _authenticate(client: IMAPClient, account: Account) -> None:
    if account.auth == "password" and client.has_capability("LOGINDISABLED"):
        raise SourceError(
            f"The server {account.there} takes no password without encryption; "
            'set `security` to "tls" or "starttls" in settings.toml.'
        )
    try:
        if account.auth == "xoauth2":
            client.oauth2_login(account.user, account.secret)
        else:
            client.login(account.user, account.secret)
    except LoginError as error:
        if any(code in str(error).upper() for code in _LATER):
            raise HostSilent(
                f"The server {account.there} takes no logins just now{_said(error, account.secret)}; the next pull tries again."
            ) from error
        what = "access token" if account.auth == "xoauth2" else "password"
        raise LoginRefused(
            f"The server {account.there} refused the user {account.user} or the {what}{_said(error, account.secret)}; "
            "check `user` and the secret that settings.toml names."
        ) from error


def _said(error: Exception, secret: str = "") -> str:
    """What the server itself said, short and in brackets, or nothing; some servers repeat what they were sent."""
    words = str(error).replace(secret, "…") if secret else str(error)
    text = " ".join(words.replace("b'", "").strip("'\"").split())[:160].rstrip(".")
    return f" ({text})" if text and "socket error" not in text else ""
