"""A rule is no more; what it has done stays done."""

from goodword.automation import store
from goodword.automation.events import RuleRemoved
from goodword.automation.watched import RULES_BELL
from goodword.conversations.model import Ref
from goodword.platform.db import Tx
from goodword.platform.events import Stamp, append


async def remove_rule(tx: Tx, stamp: Stamp, rule_id: str) -> None:
    stamp.need("automation.manage")
    await tx.lock(store.LOCK)
    rule = await store.get_rule(tx, rule_id)
    await store.drop_rule(tx, rule_id)
    await store.put_in_order(tx, [other.id for other in await store.all_rules(tx)])
    await append(tx, rule_id, RuleRemoved(rule=Ref(rule.id, rule.name)), stamp)
    tx.ring(RULES_BELL)
