"""Start a real Dovecot on loopback, in a folder of its own, for benchmarks and tests."""

import os
import shutil
import socket
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

MAIL_USER = 65534  # "nobody": Dovecot refuses to read mail as root
FOLDERS = """
  mailbox Drafts {
    auto = no
    special_use = \\Drafts
  }
  mailbox Junk {
    auto = no
    special_use = \\Junk
  }
  mailbox Trash {
    auto = no
    special_use = \\Trash
  }
  mailbox Sent {
    auto = no
    special_use = \\Sent
  }
"""


def found() -> bool:
    """Whether a Dovecot 2.3 is installed on this machine."""
    return dovecot() is not None


def dovecot() -> str | None:
    """The path of the server's program: it lies in sbin, which is not on everyone's PATH."""
    return shutil.which("dovecot", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")


def free_port() -> int:
    """A port on loopback that nobody listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Dovecot:
    """One server with the users of `users` (name to password). Mail of a user lies in `home/USER/mail` as Maildir++.

    `prefix` and `separator` make its namespace; `folders` are `mailbox` blocks for the namespace; `extra` is appended to
    the configuration. With `certificate` and `key` (PEM files) it offers STARTTLS on `port` and TLS on `tls_port`.
    """

    home: Path
    users: dict[str, str] = field(default_factory=lambda: {"dana": "secret"})
    prefix: str = ""
    separator: str = "/"
    folders: str = FOLDERS
    layout: str = "maildir:~/mail"
    extra: str = ""
    certificate: Path | None = None
    key: Path | None = None
    port: int = 0
    tls_port: int = 0
    process: subprocess.Popen[bytes] | None = None
    _sockets: tempfile.TemporaryDirectory[str] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def owner(self) -> tuple[int, int]:
        """The user and group that read the mail."""
        return (MAIL_USER, MAIL_USER) if os.geteuid() == 0 else (os.geteuid(), os.getegid())

    def mail(self, user: str = "dana") -> Path:
        """Where a user's INBOX lies."""
        return self.home / user / "mail"

    def own(self, folder: Path) -> None:
        """Give a folder and everything in it to the user that reads the mail (needed only as root)."""
        if os.geteuid() == 0:
            subprocess.run(["chown", "-R", f"{self.owner[0]}:{self.owner[1]}", str(folder)], check=True)

    def start(self) -> None:
        """Write the configuration and wait until the server listens. Raises RuntimeError with its log if it ends."""
        program = dovecot()
        if program is None:
            raise RuntimeError("Dovecot is not installed; apt-get install dovecot-imapd.")
        self.home.mkdir(parents=True, exist_ok=True)
        for folder in (self.home, *self.home.parents):  # pytest's folders are closed to other users
            if folder.stat().st_uid == os.geteuid() and folder != Path("/") and not folder.stat().st_mode & 1:
                folder.chmod(folder.stat().st_mode | 0o011)
        for user in self.users:
            (self.home / user).mkdir(exist_ok=True)
            self.own(self.home / user)
        # a socket's path holds a hundred letters, and folders of tests have long ones
        self._sockets = self._sockets or tempfile.TemporaryDirectory(prefix="dovecot", ignore_cleanup_errors=True)
        Path(self._sockets.name).chmod(0o755)
        self.port = self.port or free_port()
        self.tls_port = self.tls_port or free_port()
        (self.home / "users").write_text("".join(f"{user}:{{PLAIN}}{word}\n" for user, word in self.users.items()))
        (self.home / "users").chmod(0o644)
        configuration = self.home / "dovecot.conf"
        configuration.write_text(self.configuration())
        with (self.home / "out.log").open("wb") as log:
            self.process = subprocess.Popen([program, "-F", "-c", str(configuration)], stdout=log, stderr=log)
        self.await_port(self.port)

    def await_port(self, port: int) -> None:
        """Connect until it works or the server has ended; each attempt is bounded by the connection's own time-out."""
        while True:
            try:
                with socket.create_connection(("127.0.0.1", port), timeout=5) as probe:
                    probe.recv(64)
                    return
            except OSError as error:
                if self.process is None or self.process.poll() is not None:
                    raise RuntimeError(f"Dovecot ended: {self.log()}") from error

    def stop(self) -> None:
        """End the server that this object started, by its process id, and wait for it."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=20)
            self.process = None
        if self._sockets is not None:
            self._sockets.cleanup()
            self._sockets = None

    def log(self) -> str:
        """What the server wrote."""
        return "\n".join(
            path.read_text(errors="replace")
            for path in (self.home / "out.log", self.home / "dovecot.log")
            if path.exists()
        )

    def configuration(self) -> str:
        """dovecot.conf: everything below `home` but the sockets, nothing shared with an installed server."""
        user, group = self.owner
        as_root = os.geteuid() == 0
        me = "dovenull" if as_root else os.environ.get("USER", str(user))
        secure = self.certificate is not None
        lines = [
            "protocols = imap",
            "listen = 127.0.0.1",
            f"base_dir = {self._sockets.name if self._sockets else self.home / 'run'}",
            f"state_dir = {self.home}/state",
            f"log_path = {self.home}/dovecot.log",
            f"ssl = {'yes' if secure else 'no'}",
            "disable_plaintext_auth = no",
            "auth_mechanisms = plain login",
            f"mail_location = {self.layout}",
            f"mail_home = {self.home}/%u",
            "first_valid_uid = 1",
            "mail_max_userip_connections = 100",
            f"default_login_user = {me}",
            f"default_internal_user = {'dovecot' if as_root else me}",
            f"passdb {{\n  driver = passwd-file\n  args = {self.home}/users\n}}",
            f"userdb {{\n  driver = static\n  args = uid={user} gid={group}\n}}",
            f'namespace inbox {{\n  inbox = yes\n  prefix = "{self.prefix}"\n  separator = {self.separator}{self.folders}}}',
            "service anvil {\n  chroot =\n}",
            "service imap-login {",
            "  chroot =",
            f"  inet_listener imap {{\n    port = {self.port}\n  }}",
            f"  inet_listener imaps {{\n    port = {self.tls_port if secure else 0}\n    ssl = yes\n  }}",
            "}",
            self.extra,
        ]
        if secure:
            lines += [f"ssl_cert = <{self.certificate}", f"ssl_key = <{self.key}"]
        return "\n".join(lines) + "\n"
