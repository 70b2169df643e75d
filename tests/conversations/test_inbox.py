"""The list that agents work from."""

from typing import get_args

import pytest

from goodword.conversations import (
    Draft,
    Summary,
    assign,
    close,
    inbox,
    mark_spam,
    merge,
    read_by_agent,
    reopen,
    reply,
    request_person,
    set_fields,
    set_priority,
    snooze,
    store,
    tag,
    wait_in_queue,
)
from goodword.conversations.filter import Filter, View
from goodword.fields import define
from goodword.platform.clock import HOUR
from goodword.platform.errors import BadInput
from goodword.platform.events import SYSTEM, Stamp
from tests.conversations.conftest import by
from tests.desks import house

pytestmark = pytest.mark.anyio


async def views(database, agent, **wanted):
    found = {}
    for view in get_args(View):
        rows, _ = await database.read(inbox.rows, Filter(view=view, **wanted), agent.id)
        assert await database.read(inbox.count, Filter(view=view, **wanted), agent.id) == len(rows) or "q" in wanted
        found[view] = len(rows)
    return found


async def test_a_conversation_is_in_exactly_the_views_it_belongs_to(database, dana_writes, li, clock):
    id = (await dana_writes("Where is my kettle?")).conversation.id
    nothing = dict.fromkeys(get_args(View), 0)
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
        assert (await views(database, li, q=words))["all"] == 0, words


async def test_pages_follow_each_other_without_gap_or_repeat(database, dana_writes, li, clock):
    ids = []
    for n in range(7):
        ids.append((await dana_writes(f"Question {n}")).conversation.id)
        await database.write(close, by(li, clock), ids[-1])
        clock.go_on(20 * 24 * HOUR)
    seen, before = [], None
    while True:
        rows, before = await database.read(inbox.rows, Filter(view="closed"), li.id, 3, before)
        seen += [row.id for row in rows]
        if before is None:
            break
    assert seen == ids[::-1]


@pytest.mark.parametrize("place", ["x", "1", "1.", ".1", "1.x", "9" * 60])
async def test_a_place_that_is_not_ours_is_refused(database, li, place):
    with pytest.raises(BadInput):
        await database.read(inbox.rows, Filter(), li.id, before=place)


async def numbers(database, agent, before=None, limit=50, **wanted):
    rows, following = await database.read(inbox.rows, Filter(**wanted), agent.id, limit, before)
    return [row.number for row in rows], following


async def walked(database, agent, **wanted):
    """All the numbers of a list, gathered two at a time."""
    seen, before = [], None
    while True:
        page, before = await numbers(database, agent, before, 2, **wanted)
        seen += page
        if before is None:
            return seen


@pytest.fixture
async def six(database, dana_writes, li, clock):
    """Six conversations: the first two closed, the third answered, the fourth urgent, the fifth high and Li's."""
    found = []
    for n in range(6):
        found.append((await dana_writes(f"Question {n}", first="queue")).conversation)
        await database.write(close, by(li, clock), found[-1].id)
        clock.go_on(20 * 24 * HOUR)
    for one in found[2:]:
        await database.write(reopen, by(li, clock), one.id)
        await database.write(store.update, one.id, waiting_since=clock.now() - one.number)
    await database.write(reply, by(li, clock), found[2].id, Draft("r1", "Yes"))
    await database.write(set_priority, by(li, clock), found[3].id, "urgent")
    await database.write(set_priority, by(li, clock), found[4].id, "high")
    await database.write(assign, by(li, clock), found[4].id, agent_id=li.id)
    return found


async def test_every_order_pages_without_gap_or_repeat(database, li, six):
    assert await walked(database, li) == [3, 6, 5, 4]
    assert await walked(database, li, sort="oldest") == [4, 5, 6, 3]
    assert await walked(database, li, sort="waiting") == [4, 5, 6, 3]
    assert await walked(database, li, sort="priority") == [4, 5, 3, 6]
    assert await walked(database, li, sort="oldest", view="closed") == [1, 2]
    for sort, place in (("priority", "1.2"), ("priority", "99999999.1.1"), ("newest", "1.2.3"), ("waiting", "9" * 50)):
        with pytest.raises(BadInput):
            await numbers(database, li, place, sort=sort)


async def test_a_list_is_narrowed_by_everything_a_row_shows(database, li, jun, six, clock):
    await database.write(tag, by(li, clock), six[5].id, ["refund"], [])
    assert await walked(database, li, priority="urgent") == [4]
    assert await walked(database, li, tag="refund") == await walked(database, li, q="question 5 tag:refund") == [6]
    assert await walked(database, li, q="is:mine") == await walked(database, li, q="is:mine from:dana") == [3, 5]
    assert await walked(database, li, waiting=True) == [6, 5, 4]
    assert await walked(database, li, assignee="me", view="all") == await walked(database, li, view="mine") == [3, 5]
    assert await walked(database, jun, assignee=li.id) == [3, 5]
    assert await walked(database, jun, assignee="me") == []
    assert await walked(database, li, assignee="none") == [6, 4]
    assert await walked(database, li, team="none", customer=six[0].customer_id) == [3, 6, 5, 4]
    assert await walked(database, li, status="waiting") == [3]
    assert await walked(database, li, language="fr") == await walked(database, li, channel="chn_other") == []
    assert await walked(database, li, mood=("angry", "calm")) == []


async def test_what_is_at_work_is_counted_by_team_channel_and_mood(database, li, six, clock):
    await database.write(store.update, six[2].id, mood="angry", team_id="tem_1")
    await database.write(store.update, six[3].id, mood="angry", channel_id="chn_till")
    await database.write(store.update, six[0].id, mood="angry", team_id="tem_1")
    slices = await database.read(inbox.slices)
    assert slices.teams == {"tem_1": 1, "none": 3}
    assert slices.channels == {"chn_chat": 3, "chn_till": 1}
    assert slices.moods == {"angry": 2, "none": 2}
    for team, count in slices.teams.items():
        assert len(await walked(database, li, team=team)) == count
    for channel, count in slices.channels.items():
        assert len(await walked(database, li, channel=channel)) == count
    assert len(await walked(database, li, mood=("angry",))) == 2
    await database.write(mark_spam, by(li, clock), six[2].id)
    assert (await database.read(inbox.slices)).teams == {"none": 3}


async def test_the_list_is_narrowed_by_the_language_asked_for_and_never_by_that_of_whoever_asks(
    database_url, tmp_path, clock
):
    async with house(tmp_path, database_url, clock, assistant_answers=False) as desk:
        for language in ("en", "fr", "ko"):
            id = (await (await desk.visitor(language)).says("Hello")).json()["conversation_id"]
            await desk.desk.services.database.write(store.update, id, language=language)  # type: ignore[arg-type]
        jun = await desk.signed_in("jun")

        async def languages(query="", **headers):
            answer = await jun.get(f"/api/v1/conversations{query}", headers=headers)
            assert answer.status_code == 200, answer.text
            return sorted(row["language"] for row in answer.json()["conversations"])

        assert await languages("?language=fr") == ["fr"]
        assert await languages("?language=fr", **{"Accept-Language": "ko"}) == ["fr"]
        assert await languages("?language=de") == []
        for own in ("en", "fr", "ko"):
            assert (await jun.patch("/api/v1/me", json={"language": own})).status_code == 200
            assert await languages() == await languages(**{"Accept-Language": own}) == ["en", "fr", "ko"]
        counts = (await jun.get("/api/v1/conversations/counts")).json()
        assert (sum(counts["channels"].values()), counts["teams"]) == (3, {"none": 3})
        assert (await desk.http.get("/api/v1/conversations/counts")).status_code == 401


async def test_fields_of_ones_own_narrow_by_every_kind_of_value(database, li, six, clock):
    stamp = Stamp(clock.now(), SYSTEM)
    for label, kind in (("Order", "text"), ("Parcels", "number"), ("Gift", "checkbox")):
        await database.write(define, stamp, on="conversation", label=label, kind=kind)
    await database.write(set_fields, by(li, clock), six[3].id, {"order": "水壶 '7'", "parcels": 3.0, "gift": True})
    await database.write(set_fields, by(li, clock), six[4].id, {"order": "8", "parcels": 2.5, "gift": False})
    row = await database.read(inbox.row, six[3].id)
    assert row.fields == {"order": "水壶 '7'", "parcels": 3, "gift": True}
    assert type(row.fields["parcels"]) is int
    assert await walked(database, li, fields={"order": "水壶 '7'"}) == [4]
    for parcels in (2.5, "2.5"):
        assert await walked(database, li, fields={"parcels": parcels}) == [5]
    for gift in ({"gift": True, "parcels": "3"}, {"gift": "true"}):
        assert await walked(database, li, fields=gift) == [4]
    for nothing in ({"gift": "1"}, {"gift": "True"}, {'o" OR 1=1 --': "x"}, {"'": "x"}):
        assert await walked(database, li, fields=nothing) == []


async def test_spam_is_only_with_the_spam_and_the_closed_and_what_was_merged_is_nowhere(database, li, six, clock):
    await database.write(mark_spam, by(li, clock), six[5].id)
    await database.write(merge, by(li, clock), six[4].id, six[3].id)
    found = await views(database, li)
    assert (found["all"], found["spam"], found["closed"], found["mine"]) == (2, 1, 3, 2)
    counts = await database.read(inbox.counts, li.id)
    assert (counts["all"], counts["spam"], counts["mine"]) == (2, 1, 2)
    assert (await database.read(inbox.row, six[4].id)).merged_into.number == 4


async def test_whoever_was_named_sees_it_until_he_has_read_that_far(database, dana_writes, li, jun, clock):
    id = (await dana_writes("Where is my kettle?")).conversation.id
    seq = (await database.read(inbox.row, id)).seq
    await database.write(store.mention, id, [jun.id], seq)
    row = await database.read(inbox.row, id, jun.id)
    assert (row.mentioned, row.mention_seq) == ("new", seq)
    assert (await database.read(inbox.row, id, li.id)).mentioned is None
    assert (await database.read(inbox.counts, jun.id))["mentioned"] == 1
    await database.write(read_by_agent, by(li, clock), id, seq)
    await database.write(read_by_agent, by(jun, clock), id, seq - 1)
    assert (await database.read(inbox.row, id, jun.id)).mentioned == "new"
    await database.write(read_by_agent, by(jun, clock), id, seq)
    assert (await database.read(inbox.row, id, jun.id)).mentioned == "seen"
    assert (await database.read(inbox.counts, jun.id))["mentioned"] == 0
    assert (await views(database, jun))["mentioned"] == 1
    assert (await views(database, li))["mentioned"] == 0
