"""Our own mails of machines and of people who write of such mails."""

import tomllib
from collections.abc import Iterator
from email.header import Header
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
NOTICES: list[dict[str, Any]] = tomllib.loads((HERE / "notices.toml").read_text(encoding="utf-8"))["notice"]
_ORDINARY = tomllib.loads((HERE / "ordinary.toml").read_text(encoding="utf-8"))
OTHERS: list[dict[str, Any]] = _ORDINARY["other"]


def mail(headers: str, text: str) -> bytes:
    """As it lies in a mailbox, with its words encoded as they must be."""
    lines = [_encoded(line) for line in headers.strip().splitlines()]
    fixed = "To: care@fennel-oak.example\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
    return ("\n".join(lines) + f"\n{fixed}Content-Transfer-Encoding: 8bit\n\n{text.strip()}\n").encode()


def quoted(text: str) -> str:
    return "\n".join(f"> {line}" for line in text.strip().splitlines())


def ordinary() -> Iterator[tuple[str, bytes]]:
    """What a person writes, alone and with a delivery notice below it in all the ways in which people quote."""
    mails = [(one["from"], subject, text) for one in _ORDINARY["person"] for subject, text in one["mails"]]
    for number, (sender, subject, text) in enumerate(mails):
        notice = NOTICES[number % len(NOTICES)]
        failed = next(line for line in notice["headers"].splitlines() if line.startswith("Subject: "))
        author = next(line for line in notice["headers"].splitlines() if line.startswith("From: "))
        title = failed.removeprefix("Subject: ")
        shown = f"{author}\n{failed}\nTo: {sender}\n\n{notice['text'].strip()}"
        head = f"Return-Path: <{sender.rpartition('<')[2]}\nFrom: {sender}\nSubject: "
        yield f"{subject}-alone", mail(head + subject, text)
        yield f"{subject}-quoted", mail(f"{head}Re: {title}", f"{text}\n\n{quoted(notice['text'])}")
        yield f"{subject}-pasted", mail(head + subject, f"{text}\n\n{notice['text']}")
        yield f"{subject}-above", mail(head + title, f"{notice['text']}\n\n{text}")
        yield (
            f"{subject}-forwarded",
            mail(f"{head}Fwd: {title}", f"{text}\n\n---------- Forwarded message ----------\n{shown}"),
        )


def _encoded(line: str) -> str:
    name, value = line.split(": ", 1)
    if value.isascii():
        return line
    words, bracket, address = value.partition(" <")
    return f"{name}: {Header(words, 'utf-8', maxlinelen=10_000).encode()}{bracket}{address}"
