"""How conversations are given out changes, from now on."""

from typing import Any

import msgspec

from goodword.platform.db import Tx
from goodword.platform.errors import BadInput
from goodword.platform.events import Stamp, append
from goodword.routing import store
from goodword.routing.events import RoutingChanged
from goodword.routing.settings import ChannelRule, RoutingSettings, checked
from goodword.staff import find_team

STREAM = "routing"


async def change_settings(tx: Tx, stamp: Stamp, wanted: dict[str, Any]) -> RoutingSettings:
    """``wanted``: fields of ``RoutingSettings`` with their new values. ``BadInput`` names the one that can't be."""
    stamp.need("routing.manage")
    await tx.lock("routing.settings")
    before = await store.settings(tx)
    after = checked(msgspec.structs.replace(before, **wanted))
    for rule in after.channels.values():
        if rule.team_id and await find_team(tx, rule.team_id) is None:
            raise BadInput("team", fields={"channels": "team"})
    changed = tuple(name for name in wanted if getattr(before, name) != getattr(after, name))
    if changed:
        await store.keep_settings(tx, after)
        await append(tx, STREAM, RoutingChanged(changed=changed), stamp)
    return after


async def leave_team(tx: Tx, stamp: Stamp, team_id: str) -> None:
    """A team is no more: what came in for it is for everyone."""
    rules = (await store.settings(tx)).channels
    left = {
        channel: msgspec.structs.replace(rule, team_id=None) if rule.team_id == team_id else rule
        for channel, rule in rules.items()
    }
    await change_settings(tx, stamp, {"channels": {id: rule for id, rule in left.items() if rule != ChannelRule()}})
