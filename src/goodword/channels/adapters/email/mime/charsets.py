"""Bytes to text: whatever charset they name, and whether they keep their word or not."""

import codecs
import encodings.aliases
import pkgutil
import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from goodword.channels.adapters.email.mime.guessing import guess, likeness
from goodword.channels.adapters.email.mime.japanese import from_iso_2022_jp

# Python knows these as text, and no mail is written in them; some cost quadratic time.
_NOT_FOR_MAIL = frozenset(
    {"aliases", "base64_codec", "bz2_codec", "charmap", "hex_codec", "idna", "mbcs", "oem", "punycode", "quopri_codec"}
    | {"raw_unicode_escape", "rot_13", "undefined", "unicode_escape", "uu_codec", "zlib_codec"}
)
_ESCAPES = re.compile(rb"\x1b(?:\$[@B]|\$\([A-Z]|\([BIJ])")
_KOREAN_ESCAPE = b"\x1b$)C"
_WIDE = re.compile(rb"[\x80-\xff]")
_META = re.compile(rb"<(?:meta|\?xml)\b[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_MULTI_BYTE = frozenset({"cp932", "euc_jp", "cp949", "gb18030", "cp950", "big5hkscs", "johab"})
# A page that says so in ASCII is not written in them; UTF-7 would hide tags from whoever looks at the bytes.
_NOT_BY_META = ("utf-7", "utf-16", "utf-32", "hz", "iso2022")
SAMPLE = 20_000
MOST_BY_CHANCE = 7


class Decoded(NamedTuple):
    """``trouble``: "" where the bytes were what they said."""

    text: str
    trouble: str = ""


def decode(content: bytes, declared: str, *, html: bool = False, short: bool = False) -> Decoded:
    """Never raises. ``html``: a meta element may say what the header doesn't; ``short``: a header, of a few words."""
    content = content.removeprefix(b"\xef\xbb\xbf")
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") and not short:
        return _leniently(content, "utf-16", "")
    codec = known(declared)
    trouble = "unknown_charset" if declared.strip() and not codec else ""
    codec = codec.removeprefix("ascii")
    if _ESCAPES.search(content) and codec not in ("iso2022_kr", "hz", "utf-7"):
        return Decoded(from_iso_2022_jp(content), trouble)
    if _KOREAN_ESCAPE in content:
        return _leniently(content, "iso2022_kr", trouble)
    if codec.startswith("utf-16") or codec.startswith("utf-32"):
        if b"\0" in content[:SAMPLE]:
            return _leniently(content, codec, trouble)
        codec = ""
    if codec in ("utf-7", "hz"):
        return _leniently(content, codec, trouble)
    if content.isascii():
        return Decoded(content.decode("ascii"), trouble)
    if not codec and html:
        meta = _META.search(content[:SAMPLE])
        codec = known(meta[1].decode("ascii")) if meta else ""
        codec = "" if codec.startswith(_NOT_BY_META) else codec
    return _eight_bit(content, codec, trouble)


@cache
def _meant() -> dict[str, str]:
    written = files(__package__).joinpath("charsets.toml").read_text(encoding="utf-8")
    by_codec: dict[str, str] = tomllib.loads(written)
    return {name: codec for codec, names in by_codec.items() for name in (codec, *names.split())}


@cache
def _names() -> dict[str, str]:
    modules = {module.name for module in pkgutil.iter_modules(encodings.__path__)} - _NOT_FOR_MAIL
    names = {name: codec for name, codec in encodings.aliases.aliases.items() if codec in modules}
    return names | {module: module for module in modules}


def known(name: str) -> str:
    """Python's name of the codec that is meant, or "". What is unknown is never looked up: Python would remember it."""
    name = name.strip(" \t\r\n\"'<>;,").lower()
    if name in _meant():
        return _meant()[name]
    plain = re.sub(r"[^a-z0-9]+", "_", name.removeprefix("cs") if name.startswith("csiso") else name).strip("_")
    found = _names().get(plain) or _names().get(plain.removeprefix("x_")) or _names().get(plain.replace("_", ""))
    if not found:
        return ""
    canonical = codecs.lookup(found).name
    return _meant().get(canonical, canonical)


def _eight_bit(content: bytes, codec: str, trouble: str) -> Decoded:
    if codec != "utf-8" and (text := _strictly(content, "utf-8")) is not None:
        return Decoded(text, trouble or ("lying_charset" if codec and codec != "cp1252" else ""))
    text = _strictly(content, codec) if codec else None
    if text is not None and not _is_a_lie(content, text, codec):
        return Decoded(text, trouble)
    if codec == "utf-8" and _mostly_utf_8(content):
        return Decoded(content.decode("utf-8", "replace"), "damaged_text")
    guessed = guess(content[:SAMPLE], codec)
    text = _strictly(content, guessed)
    if text is not None:
        return Decoded(text, trouble or ("lying_charset" if guessed != codec else ""))
    return _leniently(content, guessed, trouble or "damaged_text")


def _strictly(content: bytes, codec: str) -> str | None:
    if codec == "cp1252":
        return _western(content)
    try:
        return content.decode(codec)
    except (UnicodeError, LookupError, ValueError):
        return None


def _western(content: bytes) -> str:
    """As browsers read it: the five places that Windows left free are what they are in Latin-1."""
    return content.decode("cp1252", "goodword.latin1")


def _leniently(content: bytes, codec: str, trouble: str) -> Decoded:
    text = _strictly(content, codec)
    if text is not None:
        return Decoded(text, trouble)
    try:
        return Decoded(content.decode(codec, "replace"), trouble or "damaged_text")
    except (UnicodeError, LookupError, ValueError):
        return Decoded(content.decode("utf-8", "replace"), trouble or "damaged_text")


def _mostly_utf_8(content: bytes) -> bool:
    """A few wrong bytes, or the end cut off: still UTF-8."""
    text = content[:SAMPLE].decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    right = sum(1 for char in text if char >= "\x80") - wrong
    return right > 4 * wrong


def _is_a_lie(content: bytes, text: str, codec: str) -> bool:
    """Whether an 8-bit charset, which takes any bytes, yields what nobody writes while another one makes sense."""
    if codec in _MULTI_BYTE or codec.startswith("utf"):
        return False
    sample = content[:SAMPLE]
    wide = len(_WIDE.findall(sample))
    if wide < MOST_BY_CHANCE:
        return False
    mine, other = likeness(text[:SAMPLE], codec), guess(sample, codec)
    return mine < 0.5 and likeness(sample.decode(other, "replace"), other) > mine + 0.3


def _latin1(error: UnicodeError) -> tuple[str, int]:
    if isinstance(error, UnicodeDecodeError):
        return error.object[error.start : error.end].decode("latin-1"), error.end
    raise error


codecs.register_error("goodword.latin1", _latin1)
