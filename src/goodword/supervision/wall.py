"""Everything that runs just now, hottest first, and what needs the supervisor."""

import msgspec

from goodword.conversations.inbox import InboxRow, rows_of
from goodword.conversations.store import loads
from goodword.platform.db import Tx
from goodword.staff import all_agents
from goodword.supervision import store
from goodword.supervision.abuse import is_abusive
from goodword.supervision.model import Need, heat, needs, urgency

MOST_TILES = 120
MOST_NEEDS = 12


class Quote(msgspec.Struct, frozen=True):
    """The customer's own last words."""

    text: str
    language: str | None
    at: int


class Tile(msgspec.Struct, frozen=True):
    """``heat``: 0 calm to 3 very upset. ``needs``: why the supervisor should look, most pressing first."""

    conversation: InboxRow
    heat: int
    needs: tuple[Need, ...]
    quote: Quote | None


class Figures(msgspec.Struct, frozen=True):
    """Times in milliseconds; None: nothing to tell yet. All but ``waiting`` since the time that was asked for."""

    waiting: int
    longest_wait: int | None
    first_reply: int | None
    answered: int
    by_assistant: int
    closed: int
    rated: int
    rating: float | None


class AtWork(msgspec.Struct, frozen=True):
    """An agent: how many conversations he has in hand and may have, how many of them are angry, until when he rests."""

    id: str
    name: str
    availability: str
    online: bool
    load: int
    max_load: int
    heated: int
    paused_until: int | None


class Wall(msgspec.Struct, frozen=True):
    at: int
    figures: Figures
    tiles: list[Tile]
    needs_you: list[str]
    agents: list[AtWork]


async def wall(tx: Tx, now: int, since: int) -> Wall:
    """``since``: when the day began, for the figures of the day (ms)."""
    tiles = await _tiles(tx, now)
    pressing = sorted((tile for tile in tiles if tile.needs), key=lambda tile: urgency(tile.needs), reverse=True)
    return Wall(
        at=now,
        figures=await _figures(tx, now, since),
        tiles=tiles,
        needs_you=[tile.conversation.id for tile in pressing[:MOST_NEEDS]],
        agents=await _at_work(tx, now),
    )


async def _tiles(tx: Tx, now: int) -> list[Tile]:
    ids = await store.hottest(tx, MOST_TILES)
    words = await store.waiting_words(tx, ids)
    rows = {row.id: row for row in await rows_of(tx, ids)}
    tiles = [_tile(rows[id], words.get(id, []), now) for id in ids if id in rows]
    return sorted(tiles, key=lambda tile: (-tile.heat, not tile.needs, tile.conversation.waiting_since or now))


def _tile(row: InboxRow, words: list[store.Words], now: int) -> Tile:
    insults = [one for one in words if is_abusive(one.text)]
    wanted = row.waiting_since if row.handler != "assistant" else None
    reasons = needs(row.mood, bool(insults), wanted, row.assignee is not None, now)
    return Tile(row, heat(row.mood, bool(insults)), reasons, _quote(insults or words))


def _quote(words: list[store.Words]) -> Quote | None:
    """The first that he wrote since he waits: what follows is mostly "hello?"."""
    return Quote(words[0].text[:280], words[0].language, words[0].at) if words else None


async def _figures(tx: Tx, now: int, since: int) -> Figures:
    many, first = await store.waiting(tx)
    middle, answered, alone = await store.first_replies(tx, since)
    rated, rating = await store.ratings_since(tx, since)
    return Figures(
        waiting=many,
        longest_wait=None if first is None else max(0, now - first),
        first_reply=middle,
        answered=answered,
        by_assistant=alone,
        closed=await store.closed_since(tx, since),
        rated=rated,
        rating=rating,
    )


async def _at_work(tx: Tx, now: int) -> list[AtWork]:
    busy, heated, pauses = await loads(tx), await store.heated_by_agent(tx), await store.running_pauses(tx, now)
    return [
        AtWork(
            agent.id,
            agent.name,
            agent.availability,
            agent.online,
            busy.get(agent.id, 0),
            agent.max_load,
            heated.get(agent.id, 0),
            pauses.get(agent.id),
        )
        for agent in await all_agents(tx)
        if not agent.disabled and "conversations.answer" in agent.rights
    ]
