"""Fields of one's own over HTTP."""

from typing import Annotated, Protocol

from litestar import Router, delete, get, patch, post
from litestar.params import SkipValidation
from msgspec import UNSET, Meta, Struct, UnsetType

from goodword.fields import store
from goodword.fields.actions.define import define
from goodword.fields.actions.edit import edit
from goodword.fields.actions.remove import remove
from goodword.fields.model import Field, Kind, Subject
from goodword.platform.clock import Clock
from goodword.platform.db import Database
from goodword.platform.events import Stamp

Line = Annotated[str, Meta(max_length=500)]
Lines = Annotated[list[Line], Meta(max_length=200)]
Position = Annotated[int, Meta(ge=0, le=10_000)]


class Caller(Protocol):
    """Whoever asks; the staff is no business of this package."""

    def stamp(self, at: int) -> Stamp: ...


class Fields(Struct):
    fields: list[Field]


class NewField(Struct, forbid_unknown_fields=True):
    """``key`` is made from the label where none is given."""

    label: Line
    kind: Kind
    on: Subject
    key: Line = ""
    options: Lines = []


class Changes(Struct, forbid_unknown_fields=True):
    """What is left out stays."""

    label: Line | UnsetType = UNSET
    options: Lines | UnsetType = UNSET
    position: Position | UnsetType = UNSET


@get("/", summary="All fields, in their order")
async def list_fields(
    database: SkipValidation[Database], clock: SkipValidation[Clock], caller: SkipValidation[Caller]
) -> Fields:
    caller.stamp(clock.now()).need("conversations.read")
    return Fields(await database.read(store.all_fields))


@post("/", summary="Define a field")
async def define_field(
    database: SkipValidation[Database], clock: SkipValidation[Clock], caller: SkipValidation[Caller], data: NewField
) -> Field:
    stamp = caller.stamp(clock.now())
    return await database.write(
        define, stamp, on=data.on, label=data.label, kind=data.kind, key=data.key, options=data.options
    )


@patch("/{id:str}", summary="Change a field")
async def edit_field(
    database: SkipValidation[Database],
    clock: SkipValidation[Clock],
    caller: SkipValidation[Caller],
    id: str,
    data: Changes,
) -> Field:
    stamp = caller.stamp(clock.now())
    return await database.write(edit, stamp, id, label=data.label, options=data.options, position=data.position)


@delete("/{id:str}", summary="Ask for a field no more")
async def remove_field(
    database: SkipValidation[Database], clock: SkipValidation[Clock], caller: SkipValidation[Caller], id: str
) -> None:
    await database.write(remove, caller.stamp(clock.now()), id)


routes = Router("/api/v1/fields", route_handlers=[list_fields, define_field, edit_field, remove_field], tags=["Fields"])
