"""A rule is tried on what is past: nothing is written, and nobody has to wait for it."""

import asyncio
from time import perf_counter

import msgspec

from goodword.automation import store
from goodword.automation.loading import members
from goodword.automation.model import Rule
from goodword.automation.supposing import Members
from goodword.automation.trying import Touch, touches
from goodword.conversations import store as conversations
from goodword.customers import find_customer
from goodword.platform.clock import DAY
from goodword.platform.db import Database, Tx
from goodword.platform.events import latest

MOST_DAYS = 90
CHUNK = 20
MOST_EVENTS = 2_000
SHOWN = 20
LONGEST = 5.0
LAST = (1 << 62, "")


class Example(msgspec.Struct, frozen=True):
    """A conversation, and each time that the rule would have been applied to it."""

    conversation_id: str
    touches: tuple[Touch, ...]


class DryRun(msgspec.Struct, frozen=True):
    """``checked`` conversations, newest first, back to ``since``; ``matched`` of them would have been touched.

    ``whole`` is False where the time was up before all of them had been looked at.
    """

    checked: int
    matched: int
    times: int
    since: int
    whole: bool
    examples: tuple[Example, ...]


async def dry_run(database: Database, rule: Rule, days: int, now: int, seconds: float = LONGEST) -> DryRun:
    """What ``rule`` would have done in the last ``days``, in the order of the newest conversations.

    Reads a few conversations at a time and lets others go first in between; stops after ``seconds``.
    """
    since, started = now - min(max(days, 1), MOST_DAYS) * DAY, perf_counter()
    teams = await database.read(members)
    found: list[Example] = []
    checked, place, whole = 0, LAST, True
    while page := await database.read(_page, rule, since, now, place, teams):
        checked += len(page)
        place = page[-1][0]
        found += [example for _, example in page if example.touches]
        if perf_counter() - started > seconds:
            whole = len(page) < CHUNK
            break
        await asyncio.sleep(0)
    return DryRun(
        checked=checked,
        matched=len(found),
        times=sum(len(example.touches) for example in found),
        since=since if whole else place[0],
        whole=whole,
        examples=tuple(found[:SHOWN]),
    )


async def _page(
    tx: Tx, rule: Rule, since: int, now: int, place: tuple[int, str], teams: Members
) -> list[tuple[tuple[int, str], Example]]:
    recent = await store.recent_conversations(tx, since, place, CHUNK)
    return [(at, await _tried(tx, rule, at[1], since, now, teams)) for at in recent]


async def _tried(tx: Tx, rule: Rule, conversation_id: str, since: int, now: int, teams: Members) -> Example:
    conversation = await conversations.get(tx, conversation_id)
    if conversation.merged_into:
        return Example(conversation_id, ())
    customer = await find_customer(tx, conversation.customer_id)
    events = await latest(tx, conversation_id, MOST_EVENTS)
    return Example(conversation_id, tuple(touches(rule, events, customer, teams, since, now)))
