"""The marks that mail programs leave on elements of their HTML."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal, cast

ElementMark = Literal["quote", "history", "intro", "signature", "forward", "ruler", "maybe_quote"]
ATTRIBUTE = re.compile(r"""(?<![-\w:.])([a-z][-\w:.]*)\s{0,9}=\s{0,9}("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE)
ADDED = re.compile(r"(?:x_|m_-?\d+|ydp[0-9a-f]{6,10}|yiv\d+|3D)+")
SIGNED = (("id", "#"), ("name", "@"), ("data-marker", "!"))
DRAWN_ABOVE = re.compile(r"border-top[^;]{0,60}(?:e1e1e1|b5c4df|229, ?229, ?229)", re.IGNORECASE)
DRAWN_BESIDE = re.compile(r"border-left(?!\s*:\s*(?:none|0))", re.IGNORECASE)


@cache
def _marks() -> Mapping[str, ElementMark]:
    source = files(__package__).joinpath("marks.toml").read_text(encoding="utf-8")
    found: dict[str, ElementMark] = {}
    for mark, tables in tomllib.loads(source).items():
        for name, sign in (("ids", "#"), ("classes", "."), ("names", "@"), ("markers", "!")):
            found |= {sign + word: cast(ElementMark, mark) for word in tables[name]}
    return found


def attributes_of(inside: str) -> dict[str, str]:
    return {found[1].lower(): found[2].strip("\"'") for found in ATTRIBUTE.finditer(inside)}


def mark_of(tag: str, attributes: Mapping[str, str]) -> ElementMark | None:
    for key in _keys(attributes) if attributes else ():
        if (mark := _marks().get(key)) is not None:
            return mark
    style = attributes.get("style", "")
    if tag == "blockquote":
        classes = attributes.get("class", "")
        cited = attributes.get("type", "").lower() == "cite" or "cite" in attributes or "gmail_quote" in classes
        return "quote" if cited or DRAWN_BESIDE.search(style) else "maybe_quote"
    return "ruler" if tag == "hr" or DRAWN_ABOVE.search(style) else None


def _keys(attributes: Mapping[str, str]) -> list[str]:
    keys = ["." + ADDED.sub("", name, count=1) for name in attributes.get("class", "").split()]
    keys += [sign + ADDED.sub("", attributes[name], count=1) for name, sign in SIGNED if name in attributes]
    return keys
