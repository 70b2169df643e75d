"""What conversations do when they hear of something."""

from goodword.conversations import store
from goodword.conversations.actions.leave_team import give_to_everyone, go_on
from goodword.conversations.actions.move_to_customer import move_to_customer
from goodword.conversations.actions.send_scheduled import send_scheduled
from goodword.conversations.actions.snooze import wake
from goodword.conversations.actions.unmark_spam import unmark_spam, was_blocked
from goodword.conversations.actions.unmerge import unmerge
from goodword.conversations.model import Ref
from goodword.conversations.timeline import record
from goodword.customers.events import CustomerRenamed, CustomersMerged, CustomersUnmerged
from goodword.customers.store import get_customer, get_identity
from goodword.platform.db import Tx
from goodword.platform.events import SYSTEM, Stamp, by_seq
from goodword.platform.jobs import Run
from goodword.staff.events import TeamForgotten


async def wake_when_due(run: Run) -> None:
    """The timer of a snoozed conversation."""
    await run.finish(wake, Stamp(run.clock.now(), SYSTEM), run.job.payload["conversation_id"])


async def send_when_due(run: Run) -> None:
    """The timer of a reply that was to be sent later."""
    await run.finish(send_scheduled, Stamp(run.clock.now(), SYSTEM), run.job.payload["scheduled_id"])


async def let_back_in(run: Run) -> None:
    """On ``CustomerUnblocked``: what was spam because he was blocked is work again."""
    await run.finish(_let_back_in, run.job.payload["seq"], run.clock.now())


async def follow_the_customer(run: Run) -> None:
    """Two records became one, or one became two again: their conversations go along."""
    await run.finish(_follow, run.job.payload["seq"], run.clock.now())


async def tell_the_name(run: Run) -> None:
    """A customer is called otherwise now: it is told on the newest of his conversations, for whoever has them open."""
    await run.finish(_tell, run.job.payload["seq"], run.clock.now())


async def leave_team(run: Run) -> None:
    """On ``TeamForgotten``, and the job ``LEAVE_TEAM``: lot by lot, because a team may have had very many."""
    await run.finish(_leave, run.job.payload["seq"], run.job.payload.get("after", 0), run.clock.now())


async def _leave(tx: Tx, seq: int, after: int, now: int) -> None:
    event = await by_seq(tx, seq)
    assert event is not None
    fact = event.fact()
    assert isinstance(fact, TeamForgotten)
    team, stamp = Ref(fact.team.id, fact.team.name), event.stamp(now, event.actor)
    if not after:
        await give_to_everyone(tx, stamp, team)
    await go_on(tx, stamp, seq, team, after)


async def _tell(tx: Tx, seq: int, now: int) -> None:
    event = await by_seq(tx, seq)
    assert event is not None
    fact = event.fact()
    assert isinstance(fact, CustomerRenamed)
    if event.stream != fact.customer.id:
        # What we told on a conversation ourselves.
        return
    told = CustomerRenamed(customer=(await get_customer(tx, fact.customer.id)).ref)
    for conversation_id in await store.newest_of_customer(tx, told.customer.id):
        await record(tx, conversation_id, told, event.stamp(now))


async def _follow(tx: Tx, seq: int, now: int) -> None:
    """By how things stand now, not by what the event says: news of two merges may come in either order."""
    event = await by_seq(tx, seq)
    assert event is not None
    fact = event.fact()
    assert isinstance(fact, CustomersMerged | CustomersUnmerged)
    for identity_id in fact.identity_ids:
        owner = await get_customer(tx, (await get_identity(tx, identity_id)).customer_id)
        await move_to_customer(tx, event.stamp(now), identity_id, owner.ref)
    for conversation_id in await store.merged_across_customers(tx, {fact.from_id, fact.into_id}):
        await unmerge(tx, event.stamp(now), conversation_id)


async def _let_back_in(tx: Tx, seq: int, now: int) -> None:
    event = await by_seq(tx, seq)
    assert event is not None
    for conversation_id in await store.spam_of_customer(tx, event.stream):
        if await was_blocked(tx, conversation_id):
            await unmark_spam(tx, event.stamp(now), conversation_id)
