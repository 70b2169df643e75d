"""A conversation to take away: whole, in order, and harmless to open."""

import json

import pytest

from goodword.conversations import add_note, merge, reply, split
from goodword.conversations.model import Attachment, Draft
from goodword.conversations.transcript import transcript
from goodword.platform.errors import BadInput
from tests.conversations.conftest import by
from tests.conversations.doors import TILL, door
from tests.desks import house

pytestmark = pytest.mark.anyio


async def made(database, id, format="txt", for_customer=False, **wanted):
    async def deed(tx):
        return await transcript(
            tx, id, format, for_customer=for_customer, company="Fennel & Oak", base_url="https://desk.example", **wanted
        )

    return (await database.read(deed)).content.decode()


@pytest.fixture
async def chat(database, clock):
    return await door(database, clock, email="minjun@post.example", name="김민준")


@pytest.fixture
async def id(database, clock, li, chat):
    """A question, a note, and an answer with a file."""
    id = (await chat.writes("주전자는 <b>어디</b>에 있나요?")).conversation.id
    await database.write(add_note, by(li, clock), id, Draft("n1", "He is in a hurry."))
    file = Attachment("fil_1", "re<u>.pdf", "application/pdf", 10, "/files/fil_1?k=1&v=2")
    await database.write(reply, by(li, clock), id, Draft("r1", "내일 도착합니다.", attachments=(file,)))
    return id


async def test_as_text_it_has_names_times_and_files(database, clock, id):
    text = await made(database, id)
    assert text.startswith("Fennel & Oak – conversation #")
    assert "김민준\n주전자는 <b>어디</b>에 있나요?" in text
    assert "Li Na\n내일 도착합니다.\n[re<u>.pdf: https://desk.example/files/fil_1?k=1&v=2]" in text
    assert "hurry" not in text
    assert text.index("주전자") < text.index("내일")


async def test_notes_only_where_they_are_asked_for_and_never_for_the_customer(database, id):
    assert "Li Na (note)\nHe is in a hurry." in await made(database, id, notes=True)
    assert "hurry" not in await made(database, id, notes=True, for_customer=True)
    assert "김민준" not in await made(database, id, for_customer=True)


async def test_times_are_those_of_the_zone_that_was_asked_for(database, id):
    utc = json.loads(await made(database, id, "json"))["messages"][0]["at"]
    seoul = json.loads(await made(database, id, "json", tz="Asia/Seoul"))["messages"][0]["at"]
    assert utc.endswith("+00:00")
    assert seoul.endswith("+09:00")
    assert int(seoul[11:13]) == (int(utc[11:13]) + 9) % 24
    assert "시간대: Asia/Seoul" in await made(database, id, language="ko", tz="Asia/Seoul")
    for nonsense in ("Mars/Olympus", "../../etc/passwd", "", "\0", "a" * 60):
        with pytest.raises(BadInput, match="time_zone"):
            await made(database, id, tz=nonsense)


async def test_as_a_page_nothing_that_was_said_becomes_part_of_the_page(database, id):
    page = await made(database, id, "html", notes=True)
    assert "<b>" not in page
    assert "<u>" not in page
    assert "주전자는 &lt;b&gt;어디&lt;/b&gt;에 있나요?" in page
    assert 'href="https://desk.example/files/fil_1?k=1&amp;v=2"' in page
    assert "<script" not in page


async def test_braces_and_percent_signs_stay_what_they_are(database, clock, chat):
    id = (await chat.writes("{0} {text} %s")).conversation.id
    for format in ("txt", "html", "json"):
        assert "{0} {text} %s" in await made(database, id, format)


async def test_it_follows_merges_and_splits_and_gives_the_customer_only_his_own_door(database, clock, li, chat):
    till = await door(database, clock, TILL, email="minjun@post.example")
    first = await chat.writes("One")
    second = await chat.writes("Two")
    third = await till.writes("Three")
    new = await database.write(split, by(li, clock), first.conversation.id, [second.message.id])
    await database.write(merge, by(li, clock), third.conversation.id, first.conversation.id)
    said = json.loads(await made(database, first.conversation.id, "json"))["messages"]
    assert [one["text"] for one in said] == ["One", "Three"]
    assert "Two" in await made(database, new.id)
    his = await made(database, first.conversation.id, for_customer=True)
    assert "One" in his
    assert "Three" not in his


async def test_at_the_desk_it_is_a_file_to_keep(database_url, tmp_path, clock):
    async with house(tmp_path, database_url, clock) as desk:
        id = (await (await desk.visitor()).says("Where is my kettle?")).json()["conversation_id"]
        li = await desk.signed_in("li")
        for format, kind in (("txt", "text/plain"), ("html", "text/html"), ("json", "application/json")):
            answer = await li.get(f"/api/v1/conversations/{id}/transcript", params={"format": format, "notes": 1})
            assert answer.status_code == 200
            assert answer.headers["content-type"].startswith(kind)
            assert answer.headers["content-disposition"].endswith(f'.{format}"')
            assert "Where is my kettle?" in answer.text
        assert (await li.get(f"/api/v1/conversations/{id}/transcript", params={"tz": "Mars"})).status_code == 400
        assert (await desk.http.get(f"/api/v1/conversations/{id}/transcript")).status_code == 401
