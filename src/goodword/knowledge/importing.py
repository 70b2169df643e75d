"""Files become articles; what they say, where they lie and what the caller adds tells language and subject."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath

import msgspec

from goodword.knowledge.actions.import_document import Outcome, import_document, prepared
from goodword.knowledge.model import Visibility
from goodword.knowledge.reading import LARGEST, Unreadable
from goodword.platform.clock import Clock
from goodword.platform.db import Database
from goodword.platform.errors import BadInput
from goodword.platform.events import SYSTEM, Actor, Stamp
from goodword.platform.i18n import ours

SUFFIXES = frozenset({".md", ".markdown", ".mdown", ".mkd", ".html", ".htm", ".xhtml", ".txt"})
_TAG = re.compile(r"[a-z]{2}([-_]([a-z]{2}|[a-z]{4}))?", re.IGNORECASE)

Detect = Callable[[str], str]


class Report(msgspec.Struct, frozen=True):
    """What became of one file.

    ``reason`` of what is unreadable: "empty", "too_large", "binary", "missing", "language", or that of a ``BadInput``.
    """

    path: str
    outcome: Outcome
    article_id: str | None = None
    language: str | None = None
    title: str = ""
    reason: str = ""


class Options(msgspec.Struct, frozen=True):
    """What holds for files that don't say it themselves."""

    language: str | None = None
    category: str | None = None
    visibility: Visibility = "public"


class Place(msgspec.Struct, frozen=True):
    """Where a file lies.

    ``source`` is the same for all languages of a document: ``help/fr/returns.md`` is ``help/*/returns.md``.
    """

    path: Path
    source: str
    language: str | None

    @property
    def slug(self) -> str:
        """Translations share the name of their file; a file that stands alone is named by its title."""
        return self.path.stem if "*" in self.source else ""


async def import_paths(
    database: Database,
    clock: Clock,
    paths: Iterable[Path],
    *,
    options: Options | None = None,
    detect: Detect | None = None,
    root: Path | None = None,
    actor: Actor = SYSTEM,
) -> AsyncIterator[Report]:
    """Import files, and folders with all that is in them; a report for each file, as soon as it is done.

    The same file again updates the same article, and files of the same name in folders called by language (``en``,
    ``zh-TW``) are one article. Files are known again by their path from ``root``, or from the root of the disk without
    one. ``detect`` tells the language of a text whose language nothing else tells.
    """
    for place in _places(paths, root):
        yield await _import(database, clock, place, options or Options(), detect, actor)


async def _import(
    database: Database, clock: Clock, place: Place, options: Options, detect: Detect | None, actor: Actor
) -> Report:
    name = str(place.path)
    try:
        data = await asyncio.to_thread(_bytes, place.path)
        imported = await asyncio.to_thread(
            prepared,
            place.path.name,
            data,
            source=place.source,
            slug=place.slug,
            language=options.language or place.language,
            category=options.category,
            visibility=options.visibility,
            detect=detect,
        )
        outcome, article_id = await database.write(import_document, Stamp(clock.now(), actor), imported)
    except (Unreadable, BadInput) as error:
        return Report(name, "unreadable", reason=error.reason)
    return Report(name, outcome, article_id, imported.language, imported.draft.title)


def _bytes(path: Path) -> bytes:
    """A byte more than is taken is enough to know that it is too large."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise Unreadable("missing") from error


def _places(paths: Iterable[Path], root: Path | None) -> Iterator[Place]:
    for given in paths:
        for path in _files(given):
            yield _place(path, given, root)


def _files(given: Path) -> Iterator[Path]:
    if not given.is_dir():
        yield given
        return
    for path in sorted(given.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(given).parts)
        if path.is_file() and path.suffix.lower() in SUFFIXES and not hidden:
            yield path


def _place(path: Path, given: Path, root: Path | None) -> Place:
    """Only folders at or below the one that was given count as languages: people keep files in stranger places."""
    known_as = PurePosixPath((path.relative_to(root) if root else path.resolve()).as_posix())
    folders = len(path.parent.relative_to(given).parts) + 1 if path != given else 1
    parts = list(known_as.parts)
    for at in range(len(parts) - 2, max(len(parts) - 2 - folders, -1), -1):
        if language := _language_of(parts[at]):
            parts[at] = "*"
            return Place(path, str(PurePosixPath(*parts)), language)
    return Place(path, str(known_as), None)


def _language_of(folder: str) -> str | None:
    return ours(folder) if _TAG.fullmatch(folder) else None
