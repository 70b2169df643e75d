"""The list that agents work from."""

from typing import get_args

import pytest

from goodword.conversations import Draft, Summary, close, inbox, reply, request_person, snooze, tag, wait_in_queue
from goodword.conversations.inbox import Filter, View
from goodword.platform.clock import HOUR
from goodword.platform.errors import BadInput
from goodword.platform.events import SYSTEM, Stamp
from tests.conversations.conftest import by

pytestmark = pytest.mark.anyio


async def views(database, agent, **wanted):
    found = {}
    for view in get_args(View):
        rows, _ = await database.read(inbox.rows, Filter(view, agent.id, **wanted))
        found[view] = len(rows)
    return found


async def test_a_conversation_is_in_exactly_the_views_it_belongs_to(database, dana_writes, li, clock):
    id = (await dana_writes("Where is my kettle?")).conversation.id
    nothing = dict.fromkeys(("mine", "unassigned", "queue", "assistant", "all", "snoozed", "closed"), 0)
    assert await views(database, li) == nothing | {"assistant": 1, "all": 1}
    stamp = Stamp(clock.now(), SYSTEM)
    await database.write(request_person, stamp, id, "asked", Summary())
    await database.write(wait_in_queue, stamp, id, 1, None)
    assert await views(database, li) == nothing | {"unassigned": 1, "queue": 1, "all": 1}
    await database.write(reply, by(li, clock), id, Draft("r1", "Hello"))
    assert await views(database, li) == nothing | {"mine": 1, "all": 1}
    await database.write(snooze, by(li, clock), id, clock.now() + HOUR)
    assert await views(database, li) == nothing | {"snoozed": 1, "all": 1}
    await database.write(close, by(li, clock), id)
    assert await views(database, li) == nothing | {"closed": 1}
    counts = await database.read(inbox.counts, li.id)
    assert set(counts.values()) == {0}


async def test_a_row_says_who_it_is_and_what_was_said_last(database, dana_writes, li, clock):
    id = (await dana_writes("Where is   my\nkettle?")).conversation.id
    await database.write(tag, by(li, clock), id, ["delivery"], [])
    row = await database.read(inbox.row, id)
    assert (row.customer.name, row.channel.name, row.preview.text) == ("Dana Evans", "Shop chat", "Where is my kettle?")
    assert (row.tags, row.assignee, row.unread) == (["delivery"], None, 1)
    await database.write(reply, by(li, clock), id, Draft("r1", "On its way."))
    row = await database.read(inbox.row, id)
    assert (row.assignee.name, row.preview.author_kind, row.preview.text) == ("Li Na", "agent", "On its way.")


async def test_search_finds_names_numbers_and_words_and_takes_wildcards_literally(database, dana_writes, li):
    received = await dana_writes("Le 100% bouilloire 주전자 水壶")
    for words in ("dana", "EVANS", str(received.conversation.number), "주전자", "水壶", "100%"):
        assert (await views(database, li, q=words))["all"] == 1, words
    for words in ("%", "_____", "zzz", "99999999999999999999"):
        assert (await views(database, li, q=words))["all"] == (1 if words == "%" else 0), words


async def test_pages_follow_each_other_without_gap_or_repeat(database, dana_writes, li, clock):
    ids = []
    for n in range(7):
        ids.append((await dana_writes(f"Question {n}")).conversation.id)
        await database.write(close, by(li, clock), ids[-1])
        clock.go_on(20 * 24 * HOUR)
    seen, before = [], None
    while True:
        rows, before = await database.read(inbox.rows, Filter("closed", li.id, limit=3, before=before))
        seen += [row.id for row in rows]
        if before is None:
            break
    assert seen == ids[::-1]


@pytest.mark.parametrize("place", ["x", "1", "1.", ".1", "1.x", "9" * 60])
async def test_a_place_that_is_not_ours_is_refused(database, li, place):
    with pytest.raises(BadInput):
        await database.read(inbox.rows, Filter("all", li.id, before=place))
