"""For whom something of the staff's is kept: everyone, a team, or its owner alone."""

from collections.abc import Sequence
from typing import Literal, Protocol

from goodword.platform.db import Tx
from goodword.platform.errors import BadInput, Forbidden
from goodword.platform.events import Stamp
from goodword.staff.store import all_teams, find_team

Scope = Literal["everyone", "team", "mine"]


class Scoped(Protocol):
    """``team_id`` counts with the scope ``team``, ``owner`` (an agent's id) with ``mine``."""

    @property
    def scope(self) -> Scope: ...
    @property
    def team_id(self) -> str | None: ...
    @property
    def owner(self) -> str: ...


def may_use(thing: Scoped, agent_id: str | None, teams: Sequence[str]) -> bool:
    match thing.scope:
        case "everyone":
            return True
        case "team":
            return thing.team_id in teams
        case _:
            return thing.owner == agent_id


def need_hand_in(stamp: Stamp, thing: Scoped, otherwise: str) -> None:
    """``Forbidden`` unless it is one's own (``otherwise`` is the reason), or one looks after everybody's."""
    stamp.need("conversations.answer" if thing.scope == "mine" else "automation.manage")
    if thing.scope == "mine" and thing.owner != stamp.actor.id:
        raise Forbidden(otherwise)


async def checked_team(tx: Tx, thing: Scoped) -> str | None:
    """The team it is kept with. ``BadInput``: it is meant for one, and there is none such."""
    if thing.scope != "team":
        return None
    if not (thing.team_id and await find_team(tx, thing.team_id)):
        raise BadInput("team", fields={"team_id": "required"})
    return thing.team_id


async def teams_seen(tx: Tx, agent_id: str | None, rights: frozenset[str]) -> list[str]:
    """The teams (ids) whose things are shown: one's own; all of them to who looks after everybody's."""
    every = "automation.manage" in rights
    return [team.id for team in await all_teams(tx) if every or agent_id in team.members]
