"""When a conversation goes on without the agent whose it is, because he is gone."""

import msgspec

from goodword.platform.clock import MINUTE

# A reload or a tunnel is no absence.
STAYED_AWAY = 1 * MINUTE


class Absence(msgspec.Struct, frozen=True):
    """Since when (ms) an agent can't be given anything. ``for_now``: he said that he is away, and may be back soon."""

    since: int
    for_now: bool = False


class Held(msgspec.Struct, frozen=True):
    """A conversation in which something must be done and whose agent is gone.

    ``begun``: he has written in it, took it himself, or somebody meant him to have it. ``waiting_since``: the customer
    waits from then on; None: the agent himself wanted to do something.
    """

    id: str
    agent_id: str
    begun: bool
    waiting_since: int | None


def goes_back(
    held: Held, absence: Absence, at: int, *, new_minutes: int, begun_minutes: int, moved: bool = False
) -> bool:
    """Whether it is time. ``moved``: the customer wrote just now, or it woke up just now.

    What is begun should go only to somebody who can take it at once: better late with him whom the customer knows than
    late with nobody.
    """
    gone_for = at - absence.since
    if not held.begun:
        return gone_for >= new_minutes * MINUTE
    if gone_for < STAYED_AWAY:
        return False
    waits_since = absence.since if held.waiting_since is None else held.waiting_since
    return (moved and not absence.for_now) or at - waits_since >= begun_minutes * MINUTE
