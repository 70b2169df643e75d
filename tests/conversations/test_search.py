"""Finding again what was said, whoever said it and in whatever language."""

from typing import Any

import pytest

from goodword.conversations import Draft, add_note, assign, close, merge, reply, set_priority, store, tag
from goodword.conversations.filter import Filter
from goodword.conversations.model import Attachment
from goodword.conversations.search import read_query
from goodword.conversations.search.backlog import TAKE_IN_BACKLOG, ask_for_backlog
from goodword.conversations.search.conditions import Scope
from goodword.conversations.search.finding import find
from goodword.conversations.search.index import take_in_more
from goodword.customers import rename
from goodword.platform.clock import DAY
from goodword.platform.errors import BadInput
from tests.conversations.conftest import by
from tests.desks import house

pytestmark = pytest.mark.anyio


@pytest.fixture
def finds(database, clock):
    """What is found, as ``kind: snippet`` with the finds in brackets."""

    async def look(line, **scope):
        found, _ = await database.read(find, read_query(line), Scope(**scope), clock.now())
        return [f"{one.kind}: {''.join(f'[{p.text}]' if p.hit else p.text for p in one.snippet)}" for one in found]

    return look


async def test_what_was_just_said_is_found_in_five_languages(dana_writes, finds):
    for text in (
        "The kettle is broken",
        "La bouilloire est cassée, remboursez-moi",
        "주전자를 환불해 주세요",
        "电热水壶坏了，我要退款",
        "我想退還這個熱水壺",
    ):
        await dana_writes(text)
    assert await finds("kettles broken") == ["message: The [kettle] is [broken]"]
    assert await finds("bouilloires remboursement") == ["message: La [bouilloire] est cassée, [remboursez]-moi"]
    assert await finds("주전자가") == ["message: [주전자]를 환불해 주세요"]
    assert await finds("熱水壺 退款") == ["message: 电[热水壶]坏了，我要[退款]"]
    assert await finds("水壶") == ["message: 电热[水壶]坏了，我要退款", "message: 我想退還這個熱[水壺]"]
    assert await finds("kettle bouilloire") == await finds("teapot") == await finds("?!") == await finds("") == []


async def test_a_word_may_be_only_begun_and_nothing_that_is_typed_breaks_the_index(dana_writes, finds):
    await dana_writes("My teapot's lid: 'tis \\broken\\ \"twice\" NEAR(a b) d'accord 100%")
    assert len(await finds("teap")) == len(await finds("lid tea")) == 1
    for line in (
        '"',
        "'",
        "\\",
        "NEAR(",
        "a* b*",
        "teapot OR",
        "tis'",
        "AND",
        "%",
        "d'acc",
        "\\bro",
        "ﬁ٣𝔘ꟿ",
        "-teapot",
    ):
        assert isinstance(await finds(line), list), line


async def test_notes_and_answers_are_found_and_told_apart(database, dana_writes, li, clock, finds):
    id = (await dana_writes("Where is my kettle?")).conversation.id
    await database.write(reply, by(li, clock), id, Draft("r1", "Your kettle is on its way"))
    await database.write(add_note, by(li, clock), id, Draft("n1", "Third kettle this week"))
    assert len(await finds("kettle")) == 3
    assert await finds("kettle", author="note") == ["note: Third [kettle] this week"]
    assert await finds("kettle", author="agent") == ["message: Your [kettle] is on its way"]
    assert await finds("from:dana kettle") == ["message: Where is my [kettle]?"]
    assert await finds("from:Li to:evans kettle") == ["message: Your [kettle] is on its way"]
    assert len(await finds("from:me kettle", agent_id=li.id)) == 2
    assert await finds("from:omar kettle") == []


async def test_operators_narrow_by_tag_state_channel_number_and_time(database, dana_writes, li, clock, finds):
    first = (await dana_writes("The kettle leaks")).conversation
    await database.write(tag, by(li, clock), first.id, ["Refund"], [])
    await database.write(close, by(li, clock), first.id)
    clock.go_on(30 * DAY)
    second = (await dana_writes("The kettle sings")).conversation
    assert await finds("tag:Refund kettle") == await finds("is:closed kettle") == ["message: The [kettle] leaks"]
    assert (
        await finds("is:open in:webchat kettle")
        == await finds(f"#{second.number} kettle")
        == ["message: The [kettle] sings"]
    )
    assert await finds("kettle in:email") == await finds("kettle is:urgent") == await finds("kettle is:nonsense") == []
    assert await finds("kettle", after=clock.now() - DAY) == ["message: The [kettle] sings"]
    assert await finds("kettle before:1990 ") == []
    assert await finds("tag:Refund") == ["message: The kettle leaks"]


async def test_everything_that_narrows_a_list_narrows_a_search_whatever_view_it_is_in(
    database, dana, dana_writes, li, jun, clock, finds
):
    leaks, sings = "message: The [kettle] leaks", "message: The [kettle] sings"
    first = (await dana_writes("The kettle leaks")).conversation
    await database.write(tag, by(li, clock), first.id, ["refund"], [])
    await database.write(assign, by(li, clock), first.id, agent_id=li.id)
    await database.write(set_priority, by(li, clock), first.id, "urgent")
    await database.write(store.update, first.id, mood="angry", language="fr", team_id="tem_1")
    await database.write(close, by(li, clock), first.id)
    clock.go_on(30 * DAY)
    await dana_writes("The kettle sings")

    async def narrowed(line="kettle", agent=li, **wanted):
        return await finds(line, agent_id=agent.id, narrowed=Filter(**wanted))

    assert await narrowed() == await narrowed(customer=dana[0].id, channel="chn_chat") == [sings, leaks]
    for wanted in (
        {"tag": "refund"},
        {"team": "tem_1"},
        {"mood": ("angry", "very_upset")},
        {"status": "closed"},
        {"assignee": "me"},
        {"language": "fr"},
        {"priority": "urgent"},
    ):
        assert await narrowed(**wanted) == [leaks], wanted
        assert await narrowed("from:customer", **wanted) == ["message: The kettle leaks"], wanted
    others: list[dict[str, Any]] = [{"team": "none"}, {"assignee": "none"}, {"status": "open"}, {"waiting": True}]
    for other in others:
        assert await narrowed(**other) == [sings], other
    assert await narrowed(agent=jun, assignee="me") == await narrowed(fields={"order": "7"}) == []
    assert await narrowed("evans", language="fr") == ["customer: Dana [Evans] · The kettle leaks"]


async def test_the_door_of_the_search_narrows_by_the_parameters_of_the_list(database_url, tmp_path, clock):
    async with house(tmp_path, database_url, clock, assistant_answers=False) as desk:
        for language, words in (("en", "Kettle number one"), ("fr", "Kettle, deux fois")):
            id = (await (await desk.visitor(language)).says(words)).json()["conversation_id"]
            await desk.desk.services.database.write(store.update, id, language=language)  # type: ignore[arg-type]
        li = await desk.signed_in("li")
        await li.post(f"/api/v1/conversations/{id}/tags", json={"add": ["twice"]})

        async def found(**narrowed):
            answer = await li.get("/api/v1/search", params={"q": "kettle", **narrowed})
            assert answer.status_code == 200, answer.text
            return sorted(one["conversation"]["language"] for one in answer.json()["results"])

        assert await found() == await found(status="open") == ["en", "fr"]
        assert await found(language="fr") == await found(tag="twice") == ["fr"]
        assert await found(mood=["angry", "calm"]) == await found(**{"field.order": "7"}) == []
        assert (await li.get("/api/v1/search?q=kettle&mood=merry")).status_code == 400


async def test_files_are_found_by_having_one_and_by_their_names(database, dana_writes, li, clock, finds):
    id = (await dana_writes("Hello")).conversation.id
    label = Attachment("fil_1", "return-label.pdf", "application/pdf", 1_000, "/files/fil_1")
    await database.write(reply, by(li, clock), id, Draft("r1", "Here it is", attachments=(label,)))
    assert await finds("has:file") == ["message: Here it is"]
    assert await finds("return label") == ["message: Here it is"]
    assert await finds("hello has:file") == []


async def test_a_customer_is_found_by_the_name_he_has_now(database, dana, dana_writes, li, clock, finds):
    await dana_writes("Good morning")
    assert await finds("evans") == ["customer: Dana [Evans] · Good morning"]
    await database.write(rename, by(li, clock), dana[0].id, "Dana Müller")
    assert await finds("muller") == [] == await finds("evans")
    assert await finds("müll") == ["customer: Dana [Müller] · Good morning"]


async def test_what_was_closed_merged_or_marked_as_spam_is_still_found_and_says_so(database, dana_writes, li, clock):
    source = (await dana_writes("The kettle leaks")).conversation
    await database.write(close, by(li, clock), source.id)
    clock.go_on(30 * DAY)
    target = (await dana_writes("It leaks again")).conversation
    await database.write(merge, by(li, clock), source.id, target.id)
    found, _ = await database.read(find, read_query("kettle"), Scope(li.id), clock.now())
    assert [one.conversation.merged_into.number for one in found] == [target.number]
    assert len((await database.read(find, read_query("kettle is:merged"), Scope(), clock.now()))[0]) == 1


async def test_the_newest_comes_first_but_the_very_words_before_it(dana_writes, clock, finds):
    await dana_writes("My order 4471 came broken")
    clock.go_on(3 * DAY)
    await dana_writes("The broken one: order it again")
    clock.go_on(3 * DAY)
    await dana_writes("broken broken, I will not order from you")
    assert [line.replace("[", "").replace("]", "")[9:17] for line in await finds("broken order")] == [
        "broken b",
        "The brok",
        "My order",
    ]
    assert (await finds("order 4471"))[0].startswith("message: My [order] [4471]")
    assert (await finds("broken one order"))[0].startswith("message: The [broken] [one]")


async def test_pages_follow_each_other_without_gap_or_repeat(database, dana_writes, clock, monkeypatch):
    monkeypatch.setattr("goodword.conversations.search.finding.WINDOW", 5)
    for n in range(23):
        await dana_writes(f"kettle {n}" if n % 3 else f"teapot {n}")
    seen, before = [], None
    while True:
        found, before = await database.read(find, read_query("kettle from:customer"), Scope(), clock.now(), 4, before)
        seen += [one.message_id for one in found]
        if before is None:
            break
    assert len(seen) == len(set(seen)) == 15
    with pytest.raises(BadInput):
        await database.read(find, read_query("kettle"), Scope(), clock.now(), 4, "x.y")


async def test_what_was_said_before_there_was_an_index_gets_into_it(database, dana_writes, finds):
    for text in ("The kettle leaks", "주전자"):
        await dana_writes(text)

    async def forget_all(tx):
        await tx.run("UPDATE messages SET place = NULL")
        await tx.run("DROP TABLE IF EXISTS was") if tx.engine == "postgresql" else None
        everything = {
            "sqlite": "INSERT INTO search_terms (search_terms) VALUES ('delete-all')",
            "postgresql": "DELETE FROM search_terms",
        }
        await tx.run(everything[tx.engine])

    await database.write(forget_all)
    assert await finds("kettle") == []
    await database.write(ask_for_backlog, 0)

    async def asked(tx):
        return await tx.value("SELECT count(*) FROM jobs WHERE kind = :kind", kind=TAKE_IN_BACKLOG)

    assert await database.read(asked) == 1
    assert await database.write(take_in_more)
    assert not await database.write(take_in_more)
    assert await finds("kettle") == ["message: The [kettle] leaks"]
    assert await finds("주전자") == ["message: [주전자]"]
