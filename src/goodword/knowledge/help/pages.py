"""What stands on each page, and the templates that show it."""

import hashlib
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache, partial
from importlib.resources import files
from typing import Any
from urllib.parse import quote

import msgspec
from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from goodword.platform.clock import SECOND
from goodword.platform.i18n import LANGUAGES, has_text, text
from goodword.platform.words import direction

NAMES = {"en": "English", "fr": "Français", "ko": "한국어", "zh-Hans": "简体中文", "zh-Hant": "繁體中文"}
TYPES = {".css": "text/css", ".js": "text/javascript"}
_HEADING = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>', re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
# Short articles are seen at a glance.
FEWEST_HEADINGS = 4


class Frame(msgspec.Struct, frozen=True):
    """Around every page. ``base`` is the address of the server without a slash at the end."""

    language: str
    company: str
    base: str
    widget_key: str | None


class Crumb(msgspec.Struct, frozen=True):
    label: str
    url: str


class About(msgspec.Struct, frozen=True):
    """What is different from page to page in its head.

    ``path`` is the page's own without the language, e.g. ``articles/returns``; ``languages``: those in which it says
    something of its own; ``index``: whether search engines should show it.
    """

    title: str
    path: str
    description: str = ""
    crumbs: tuple[Crumb, ...] = ()
    languages: tuple[str, ...] = LANGUAGES
    index: bool = True


def page(template: str, frame: Frame, about: About, **facts: Any) -> str:
    """The HTML of a page."""
    own = frame.language if frame.language in about.languages else about.languages[0]
    return (
        _templates()
        .get_template(template)
        .render(
            frame=frame,
            about=about,
            t=partial(_text, frame.language),
            category=partial(category_name, frame.language),
            date=partial(date, frame.language),
            languages=[(language, NAMES[language], address(language, about.path)) for language in LANGUAGES],
            alternates={language: frame.base + address(language, about.path) for language in about.languages},
            canonical=frame.base + address(own, about.path),
            home=address(frame.language),
            statics=static_addresses(),
            direction=direction,
            **facts,
        )
    )


def address(language: str, path: str = "") -> str:
    return f"/help/{language}/{quote(path)}"


def category_name(language: str, category: str) -> str:
    """Categories that most desks have are translated; others are shown as the editors wrote them."""
    key = f"help.category.{category or 'other'}"
    return text(language, key) if has_text(key) else category[:1].upper() + category[1:].replace("-", " ")


def date(language: str, at: int) -> str:
    """A day as it is written in ``language``; ``at`` in milliseconds since 1970 UTC."""
    year, month, day = iso_date(at).split("-")
    return text(language, "help.date", year=year, month=month, day=day)


def iso_date(at: int) -> str:
    return datetime.fromtimestamp(at / SECOND, UTC).date().isoformat()


def contents(html: str) -> list[tuple[str, Markup]]:
    """Anchors and texts of the chapters; nothing for a short article."""
    headings = [(anchor, Markup(_TAG.sub("", inner))) for anchor, inner in _HEADING.findall(html)]
    return headings if len(headings) >= FEWEST_HEADINGS else []


def body(html: str) -> Markup:
    """An article's HTML, sanitised when it was written; wide tables can be scrolled by keyboard."""
    framed = html.replace("<table>", '<div class="scroll" tabindex="0"><table>').replace("</table>", "</table></div>")
    return Markup(framed)


@cache
def statics() -> Mapping[str, tuple[bytes, str]]:
    """Name → bytes and content type of the files that pages load."""
    folder = files(__package__).joinpath("static")
    return {
        file.name: (file.read_bytes(), TYPES[f".{file.name.rpartition('.')[2]}"])
        for file in folder.iterdir()
        if f".{file.name.rpartition('.')[2]}" in TYPES
    }


@cache
def static_addresses() -> Mapping[str, str]:
    """Name → address, another one whenever the content is another."""
    return {
        name: f"/help/static/{name}?{hashlib.sha256(content).hexdigest()[:12]}"
        for name, (content, _) in statics().items()
    }


def _text(language: str, key: str, **facts: Any) -> str:
    return text(language, f"help.{key}", **facts)


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("goodword.knowledge.help"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
