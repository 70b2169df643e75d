"""A conversation gets an owner, a team, or is let go."""

from goodword.conversations import store
from goodword.conversations.events import Assigned, AssignedReason, LeftQueue
from goodword.conversations.model import Conversation, Handler, Ref
from goodword.conversations.streams import must_be_at_work
from goodword.conversations.timeline import change_handler, record
from goodword.platform.db import Tx
from goodword.platform.errors import BadInput
from goodword.platform.events import Stamp
from goodword.staff import find_agent, find_team


async def assign(
    tx: Tx,
    stamp: Stamp,
    conversation_id: str,
    *,
    agent_id: str | None = None,
    team_id: str | None = None,
    reason: AssignedReason = "assigned",
) -> Conversation:
    """``agent_id=None`` lets go of it.

    Then it waits in the queue. ``BadInput``: the agent is gone or the team unknown.
    """
    stamp.need("conversations.answer" if agent_id == stamp.actor.id else "conversations.assign")
    conversation = await store.hold(tx, conversation_id)
    await must_be_at_work(tx, conversation)
    team_id = team_id or await _still_there(tx, conversation.team_id)
    if (agent_id, team_id) == (conversation.assignee_id, conversation.team_id) and conversation.handler == "agent":
        return conversation
    fact = Assigned(
        agent=await _agent(tx, agent_id),
        team=await _team(tx, team_id),
        previous=await _previous(tx, conversation.assignee_id),
        reason=reason if agent_id or reason in ("routed", "returned") else "released",
    )
    await record(tx, conversation_id, fact, stamp, assignee_id=agent_id, team_id=team_id)
    if agent_id and conversation.queued_at is not None:
        await record(tx, conversation_id, LeftQueue(), stamp, queued_at=None, queue_position=None)
    handler: Handler = "agent" if agent_id else "queue"
    await change_handler(tx, conversation, stamp, handler)
    return await store.get(tx, conversation_id)


async def _agent(tx: Tx, id: str | None) -> Ref | None:
    if id is None:
        return None
    agent = await find_agent(tx, id)
    if agent is None or agent.disabled:
        raise BadInput("agent")
    return Ref(agent.id, agent.name)


async def _previous(tx: Tx, id: str | None) -> Ref | None:
    agent = await find_agent(tx, id) if id else None
    return Ref(agent.id, agent.name) if agent else None


async def _still_there(tx: Tx, team_id: str | None) -> str | None:
    return team_id if team_id and await find_team(tx, team_id) else None


async def _team(tx: Tx, id: str | None) -> Ref | None:
    if id is None:
        return None
    team = await find_team(tx, id)
    if team is None:
        raise BadInput("team")
    return Ref(team.id, team.name)
