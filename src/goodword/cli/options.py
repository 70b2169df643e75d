"""What commands have in common: where the desk is, and how answers are printed."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import click
import msgspec

from goodword.platform import logs
from goodword.platform.settings import Settings, load

F = TypeVar("F", bound=Callable[..., Any])


class Line(msgspec.Struct):
    """A line of standard input as a JSON object; a line that is none is its text."""

    text: str
    language: str | None = None
    context: str | list[str] | None = None
    channel: str | None = None
    now: int | None = None
    tz: str | None = None


def data_option(command: F) -> F:
    return click.option("--data", type=click.Path(path_type=Path), help="Folder of the desk. [default: ./data]")(
        command
    )


def json_option(command: F) -> F:
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON object per line.")(command)


def settings_for(data: Path | None, **given: Any) -> Settings:
    """Settings with logging set up as they say."""
    settings = load(data=data, **given)
    logs.configure(settings.log_level, settings.log_format)
    return settings


def quiet_settings(data: Path | None) -> Settings:
    """For commands whose output is read by programs: only what goes wrong is logged."""
    settings = load(data=data)
    logs.configure("error" if settings.log_level == "info" else settings.log_level, settings.log_format)
    return settings


def lines(given: str) -> Iterator[Line]:
    """What was given, or with ``-`` what stands on standard input, line by line."""
    if given != "-":
        yield Line(given)
        return
    for raw in sys.stdin.buffer:
        said = raw.decode("utf-8", "replace").strip("\r\n")
        if said.strip():
            yield parsed(said)


def parsed(said: str) -> Line:
    if said.lstrip().startswith("{"):
        try:
            return msgspec.json.decode(said, type=Line)
        except msgspec.MsgspecError:
            return Line(said)
    return Line(said)


def show(answer: Any, as_json: bool, plain: Callable[[Any], str]) -> None:
    click.echo(msgspec.json.encode(answer).decode() if as_json else plain(msgspec.to_builtins(answer)))
