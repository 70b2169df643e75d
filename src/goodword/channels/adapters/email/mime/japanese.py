"""ISO-2022-JP as it is written in mails: with half-width katakana and the characters that only Windows has."""

import re

_ESCAPE = re.compile(rb"\x1b(?:\$[@B]|\$\([A-Z@]|\([A-Z]|\$\)[A-Z]|&@|\.[A-Z])")
_JIS = (b"\x1b$B", b"\x1b$@")
_JIS_2 = b"\x1b$(D"
_KATAKANA = b"\x1b(I"


def from_iso_2022_jp(content: bytes) -> str:
    """Never raises. What no escape has announced is ASCII, or Shift JIS where it has eight bits."""
    texts = []
    escape, at = b"", 0
    for found in _ESCAPE.finditer(content):
        texts.append(_piece(content[at : found.start()], escape))
        escape, at = found[0], found.end()
    texts.append(_piece(content[at:], escape))
    return "".join(texts)


def _piece(piece: bytes, escape: bytes) -> str:
    if escape in _JIS:
        # A line begins in ASCII again, also where somebody has forgotten to say so.
        lines = piece.split(b"\n")
        return "\n".join(
            [_double(lines[0]), *(line.decode("cp932", "replace") if line.strip() else "" for line in lines[1:])]
        )
    if escape == _JIS_2:
        return bytes(byte | 0x80 for pair in _pairs(piece) for byte in (0x0F, *pair)).decode("euc_jp", "replace")
    if escape == _KATAKANA:
        return bytes(byte | 0x80 if 0x21 <= byte <= 0x5F else byte for byte in piece).decode("cp932", "replace")
    if escape.startswith((b"\x1b$", b"\x1b.")):
        return (escape + piece).decode("iso2022_jp_2", "replace")
    return piece.decode("cp932", "replace")


def _pairs(piece: bytes) -> list[bytes]:
    return [piece[at : at + 2] for at in range(0, len(piece) - 1, 2)]


def _double(line: bytes) -> str:
    """Shift JIS has a place for each pair, also for those of Windows: ① and ㈱."""
    out = bytearray()
    at = 0
    while at < len(line):
        high = line[at]
        low = line[at + 1] if at + 1 < len(line) else 0
        if 0x21 <= high <= 0x7E and 0x21 <= low <= 0x7E:
            out.append((high + 1) // 2 + (0x70 if high < 0x5F else 0xB0))
            out.append(low + (0x7E if not high % 2 else 0x1F if low < 0x60 else 0x20))
            at += 2
        else:
            out.append(high)
            at += 1
    return out.decode("cp932", "replace")
