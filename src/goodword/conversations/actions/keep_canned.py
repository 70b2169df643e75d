"""A canned answer is written, changed, thrown away, or fetched back."""

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from goodword.conversations import canned as store
from goodword.conversations.canned import CannedAnswer, CannedAnswerKept, CannedAnswerRemoved, get_canned_answer
from goodword.platform import ids
from goodword.platform.db import Tx
from goodword.platform.errors import BadInput, Conflict, NotFound
from goodword.platform.events import Stamp, append, latest
from goodword.platform.i18n import LANGUAGES
from goodword.staff import Scope, checked_team, need_hand_in

LONGEST_KEY: Final = 60
LONGEST_TEXT: Final = 10_000
NOT_ONES_OWN: Final = "canned_of_another"


async def add_canned_answer(
    tx: Tx, stamp: Stamp, key: str, texts: dict[str, str], scope: Scope = "everyone", team_id: str | None = None
) -> CannedAnswer:
    """``BadInput``: key, texts or team. ``Conflict``: another has this key; one's own may be called like all's.

    ``Forbidden``: who may only answer can make none for others.
    """
    return await _keep(tx, stamp, CannedAnswer(ids.new("can", stamp.at), key, texts, scope, team_id))


async def edit_canned_answer(tx: Tx, stamp: Stamp, id: str, changes: Mapping[str, Any]) -> CannedAnswer:
    """Change what is given; what is narrowed to oneself is one's own from then on."""
    stamp.need("conversations.answer")
    await tx.lock(id)
    before = await get_canned_answer(tx, id)
    need_hand_in(stamp, before, NOT_ONES_OWN)
    return await _keep(tx, stamp, msgspec.structs.replace(before, **changes))


async def remove_canned_answer(tx: Tx, stamp: Stamp, id: str) -> None:
    stamp.need("conversations.answer")
    await tx.lock(id)
    canned = await get_canned_answer(tx, id)
    need_hand_in(stamp, canned, NOT_ONES_OWN)
    await store.drop(tx, id)
    await append(tx, id, CannedAnswerRemoved(key=canned.key, used=canned.used), stamp)


async def restore_canned_answer(tx: Tx, stamp: Stamp, id: str) -> CannedAnswer:
    """As it was when it was removed. ``NotFound``: nothing of this name was; ``Conflict``: its key is another's now."""
    stamp.need("conversations.answer")
    await tx.lock(id)
    match [event.fact() for event in await latest(tx, id, 2)]:
        case [CannedAnswerKept(canned=kept), CannedAnswerRemoved(used=used)]:
            return await _keep(tx, stamp, msgspec.structs.replace(kept, used=used))
        case _:
            raise NotFound("canned")


async def _keep(tx: Tx, stamp: Stamp, canned: CannedAnswer) -> CannedAnswer:
    await tx.lock("canned")
    key = "-".join(canned.key.lower().split())
    owner = canned.owner or stamp.actor.id or "" if canned.scope == "mine" else ""
    canned = msgspec.structs.replace(canned, key=key, owner=owner)
    need_hand_in(stamp, canned, NOT_ONES_OWN)
    _check(canned)
    canned = msgspec.structs.replace(canned, team_id=await checked_team(tx, canned))
    other = await store.find_by_key(tx, key, owner)
    if other and other.id != canned.id:
        raise Conflict("canned_taken", fields={"key": "canned_taken"})
    await store.keep(tx, canned, stamp.at)
    await append(tx, canned.id, CannedAnswerKept(canned=canned), stamp)
    return canned


def _check(canned: CannedAnswer) -> None:
    if not 1 <= len(canned.key) <= LONGEST_KEY:
        raise BadInput("name", limit=LONGEST_KEY)
    texts = canned.texts
    if not texts or any(code not in LANGUAGES or len(text) > LONGEST_TEXT for code, text in texts.items()):
        raise BadInput("texts")
