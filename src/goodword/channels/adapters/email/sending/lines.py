"""Header lines that every program reads alike.

The standard library folds names of letters other than ours so that its own reader finds blanks in them.
"""

import base64
from collections.abc import Iterator, Sequence

from goodword.channels.adapters.email.sending.model import Named
from goodword.platform.words import clean

WIDTH = 76
# As many bytes as make an encoded word that fits behind the longest of our header names.
BYTES = 39
PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-/=?^_`{|}~ ")


def line(words: str) -> str:
    """``words`` on one line, without anything that could end a header."""
    return " ".join("".join(char if char.isprintable() else " " for char in clean(words)).split())


def subject(words: str) -> str:
    """Any line as an unstructured header, folded."""
    return _folded(words.split(" ")) if _is_plain(words) else "\n ".join(_encoded_words(words))


def addresses(parties: Sequence[Named]) -> str:
    return ",\n ".join(_address(_phrase(name), address) if name else address for name, address in parties)


def message_ids(ids: Sequence[str]) -> str:
    return "\n ".join(f"<{id}>" for id in ids)


def _address(phrase: str, address: str) -> str:
    fits = len(phrase) + len(address) < WIDTH - 16
    return f"{phrase} <{address}>" if fits else f"{phrase}\n <{address}>"


def _phrase(name: str) -> str:
    if not _is_plain(name) or len(name) > WIDTH // 2:
        return "\n ".join(_encoded_words(name))
    if set(name) <= PLAIN:
        return name
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _is_plain(words: str) -> bool:
    """Whether it can stand there as it is: nothing in it is taken for an encoded word, and it can be folded."""
    return words.isascii() and "=?" not in words and all(len(word) < WIDTH for word in words.split(" "))


def _encoded_words(words: str) -> Iterator[str]:
    """Split between characters: each must be readable by itself."""
    piece = b""
    for char in words:
        encoded = char.encode("utf-8", "replace")
        if len(piece) + len(encoded) > BYTES:
            yield _encoded_word(piece)
            piece = b""
        piece += encoded
    yield _encoded_word(piece)


def _encoded_word(piece: bytes) -> str:
    return f"=?utf-8?b?{base64.b64encode(piece).decode()}?="


def _folded(words: Sequence[str]) -> str:
    lines = [""]
    for word in words:
        if lines[-1] and len(lines[-1]) + len(word) >= WIDTH - 10:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n ".join(lines)
