"""Macros: written, looked at before they are set off, set off, taken back."""

from typing import Annotated

import msgspec
from litestar import delete, get, patch, post
from msgspec import Meta

from goodword.automation import store
from goodword.automation.actions.keep_macro import add_macro, edit_macro, remove_macro
from goodword.automation.actions.run_macro import run_macro
from goodword.automation.api.shapes import MacroChanges, MacroView, NewMacro, given, macro_view, voice_of
from goodword.automation.filling import Voice
from goodword.automation.model import Macro
from goodword.automation.naming import names
from goodword.automation.previewing import Preview, preview_macro
from goodword.automation.sentences import Words
from goodword.conversations import inbox
from goodword.conversations.inbox import InboxRow
from goodword.conversations.model import LONGEST_TEXT
from goodword.platform.clock import Clock
from goodword.platform.db import Database, Tx
from goodword.platform.events import Stamp
from goodword.platform.settings import Settings
from goodword.platform.words import clean
from goodword.staff import Caller, may_use, teams_seen


class Macros(msgspec.Struct):
    macros: list[MacroView]


class Running(msgspec.Struct, forbid_unknown_fields=True):
    """``text``: the macro's reply as the agent left it; None says it as the preview showed it.

    The same ``client_id`` is carried out once, however often it is sent.
    """

    client_id: Annotated[str, Meta(min_length=1, max_length=80)] | None = None
    text: Annotated[str, Meta(max_length=LONGEST_TEXT)] | None = None


class Run(msgspec.Struct):
    """``undo`` is for the door that takes it back; None: nothing of it can be."""

    conversation: InboxRow
    undo: str | None


@get("/macros")
async def list_macros(caller: Caller, database: Database, language: str) -> Macros:
    """Those that the caller may use, by name; who looks after all sees those of the teams, too."""
    caller.need("conversations.read")
    return await database.read(_macros, caller.agent.id if caller.agent else None, caller.rights, language)


@post("/macros")
async def new_macro(data: NewMacro, caller: Caller, database: Database, clock: Clock, language: str) -> MacroView:
    """One's own takes the right to answer, any other the right to look after automation."""
    stamp = caller.stamp(clock.now())
    draft = Macro("", " ".join(data.name.split()), data.scope, data.team_id, "", data.steps)
    return await database.read(_view, await database.write(add_macro, stamp, draft), language, stamp.actor.id)


@patch("/macros/{id:str}")
async def change_macro(
    id: str, data: MacroChanges, caller: Caller, database: Database, clock: Clock, language: str
) -> MacroView:
    """What is left out stays."""
    stamp = caller.stamp(clock.now())
    changed = await database.write(edit_macro, stamp, id, given(data))
    return await database.read(_view, changed, language, stamp.actor.id)


@delete("/macros/{id:str}")
async def drop_macro(id: str, caller: Caller, database: Database, clock: Clock) -> None:
    """What it has done stays done."""
    await database.write(remove_macro, caller.stamp(clock.now()), id)


@get("/conversations/{id:str}/macros/{macro_id:str}/preview")
async def preview(
    id: str, macro_id: str, caller: Caller, database: Database, language: str, settings: Settings
) -> Preview:
    """What would happen, line by line, with the text filled in for this customer."""
    caller.need("conversations.answer")
    return await database.read(preview_macro, caller.person, id, macro_id, voice_of(settings), language)


@post("/conversations/{id:str}/macros/{macro_id:str}", status_code=200)
async def run(
    id: str, macro_id: str, data: Running, caller: Caller, database: Database, clock: Clock, settings: Settings
) -> Run:
    """Every step or, where one can't be carried out, none."""
    text = None if data.text is None else clean(data.text)
    stamp, _ = caller.stamp(clock.now()), caller.person
    return await database.write(_run, stamp, id, macro_id, voice_of(settings), text, data.client_id)


handlers = [list_macros, new_macro, change_macro, drop_macro, preview, run]


async def _macros(tx: Tx, agent_id: str | None, rights: frozenset[str], language: str) -> Macros:
    words = Words(language, await names(tx))
    teams = await teams_seen(tx, agent_id, rights)
    return Macros(
        [macro_view(one, words, agent_id) for one in await store.all_macros(tx) if may_use(one, agent_id, teams)]
    )


async def _view(tx: Tx, macro: Macro, language: str, agent_id: str | None) -> MacroView:
    return macro_view(macro, Words(language, await names(tx)), agent_id)


async def _run(
    tx: Tx, stamp: Stamp, id: str, macro_id: str, voice: Voice, text: str | None, client_id: str | None
) -> Run:
    undo = await run_macro(tx, stamp, id, macro_id, voice, text, client_id)
    return Run(await inbox.row(tx, id, stamp.actor.id), undo)
