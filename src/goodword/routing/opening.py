"""When somebody will be there, and when an answer can be expected then."""

from goodword.platform.db import Tx
from goodword.routing import history
from goodword.routing.settings import RoutingSettings
from goodword.routing.waits import expectation, expected_answer_seconds
from goodword.staff import all_agents, all_duties
from goodword.staff.shifts import next_start, on_shift


async def opens_at(tx: Tx, now: int, rules: RoutingSettings) -> int | None:
    """When the desk opens: as it was set, else when the next shift begins of somebody who answers.

    None: it should be open now, or nobody has shifts.
    """
    if rules.opening:
        return None if on_shift(rules.opening, now) else next_start(rules.opening, now)
    duties = await all_duties(tx)
    answering = [one.id for one in await all_agents(tx) if not one.disabled and "conversations.answer" in one.rights]
    shifts = [of for id in answering if (of := duties.shifts_of(id))]
    return min((start for of in shifts if (start := next_start(of, now))), default=None)


async def expected_seconds(tx: Tx, now: int, rules: RoutingSettings, opens: int | None, team: str | None) -> int | None:
    """How long until an answer: until somebody comes and what it usually takes then, or what it took before."""
    alone = await history.waits_for_nobody(tx, now)
    until_open = expected_answer_seconds(alone, opens, now)
    if opens is None or until_open is None:
        return until_open
    usual = expectation(await history.waits(tx, now), 1, opens, rules.timezone, team).usual
    return until_open + (usual or 0)
