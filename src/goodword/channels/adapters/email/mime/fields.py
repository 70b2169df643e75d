"""The header fields at the beginning of a mail or of a part, however they are broken."""

import re
from typing import NamedTuple

LONGEST_BLOCK = 1_000_000
LONGEST_VALUE = 200_000
MOST_FIELDS = 2_000
MOST_JUNK = 10
_END = re.compile(rb"\n\r{0,3}\n|\r\r(?=[^\r\n])")
_BREAK = re.compile(rb"\r{1,3}\n|\r")
_FIELD = re.compile(rb"([!-,.-9;-~][!-9;-~]{0,200})[ \t]*:")
_FOLDED = (b" ", b"\t")
_KNOWN = re.compile(
    rb"(?:from|to|cc|bcc|subject|date|sender|reply-to|message-id|in-reply-to|references|received|return-path"
    rb"|delivered-to|mime-version|content-[a-z-]{2,40}|x-[!-9;-~]{1,100}|list-[a-z-]{2,40}|dkim-signature"
    rb"|authentication-results|auto-submitted|precedence)[ \t]*:",
    re.IGNORECASE,
)
_BLANK = re.compile(rb"\r{0,3}\n")
_LEAD = re.compile(rb"[ \t\r\n]{0,1000}")
_LINE_END = re.compile(rb"\r{0,3}\n|\r")
_MBOX = re.compile(rb">?From ")


class Fields(NamedTuple):
    """``end`` is where the body begins."""

    headers: tuple[tuple[str, bytes], ...]
    end: int
    troubles: tuple[str, ...]


def read_fields(raw: bytes, start: int, end: int, outermost: bool) -> Fields:
    """The fields at ``start``. A mail's own headers (``outermost``) may have junk above them, a part's may not."""
    if outermost:
        start = _without_lead(raw, start, end)
    block_end, body = _block(raw, start, end)
    read = _read_lines(_BREAK.sub(b"\n", raw[start : min(block_end, start + LONGEST_BLOCK)]).split(b"\n"))
    if read.rest is None:
        return Fields(tuple(read.fields), min(body, end), read.troubles)
    body = _place_of_line(raw, start, block_end, read.rest)
    return Fields(tuple(read.fields), body, (*read.troubles, "no_blank_line" if read.fields else "no_headers"))


class _Read(NamedTuple):
    fields: list[tuple[str, bytes]]
    rest: int | None
    troubles: tuple[str, ...]


def _read_lines(lines: list[bytes]) -> _Read:
    """``rest`` is the line where the body begins although no blank line says so."""
    fields: list[tuple[str, list[bytes]]] = []
    troubles: tuple[str, ...] = ()
    last_known = max((number for number, line in enumerate(lines) if _KNOWN.match(line)), default=-1)
    for number, line in enumerate(lines):
        if line.startswith(_FOLDED) and fields:
            fields[-1][1].append(line)
            continue
        found = _FIELD.match(line)
        if found and len(fields) < MOST_FIELDS:
            fields.append((found[1].decode("ascii"), [line[found.end() :]]))
        elif found or not line.strip() or _MBOX.match(line):
            continue
        elif line.startswith(b"--") and _is_delimiter(lines, number):
            return _Read(_joined(fields), number, troubles)
        elif (fields and number < last_known) or (line.startswith(b"--") and number + 1 == len(lines)):
            troubles = ("junk_in_headers",)
        else:
            return _Read(_joined(fields), number, troubles)
    return _Read(_joined(fields), None, troubles)


def _joined(fields: list[tuple[str, list[bytes]]]) -> list[tuple[str, bytes]]:
    return [(name, b"\n".join(value)[:LONGEST_VALUE].replace(b"\n", b"").strip()) for name, value in fields]


def _is_delimiter(lines: list[bytes], number: int) -> bool:
    """The first delimiter of a multipart, with the blank line above it missing."""
    following = lines[number + 1] if number + 1 < len(lines) else b""
    if following[:8].lower() == b"content-":
        return True
    boundary = lines[number][2:].strip()
    return bool(boundary) and any(boundary in line and b"boundary" in line.lower() for line in lines[:number])


def _block(raw: bytes, start: int, end: int) -> tuple[int, int]:
    """Where the header lines end, and where the body begins after the blank line."""
    if start >= end:
        return start, end
    blank = _BLANK.match(raw, start, end)
    if blank:
        return start, blank.end()
    found = _END.search(raw, start, end)
    return (found.start(), found.end()) if found else (end, end)


def _without_lead(raw: bytes, start: int, end: int) -> int:
    """Past a byte order mark, blank lines and up to a few lines of junk, if headers follow."""
    begin = start + 3 if raw.startswith(b"\xef\xbb\xbf", start) else start
    lead = _LEAD.match(raw, begin, end)
    at = lead.end() if lead else begin
    at = max(raw.rfind(b"\n", start, at) + 1, begin) if at < end else start
    if _FIELD.match(raw, at, end):
        return at
    line = at
    for _ in range(MOST_JUNK):
        line = raw.find(b"\n", line, end) + 1
        if not line or _BLANK.match(raw, line, end):
            break
        if _KNOWN.match(raw, line, end):
            return line
    return start


def _place_of_line(raw: bytes, start: int, end: int, number: int) -> int:
    for found in _LINE_END.finditer(raw, start, end):
        number -= 1
        if number == 0:
            return found.end()
    return start
