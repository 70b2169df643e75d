"""Which parts of a mail are shown as its text and as its HTML."""

import re
from collections.abc import Iterator

import msgspec

from goodword.channels.adapters.email.mime.structure import MESSAGES, Entity

# Text that is data, whatever its type begins with.
_DATA = frozenset(
    {"text/calendar", "text/csv", "text/vcard", "text/x-vcard", "text/directory", "text/rfc822-headers", "text/xml"}
    | {"text/css", "text/javascript", "text/x-amp-html", "text/tab-separated-values", "text/x-patch", "text/x-diff"}
    | {"text/rtf"}
)
_PAGE = re.compile(rb"\s*(?:<!doctype html|<html)\b", re.IGNORECASE)
Side = list[Entity] | None


class Chosen(msgspec.Struct, frozen=True):
    """A part may be on both sides: text that stands between HTML belongs to either."""

    text_parts: tuple[Entity, ...] = ()
    html_parts: tuple[Entity, ...] = ()


def choose(root: Entity) -> Chosen:
    """As RFC 8621 (4.1.4) flattens a mail; where nothing is marked as text, what can be read as such."""
    if root.content_type in MESSAGES and root.children:
        root = root.children[0]
    for part in own_parts(root):
        _call_by_its_name(part)
    text: list[Entity] = []
    html: list[Entity] = []
    _flatten((root,), "mixed", False, text, html)
    if not text and not html:
        text = html = _others(root)
    return Chosen(tuple(text), tuple(html))


def is_html(part: Entity) -> bool:
    return part.content_type == "text/html"


def own_parts(root: Entity) -> Iterator[Entity]:
    """The leaves of a mail; a mail inside of it is one of them."""
    waiting = [root]
    while waiting:
        part = waiting.pop()
        if part.main_type == "multipart" and part.children:
            waiting.extend(reversed(part.children))
        else:
            yield part


def _call_by_its_name(part: Entity) -> None:
    """Some programs call their HTML plain text."""
    if part.content_type == "text/plain" and not part.filename and _PAGE.match(part.body, 0, 1_000):
        part.content_type = "text/html"
        part.troubles += ("html_called_text",)


def _flatten(parts: tuple[Entity, ...], kind: str, in_alternative: bool, text: Side, html: Side) -> None:
    """Into both lists goes what is shown; ``None`` where this side has its words from elsewhere."""
    before = (len(text or ()), len(html or ()))
    main = _main_of_related(parts) if kind == "related" else 0
    for number, part in enumerate(parts):
        if part.main_type == "multipart" and part.children:
            inner = part.content_type.partition("/")[2]
            _flatten(part.children, inner, in_alternative or inner == "alternative", text, html)
        elif not _is_shown(part) or (number != main and (kind == "related" or part.filename)):
            continue
        elif kind == "alternative":
            _add(html if is_html(part) else text, part)
        else:
            if in_alternative:
                text, html = (None, html) if is_html(part) else (text, None)
            _add(text, part)
            _add(html, part)
    if kind == "alternative" and text is not None and html is not None:
        _share(text, html, *before)


def _add(side: Side, part: Entity) -> None:
    if side is not None:
        side.append(part)


def _share(text: list[Entity], html: list[Entity], text_before: int, html_before: int) -> None:
    """An alternative that has only one side serves both."""
    if len(text) == text_before:
        text.extend(html[html_before:])
    elif len(html) == html_before:
        html.extend(text[text_before:])


def _main_of_related(parts: tuple[Entity, ...]) -> int:
    readable_parts = (number for number, part in enumerate(parts) if part.main_type in ("text", "multipart"))
    return next(readable_parts, 0)


def _is_shown(part: Entity) -> bool:
    return part.content_type in ("text/plain", "text/html") and not part.disposition.startswith("attachment")


def _others(root: Entity) -> list[Entity]:
    for part in own_parts(root):
        if part.main_type == "text" and part.content_type not in _DATA and not part.filename:
            return [part]
    return []
