"""What supervision does when it hears of something."""

from goodword.conversations.events import StatusChanged
from goodword.platform.db import Tx
from goodword.platform.events import SYSTEM, Stamp, by_seq
from goodword.platform.jobs import Run
from goodword.supervision.actions.end_pause import end_pause
from goodword.supervision.actions.offer_pause import offer_pause


async def mind_the_agent(run: Run) -> None:
    """On ``StatusChanged``: whoever has just done with a hard conversation may want a pause."""
    await run.finish(_mind, run.job.payload["seq"], run.clock.now())


async def end_when_due(run: Run) -> None:
    """The timer of a pause."""
    payload = run.job.payload
    await run.finish(end_pause, Stamp(run.clock.now(), SYSTEM), payload["agent_id"], payload["pause_id"])


async def _mind(tx: Tx, seq: int, now: int) -> None:
    event = await by_seq(tx, seq)
    assert event is not None
    fact = event.fact()
    assert isinstance(fact, StatusChanged)
    if fact.status == "closed":
        await offer_pause(tx, event.stamp(now), event.stream)
