"""Colleagues who are called by name."""

from collections.abc import Sequence

from goodword.conversations import store
from goodword.conversations.model import Ref
from goodword.platform.db import Tx
from goodword.platform.errors import BadInput
from goodword.platform.events import Stamp
from goodword.staff import find_agent

MOST = 20


async def colleagues(tx: Tx, agent_ids: Sequence[str]) -> tuple[Ref, ...]:
    """Each once, in the order given. ``BadInput``: somebody who doesn't work here, or too many."""
    unique = list(dict.fromkeys(agent_ids))
    if len(unique) > MOST:
        raise BadInput("too_many_mentions", limit=MOST)
    found = [await find_agent(tx, id) for id in unique]
    if any(agent is None or agent.disabled for agent in found):
        raise BadInput("agent")
    return tuple(Ref(agent.id, agent.name) for agent in found if agent)


async def call(tx: Tx, stamp: Stamp, conversation_id: str, named: Sequence[Ref], seq: int) -> None:
    """It is news to everyone named in event ``seq``, unless he named himself."""
    await store.mention(tx, conversation_id, [one.id for one in named if one.id != stamp.actor.id], seq)
