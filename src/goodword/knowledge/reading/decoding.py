"""Which charset are these bytes in? A byte order mark or valid UTF-8 settles it, else plausibility does."""

import codecs
import re
from collections.abc import Callable

from goodword.knowledge.reading.model import Unreadable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_SAMPLE = 60_000
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_RARE = re.compile("[\x80-\x9f\ue000-\uf8ff\ufffd]")
_ACCENTED_WORD = re.compile(r"(?:[a-zA-Z][à-öø-ÿÀ-ÖØ-ÞœŒ]|[à-öø-ÿÀ-ÖØ-ÞœŒ][a-z' ]|[ '’«»°€–])")


def decode(data: bytes) -> str:
    """`data` as text. Raises `Unreadable("empty")` or `Unreadable("binary")`."""
    if not data.strip():
        raise Unreadable("empty")
    for mark, charset in _MARKS:
        if data.startswith(mark):
            return data.decode(charset, "replace")
    if wide := _wide_charset(data):
        return data.decode(wide, "replace")
    if len(_CONTROL.findall(data[:_SAMPLE])) > len(data[:_SAMPLE]) / 200:
        raise Unreadable("binary")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as broken:
        return _nearly_utf8(data, broken.start) or _declared(data) or _most_plausible(data)


def _wide_charset(data: bytes) -> str | None:
    """UTF-16 without a mark shows in the NUL bytes of its spaces, digits and line ends."""
    if len(data) % 2 or b"\0" not in data[:_SAMPLE]:
        return None
    sample = data[:_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    for charset, often, seldom in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if seldom * 4 < often and often > len(sample) / 400 and _reads_as(data, charset):
            return charset
    return None


def _reads_as(data: bytes, charset: str) -> bool:
    try:
        text = data.decode(charset)
    except UnicodeDecodeError:
        return False
    sample = text[:4000]
    legible = sum(char.isalnum() or char.isspace() for char in sample) > 0.6 * len(sample)
    return legible and all(char >= " " or char in "\t\n\r\f" for char in sample)


def _nearly_utf8(data: bytes, first_error: int) -> str | None:
    """UTF-8 with a few damaged places, or cut off in the middle of a character."""
    text = data.decode("utf-8", "replace")
    multibyte = sum(char > "\x7f" for char in text) - text.count("\ufffd")
    cut_off = first_error >= len(data) - 3
    return text if multibyte and (cut_off or text.count("\ufffd") * 20 < multibyte) else None


def _declared(data: bytes) -> str | None:
    found = _DECLARED.search(data[:4000])
    if not found:
        return None
    charset = found.group(1).decode("ascii").lower()
    charset = {"gb2312": "gb18030", "gbk": "gb18030", "euc-kr": "cp949", "iso-8859-1": "cp1252"}.get(charset, charset)
    try:
        return data.decode(charset, "replace") if not charset.startswith("utf") else None
    except LookupError:
        return None


def _most_plausible(data: bytes) -> str:
    """The decoding whose characters above ASCII look most like text somebody would write."""
    sample = data[:_SAMPLE]
    candidates = ((plausible(_leniently(sample, charset)), charset) for charset, plausible in _PLAUSIBLE.items())
    score, charset = max(candidates, key=lambda candidate: candidate[0])
    if score <= 0:
        raise Unreadable("binary")
    return data.decode(charset, "replace")


def _leniently(sample: bytes, charset: str) -> str:
    return sample.decode(charset, "replace")


def _common_in(charset: str, first: int, last: int) -> Callable[[str], float]:
    """Scores text by how many of its foreign characters have a lead byte in the range of the common ones."""

    def plausible(text: str) -> float:
        foreign = [char for char in text if char > "\x7f"]
        lead = (char.encode(charset, "replace")[0] for char in foreign)
        common = sum(first <= byte <= last for byte in lead)
        return (common - 3 * len(_RARE.findall(text))) / max(1, len(foreign))

    return plausible


def _chinese(text: str) -> float:
    """As `_common_in`; text that keeps to the first rows of the table is Korean, whose syllables stand there."""
    foreign = [char for char in text if "\u4e00" <= char <= "\u9fff"]
    later_rows = sum(char.encode("gb2312", "replace")[0] > 0xC8 for char in foreign)
    return _in_gb_rows(text) * (1.0 if later_rows > len(foreign) / 10 else 0.6)


def _western(text: str) -> float:
    foreign = sum(char > "\x7f" for char in text)
    likely = sum(bool(re.search("[^\x00-\x7f]", pair)) for pair in _ACCENTED_WORD.findall(text))
    crowded = len(re.findall("[^\x00-\x7f]{3,}", text))
    return (min(likely, foreign) - 2 * crowded - 3 * len(_RARE.findall(text))) / max(1, foreign)


_in_gb_rows = _common_in("gb2312", 0xB0, 0xD7)
_PLAUSIBLE: dict[str, Callable[[str], float]] = {
    "gb18030": _chinese,
    "big5": _common_in("big5", 0xA4, 0xC6),
    "cp949": _common_in("euc-kr", 0xB0, 0xC8),
    "shift_jis": _common_in("shift_jis", 0x82, 0x97),
    "euc-jp": _common_in("euc-jp", 0xA4, 0xCF),
    "cp1252": _western,
}
