"""What a transfer encoding hides, also where it is damaged."""

import binascii
import re

_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_SPACE = b" \t\r\n\v\f\0"
_BASE64_LINE = re.compile(rb"^[ \t]*([A-Za-z0-9+/]+={0,3})[ \t\r]*$", re.MULTILINE)
_BASE64_BLOCK = re.compile(rb"(?:[ \t]*+[A-Za-z0-9+/]++={0,3}[ \t\r]*+(?:\n|\Z)|[ \t\r]*+\n)++")
_PRINTABLE = bytes([9, 10, 12, 13, 27, *range(32, 127), *range(128, 256)])
_SOFT_BREAK = re.compile(rb"=[ \t]{1,100}(?=\r?\n)")
_UU_BEGIN = re.compile(rb"^begin(?:-base64)? [0-7]{3,4} [^\n]*\n", re.MULTILINE)
MOST_RUNS = 1_000


def decoded(raw: bytes, encoding: str, is_text: bool) -> bytes:
    """``raw`` itself where the encoding is unknown, or text that is plainly not encoded at all."""
    if encoding == "base64":
        return from_base64(raw, is_text)
    if encoding in ("quoted-printable", "quotedprintable"):
        return binascii.a2b_qp(_SOFT_BREAK.sub(b"=", raw) if b"= " in raw or b"=\t" in raw else raw)
    if encoding in ("uuencode", "x-uuencode", "uue", "x-uue"):
        return from_uuencode(raw)
    return raw


def from_base64(raw: bytes, is_text: bool = False) -> bytes:
    """Junk between the lines is passed over, and so is what somebody has written below."""
    junk = raw.translate(None, _BASE64 + _SPACE + b"=")
    if not junk:
        return _joined_runs(raw.translate(None, _SPACE))
    lines: list[bytes] = _BASE64_LINE.findall(raw)
    if is_text and len(junk) * 20 > len(raw):
        return _text_above_junk(raw)
    if sum(map(len, lines)) * 2 < len(raw):
        return _joined_runs(raw.translate(None, _SPACE + junk))
    ended = next((number for number, line in enumerate(lines) if line.endswith(b"=")), len(lines))
    return _joined_runs(b"".join(lines[: ended + 1]))


def _text_above_junk(raw: bytes) -> bytes:
    """More junk than base64: either somebody has written below it, or it was never encoded."""
    encoded = _BASE64_BLOCK.match(raw)
    text = _joined_runs(encoded[0].translate(None, _SPACE)) if encoded else b""
    return text if text and not text.translate(None, _PRINTABLE) else raw


def _joined_runs(data: bytes) -> bytes:
    """Each piece that ends with ``=`` is decoded for itself: some programs encode piece by piece."""
    padding = data.find(b"=")
    if 0 <= padding < len(data.rstrip(b"=")) and data.count(b"=") <= 2 * MOST_RUNS:
        return b"".join(_run(run) for run in data.split(b"=") if run)
    return _run(data.translate(None, b"="))


def _run(data: bytes) -> bytes:
    whole = len(data) - (len(data) % 4 == 1)
    return binascii.a2b_base64(data[:whole] + b"=" * (-whole % 4))


def from_uuencode(raw: bytes) -> bytes:
    begin = _UU_BEGIN.search(raw)
    if not begin:
        return raw
    lines = []
    for line in raw[begin.end() :].split(b"\n"):
        line = line.rstrip(b"\r")
        if line.strip() in (b"end", b"====", b"`", b""):
            if line.strip() != b"":
                break
            continue
        lines.append(_uu_line(line))
    return b"".join(lines)


def _uu_line(line: bytes) -> bytes:
    try:
        return binascii.a2b_uu(line)
    except binascii.Error:
        # Some encoders leave out or add a padding character at the end of the line.
        length = (((line[0] - 32) & 63) * 4 + 5) // 3
        try:
            return binascii.a2b_uu(line[:length])
        except binascii.Error:
            return b""
