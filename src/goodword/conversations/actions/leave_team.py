"""A team is no more: its conversations are nobody's in particular again, its canned answers everyone's."""

from typing import Final

import msgspec

from goodword.conversations import canned, store
from goodword.conversations.canned import CannedAnswerKept
from goodword.conversations.events import TeamLeft
from goodword.conversations.model import Ref
from goodword.conversations.timeline import record
from goodword.platform.db import Tx
from goodword.platform.events import Stamp, append
from goodword.platform.jobs import enqueue

LEAVE_TEAM: Final = "conversations.leave_team"
AT_ONCE: Final = 200


async def leave_team(tx: Tx, stamp: Stamp, team: Ref, after: int = 0) -> int | None:
    """Some of its conversations, from number ``after`` on. Who has one keeps it. None: there are no more."""
    ids = await store.of_team(tx, team.id, after, AT_ONCE)
    for id in ids:
        await store.hold(tx, id)
        await record(tx, id, TeamLeft(team=team), stamp, team_id=None)
    return (await store.get(tx, ids[-1])).number if len(ids) == AT_ONCE else None


async def give_to_everyone(tx: Tx, stamp: Stamp, team: Ref) -> None:
    """What was said by this team alone is anybody's."""
    for one in await canned.canned_answers(tx):
        if one.team_id == team.id:
            kept = msgspec.structs.replace(one, scope="everyone", team_id=None)
            await canned.keep(tx, kept, stamp.at)
            await append(tx, kept.id, CannedAnswerKept(canned=kept), stamp)


async def go_on(tx: Tx, stamp: Stamp, seq: int, team: Ref, after: int) -> None:
    """``seq``: of the event that it is about. Asks for the next lot itself."""
    if (reached := await leave_team(tx, stamp, team, after)) is not None:
        await enqueue(tx, LEAVE_TEAM, {"seq": seq, "after": reached}, at=stamp.at)
