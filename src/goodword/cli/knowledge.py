"""``goodword knowledge``: articles in, passages out."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from pathlib import Path
from typing import Any

import click

from goodword.app import Desk, open_desk
from goodword.cli.options import Line, data_option, json_option, lines, quiet_settings, show
from goodword.knowledge import Options, Report, embed_passages, import_paths
from goodword.platform.embedding import EmbeddingUnavailable
from goodword.platform.events import SYSTEM, Stamp
from goodword.platform.settings import Settings
from goodword.understanding import detect


@click.group()
def knowledge() -> None:
    """Import articles and search them."""


@knowledge.command("import")
@data_option
@json_option
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--language", help="Language of texts that don't say it themselves.")
@click.option("--category", help="Category of texts that don't say it themselves.")
def import_(
    data: Path | None, as_json: bool, paths: tuple[Path, ...], language: str | None, category: str | None
) -> None:
    """Import Markdown, HTML and plain text: files, or folders with all that is in them."""
    failed = asyncio.run(_import(quiet_settings(data), paths, Options(language, category), as_json))
    raise SystemExit(1 if failed else 0)


@knowledge.command()
@data_option
@json_option
@click.argument("query")
@click.option("--top", default=5, show_default=True, type=click.IntRange(1, 50), help="How many passages.")
@click.option("--language", help="Language of whoever asks.")
def search(data: Path | None, as_json: bool, query: str, top: int, language: str | None) -> None:
    """Find the passages that answer QUERY; `-` reads one query per line."""
    asyncio.run(_search(quiet_settings(data), lines(query), top, language, as_json))


async def _import(settings: Settings, paths: tuple[Path, ...], options: Options, as_json: bool) -> int:
    failed = 0
    async with open_desk(settings, reacting=False) as desk:
        services = desk.services
        reports = import_paths(
            services.database, services.clock, paths, options=options, detect=lambda text: detect(text).tag
        )
        async for report in reports:
            failed += report.outcome == "unreadable"
            show(report, as_json, _said_of)
        await embed_missing(desk)
    return failed


async def _search(settings: Settings, asked: Iterable[Line], top: int, language: str | None, as_json: bool) -> None:
    async with open_desk(settings, reacting=False) as desk:
        await embed_missing(desk)
        async for found in _results(desk, asked, top, language):
            show(found, as_json, _listed)


async def _results(desk: Desk, asked: Iterable[Line], top: int, language: str | None) -> AsyncIterator[dict[str, Any]]:
    for line in asked:
        wanted = line.language or language or detect(line.text).tag
        hits = await desk.services.search.query(line.text, language=wanted, top=top)
        yield {
            "results": [
                {"article": hit.title, "heading": hit.heading, "passage": hit.text, "score": round(hit.score, 4)}
                for hit in hits
            ]
        }


async def embed_missing(desk: Desk) -> None:
    """Give a vector to whatever lacks one; words alone must do where there is no embedder."""
    services = desk.services
    try:
        await embed_passages(services.database, desk.embedder, Stamp(services.clock.now(), SYSTEM), None)
    except EmbeddingUnavailable:
        click.echo("goodword: no embedding here; searching by words only", err=True)


def _said_of(report: dict[str, Any]) -> str:
    return " ".join(
        str(part) for part in (report["outcome"], report["path"], report["title"], report["reason"]) if part
    )


def _listed(found: dict[str, Any]) -> str:
    return "\n".join(
        f"{one['score']:.2f}  {one['article']} › {one['heading']}\n      {one['passage'][:160]}"
        for one in found["results"]
    )


__all__ = ["Report", "embed_missing", "knowledge"]
