"""A field's value and its parameters, with RFC 2231's pieces put together and its breaches borne."""

import re
from functools import cached_property
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from goodword.channels.adapters.email.mime.charsets import decode
from goodword.channels.adapters.email.mime.headers import text_of
from goodword.platform.words import clean

LONGEST = 20_000
_PARAMETER = re.compile(r';\s*([^=;\s"]{1,100})\s*=\s*(?:"((?:[^"\\]|\\.)*+)"|([^;]*+))', re.DOTALL)
_PIECE = re.compile(r"([^*]+)(?:\*(\d{1,4}))?(\*)?$")
_COMMENTED = re.compile(r"([^\s()]+)\s*\(.*", re.DOTALL)
_QUOTED_PAIR = re.compile(r"\\(.)", re.DOTALL)


class _Piece(NamedTuple):
    number: int
    encoded: bool
    value: str


class Parameters:
    """``value`` is what stands before the first parameter; ``texts`` the parameters by name in lower case."""

    def __init__(self, raw: bytes) -> None:
        written = raw[:LONGEST].decode("latin-1")
        self.value = written.partition(";")[0].strip()
        self._pieces: dict[str, list[_Piece]] = {}
        for found in _PARAMETER.finditer(written):
            name = _PIECE.match(found[1].lower())
            if name:
                value = _QUOTED_PAIR.sub(r"\1", found[2]) if found[2] is not None else _bare(found[3])
                number = int(name[2]) if name[2] else -1
                self._pieces.setdefault(name[1], []).append(_Piece(number, bool(name[3]), value))

    @cached_property
    def texts(self) -> dict[str, str]:
        return {name: _text(pieces) for name, pieces in self._pieces.items()}

    def bytes_of(self, name: str) -> bytes:
        """As it is written, for what is compared with bytes of the mail."""
        return _text(self._pieces.get(name, []), plain=True).encode("latin-1", "ignore")


def _text(pieces: list[_Piece], plain: bool = False) -> str:
    """The encoded form goes before the plain one that stands beside it for old readers."""
    whole = [piece for piece in pieces if piece.number < 0]
    split = sorted({piece.number: piece for piece in reversed(pieces) if piece.number >= 0}.values())
    chosen = next(([piece] for piece in whole if piece.encoded), None) or split or whole[:1]
    if plain:
        return "".join(piece.value for piece in chosen)
    if any(piece.encoded for piece in chosen):
        return _decoded(chosen)
    return text_of("".join(piece.value for piece in chosen).encode("latin-1"))


def _decoded(pieces: list[_Piece]) -> str:
    charset, quote, first = pieces[0].value.partition("'")
    if quote and pieces[0].encoded:
        first = first.partition("'")[2]
    else:
        charset, first = "", pieces[0].value
    values = [first, *(piece.value for piece in pieces[1:])]
    content = b"".join(
        unquote_to_bytes(value.encode("latin-1")) if piece.encoded else value.encode("latin-1")
        for piece, value in zip(pieces, values, strict=True)
    )
    return " ".join(clean(decode(content, charset, short=True).text).split())


def _bare(value: str) -> str:
    value = value.strip()
    commented = _COMMENTED.fullmatch(value)
    return (commented[1] if commented else value).strip("\"'")
