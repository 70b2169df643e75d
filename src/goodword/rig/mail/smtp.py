"""A mail server that keeps what it is sent and misbehaves as it is told."""

import asyncio
import base64
from collections import defaultdict, deque
from contextlib import suppress
from dataclasses import dataclass, field
from ssl import SSLContext
from types import TracebackType
from typing import Literal, Self

# What a server does instead of answering. The last two have taken the mail by then.
HANG, DROP, TAKE_AND_HANG, TAKE_AND_DROP = "hang", "drop", "take and hang", "take and drop"
# The end of a mail, where the server takes it on or doesn't.
END = "END"
ANSWERS = {
    "HELO": "250 relay",
    "NOOP": "250 OK",
    "RSET": "250 OK",
    "MAIL": "250 2.1.0 OK",
    "RCPT": "250 2.1.5 OK",
    "DATA": "354 Go ahead",
    "QUIT": "221 2.0.0 Bye",
}


@dataclass(frozen=True)
class Taken:
    """A mail that the server has on its disk, so to speak."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes
    user: str
    encrypted: bool


@dataclass
class Talk:
    """What is known of one connection."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    encrypted: bool
    user: str = ""
    sender: str = ""
    recipients: list[str] = field(default_factory=list)


class Hung(Exception):
    """Nothing more is said on this connection."""


class ScriptedSmtp:
    """``async with ScriptedSmtp() as server``: on ``server.port`` of 127.0.0.1.

    Takes every mail, unless ``will`` says otherwise. ``users``: names with their passwords or access tokens; none
    means that nobody need sign in.
    """

    def __init__(
        self,
        *,
        users: dict[str, str] | None = None,
        security: Literal["tls", "starttls", "none"] = "none",
        certificate: SSLContext | None = None,
        extensions: tuple[str, ...] = ("SIZE 50000000", "8BITMIME"),
        mechanisms: str = "PLAIN LOGIN XOAUTH2",
        delay: float = 0.0,
    ) -> None:
        self.users = users or {}
        self.security = security
        self.certificate = certificate
        self.extensions = extensions
        self.mechanisms = mechanisms
        self.delay = delay
        self.taken: list[Taken] = []
        self.said: list[str] = []
        self.port = 0
        self._script: dict[str, deque[str]] = defaultdict(deque)
        self._refused: dict[str, str] = {}
        self._talks: set[asyncio.Task[None]] = set()

    def will(self, verb: str, *answers: str) -> None:
        """The next answers to ``verb`` (also ``CONNECT`` and ``END``): a line, or one of the four above."""
        self._script[verb].extend(answers)

    def refuses(self, recipient: str, answer: str) -> None:
        """Whenever it is to take something for him."""
        self._refused[recipient] = answer

    async def __aenter__(self) -> Self:
        over = self.certificate if self.security == "tls" else None
        self._server = await asyncio.start_server(self._welcome, "127.0.0.1", self.port, ssl=over)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.close()
        for talk in self._talks:
            talk.cancel()
        await asyncio.gather(*self._talks, return_exceptions=True)

    async def _welcome(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._talks.add(task)
        try:
            await self._converse(Talk(reader, writer, self.security == "tls"))
        except (ConnectionError, asyncio.IncompleteReadError, Hung):
            pass
        finally:
            self._talks.discard(task)
            writer.close()

    async def _converse(self, talk: Talk) -> None:
        await self._say(talk, "CONNECT", "220 relay.example ESMTP")
        while line := await talk.reader.readline():
            command = line.decode("utf-8", "replace").strip()
            self.said.append(command)
            verb, _, rest = command.partition(" ")
            await self._obey(talk, verb.upper(), rest)
            if verb.upper() == "QUIT":
                return

    async def _obey(self, talk: Talk, verb: str, rest: str) -> None:
        match verb:
            case "EHLO":
                await self._say(talk, verb, self._greeting(talk))
            case "STARTTLS":
                await self._start_tls(talk)
            case "AUTH":
                await self._sign_in(talk, rest)
            case "MAIL":
                talk.sender, talk.recipients = _address(rest), []
                signed_in = not self.users or talk.user
                await self._say(talk, verb, ANSWERS[verb] if signed_in else "530 5.7.0 Authentication required")
            case "RCPT":
                answer = await self._say(talk, verb, self._refused.get(_address(rest), ANSWERS[verb]))
                talk.recipients += [_address(rest)] if answer.startswith("2") else []
            case "DATA":
                if (await self._say(talk, verb, ANSWERS[verb])).startswith("3"):
                    await self._take(talk)
            case _:
                await self._say(talk, verb, ANSWERS.get(verb, "502 5.5.1 What?"))

    def _greeting(self, talk: Talk) -> str:
        offered = ["relay.example", *self.extensions]
        if self.security == "starttls" and not talk.encrypted:
            offered.append("STARTTLS")
        elif self.users:
            offered.append(f"AUTH {self.mechanisms}")
        return "\r\n".join([*(f"250-{one}" for one in offered), "250 HELP"])

    async def _start_tls(self, talk: Talk) -> None:
        if (await self._say(talk, "STARTTLS", "220 Go ahead")).startswith("220"):
            assert self.certificate
            await talk.writer.start_tls(self.certificate)
            talk.encrypted = True

    async def _sign_in(self, talk: Talk, rest: str) -> None:
        mechanism, _, first = rest.partition(" ")
        given = _decoded(first) if first else await self._asked(talk, "")
        if mechanism.upper() == "LOGIN":
            name, secret = given, await self._asked(talk, "Password:")
        elif mechanism.upper() == "XOAUTH2":
            name, secret = (part.partition("=")[2].removeprefix("Bearer ") for part in given.split("\x01")[:2])
        else:
            _, name, secret = given.split("\x00")
        right = self.users.get(name) == secret
        answer = await self._say(talk, "AUTH", "235 2.7.0 Accepted" if right else "535 5.7.8 Wrong password")
        talk.user = name if answer.startswith("2") else ""

    async def _asked(self, talk: Talk, words: str) -> str:
        await self._write(talk, f"334 {base64.b64encode(words.encode()).decode()}")
        return _decoded((await talk.reader.readline()).decode().strip())

    async def _take(self, talk: Talk) -> None:
        raw = (await talk.reader.readuntil(b"\r\n.\r\n"))[:-3].replace(b"\r\n..", b"\r\n.")
        mail = Taken(talk.sender, tuple(talk.recipients), raw, talk.user, talk.encrypted)
        planned = self._script[END][0] if self._script[END] else "250"
        if planned.startswith("2") or planned in (TAKE_AND_HANG, TAKE_AND_DROP):
            self.taken.append(mail)
        await self._say(talk, END, f"250 2.0.0 Queued as {len(self.taken)}")

    async def _say(self, talk: Talk, verb: str, otherwise: str) -> str:
        planned = self._script[verb]
        answer = planned.popleft() if planned else otherwise
        await asyncio.sleep(self.delay)
        if answer in (HANG, TAKE_AND_HANG):
            await asyncio.Event().wait()
        if answer in (DROP, TAKE_AND_DROP):
            talk.writer.transport.abort()
            raise Hung
        await self._write(talk, answer)
        return answer

    async def _write(self, talk: Talk, words: str) -> None:
        talk.writer.write(f"{words}\r\n".encode())
        with suppress(ConnectionError):
            await talk.writer.drain()


def _address(rest: str) -> str:
    return rest.partition("<")[2].partition(">")[0]


def _decoded(words: str) -> str:
    return base64.b64decode(words).decode()
