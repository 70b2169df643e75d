"""A mail of which a provider has left only the parts, put together again: always to the same bytes."""

import base64
import re
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Final
from urllib.parse import quote

import msgspec

# They told how the parts lay in each other; that is lost.
OF_THE_BODY: Final = frozenset({"content-type", "content-transfer-encoding", "mime-version", "content-length"})
NAME = re.compile(r"[!-9;-~]{1,200}")
LINE_BREAKS = re.compile(r"[\r\n\x00]+[ \t]*")


class Piece(msgspec.Struct, frozen=True):
    """A file of the mail. ``content_id`` without its angle brackets."""

    name: str
    content_type: str
    content: bytes
    content_id: str = ""


def rebuilt(headers: Iterable[tuple[str, str]], text: str, html: str, pieces: Sequence[Piece] = ()) -> bytes:
    """The mail as RFC 5322 has it."""
    lines = [_line(name, value) for name, value in headers if NAME.fullmatch(name) and name.lower() not in OF_THE_BODY]
    parts = [_text_part(kind, words) for kind, words in (("plain", text), ("html", html)) if words]
    if len(parts) > 1:
        parts = [_multipart("alternative", parts)]
    whole = [*(parts or [_text_part("plain", "")]), *(_file_part(piece) for piece in pieces)]
    body = whole[0] if len(whole) == 1 else _multipart("mixed", whole)
    return b"".join([*lines, b"MIME-Version: 1.0\r\n", body])


def with_recipients(raw: bytes, recipients: Iterable[str]) -> bytes:
    """The mail with the addresses of its envelope above it, where servers write them."""
    lines = [_line("X-Original-To", address) for address in recipients if "@" in address]
    return b"".join([*lines, raw.lstrip(b"\r\n")])


def _line(name: str, value: str) -> bytes:
    value = LINE_BREAKS.sub(" ", value)
    return f"{name}: {value}".encode("utf-8", "replace") + b"\r\n"


def _text_part(kind: str, words: str) -> bytes:
    head = f"Content-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    return head.encode() + base64.encodebytes(words.encode("utf-8", "replace"))


def _file_part(piece: Piece) -> bytes:
    kind = piece.content_type if re.fullmatch(r"[\w.+-]+/[\w.+-]+", piece.content_type) else "application/octet-stream"
    placing = "inline" if piece.content_id else "attachment"
    name = quote(piece.name.encode("utf-8", "replace"), safe="")
    head = f"Content-Type: {kind}\r\nContent-Disposition: {placing}; filename*=utf-8''{name}\r\n"
    if piece.content_id:
        head += f"Content-ID: <{LINE_BREAKS.sub('', piece.content_id)}>\r\n"
    encoded = base64.encodebytes(piece.content)
    return f"{head}Content-Transfer-Encoding: base64\r\n\r\n".encode("utf-8", "replace") + encoded


def _multipart(kind: str, parts: Sequence[bytes]) -> bytes:
    boundary = "=_" + sha256(b"".join(parts)).hexdigest()[:32]
    pieces = [f"--{boundary}\r\n".encode() + part.rstrip(b"\n") + b"\r\n" for part in parts]
    head = f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n'.encode()
    return b"".join([head, *pieces, f"--{boundary}--\r\n".encode()])
