"""The parts of a mail as they lie in each other. One walk over the bytes, bounded whatever they are: what is too deep
or too much stays one piece."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from goodword.channels.adapters.email.mime.fields import Fields, read_fields
from goodword.channels.adapters.email.mime.parameters import Parameters
from goodword.channels.adapters.email.mime.transfer import decoded

DEEPEST = 50
MOST_PARTS = 2_000
MESSAGES = ("message/rfc822", "message/global", "message/news")
ENCODED = ("base64", "quoted-printable")
_GUESSED = re.compile(rb"^--([^\s][^\n]{0,200})\n(?=content-[a-z-]{2,30}[ \t]*:)", re.MULTILINE | re.IGNORECASE)
_TYPE = re.compile(r"\s*([\w!#$&^.+-]{1,127})\s*/\s*([\w!#$&^.+-]{1,127})")
_BARE_TYPES = {"text": "text/plain", "html": "text/html", "plain": "text/plain", "multipart": "multipart/mixed"}


class Entity:
    """A mail or a part of one. ``raw`` is its body as it came, ``body`` the same without its transfer encoding."""

    def __init__(self, fields: Fields, source: bytes, start: int, end: int, default_type: str = "text/plain") -> None:
        self.headers = fields.headers
        self.children: tuple[Entity, ...] = ()
        self.troubles: tuple[str, ...] = fields.troubles
        self._source, self._start, self._end = source, start, end
        self._by_name: dict[str, list[bytes]] = {}
        for name, value in fields.headers:
            self._by_name.setdefault(name.lower(), []).append(value)
        self._type = Parameters(self.header("content-type"))
        self.content_type = _content_type(self._type, default_type)

    def __repr__(self) -> str:
        return f"<{self.content_type} {self._end - self._start} {list(self.children)}>"

    def header(self, name: str) -> bytes:
        """The first one of that name, unfolded; empty where there is none."""
        return next(iter(self.all(name)), b"")

    def all(self, name: str) -> list[bytes]:
        return self._by_name.get(name.lower(), [])

    def walk(self) -> Iterator["Entity"]:
        """This one and all in it, in the order they stand in the mail."""
        waiting = [self]
        while waiting:
            entity = waiting.pop()
            yield entity
            waiting.extend(reversed(entity.children))

    @property
    def main_type(self) -> str:
        return self.content_type.partition("/")[0]

    @property
    def params(self) -> dict[str, str]:
        return self._type.texts

    @cached_property
    def boundary(self) -> bytes:
        return self._type.bytes_of("boundary").rstrip(b" \t")

    @cached_property
    def disposition(self) -> str:
        return self._disposition.value.strip("\"' ").lower()

    @cached_property
    def filename(self) -> str:
        """As the sender calls it, in no way safe; empty where it has no name."""
        return self._disposition.texts.get("filename") or self._type.texts.get("name", "")

    @cached_property
    def content_id(self) -> str:
        return self.header("content-id").decode("ascii", "ignore").strip().strip("<>")

    @cached_property
    def encoding(self) -> str:
        written = re.match(rb"[\s\"']*([\w-]{1,30})", self.header("content-transfer-encoding"))
        return written[1].decode("ascii", "ignore").lower() if written else ""

    @property
    def size(self) -> int:
        return self._end - self._start

    @property
    def raw(self) -> bytes:
        return self._source[self._start : self._end]

    @cached_property
    def body(self) -> bytes:
        return decoded(self.raw, self.encoding, self.main_type == "text")

    @cached_property
    def _disposition(self) -> Parameters:
        return Parameters(self.header("content-disposition"))


def read_entity(raw: bytes) -> Entity:
    """The mail in these bytes; there is one in any bytes."""
    if b"\n" not in raw:
        raw = raw.replace(b"\r", b"\n")
    return _Reader(raw, [MOST_PARTS], 0).read()


class _Delimiter(NamedTuple):
    start: int
    after: int
    closing: bool
    level: int


class _Frame:
    """A multipart or an enclosed mail that the walk is inside of, up to ``end`` at most."""

    def __init__(self, entity: Entity, start: int, end: int, boundary: bytes | None) -> None:
        self.entity = entity
        self.start = start
        self.boundary = boundary
        self.children: list[Entity] = []
        self._end = end
        self._pattern = None if boundary is None else _delimiter(boundary)
        self._found: re.Match[bytes] | None = None
        self._exhausted = boundary is None

    @property
    def child_type(self) -> str:
        return "message/rfc822" if self.entity.content_type == "multipart/digest" else "text/plain"

    def delimiter(self, source: bytes, position: int) -> re.Match[bytes] | None:
        """The first one in a line that begins at ``position`` or later; remembered until it has been passed."""
        if self._pattern is None or self._exhausted or (self._found and self._found.start() + 1 >= position):
            return None if self._exhausted else self._found
        self._found = self._pattern.search(source, max(position - 1, 0), self._end)
        self._exhausted = self._found is None
        return self._found


class _Reader:
    """Goes from delimiter to delimiter with a stack of what is open."""

    def __init__(self, source: bytes, budget: list[int], depth: int) -> None:
        self._source = source
        self._budget = budget
        self._depth = depth
        self._open: list[_Frame] = []

    def read(self) -> Entity:
        root = self._begin(0, len(self._source), "text/plain", outermost=True)
        self._walk()
        return root

    def read_into(self, entity: Entity) -> bool:
        """The parts of a multipart that was encoded as a whole; the source is what it hid."""
        frame = _Frame(entity, 0, len(self._source), entity.boundary)
        if not entity.boundary or not frame.delimiter(self._source, 0):
            return False
        self._open.append(frame)
        self._walk()
        return True

    def _walk(self) -> None:
        while self._open and self._budget[0] > 0:
            found = self._next(self._open[-1].start)
            if not found:
                break
            self._close_down_to(found.level)
            frame = self._open[-1]
            frame.start = found.after
            if found.closing:
                self._leave_if_named_twice(frame)
                continue
            following = self._next(found.after)
            end = following.start if following else len(self._source)
            frame.children.append(self._begin(min(found.after, end), end, frame.child_type))
        if self._open and self._budget[0] <= 0:
            self._open[0].entity.troubles += ("too_many_parts",)
        self._close_down_to(-1)

    def _begin(self, start: int, end: int, default: str, outermost: bool = False) -> Entity:
        """The entity whose headers stand at ``start``; it reaches to ``end`` at most."""
        self._budget[0] -= 1
        fields = read_fields(self._source, start, end, outermost)
        last = end if end == len(self._source) else _before_line_break(self._source, fields.end, end)
        entity = Entity(fields, self._source, fields.end, last, default)
        if entity.main_type == "multipart":
            self._open_multipart(entity, fields.end, end)
        elif entity.content_type in MESSAGES:
            self._open_message(entity, fields.end, end)
        return entity

    def _open_multipart(self, entity: Entity, body: int, end: int) -> None:
        if self._is_too_deep(entity):
            return
        frame = _Frame(entity, body, end, entity.boundary)
        if not entity.boundary or not frame.delimiter(self._source, body):
            guessed = _GUESSED.search(self._source, body, end)
            if not guessed:
                self._without_parts(entity)
                return
            entity.troubles += ("wrong_boundary",)
            frame = _Frame(entity, body, end, guessed[1].rstrip(b" \t\r"))
        self._open.append(frame)

    def _open_message(self, entity: Entity, body: int, end: int) -> None:
        if self._is_too_deep(entity) or not entity.size:
            return
        if entity.encoding in ENCODED:
            entity.children = (_Reader(entity.body, self._budget, self._deeper()).read(),)
            return
        frame = _Frame(entity, body, end, None)
        self._open.append(frame)
        frame.children.append(self._begin(body, end, "text/plain", outermost=True))

    def _without_parts(self, entity: Entity) -> None:
        """Parts that were encoded together, or text that somebody calls multipart."""
        hidden = b"\n" + entity.body if entity.encoding in ENCODED else b""
        if not _Reader(hidden, self._budget, self._deeper()).read_into(entity):
            entity.troubles += ("no_parts",)
            entity.content_type = "text/plain"

    def _is_too_deep(self, entity: Entity) -> bool:
        if self._deeper() <= DEEPEST:
            return False
        entity.troubles += ("too_deep",)
        return True

    def _deeper(self) -> int:
        return self._depth + len(self._open) + 1

    def _next(self, position: int) -> _Delimiter | None:
        """The next delimiter of anything that is open; of the innermost where two share it."""
        first: _Delimiter | None = None
        for level in range(len(self._open) - 1, -1, -1):
            found = self._open[level].delimiter(self._source, position)
            if found and (first is None or found.start() + 1 < first.start):
                first = _Delimiter(found.start() + 1, found.end() + 1, bool(found[1]), level)
        return first

    def _close_down_to(self, level: int) -> None:
        while len(self._open) > level + 1:
            frame = self._open.pop()
            frame.entity.children = tuple(frame.children)

    def _leave_if_named_twice(self, frame: _Frame) -> None:
        """After its last delimiter a multipart stays open, as some programs add parts below; but not where one
        around it has the same boundary."""
        if any(other.boundary == frame.boundary for other in self._open[:-1]):
            self._close_down_to(len(self._open) - 2)
            self._open[-1].start = frame.start


def _delimiter(boundary: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"\n--" + re.escape(boundary) + rb"(--)?[ \t\r]{0,200}(?=\n|\Z)")


def _before_line_break(source: bytes, start: int, end: int) -> int:
    """``end`` without the line break that belongs to the delimiter below."""
    for line_break in (b"\n", b"\r", b"\r"):
        if end > start and source[end - 1 : end] == line_break:
            end -= 1
    return end


def _content_type(written: Parameters, default: str) -> str:
    found = _TYPE.match(written.value)
    if found:
        return f"{found[1]}/{found[2]}".lower()
    bare = written.value.strip().lower()
    return _BARE_TYPES.get(bare, "application/octet-stream" if bare in ("application", "image", "audio") else default)
