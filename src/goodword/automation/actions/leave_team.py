"""A team is no more: rules that name it are switched off, macros that were its own are everyone's."""

import msgspec

from goodword.automation import store
from goodword.automation.actions.keep_rule import edit_rule
from goodword.automation.events import MacroKept
from goodword.automation.model import Rule
from goodword.automation.steps import Team
from goodword.platform.db import Tx
from goodword.platform.events import Stamp, append


async def leave_team(tx: Tx, stamp: Stamp, team_id: str) -> None:
    """A rule is not reworded: what it should do instead is for people to say."""
    for rule in await store.all_rules(tx):
        if rule.enabled and team_id in teams_named(rule):
            await edit_rule(tx, stamp, rule.id, {"enabled": False})
    for macro in await store.all_macros(tx):
        if macro.team_id == team_id:
            kept = msgspec.structs.replace(macro, scope="everyone", team_id=None)
            await store.keep_macro(tx, kept)
            await append(tx, kept.id, MacroKept(macro=kept), stamp)


def teams_named(rule: Rule) -> frozenset[str]:
    """The teams (ids) that it asks about, or gives to."""
    asked = {id for one in rule.conditions if one.field == "team" for id in one.value}
    return frozenset(asked | {step.team for step in rule.steps if isinstance(step, Team)})
