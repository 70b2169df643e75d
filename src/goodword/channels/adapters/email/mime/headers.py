"""The words of a header: encoded, or raw as they should not be."""

import binascii
import re
from typing import NamedTuple

from goodword.channels.adapters.email.mime.charsets import decode
from goodword.channels.adapters.email.mime.transfer import from_base64
from goodword.platform.words import clean

LONGEST = 100_000
_BEGIN = re.compile(rb"=\?[ \t]*([^?\s=\x00-\x1f\x80-\xff]{1,60})[ \t]*\?([bBqQ])\?")
_BASE64 = re.compile(rb"[A-Za-z0-9+/=_ \t-]*+")
_BETWEEN = re.compile(rb"[ \t\r\n]*+")
_URLSAFE = bytes.maketrans(b"-_", b"+/")
_SPACES = re.compile(r"[ \t\r\n\v\f\x85\u2028\u2029]+")


def text_of(raw: bytes, charset: str = "") -> str:
    """One line of text that can be stored. ``charset`` is the one that raw 8-bit is probably written in."""
    if len(raw) > LONGEST:
        raw = raw[:LONGEST]
    if raw.isascii() and b"=?" not in raw and b"\x1b" not in raw:
        text = raw.decode("ascii")
    else:
        text = "".join(_decoded(chunks, charset) for chunks in _runs(raw))
    return _SPACES.sub(" ", clean(text)).strip()


class _Run(NamedTuple):
    """``charset`` is empty for raw bytes; ``open_end``: base64 that was cut inside of four characters."""

    charset: str
    content: bytes
    open_end: bytes = b""


def _decoded(run: _Run, charset: str) -> str:
    return decode(run.content + from_base64(run.open_end), run.charset or charset, short=True).text


def _runs(raw: bytes) -> list[_Run]:
    """Pieces with the charset they name. Words next to each other are joined before they are decoded: some
    programs cut inside a character, and some inside of what encodes it."""
    runs: list[_Run] = []
    at = 0
    ends = _Ends(raw)
    for begin in _BEGIN.finditer(raw):
        if begin.start() < at:
            continue
        word = _word(raw, begin, ends)
        if word is None:
            continue
        encoded, end = word
        between = raw[at : begin.start()]
        charset = begin[1].decode("ascii").partition("*")[0].lower()
        beside = bool(runs) and runs[-1].charset != "" and not between.strip()
        if not beside and between:
            runs.append(_Run("", between))
        before = runs.pop() if beside and runs[-1].charset == charset else _Run(charset, b"")
        runs.append(_extended(before, encoded, begin[2] in b"bB"))
        at = end
    if raw[at:]:
        runs.append(_Run("", raw[at:]))
    return runs


def _extended(run: _Run, encoded: bytes, base64: bool) -> _Run:
    if not base64:
        return _Run(run.charset, run.content + from_base64(run.open_end) + _from_q(encoded))
    encoded = run.open_end + b"".join(encoded.translate(_URLSAFE).split())
    whole = len(encoded) if encoded.endswith(b"=") else len(encoded) // 4 * 4
    return _Run(run.charset, run.content + from_base64(encoded[:whole]), encoded[whole:])


class _Ends:
    """Where the next ``?=`` is, found once for all that look for it."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._at = -2

    def after(self, position: int) -> int:
        if self._at != -1 and self._at < position:
            self._at = self._raw.find(b"?=", position)
        return self._at


def _word(raw: bytes, begin: re.Match[bytes], ends: _Ends) -> tuple[bytes, int] | None:
    """What is encoded, and where the word ends; ``None`` where it only looks like one."""
    start = begin.end()
    if begin[2] in b"bB":
        found = _BASE64.match(raw, start)
        content = found[0] if found else b""
        end = start + len(content)
        closed = raw.startswith(b"?=", end)
        if not closed and end < len(raw) and raw[end : end + 1] not in b"?=":
            return None
        return content, end + 2 if closed else end
    end = ends.after(start)
    if end < 0:
        end, after = len(raw), len(raw)
    else:
        after = end + 2
    next_word = raw.find(b"=?", start, end)
    if next_word > 0 and _BEGIN.match(raw, next_word):
        end = after = next_word
    return raw[start:end], after


def _from_q(content: bytes) -> bytes:
    return binascii.a2b_qp(content.rstrip(b" \t") if content.endswith(b"=") else content, header=True)
