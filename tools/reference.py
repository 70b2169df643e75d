"""Writes docs/reference from the code: settings, events, commands, errors, API. With --check it only says what is out
of date."""

import asyncio
import inspect
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import click
import msgspec
from litestar import Litestar
from litestar.handlers import BaseRouteHandler
from msgspec import Meta

from goodword import app
from goodword.cli import goodword
from goodword.platform import errors, i18n
from goodword.platform.errors import GoodwordError
from goodword.platform.events import Fact
from goodword.platform.settings import PREFIX, Settings, load
from goodword.staff.model import RIGHTS

FOLDER = Path(__file__).parent.parent / "docs" / "reference"
GENERATED = "<!-- Written by `make reference` from the code; a test fails when it is out of date. -->"
WIDTH = 100


def main() -> int:
    stale = {name: content for name, content in pages().items() if _kept(name) != content}
    if stale and "--check" in sys.argv[1:]:
        print(f"out of date: {', '.join(stale)}; run `make reference`")
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, content in stale.items():
        (FOLDER / name).write_text(content, encoding="utf-8")
    return 0


def pages() -> dict[str, str]:
    """File name to content; the same code gives the same pages."""
    return {
        "settings.md": settings_page(),
        "events.md": events_page(),
        "commands.md": commands_page(),
        "errors.md": errors_page(),
        "api.md": api_page(_described()),
    }


def settings_page() -> str:
    hints = get_type_hints(Settings, include_extras=True)
    rows = []
    for field in msgspec.structs.fields(Settings):
        default = msgspec.json.encode(field.default).decode() if field.default != "" else ""
        cells = (f"`{field.name}`", f"`{default}`" if default else "", _meaning(hints[field.name]))
        rows.append(f"| {' | '.join(cells)} |")
    intro = (
        f"From `goodword.toml` in the data folder, overruled by the environment (`{PREFIX}` and the name in capitals: "
        f"`{PREFIX}PORT`), overruled by the command line. `goodword check` says what is wrong with them."
    )
    return _page("Settings", intro, ["| setting | default | meaning |", "|---|---|---|", *rows])


def _meaning(hint: Any) -> str:
    """What the setting is for, and which values it may have."""
    kind, *extras = get_args(hint)
    meta = next(one for one in extras if isinstance(one, Meta))
    said = [str(meta.description)]
    if get_origin(kind) is Literal:
        said.append(f"One of {', '.join(f'`{value}`' for value in get_args(kind))}.")
    if meta.ge is not None:
        said.append(f"{meta.ge:,} to {meta.le:,}.")
    if meta.max_length is not None:
        said.append(f"Up to {meta.max_length} characters.")
    return " ".join(said)


def events_page() -> str:
    subscribers = app.subscriptions()
    by_package: defaultdict[str, list[type[Fact]]] = defaultdict(list)
    for _, fact in sorted(Fact.known.items()):
        by_package[fact.__module__.split(".")[1]].append(fact)
    lines: list[str] = []
    for package, facts in sorted(by_package.items()):
        lines += ["", f"## {package}", ""]
        lines += [_event(fact, subscribers.get(fact.__name__, ())) for fact in facts]
    intro = (
        "Everything that can stand in the log, by the package that records it. An event is `seq`, `id`, `type`, `at` "
        "(milliseconds since 1970 UTC), `stream`, `actor`, `cause` and, in `data`, the fields named here. "
        "A field with a `?` may be missing."
    )
    return _page("Events", intro, lines)


def _event(fact: type[Fact], heard_by: tuple[str, ...]) -> str:
    fields = (f"`{field.name}{'' if field.required else '?'}`" for field in msgspec.structs.fields(fact))
    said = [f"- **{fact.__name__}** — {', '.join(fields) or 'nothing more'}.", _own_words(fact)]
    if heard_by:
        said.append(f"Sets off {', '.join(f'`{one}`' for one in heard_by)}.")
    return " ".join(part for part in said if part)


def commands_page() -> str:
    lines: list[str] = []
    for command, path in _commands(goodword, "goodword"):
        context = click.Context(command, info_name=path, terminal_width=WIDTH, max_content_width=WIDTH)
        lines += [f"## {path}", "", "```", command.get_help(context), "```", ""]
    intro = (
        "For people and for scripts: `--json` prints one JSON object per line. Exit code 0: done; 1: something went "
        "wrong, and it says what; 2: called in a way that can't work."
    )
    return _page("Commands", intro, lines)


def _commands(group: click.Command, path: str) -> Iterator[tuple[click.Command, str]]:
    if not isinstance(group, click.Group):
        yield group, path
        return
    context = click.Context(group)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        assert found
        yield from _commands(found, f"{path} {name}")


def errors_page() -> str:
    tree = (errors.__doc__ or "").split("\n\n")[1]
    sentences = i18n.catalogue("en", "errors")
    intro = (
        "HTTP errors are RFC 9457 problem documents: `type`, `title`, `status`, `detail` (a sentence in the reader's "
        "language), `code`, `reason`, `retry` and, where they apply, `retry_after` (seconds) and `fields`."
    )
    lines = ["```", tree, "```", ""]
    for code, (status, retry) in sorted(_codes(GoodwordError).items()):
        lines += ["", f"## `{code}`", "", f"HTTP {status}; {retry}. {sentences[code]}", ""]
        reasons = {key.partition(".")[2]: sentence for key, sentence in sentences.items() if key.startswith(f"{code}.")}
        if reasons:
            lines += ["| reason | sentence |", "|---|---|"]
            lines += [f"| `{reason}` | {_cell(sentence)} |" for reason, sentence in sorted(reasons.items())]
    return _page("Errors", intro, lines)


def _codes(kind: type[GoodwordError]) -> dict[str, tuple[int, str]]:
    """Code to status and whether to try again."""
    own = {kind.code: (kind.status, "try again later" if kind.retry else "don't try again as it is")}
    for child in kind.__subclasses__():
        own |= _codes(child) if child.__module__ == errors.__name__ else {}
    return own


def api_page(door: Litestar) -> str:
    schema = door.openapi_schema.to_schema()
    by_tag: defaultdict[str, list[str]] = defaultdict(list)
    for path, calls in sorted(schema["paths"].items()):
        for method, call in sorted(calls.items()):
            tag = next(iter(call.get("tags", [])), "more")
            by_tag[tag].append(_call(f"{method.upper()} {path}", call, schema["components"]["schemas"]))
    lines: list[str] = []
    for tag, said in sorted(by_tag.items(), key=lambda item: item[0].lower()):
        lines += ["", f"## {tag[:1].upper()}{tag[1:]}", "", *said]
    intro = (
        "The whole description, with types, is served as OpenAPI at `/schema/openapi.json`. Programs call `/api/v1` "
        "with `Authorization: Bearer` and a token made by `goodword token`, browsers with the cookie of "
        "`POST /api/v1/session`; the doors of channels have tokens of their own. A token's scopes are of "
        f"{', '.join(f'`{right}`' for right in RIGHTS)}. What can go wrong: [errors](errors.md). A `?` marks what may "
        "be left out."
    )
    return _page("API", intro, [*lines, "", "## Pages and other doors", "", *_unlisted(door, schema["paths"])])


def _call(name: str, call: dict[str, Any], schemas: dict[str, Any]) -> str:
    parameters = [one for one in call.get("parameters", []) if one["in"] != "path"]
    takes = [f"`{one['name']}{'' if one['required'] else '?'}` ({one['in']})" for one in parameters]
    takes += _fields(call.get("requestBody", {}), schemas, optional=True)
    status, answer = next((code, one) for code, one in sorted(call["responses"].items()) if code < "400")
    gives = _fields(answer, schemas, optional=False)
    said = [f"- **`{name}`** {_sentence(_summary(call))}"]
    said += [f"Takes {', '.join(takes)}."] if takes else []
    said += [f"Answers {status}{': ' if gives else ''}{', '.join(gives)}."]
    return "\n  ".join(said)


def _summary(call: dict[str, Any]) -> str:
    """Where nobody has written one, the handler's name is the summary, in camel case."""
    given, described = str(call.get("summary", "")), " ".join(str(call.get("description", "")).split())
    if " " in given:
        return f"{_sentence(given)} {described}".strip()
    return described or re.sub(r"(?<!^)(?=[A-Z])", " ", given).capitalize()


def _fields(holder: dict[str, Any], schemas: dict[str, Any], *, optional: bool) -> list[str]:
    """The names in a JSON body; a ``?`` where ``optional`` ones are to be told from those that are required."""
    contents: list[dict[str, Any]] = list(holder.get("content", {}).values())
    shape = _resolved(contents[0].get("schema", {}), schemas) if contents else {}
    required = shape.get("required", [])
    return [f"`{name}{'?' if optional and name not in required else ''}`" for name in shape.get("properties", {})]


def _resolved(shape: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    reference = shape.get("$ref")
    found: dict[str, Any] = schemas[reference.rsplit("/", 1)[-1]] if reference else shape
    return found


def _unlisted(door: Litestar, listed: dict[str, Any]) -> Iterator[str]:
    """What is no part of the description: pages, files, health, the WebSocket."""
    for route in sorted(door.routes, key=lambda route: route.path_format):
        for handler in sorted(_handlers(route), key=str):
            ours = str(handler).startswith("goodword.")
            if ours and route.path_format not in listed:
                methods = "/".join(sorted(getattr(handler, "http_methods", ()))) or "WebSocket"
                deed = inspect.unwrap(handler.fn)
                said = _own_words(deed) or f"{deed.__name__.replace('_', ' ').capitalize()}."
                yield f"- **`{methods} {route.path_format}`** {said}"


def _handlers(route: Any) -> Iterable[BaseRouteHandler]:
    many: Iterable[BaseRouteHandler] = getattr(route, "route_handlers", None) or [route.route_handler]
    return many


def _described() -> Litestar:
    """The application of a desk that nobody uses."""

    async def build(folder: str) -> Litestar:
        async with app.open_desk(load({}, data=folder, embedding="none"), reacting=False) as desk:
            door = app.build_app(desk)
            door.openapi_schema.to_schema()
            return door

    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(build(folder))


def _own_words(thing: Any) -> str:
    """Its docstring on one line, empty where it has none of its own."""
    doc = thing.__doc__ or ""
    return "" if doc == Fact.__doc__ else " ".join(doc.split())


def _sentence(text: str) -> str:
    return text if not text or text.endswith((".", "!", "?", "…")) else f"{text}."


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _kept(name: str) -> str | None:
    path = FOLDER / name
    return path.read_text(encoding="utf-8") if path.exists() else None


def _page(title: str, intro: str, lines: list[str]) -> str:
    text = "\n".join([f"# {title}", "", GENERATED, "", intro, "", *lines])
    text = re.sub(r"``([^`\n]+)``", r"`\1`", text)
    return re.sub(r"\n{3,}", "\n\n", text).rstrip() + "\n"


if __name__ == "__main__":
    raise SystemExit(main())
