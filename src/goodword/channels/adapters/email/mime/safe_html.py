"""The HTML of a mail as we may show it: its look, and nothing that runs, asks or hides behind our own page."""

import re
import tomllib
from functools import cache
from importlib.resources import files

import msgspec
import nh3

from goodword.channels.adapters.email.mime.tidying import Tidied

SCHEMES = {"http", "https", "mailto", "tel", "cid", "data"}
_PICTURE = re.compile(r"data:image/(?:png|jpe?g|gif|webp|avif|bmp);", re.IGNORECASE)
# The short form, which might load a picture: its colour is kept, since white words were written for it.
_PAPER = re.compile(r"(^|;)\s*background\s*:\s*(#[0-9a-f]{3,8}|rgba?\([^();]*\)|[a-z]+(?![\w(]))[^;]*", re.IGNORECASE)
_SCHEME = re.compile(r"\s*(cid|data):", re.IGNORECASE)


class _Shown(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    tags: set[str]
    styles: set[str]
    attributes: dict[str, set[str]]


def safe_html(html: Tidied) -> str:
    """What is left can be put into a page of ours. Pictures stay where they point to, ``cid:`` and remote ones."""
    return nh3.clean(
        html,
        tags=_shown().tags,
        attributes=_shown().attributes,
        attribute_filter=_filtered,
        url_schemes=SCHEMES,
        url_relative="deny",
        filter_style_properties=_shown().styles,
        link_rel="noopener noreferrer nofollow",
    ).strip()


def _filtered(tag: str, name: str, value: str) -> str | None:
    """Only pictures may be part of the mail: a link to ``data:`` would be a page that somebody else has written."""
    if name in ("href", "cite", "src") and (scheme := _SCHEME.match(value)):
        if tag != "img":
            return None
        return value if scheme[1].lower() == "cid" or _PICTURE.match(value.strip()) else None
    return _PAPER.sub(r"\1background-color:\2", value) if name == "style" else value


@cache
def _shown() -> _Shown:
    written = files(__package__).joinpath("safe_html.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(written), _Shown)
