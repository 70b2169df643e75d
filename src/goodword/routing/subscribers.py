"""What routing does when it hears of something."""

from goodword.conversations import store as conversations
from goodword.conversations.events import Assigned, StatusChanged
from goodword.platform.db import Tx
from goodword.platform.events import SYSTEM, Event, Stamp, by_seq
from goodword.platform.jobs import Run
from goodword.routing import history
from goodword.routing.actions.announce import announce_positions, announce_soon
from goodword.routing.actions.change_settings import leave_team
from goodword.routing.actions.follow_priority import follow_priority
from goodword.routing.actions.let_go import let_go
from goodword.routing.actions.make_room import make_room
from goodword.routing.actions.place import place
from goodword.routing.actions.serve_queue import serve_queue
from goodword.routing.actions.take_back import look_each_minute, take_back, take_back_later
from goodword.staff import is_here
from goodword.staff.events import AgentAvailabilityChanged, TeamForgotten


async def find_a_person(run: Run) -> None:
    """On ``HandoverRequested``, ``ConversationOpened``, ``HandlerChanged``.

    It may be that somebody must be found now.
    """
    event = await _heard(run)
    await run.finish(place, event.stamp(run.clock.now()), event.stream)


async def note_assignment(run: Run) -> None:
    """On ``Assigned``: who got it; or somebody must be found who takes it instead. Either way the others move."""
    event = await _heard(run)
    await run.finish(_follow_assignment, event, run.clock.now())


async def fill_free_hands(run: Run) -> None:
    """On ``StatusChanged``.

    A conversation that is closed or put off leaves room for another; one that goes on may find its agent gone.
    """
    event = await _heard(run)
    fact = event.fact()
    assert isinstance(fact, StatusChanged)
    stamp = event.stamp(run.clock.now())
    if fact.status == "open" and fact.reason in ("customer_wrote", "timer"):
        await run.finish(_go_on, stamp, event.stream, reopened=fact.previous == "closed")
    else:
        await run.finish(serve_queue, stamp)


async def mind_the_desk(run: Run) -> None:
    """On ``AgentAvailabilityChanged``: whoever comes gets what waits; whoever goes may have left something behind."""
    event = await _heard(run)
    fact = event.fact()
    assert isinstance(fact, AgentAvailabilityChanged)
    now = run.clock.now()
    if fact.availability == "available" and fact.online:
        await run.finish(serve_queue, event.stamp(now))
    else:
        await run.finish(take_back_later, fact.agent.id, now)


async def look_again(run: Run) -> None:
    """On ``RoutingChanged``, ``AgentDutyChanged``, and what happens to teams: what was set has its effect at once."""
    event = await _heard(run)
    await run.finish(take_back, event.stamp(run.clock.now()))


async def forget_the_team(run: Run) -> None:
    """On ``TeamForgotten``."""
    event = await _heard(run)
    fact = event.fact()
    assert isinstance(fact, TeamForgotten)
    await run.finish(leave_team, event.stamp(run.clock.now(), event.actor), fact.team.id)


async def mind_the_priority(run: Run) -> None:
    """On ``PriorityChanged``."""
    event = await _heard(run)
    await run.finish(follow_priority, event.stamp(run.clock.now()), event.stream)


async def let_go_of_all(run: Run) -> None:
    """On ``AgentDisabled``."""
    event = await _heard(run)
    await run.finish(let_go, event.stamp(run.clock.now()), event.stream)


async def take_back_unanswered(run: Run) -> None:
    """The timer of an agent who has gone."""
    await run.finish(take_back, Stamp(run.clock.now(), SYSTEM))


async def look_around(run: Run) -> None:
    """The job ``LOOK``: it asks for the next one itself."""
    await run.finish(_look, Stamp(run.clock.now(), SYSTEM))


async def tell_positions(run: Run) -> None:
    """The job that ``announce_soon`` asks for."""
    await run.finish(announce_positions, Stamp(run.clock.now(), SYSTEM))


async def _follow_assignment(tx: Tx, event: Event, now: int) -> None:
    fact = event.fact()
    assert isinstance(fact, Assigned)
    if fact.agent is None:
        await place(tx, event.stamp(now), event.stream)
        await serve_queue(tx, event.stamp(now))
        return
    await history.keep_assignment(tx, event, fact.agent.id)
    if fact.reason in ("taken", "assigned"):
        await announce_soon(tx, now)


async def _go_on(tx: Tx, stamp: Stamp, conversation_id: str, *, reopened: bool) -> None:
    conversation = await conversations.get(tx, conversation_id)
    if conversation.assignee_id and not await is_here(tx, conversation.assignee_id, stamp.at):
        await take_back(tx, stamp, moved=conversation_id)
        return
    if reopened:
        await make_room(tx, stamp, conversation_id)
    await serve_queue(tx, stamp)


async def _look(tx: Tx, stamp: Stamp) -> None:
    await take_back(tx, stamp)
    await look_each_minute(tx, stamp.at)


async def _heard(run: Run) -> Event:
    event = await run.database.read(_event, run.job.payload["seq"])
    assert event is not None
    return event


async def _event(tx: Tx, seq: int) -> Event | None:
    return await by_seq(tx, seq)
