"""What is done later: notice that an agent's workspace has fallen silent, forget a team that was removed."""

from goodword.platform.events import SYSTEM, Stamp
from goodword.platform.jobs import Run
from goodword.staff.actions.presence import check_presence
from goodword.staff.actions.remove_team import forget_team


async def on_presence_due(run: Run) -> None:
    """The job ``PRESENCE_DUE``: at most one per agent waits, and makes the next while he is there."""
    stamp = Stamp(run.clock.now(), SYSTEM)
    await run.finish(check_presence, stamp, run.job.payload["agent_id"])


async def on_team_to_forget(run: Run) -> None:
    """The job ``FORGET_TEAM``: nobody has fetched it back."""
    await run.finish(forget_team, run.clock.now(), run.job.payload["team_id"])
