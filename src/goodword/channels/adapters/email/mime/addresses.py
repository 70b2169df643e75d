"""The persons in a header: names, addresses, groups and comments, written by the book or not."""

import re
from collections.abc import Iterator

from goodword.channels.adapters.email.mime.headers import text_of
from goodword.channels.adapters.email.model import Address

MOST = 1_000
LONGEST = 100_000
LONGEST_PERSON = 2_000
_TOKEN = re.compile(
    r"""(?P<word>=\?[^?\s=]{1,60}\?[bBqQ]\?[^?\s]*+(?:\ [^?\s<>@,;"]*+)*+\?=)
      | (?P<quoted>"(?:[^"\\]|\\.){0,1000}+")
      | (?P<angle><[^<>]*+>?)
      | (?P<comment>\()
      | (?P<comma>,)
      | (?P<semicolon>;)
      | (?P<colon>:)
      | (?P<space>[ \t\r\n]++)
      | (?P<atom>(?:[^\s"<>(),;:=]|=(?!\?))++)
      | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_QUOTED_PAIR = re.compile(r"\\(.)", re.DOTALL)
_ADDRESS = re.compile(
    r"[^\s@<>(),;:\"]{1,320}@{1,3}[^\s@<>(),;:\"'\[\]]{1,255}|[^\s@<>(),;:\"]{1,320}@\[[^\s\]]{1,100}\]"
)
_NAME_WITH_ADDRESS = re.compile(r"([^,;<>@\"]{1,60})<[^<>@]{1,320}@")
_AROUND_SIGNS = re.compile(r"[ \t]{0,9}([@.])[ \t]{0,9}")
_SIGNS = re.compile(r"@{2,}")
_PIECE = re.compile(r'("(?:[^"\\]|\\.){0,1000}+")|[^"]++|"', re.DOTALL)
_NESTED = re.compile(r"[()\\]")
_BROKEN_BRACKETS = re.compile(r"[\[({<]{1,3}([^\s\[\](){}<>]+@[^\s\[\](){}<>]+?)[\])}>]+$")


def addresses_of(raw: bytes, charset: str = "") -> tuple[Address, ...]:
    """Those of one header, in their order; who has no address is there with his name."""
    found = tuple(_read(raw[:LONGEST].decode("latin-1"), charset))[:MOST]
    if found and not any(one.address for one in found) and b"=?" in raw:
        hidden = text_of(raw, charset)
        again = tuple(_read(hidden.encode().decode("latin-1"), "utf-8"))[:MOST] if "@" in hidden else ()
        return tuple(one for one in again if one.address) or found
    return found


def bare_address(written: str) -> str:
    """An address alone, cleaned: "" where there is none."""
    written = _SIGNS.sub("@", written.strip().removeprefix("mailto:").strip("<>'`,; "))
    written = written if written.startswith('"') else "".join(written.split()).strip('"')
    if ":" in written and written.startswith("@"):
        written = written.rpartition(":")[2]
    local, at, domain = written.rpartition("@")
    domain = domain.strip(".>)],;'\"") if not domain.startswith("[") else domain
    if not at or not local or not domain or len(written) > 320:
        return ""
    return f"{local.lstrip('<([')}@{_domain(domain)}"


def _domain(domain: str) -> str:
    domain = domain.lower()
    if domain.isascii():
        return domain
    try:
        return domain.encode("idna").decode("ascii").lower()
    except (UnicodeError, ValueError):
        return domain


class _Person:
    """What has been read of one entry so far."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.comments: list[str] = []
        self.angle: str | None = None

    def add(self, kind: str, text: str) -> None:
        if kind == "angle" and (self.angle is None or "@" not in self.angle):
            self.angle = text.strip("<>")
        elif kind == "quoted":
            self.words.append(text)
        elif kind == "space":
            self.words.append(" ")
        elif kind != "angle":
            self.words.append(text)

    def read(self, charset: str) -> Address | None:
        phrase = "".join(self.words)[:LONGEST_PERSON].strip()
        if self.angle is not None:
            return self._with_angle(phrase, charset)
        if not phrase:
            return None
        return self._without_angle(phrase, charset)

    def _with_angle(self, phrase: str, charset: str) -> Address | None:
        address = bare_address(_utf_8(_unquoted_local(self.angle or "")))
        if not address and (found := _ADDRESS.search(phrase)):
            address, phrase = bare_address(_utf_8(found[0])), phrase.replace(found[0], " ")
        name = _name(phrase, charset) or _name(" ".join(self.comments), charset)
        if not address and not name:
            return Address("", _name(self.angle or "", charset)) if self.angle else None
        return Address(_storable(address), "" if name == address else name)

    def _without_angle(self, phrase: str, charset: str) -> Address | None:
        squeezed = _AROUND_SIGNS.sub(r"\1", phrase)
        bracketed = _BROKEN_BRACKETS.search(phrase)
        if bracketed:
            return Address(_storable(bare_address(_utf_8(bracketed[1]))), _name(phrase[: bracketed.start()], charset))
        whole = _ADDRESS.fullmatch(phrase) or (_ADDRESS.fullmatch(squeezed) if '"' not in phrase else None)
        if phrase.startswith('"') and '"@' in phrase:
            return Address(_storable(bare_address(_utf_8(_unquoted_local(phrase)))))
        found = whole or _ADDRESS.search(phrase)
        if not found:
            name = _name(phrase, charset) or _name(" ".join(self.comments), charset)
            return Address("", name) if name else None
        address = bare_address(_utf_8(found[0]))
        rest = "" if whole else phrase.replace(found[0], " ", 1)
        return Address(_storable(address), _name(rest, charset) or _name(" ".join(self.comments), charset))


def _read(written: str, charset: str) -> Iterator[Address]:
    person = _Person()
    at, length = 0, len(written)
    while at < length:
        found = _TOKEN.match(written, at)
        if not found:
            break
        kind, text, at = found.lastgroup or "other", found[0], found.end()
        if kind == "comment":
            comment, at = _comment(written, at)
            person.comments.append(comment)
        elif kind in ("comma", "semicolon"):
            if _is_inside_name(person, written, at):
                person.add("atom", text)
                continue
            if one := person.read(charset):
                yield one
            person = _Person()
        elif kind == "colon" and person.angle is None and "@" not in "".join(person.words):
            # What stands before is the name of a group, whose members are what we want; "mailto" is none.
            person = _Person()
        else:
            person.add(kind, text)
    if one := person.read(charset):
        yield one


def _is_inside_name(person: _Person, written: str, at: int) -> bool:
    """``Evans, Dana <dana@…>``: the comma stands in a name that somebody forgot to quote."""
    phrase = "".join(person.words).strip()
    if person.angle is not None or "@" in phrase or not phrase or "=?" in phrase or ";" in written[at - 1 : at]:
        return False
    following = _NAME_WITH_ADDRESS.match(written, at)
    return following is not None and following[1].strip() != ""


def _comment(written: str, at: int) -> tuple[str, int]:
    """What stands in these brackets, which may hold others, and where they end."""
    depth, start = 1, at
    for found in _NESTED.finditer(written, at):
        if found.start() < at:
            continue
        if found[0] == "\\":
            at = found.end() + 1
            continue
        depth += 1 if found[0] == "(" else -1
        if not depth:
            return written[start : found.start()], found.end()
    return written[start:], len(written)


def _name(phrase: str, charset: str) -> str:
    text = " ".join(_QUOTED_PAIR.sub(r"\1", piece[1:-1]) if quoted else piece for quoted, piece in _pieces(phrase))
    name = text_of(text.encode("latin-1", "replace"), charset).strip()
    while len(name) > 1 and name[0] == name[-1] and name[0] in "'\"":
        name = name[1:-1].strip()
    return name.strip('"<> ')[:300]


def _pieces(phrase: str) -> Iterator[tuple[bool, str]]:
    for found in _PIECE.finditer(phrase):
        if found[0].strip():
            yield bool(found[1]), found[0].strip()


def _unquoted_local(written: str) -> str:
    """``"dana evans"@example``: quotes that are not needed go."""
    local, _, domain = written.strip().rpartition("@")
    plain = _QUOTED_PAIR.sub(r"\1", local[1:-1]) if len(local) > 1 and local[0] == local[-1] == '"' else local
    return f"{plain}@{domain}" if re.fullmatch(r"[^\s\"(),:;<>@\[\\\]]+", plain) else written


def _utf_8(written: str) -> str:
    """Addresses are ASCII, or UTF-8 where they are not."""
    return written if written.isascii() else written.encode("latin-1", "replace").decode("utf-8", "replace")


def _storable(address: str) -> str:
    return text_of(address.encode("utf-8", "replace"))
