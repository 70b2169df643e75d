"""A rule is written, changed, switched on or off, moved."""

from collections.abc import Mapping
from typing import Any

import msgspec

from goodword.automation import store
from goodword.automation.events import RuleKept
from goodword.automation.model import Rule, checked_rule
from goodword.automation.timing import catch_up
from goodword.automation.watched import RULES_BELL
from goodword.platform import ids
from goodword.platform.db import Tx
from goodword.platform.errors import BadInput
from goodword.platform.events import Stamp, append

MOST_RULES = 200


async def add_rule(tx: Tx, stamp: Stamp, rule: Rule) -> Rule:
    """A new one, the last in order. ``BadInput``: it isn't whole, or there are too many."""
    stamp.need("automation.manage")
    await tx.lock(store.LOCK)
    others = await store.all_rules(tx)
    if len(others) >= MOST_RULES:
        raise BadInput("too_many_rules", limit=MOST_RULES)
    added = msgspec.structs.replace(rule, id=ids.new("rul", stamp.at), position=len(others))
    return await _keep(tx, stamp, added)


async def edit_rule(tx: Tx, stamp: Stamp, rule_id: str, changes: Mapping[str, Any]) -> Rule:
    """Change what is given; ``position`` puts it in that place among the others. In force at once.

    ``BadInput``: it would not be whole.
    """
    stamp.need("automation.manage")
    await tx.lock(store.LOCK)
    rule = msgspec.structs.replace(await store.get_rule(tx, rule_id), **changes)
    if "position" in changes:
        rule = msgspec.structs.replace(rule, position=await _placed(tx, rule))
    return await _keep(tx, stamp, rule)


async def _placed(tx: Tx, rule: Rule) -> int:
    others = [other.id for other in await store.all_rules(tx) if other.id != rule.id]
    position = min(max(rule.position, 0), len(others))
    await store.put_in_order(tx, [*others[:position], rule.id, *others[position:]])
    return position


async def _keep(tx: Tx, stamp: Stamp, rule: Rule) -> Rule:
    rule = checked_rule(rule)
    await store.keep_rule(tx, rule, stamp.at)
    await append(tx, rule.id, RuleKept(rule=rule), stamp)
    await catch_up(tx, rule, stamp.at)
    tx.ring(RULES_BELL)
    return rule
