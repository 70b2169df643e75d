"""``goodword ask`` and ``goodword read``: what the assistant would say, and what a message is understood to be."""

import asyncio
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click
import msgspec

from goodword.app import open_desk
from goodword.assistant import ask as ask_assistant
from goodword.cli.knowledge import embed_missing
from goodword.cli.options import Line, data_option, json_option, lines, quiet_settings, show
from goodword.platform.settings import Settings
from goodword.understanding import read_message


@click.command()
@data_option
@json_option
@click.argument("question")
@click.option("--language", help="Language of whoever asks, where the words don't tell.")
def ask(data: Path | None, as_json: bool, question: str, language: str | None) -> None:
    """Ask the assistant; `-` reads one question per line."""
    asyncio.run(_ask(quiet_settings(data), lines(question), language, as_json))


@click.command()
@data_option
@json_option
@click.argument("message")
def read(data: Path | None, as_json: bool, message: str) -> None:
    """Say what a message is understood to be; `-` reads one message per line."""
    asyncio.run(_read(quiet_settings(data), lines(message), as_json))


async def _ask(settings: Settings, asked: Iterable[Line], language: str | None, as_json: bool) -> None:
    async with open_desk(settings, reacting=False) as desk:
        await embed_missing(desk)
        for line in asked:
            context = [line.context] if isinstance(line.context, str) else line.context or []
            answer = await ask_assistant(
                desk.services.search,
                line.text,
                line.language or language,
                context,
                fallback=settings.language,
                embedder=desk.embedder,
            )
            show(answer, as_json, _spoken)


async def _read(settings: Settings, asked: Iterable[Line], as_json: bool) -> None:
    async with open_desk(settings, reacting=False) as desk:
        for line in asked:
            reading = await read_message(line.text, hint=line.language, embedder=desk.embedder)
            known = msgspec.structs.asdict(reading)
            kept = ("language", "wants_human", "mood", "complaint_kind", "topic", "urgency", "confidence")
            show({name: known[name] for name in kept}, as_json, _named)


def _spoken(answer: dict[str, Any]) -> str:
    sources = "".join(f"\n  [{source['article']} › {source['heading']}]" for source in answer["sources"])
    return f"({answer['decision']}) {answer['text']}{sources}"


def _named(reading: dict[str, Any]) -> str:
    return "  ".join(f"{name}: {value}" for name, value in reading.items())
