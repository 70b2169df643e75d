import re
import unicodedata
from functools import cache

_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_MARKS_KEPT = 30


def clean(text: str, limit: int | None = None) -> str:
    """The same text, safe to store, index and send.

    NUL and other control characters are dropped except tab and line feed, CR LF and CR become LF, lone
    surrogates become U+FFFD, and the result is in NFC and at most `limit` characters long. A surrogate pair
    written as two code units is joined first. More than 30 accents on one letter are cut to 30.
    """
    if limit is not None:
        text = text[: 4 * limit]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _UNWANTED.sub("", text)
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    text = unicodedata.normalize("NFC", bounded_marks(text))
    return text if limit is None else text[:limit]


def bounded_marks(text: str) -> str:
    """`text` with at most 30 combining marks in a row, the bound of Unicode's Stream-Safe Format (UAX 15).

    Normalising sorts a run of marks in quadratic time; 100,000 of them would hold a process for minutes.
    """
    return text if text.isascii() else _long_run_of_marks().sub(r"\1", text)


@cache
def _long_run_of_marks() -> re.Pattern[str]:
    marks = "".join(char for char in map(chr, range(0x300, 0x1F000)) if unicodedata.combining(char))
    return re.compile(f"([{marks}]{{{_MARKS_KEPT}}})[{marks}]+")
