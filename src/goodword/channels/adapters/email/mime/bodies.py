"""What the chosen parts of a mail say, as text and as HTML."""

import re
from html import escape
from itertools import pairwise

import msgspec

from goodword.channels.adapters.email.mime.charsets import decode
from goodword.channels.adapters.email.mime.choosing import Chosen, is_html
from goodword.channels.adapters.email.mime.flowed import unflowed
from goodword.channels.adapters.email.mime.readable import readable
from goodword.channels.adapters.email.mime.structure import Entity
from goodword.channels.adapters.email.mime.tidying import Tidied, tidied
from goodword.channels.adapters.email.mime.uuencoded import without_files
from goodword.platform.words import clean

LONGEST_TEXT = 2_000_000
LONGEST_BODY = 30_000_000
MOST_DELIMITERS = 20
# A text that says only "see the HTML" is shorter than this, and than a fifth of what the HTML says.
STUB = 300
_ENRICHED = frozenset({"text/enriched", "text/richtext"})
_ENRICHED_TAG = re.compile(r"<param>[^<]{0,200}</param>|<(/?[a-zA-Z-]{1,40})>", re.IGNORECASE)
_LINE_BREAK = re.compile(r"\r{1,3}\n")
_SPACES = re.compile(r"\s+")


class Bodies(msgspec.Struct, frozen=True):
    """``first``: what the first part of the ``text`` says.

    ``html`` is tidy, and in no way safe yet. ``from_html``: there was no text, or none worth reading. ``files`` stood
    in the text.
    """

    text: str = ""
    first: str = ""
    html: Tidied = Tidied("")
    from_html: bool = False
    files: tuple[tuple[str, bytes], ...] = ()
    troubles: tuple[str, ...] = ()


def read(root: Entity, chosen: Chosen) -> Bodies:
    speech = _Speech(root)
    text_parts, html_parts = _without_twins(chosen, speech)
    html = _joined_html(html_parts, speech)
    texts = [words for part in text_parts if (words := speech.text(part).strip("\n"))]
    text, first = "\n\n".join(texts), texts[0] if len(texts) > 1 else ""
    from_html = bool(html) and (not text.strip() or all(map(is_html, text_parts)))
    if html and (not text.strip() or _is_stub(text, html)):
        text, first, from_html = readable(html), "", True
    text, files = without_files(text)
    text, first = text[:LONGEST_TEXT], without_files(first)[0][:LONGEST_TEXT]
    return Bodies(text, first or text, html, from_html, tuple(files), tuple(dict.fromkeys(speech.troubles)))


class _Speech:
    """What each part says, read once."""

    def __init__(self, root: Entity) -> None:
        self.troubles: list[str] = []
        self._boundaries = tuple(part.boundary for part in root.walk() if part.boundary)[:MOST_DELIMITERS]
        self._words: dict[int, str] = {}
        self._pages: dict[int, Tidied] = {}
        self._texts: dict[int, str] = {}

    def words(self, part: Entity) -> str:
        """As they were written: text or HTML."""
        if id(part) not in self._words:
            body = _without_delimiters(part.body[:LONGEST_BODY], self._boundaries)
            words, trouble = decode(body, part.params.get("charset", ""), html=is_html(part))
            self.troubles.extend(filter(None, [trouble]))
            self._words[id(part)] = clean(_LINE_BREAK.sub("\n", words))
        return self._words[id(part)]

    def page(self, part: Entity) -> Tidied:
        if id(part) not in self._pages:
            words = self.words(part)
            plain = f'<div style="white-space:pre-wrap">{escape(words, quote=False)}</div>'
            self._pages[id(part)] = tidied(words) if is_html(part) else Tidied(plain)
        return self._pages[id(part)]

    def text(self, part: Entity) -> str:
        if id(part) not in self._texts:
            plain = readable(self.page(part)) if is_html(part) else _plain(part, self.words(part))
            self._texts[id(part)] = plain
        return self._texts[id(part)]


def _plain(part: Entity, words: str) -> str:
    if part.content_type in _ENRICHED:
        return _ENRICHED_TAG.sub("", words).replace("<<", "<")
    if part.content_type == "text/plain" and part.params.get("format", "").lower() == "flowed":
        return unflowed(words, part.params.get("delsp", "").lower() == "yes")
    return words


def _without_delimiters(body: bytes, boundaries: tuple[bytes, ...]) -> bytes:
    """Below the last words there may be delimiters of parts that are none; nobody wrote them to be read."""
    for _ in boundaries:
        rest, _, last = body.rstrip().rpartition(b"\n")
        if not last.startswith(b"--") or last[2:].removesuffix(b"--") not in boundaries:
            break
        body = rest
    return body


def _joined_html(parts: list[Entity], speech: _Speech) -> Tidied:
    if not any(map(is_html, parts)):
        return Tidied("")
    return Tidied("\n".join(speech.page(part) for part in parts if speech.words(part).strip()))


def _without_twins(chosen: Chosen, speech: _Speech) -> tuple[list[Entity], list[Entity]]:
    """Text and HTML that say the same are alternatives, also where the sender does not call them so."""
    text, html = list(chosen.text_parts), list(chosen.html_parts)
    both = [part for part in text if part in html]
    for plain, rich in pairwise(both):
        if is_html(plain) or not is_html(rich):
            continue
        words = _squeezed(speech.text(plain))
        if words and words in _squeezed(speech.text(rich)):
            text.remove(rich)
            html.remove(plain)
    return text, html


def _is_stub(text: str, html: Tidied) -> bool:
    length = len(_squeezed(text)) if len(text) < 4 * STUB else STUB
    if length >= STUB or len(html) <= STUB + 5 * length:
        return False
    return len(_squeezed(readable(html))) > STUB + 5 * length


def _squeezed(text: str) -> str:
    return _SPACES.sub("", text)
