"""A macro is written, changed or thrown away."""

from collections.abc import Mapping
from typing import Any

import msgspec

from goodword.automation import store
from goodword.automation.events import MacroKept, MacroRemoved
from goodword.automation.model import Macro, checked_name, cleaned
from goodword.automation.steps import Reply, checked_steps
from goodword.conversations.model import Ref
from goodword.platform import ids
from goodword.platform.db import Tx
from goodword.platform.errors import BadInput
from goodword.platform.events import Stamp, append
from goodword.staff import checked_team, need_hand_in

MOST_MACROS = 500
NOT_ONES_OWN = "macro_of_another"


async def add_macro(tx: Tx, stamp: Stamp, macro: Macro) -> Macro:
    """``Forbidden``: who may only answer can make none for others. ``BadInput``: it isn't whole."""
    made = msgspec.structs.replace(macro, id=ids.new("mac", stamp.at), owner=stamp.actor.id or "")
    if len(await store.all_macros(tx)) >= MOST_MACROS:
        raise BadInput("too_many_macros", limit=MOST_MACROS)
    return await _keep(tx, stamp, made)


async def edit_macro(tx: Tx, stamp: Stamp, macro_id: str, changes: Mapping[str, Any]) -> Macro:
    """Change what is given."""
    stamp.need("conversations.answer")
    await tx.lock(macro_id)
    macro = await store.get_macro(tx, macro_id)
    need_hand_in(stamp, macro, NOT_ONES_OWN)
    return await _keep(tx, stamp, msgspec.structs.replace(macro, **changes))


async def remove_macro(tx: Tx, stamp: Stamp, macro_id: str) -> None:
    stamp.need("conversations.answer")
    macro = await store.get_macro(tx, macro_id)
    need_hand_in(stamp, macro, NOT_ONES_OWN)
    await store.drop_macro(tx, macro_id)
    await append(tx, macro_id, MacroRemoved(macro=Ref(macro.id, macro.name)), stamp)


async def _keep(tx: Tx, stamp: Stamp, macro: Macro) -> Macro:
    need_hand_in(stamp, macro, NOT_ONES_OWN)
    macro = cleaned(macro)
    checked_name(macro.name)
    checked_steps(macro.steps)
    if sum(isinstance(step, Reply) for step in macro.steps) > 1:
        raise BadInput("one_reply")
    macro = msgspec.structs.replace(macro, team_id=await checked_team(tx, macro))
    await store.keep_macro(tx, macro)
    await append(tx, macro.id, MacroKept(macro=macro), stamp)
    return macro
