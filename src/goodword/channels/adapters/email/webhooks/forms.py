"""Posted forms, taken apart; which of the two kinds it is shows in its first bytes."""

import re
from typing import Final
from urllib.parse import parse_qsl

import msgspec

MOST_FIELDS: Final = 1_000
BOUNDARY = re.compile(rb"(--[^\r\n]{1,200})\r?\n")
DISPOSITION = re.compile(rb'content-disposition:[^\n]*?\bname="([^"\r\n]*)"', re.IGNORECASE)
FILENAME = re.compile(rb'content-disposition:[^\n]*?\bfilename="([^"\r\n]*)"', re.IGNORECASE)
TYPE = re.compile(rb"content-type:[ \t]*([^\r\n]*)", re.IGNORECASE)


class Upload(msgspec.Struct, frozen=True):
    name: str
    content_type: str
    content: bytes


class Form(msgspec.Struct, frozen=True):
    """Of a name that comes more than once the first value counts."""

    fields: dict[str, bytes]
    files: dict[str, Upload]

    def text(self, name: str, charset: str = "utf-8") -> str:
        try:
            return self.fields.get(name, b"").decode(charset, "replace")
        except LookupError:
            return self.fields.get(name, b"").decode("utf-8", "replace")


def read_form(body: bytes) -> Form:
    """What can't be made out is left out."""
    boundary = BOUNDARY.match(body)
    return _multipart(body, boundary[1]) if boundary else _urlencoded(body)


def _urlencoded(body: bytes) -> Form:
    try:
        text = body.decode("latin-1")
        pairs = parse_qsl(text, keep_blank_values=True, encoding="latin-1", max_num_fields=MOST_FIELDS)
    except ValueError:
        pairs = []
    fields: dict[str, bytes] = {}
    for name, value in pairs:
        fields.setdefault(_text(name.encode("latin-1")), value.encode("latin-1"))
    return Form(fields, {})


def _multipart(body: bytes, boundary: bytes) -> Form:
    fields: dict[str, bytes] = {}
    files: dict[str, Upload] = {}
    for part in (b"\r\n" + body).split(b"\r\n" + boundary, MOST_FIELDS)[1:]:
        head, _, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        named = DISPOSITION.search(head)
        if not named:
            continue
        name, file = _text(named[1]), FILENAME.search(head)
        if file:
            kind = TYPE.search(head)
            files.setdefault(name, Upload(_text(file[1]), _text(kind[1]) if kind else "", content))
        else:
            fields.setdefault(name, content)
    return Form(fields, files)


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace").strip()
