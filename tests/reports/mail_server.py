"""A real SMTP server for tests: STARTTLS or TLS with a made-up authority, a login, and one refused recipient."""

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.servers import Certificates

USER, PASSWORD = "dana@example.org", "pässword of dana"
NOBODY = "nobody@example.org"
REFUSED_SENDER = "forged@example.org"


@dataclass
class Inbox:
    """What the server has taken: (recipients, the mail's bytes). `port` is where it listens."""

    port: int = 0
    taken: list[tuple[list[str], bytes]] = field(default_factory=list)

    async def handle_MAIL(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Refuse one sender."""
        if address == REFUSED_SENDER:
            return "553 5.7.1 that is not you"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Refuse one recipient."""
        if address == NOBODY:
            return "550 5.1.1 no such person here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        """Keep the mail."""
        assert isinstance(envelope.original_content, bytes)
        self.taken.append((list(envelope.rcpt_tos), envelope.original_content))
        return "250 taken"

    async def handle_QUIT(self, _server: SMTP, _session: Session, _envelope: Envelope) -> str:
        """Take leave in an unusual way, as some servers do."""
        return "421 closing"


def _login(_server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: object) -> AuthResult:
    assert isinstance(data, LoginPassword)
    good = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=good, handled=False)  # handled=True would leave the client waiting for an answer


class _AnyPort(Controller):
    """A controller that takes whatever port is free."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.base_events.Server)  # it has been started
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]  # aiosmtpd leaves it without types


@contextmanager
def serving(certificates: Certificates, security: str, *, login: bool = True) -> Iterator[Inbox]:
    """Serve on a free port of 127.0.0.1 while the block runs. `security` is tls, starttls or none."""
    inbox = Inbox()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificates.certificate, certificates.key)
    options: dict[str, object] = {}
    if login:
        options = {"authenticator": _login, "auth_required": True, "auth_require_tls": security == "starttls"}
    if security == "starttls":
        options |= {"tls_context": context, "require_starttls": True}
    controller = _AnyPort(
        inbox,
        hostname="127.0.0.1",
        port=0,
        loop=asyncio.new_event_loop(),
        ssl_context=context if security == "tls" else None,
        **options,
    )
    controller.start()
    try:
        inbox.port = controller.port
        yield inbox
    finally:
        controller.stop()
