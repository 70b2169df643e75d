"""HTML as a row of texts and tags, in time that grows no faster than the HTML whatever is written in it."""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

TAG = re.compile(r"""<(/?)([a-z][\w:-]{0,40})((?:[^<>"']++|"[^"]*+"|'[^']*+'){0,60}+)>""", re.IGNORECASE)
ENDS = {name: re.compile(rf"</{name}", re.IGNORECASE) for name in ("style", "script", "title", "template", "noscript")}


class Tag(NamedTuple):
    name: str
    inside: str
    closing: bool


def tokens(html: str) -> Iterator[str | Tag]:
    endless: set[str] = set()
    at = 0
    while at < len(html):
        begins = html.find("<", at)
        if begins != at:
            yield unescape(html[at : begins if begins > 0 else len(html)])
            if begins < 0:
                return
        if html.startswith(("<!", "<?"), begins):
            at = _past_comment(html, begins, endless)
            continue
        found = TAG.match(html, begins)
        if found is None:
            at = _past_damage(html, begins)
            if at == begins + 1:
                yield "<"
            continue
        at = found.end()
        name = found[2].lower()
        if name in ENDS and not found[1] and name not in endless:
            end = ENDS[name].search(html, at)
            at = end.start() if end else at
            endless |= set() if end else {name}
        yield Tag(name, found[3], bool(found[1]))


def _past_comment(html: str, begins: int, endless: set[str]) -> int:
    """A comment that nobody ended ends with the next tag: what follows may be the mail."""
    if html.startswith("<!--", begins) and "--" not in endless:
        end = html.find("-->", begins + 4)
        if end >= 0:
            return end + 3
        endless.add("--")
    end = html.find(">", begins, begins + 4000)
    return end + 1 if end >= 0 else begins + 2


def _past_damage(html: str, begins: int) -> int:
    """``<`` that is no tag is a character; a tag with broken quotes ends where it seems to."""
    if not html[begins + 1 : begins + 2].isalpha() and not html.startswith("</", begins):
        return begins + 1
    end = html.find(">", begins, begins + 4000)
    return end + 1 if end >= 0 else begins + 1
