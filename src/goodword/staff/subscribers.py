"""What is done later: notice that an agent's workspace has fallen silent."""

from goodword.platform.events import SYSTEM, Stamp
from goodword.platform.jobs import Run
from goodword.staff.actions.presence import check_presence


async def on_presence_due(run: Run) -> None:
    """The job ``PRESENCE_DUE``: at most one per agent waits, and makes the next while he is there."""
    stamp = Stamp(run.clock.now(), SYSTEM)
    await run.finish(check_presence, stamp, run.job.payload["agent_id"])
