"""How well mails are read that others have collected, with what should come out: the figures and what was missed."""

import json
import re
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import msgspec

from goodword.channels.adapters.email.model import Mail
from goodword.channels.adapters.email.parsing import parse
from goodword.channels.adapters.email.quotes import strip_html, strip_text

Row = dict[str, Any]
ALIKE = 0.9
_SPACES = re.compile(r"\s+")
_LOST = "\ufffd"


class Figure(msgspec.Struct):
    """``bar``: the share that is promised."""

    name: str
    bar: float
    right: int = 0
    of: int = 0
    missed: list[str] = []

    def count(self, right: bool, name: str) -> None:
        self.of += 1
        self.right += right
        if not right:
            self.missed.append(name)

    @property
    def share(self) -> float:
        return self.right / self.of if self.of else 1.0

    @property
    def kept(self) -> bool:
        return self.share >= self.bar


def score(folder: Path) -> list[Figure]:
    """``folder`` holds ``mail/manifest.jsonl`` and ``reply/manifest.jsonl`` with the files that they name."""
    figures = _Figures()
    for row in _rows(folder / "mail"):
        figures.count_mail(row, (folder / row["file"]).read_bytes())
    for row in _rows(folder / "reply"):
        figures.count_reply(row, (folder / row["file"]).read_bytes().decode("utf-8", "replace"))
    return figures.all


def _rows(folder: Path) -> Iterator[Row]:
    manifest = folder / "manifest.jsonl"
    if manifest.exists():
        yield from map(json.loads, manifest.read_text("utf-8").splitlines())


class _Figures:
    def __init__(self) -> None:
        self.accepted = Figure("accepted", 1.0)
        self.storable = Figure("storable", 1.0)
        self.sender = Figure("sender", 0.98)
        self.text = Figure("text", 0.95)
        self.names = Figure("attachment names", 0.9)
        self.bounces = Figure("bounces recognised", 0.95)
        self.ordinary = Figure("ordinary mail left alone", 0.99)
        self.replies = Figure("replies right", 0.8)
        self.nothing_hidden = Figure("nothing new hidden", 0.97)
        self.all = [
            *(self.accepted, self.storable, self.sender, self.text, self.names),
            *(self.bounces, self.ordinary, self.replies, self.nothing_hidden),
        ]

    def count_mail(self, row: Row, raw: bytes) -> None:
        expect, name = row["expect"], row["id"]
        mail = _parsed(raw)
        self.accepted.count(mail is not None, name)
        if mail is None:
            mail = Mail()
        self.storable.count(_is_storable(mail), name)
        if "from" in expect:
            same_name = mail.sender.name == expect.get("from_name", mail.sender.name)
            self.sender.count(mail.sender.address == expect["from"].lower() and same_name, name)
        if "text" not in row.get("contested", ()) and (right := _text_is_right(mail, expect)) is not None:
            self.text.count(right, name)
        for wanted in _names_of(row):
            self.names.count(any(_is_name(wanted, part.name) for part in mail.attachments), f"{name}: {wanted}")
        if expect.get("is_bounce"):
            self.bounces.count(mail.automatic == "bounce", name)
        elif expect and row["kind"] != "bounce":
            self.ordinary.count(mail.automatic != "bounce", name)
        if "reply" in expect:
            self._count_new(expect, mail.reply_text, name)

    def count_reply(self, row: Row, body: str) -> None:
        if row["expect"]:
            strip: Callable[[str], Any] = strip_html if row["kind"] == "reply_html" else strip_text
            self._count_new(row["expect"], strip(body).new, row["id"])

    def _count_new(self, expect: Row, new: str, name: str) -> None:
        wanted: str = expect.get("reply", "")
        survive = all(re.search(pattern, new, re.MULTILINE) for pattern in expect.get("reply_regex", ()))
        gone = not any(re.search(pattern, new, re.MULTILINE) for pattern in expect.get("stripped_regex", ()))
        alike = "reply" not in expect or _alike(wanted, new) >= ALIKE
        self.replies.count(alike and survive and gone, name)
        shown = _squeezed(new)
        self.nothing_hidden.count(survive and all(_squeezed(line) in shown for line in wanted.splitlines()), name)


def _parsed(raw: bytes) -> Mail | None:
    try:
        return parse(raw)
    except Exception:
        return None


def _is_storable(mail: Mail) -> bool:
    try:
        return "\0" not in str(msgspec.structs.replace(mail, attachments=())) and bool(_encoded(mail))
    except UnicodeError:
        return False


def _encoded(mail: Mail) -> bytes:
    names = "".join(part.name + part.content_type + part.content_id for part in mail.attachments)
    return msgspec.json.encode(msgspec.structs.replace(mail, attachments=())) + names.encode()


def _text_is_right(mail: Mail, expect: Row) -> bool | None:
    """``None`` where nothing is expected. Of several text parts the first one is."""
    if "text" in expect:
        return re.fullmatch(_pattern(expect["text"]), _squeezed(mail.first_text)) is not None
    if "html_as_text" in expect:
        return _alike(expect["html_as_text"], mail.text) >= ALIKE
    if "text_contains" in expect:
        return all(mail.text.count(words) == times for times, words in expect["text_contains"])
    return None


def _names_of(row: Row) -> list[str]:
    if {"n_attachments", "attachments"} & set(row.get("contested", ())):
        return []
    return [part["name"] for part in row["expect"].get("attachments", ()) if part["name"]]


def _is_name(wanted: str, name: str) -> bool:
    return re.fullmatch(_pattern(wanted), _squeezed(name)) is not None


def _pattern(wanted: str) -> str:
    """Where whoever wrote down the expectation lost a character, any one is right."""
    return re.escape(_squeezed(wanted)).replace(re.escape(_LOST), ".{1,3}")


def _squeezed(text: str) -> str:
    return _SPACES.sub("", text)


def _alike(wanted: str, text: str) -> float:
    one, other = " ".join(wanted.split()), " ".join(text.split())
    return 1.0 if one == other else SequenceMatcher(None, one, other, autojunk=False).ratio()
