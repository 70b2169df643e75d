"""The audit log: what was done, by whom, and whether the record is still what it was."""

import csv
import io
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

import msgspec
from litestar import Router, get, post
from litestar.params import Parameter, QueryParameter, SkipValidation
from litestar.response import Stream
from msgspec import Struct

from goodword.platform.audit import Trouble, head, last_check, not_linked
from goodword.platform.audit.subscribers import check_now
from goodword.platform.clock import Clock
from goodword.platform.db import Database, Tx
from goodword.platform.events import Actor, Event
from goodword.staff.audit import END, KINDS, Filter, all_entries, entries, note_export
from goodword.staff.model import Caller

MOST = 200
COLUMNS = ("seq", "at", "type", "actor_kind", "actor_id", "actor", "stream", "data")
# What a spreadsheet would take for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")

Word = Annotated[str | None, Parameter(max_length=60)]
Since = Annotated[int, QueryParameter(name="from", ge=0, le=END)]
Until = Annotated[int, QueryParameter(name="to", ge=0, le=END)]
Before = Annotated[int, Parameter(ge=0, le=END)]


class Entry(Struct):
    seq: int
    at: int
    type: str
    actor: Actor
    stream: str
    data: dict[str, Any]


class Entries(Struct):
    """``next``: what to give as ``before`` for older ones; None: that was all."""

    entries: list[Entry]
    next: int | None
    kinds: tuple[str, ...]


class LastLook(Struct):
    at: int
    checked: int
    trouble: Trouble | None


class Chain(Struct):
    """``head``: where the chain of hashes ends, to be written down elsewhere; ``waiting`` events have no link yet."""

    head: str
    linked: int
    waiting: int
    last: LastLook | None


@get("/", summary="Who did what, newest first")
async def list_entries(
    database: SkipValidation[Database],
    caller: Caller,
    kind: Word = None,
    person: Word = None,
    since: Since = 0,
    until: Until = END,
    before: Before = END,
    limit: Annotated[int, Parameter(ge=1, le=MOST)] = 50,
) -> Entries:
    caller.need("audit.read")
    found = await database.read(entries, Filter(kind, person, since, until), before, limit)
    return Entries([_entry(one) for one in found], found[-1].seq if len(found) == limit else None, tuple(KINDS))


@get("/chain", summary="Whether the record is what it was")
async def show_chain(database: SkipValidation[Database], caller: Caller) -> Chain:
    caller.need("audit.read")

    async def deed(tx: Tx) -> Chain:
        end, check = await head(tx), await last_check(tx)
        last = LastLook(check.at, check.verdict.checked, check.verdict.trouble) if check else None
        return Chain(str(end), end.position, await not_linked(tx), last)

    return await database.read(deed)


@post("/check", status_code=202, summary="Look at the whole record now; `/audit/chain` tells how it ended")
async def ask_for_check(database: SkipValidation[Database], clock: SkipValidation[Clock], caller: Caller) -> None:
    caller.need("audit.read")
    await database.write(check_now, clock.now())


@get("/export", summary="Take the entries away as a file")
async def export(
    database: SkipValidation[Database],
    clock: SkipValidation[Clock],
    caller: Caller,
    format: Literal["csv", "jsonl"] = "csv",
    kind: Word = None,
    person: Word = None,
    since: Since = 0,
    until: Until = END,
) -> Stream:
    wanted = Filter(kind, person, since, until)
    before = await database.write(note_export, caller.stamp(clock.now()), wanted, format)
    written = _as_csv if format == "csv" else _as_lines
    return Stream(
        written(all_entries(database, wanted, before)),
        media_type="text/csv; charset=utf-8" if format == "csv" else "application/x-ndjson",
        headers={"Content-Disposition": f'attachment; filename="audit.{format}"', "Cache-Control": "no-store"},
    )


def _entry(event: Event) -> Entry:
    return Entry(event.seq, event.at, event.type, event.actor, event.stream, msgspec.json.decode(event.data))


async def _as_lines(pages: AsyncIterator[list[Event]]) -> AsyncIterator[bytes]:
    async for page in pages:
        yield b"".join(event.public() + b"\n" for event in page)


async def _as_csv(pages: AsyncIterator[list[Event]]) -> AsyncIterator[bytes]:
    yield ",".join(COLUMNS).encode() + b"\r\n"
    async for page in pages:
        out = io.StringIO()
        csv.writer(out).writerows([_cell(value) for value in _values(event)] for event in page)
        yield out.getvalue().encode()


def _values(event: Event) -> tuple[str, ...]:
    at = datetime.fromtimestamp(event.at / 1_000, UTC).isoformat(timespec="milliseconds")
    actor = event.actor
    return (
        str(event.seq),
        at,
        event.type,
        actor.kind,
        actor.id or "",
        actor.name,
        event.stream,
        bytes(event.data).decode(),
    )


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text


routes = Router("/api/v1/audit", route_handlers=[list_entries, show_chain, ask_for_check, export], tags=["Audit"])
