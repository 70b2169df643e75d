"""Real mail servers of one's own: Dovecot keeps, Postfix carries, both on free ports of loopback, gone afterwards."""

import base64
import hmac
import imaplib
import json
import os
import shutil
import signal
import smtplib
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from pathlib import Path
from typing import Final

from goodword.rig.server import free_port

SCRIPTS: Final = Path(__file__).parent
PASSWORD: Final = "thyme-and-oak"
# Whoever is at home there has a mailbox in Dovecot; everybody else lives behind the sink.
DOMAINS: Final = ("fennel-oak.example", "customers.example")
PATIENCE: Final = 30.0


class NoMailServers(Exception):
    """Dovecot or Postfix isn't installed here, or we aren't root."""


class Process:
    """A server in the foreground. ``pid_file``: where it tells its number if it goes on as somebody else."""

    def __init__(self, *command: object, port: int, pid_file: Path | None = None) -> None:
        self._command = [str(part) for part in command]
        self._port = port
        self._pid_file = pid_file
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._process = subprocess.Popen(
            self._command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        await_port(self._port)

    def stop(self) -> None:
        """All of it at once; mail on its way is where it was, on the disk."""
        if self._process is None:
            return
        for pid in self._pids():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)
        self._process.wait(PATIENCE)
        self._process = None
        await_port(self._port, open=False)

    def _pids(self) -> list[int]:
        assert self._process
        told = [int(self._pid_file.read_text())] if self._pid_file and self._pid_file.exists() else []
        return [*told, self._process.pid]


class MailServers:
    """``host`` by name, so that the certificate fits. ``sink``: the port behind which everybody else lives."""

    host: Final = "localhost"
    password: Final = PASSWORD

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.imap, self.imaps, self.lmtp, self.smtp, self.sink, auth = (free_port() for _ in range(6))
        home = folder / "dovecot"
        self.certificate, key = home / "cert.pem", home / "key.pem"
        self.mail = home / "mail"
        self.dovecot = Process(
            SCRIPTS / "start_dovecot.sh", home, self.imap, self.imaps, self.lmtp, auth, PASSWORD, port=self.imap
        )
        self.postfix = Process(
            SCRIPTS / "start_postfix.sh",
            folder / "postfix",
            *(self.smtp, self.lmtp, auth, self.sink, self.certificate, key, " ".join(DOMAINS)),
            port=self.smtp,
            pid_file=folder / "postfix" / "spool" / "pid" / "master.pid",
        )

    def settings(self, address: str, **more: object) -> dict[str, object]:
        """Of a mailbox of the desk that is fetched here and sends through here."""
        return {
            "address": address,
            "imap_host": self.host,
            "imap_port": self.imap,
            "imap_security": "none",
            "imap_user": address,
            "imap_password": PASSWORD,
            "smtp_host": self.host,
            "smtp_port": self.smtp,
            "smtp_security": "none",
            **more,
        }

    def access_token(self, address: str, seconds: int = 3_600) -> str:
        """As a provider would give one out: it opens this mailbox for so long."""
        now = int(time.time())
        said = [{"alg": "HS256", "typ": "JWT"}, {"sub": address, "iat": now - 10, "exp": now + seconds}]
        words = ".".join(_base64(json.dumps(part).encode()) for part in said)
        return f"{words}.{_base64(hmac.digest(PASSWORD.encode(), words.encode(), 'sha256'))}"

    def send(self, mail: EmailMessage | bytes, sender: str, *to: str) -> None:
        """By SMTP, as the world does it."""
        with smtplib.SMTP("127.0.0.1", self.smtp, local_hostname="localhost", timeout=PATIENCE) as line:
            line.sendmail(sender, to, mail if isinstance(mail, bytes) else mail.as_bytes())

    @contextmanager
    def mailbox(self, address: str) -> Iterator[imaplib.IMAP4]:
        """Signed in as whose mailbox it is."""
        line = imaplib.IMAP4("127.0.0.1", self.imap, timeout=PATIENCE)
        try:
            line.login(address, PASSWORD)
            yield line
        finally:
            with suppress(OSError, imaplib.IMAP4.error):
                line.logout()

    def put(self, address: str, *mails: bytes, folder: str = "INBOX", at: list[int] | None = None) -> None:
        """Right into a folder; ``at``: when the server got each, in milliseconds."""
        with self.mailbox(address) as line:
            line.create(f'"{folder}"')
            for number, mail in enumerate(mails):
                date = imaplib.Time2Internaldate(at[number] / 1_000) if at else ""
                told, said = line.append(f'"{folder}"', "", date, mail)
                assert told == "OK", said

    def mails(self, address: str, folder: str = "INBOX") -> list[bytes]:
        """All that are there, oldest first."""
        with self.mailbox(address) as line:
            line.select(f'"{folder}"', readonly=True)
            numbers = line.search(None, "ALL")[1][0].split()
            return [line.fetch(number, "(BODY.PEEK[])")[1][0][1] for number in numbers]  # type: ignore[index,misc]

    def await_mail(self, address: str, many: int = 1) -> list[bytes]:
        """As ``mails``, once there are so many."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if len(mails := self.mails(address)) >= many:
                return mails
            time.sleep(0.05)
        raise AssertionError(f"{address} has {len(self.mails(address))} mails, not {many}")

    def renumber(self, address: str, folder: str = "") -> None:
        """The server forgets how it had numbered a folder (UIDVALIDITY), as after being restored or moved."""
        home = self.mail / address / (f".{folder}" if folder else "")
        for name in ("dovecot-uidlist", "dovecot-uidvalidity", "dovecot.index", "dovecot.index.log"):
            for found in home.glob(f"{name}*"):
                found.unlink()


@contextmanager
def private_mail_servers() -> Iterator[MailServers]:
    """``NoMailServers`` where there can be none."""
    missing = [name for name in ("dovecot", "postfix", "openssl") if not shutil.which(name, path=_path())]
    if missing or os.getuid() != 0:
        raise NoMailServers(f"install {', '.join(missing)}" if missing else "only root may start Postfix")
    # Short, for the names of sockets; and everybody's, since servers run as several users.
    with tempfile.TemporaryDirectory(prefix="gw-mail-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        servers = MailServers(folder)
        try:
            servers.dovecot.start()
            servers.postfix.start()
            yield servers
        finally:
            servers.postfix.stop()
            servers.dovecot.stop()


def await_port(port: int, *, open: bool = True) -> None:
    """Until somebody listens there, or nobody any more."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with socket.socket() as one:
            if (one.connect_ex(("127.0.0.1", port)) == 0) == open:
                return
        time.sleep(0.02)
    raise TimeoutError(f"port {port}")


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _path() -> str:
    return os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"])
