"""``Authentication-Results`` as RFC 8601 writes it, and as Microsoft, Yahoo and others do."""

import re

import msgspec

LONGEST = 4_000
MOST_RESULTS = 100
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_METHOD = re.compile(r"\s*([a-z][\w.-]{0,40})\s*(?:/\s*\d+\s*)?=\s*([a-z]{1,40})", re.IGNORECASE)
_PROPERTY = re.compile(r"([a-z][\w-]{0,40}\.[\w-]{1,40})\s*=\s*([^\s;()]{1,400})", re.IGNORECASE)
_SERVER = re.compile(r"\s*([^\s;=()]{1,255})(?:\s+\d+)?\s*$")


class Result(msgspec.Struct, frozen=True):
    """What one method found. Names and the word are in small letters, as ``header.from``."""

    method: str
    word: str
    properties: dict[str, str] = {}

    def domain(self, *names: str) -> str:
        """Of the first of these properties that has one."""
        found = (self.properties.get(name, "").rpartition("@")[2] for name in names)
        return next((domain.strip("<>\"'.").lower() for domain in found if domain), "")


class Verdict(msgspec.Struct, frozen=True):
    """``server`` is who says it, empty where it isn't named."""

    server: str
    results: tuple[Result, ...]


def read_verdict(value: str) -> Verdict:
    """The results in one header, in their order."""
    pieces = _without_comments(value[:LONGEST]).split(";")
    named = _SERVER.match(pieces[0])
    results = (_result(piece) for piece in (pieces[1:] if named else pieces)[:MOST_RESULTS])
    return Verdict(named[1].lower() if named else "", tuple(result for result in results if result))


def _result(piece: str) -> Result | None:
    found = _METHOD.match(piece)
    if not found:
        return None
    properties = {name.lower(): value for name, value in _PROPERTY.findall(piece)}
    return Result(found[1].lower(), found[2].lower(), properties)


def _without_comments(text: str) -> str:
    """Comments lie in each other, and a quoted string may hold anything."""
    kept: list[str] = []
    depth = 0
    at = 0
    while at < len(text):
        quoted = _QUOTED.match(text, at) if text[at] == '"' else None
        if quoted:
            kept.append("" if depth else quoted[1].replace(";", " ").replace("(", " ").replace(")", " "))
            at = quoted.end()
            continue
        depth += text[at] == "("
        if not depth:
            kept.append(text[at])
        depth -= text[at] == ")" and depth > 0
        at += 1
    return "".join(kept)
