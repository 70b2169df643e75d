"""A whisper is for one pair of ears: in no list, no search, no transcript, and on nobody else's line."""

import asyncio
from contextlib import aclosing

import pytest

from goodword.conversations import inbox, whisper
from goodword.conversations.model import Draft
from goodword.conversations.transcript import transcript
from goodword.conversations.visible import Eyes, may_see, to_customer
from goodword.notify.live import Listener, agent_frames, batch_frame
from goodword.platform.errors import BadInput, Forbidden
from goodword.platform.events import Batch, latest, newest_cursor
from goodword.platform.events.feed import Entry
from tests.conversations.conftest import by
from tests.conversations.doors import door, types
from tests.desks import house

pytestmark = pytest.mark.anyio
SECRET = "Offer him the lid for nothing."


def watching(agent, clock):
    stamp = by(agent, clock)
    return type(stamp)(stamp.at, stamp.actor, rights=agent.rights | {"supervision.watch"})


@pytest.fixture
async def whispered(database, clock, li, jun):
    """Jun whispers to Li; the conversation's id and the event."""
    id = (await (await door(database, clock)).writes("Where is my kettle?")).conversation.id
    await database.write(whisper, watching(jun, clock), id, li.id, Draft("w1", SECRET))
    return id, (await database.read(latest, id, 1))[0]


async def test_only_he_the_author_and_those_who_may_read_everything_see_it(whispered, li, jun):
    _, event = whispered
    assert event.type == "Whispered"
    assert may_see(event, Eyes(li.id))
    assert may_see(event, Eyes(jun.id))
    assert may_see(event, Eyes("agt_auditor", everything=True))
    assert not may_see(event, Eyes("agt_noor"))
    assert not may_see(event, Eyes(None))
    assert to_customer(event) is None


async def test_on_the_live_line_it_is_left_out_of_what_others_hear(database, whispered, li):
    id, event = whispered
    events = await database.read(latest, id, 10)
    batch = Batch("0.9", tuple(Entry(one, one.public()) for one in events))
    mine = batch_frame(batch, Listener(li.id, Eyes(li.id))) or b""
    others = batch_frame(batch, Listener("agt_noor", Eyes("agt_noor"))) or b""
    assert SECRET.encode() in mine
    assert SECRET.encode() not in others
    assert b"MessageReceived" in others
    alone = Batch("0.9", (Entry(event, event.public()),))
    assert batch_frame(alone, Listener("agt_noor", Eyes("agt_noor"))) is None


async def test_it_is_in_no_preview_and_no_transcript_and_said_once(database, clock, whispered, li, jun):
    id, _ = whispered
    await database.write(whisper, watching(jun, clock), id, li.id, Draft("w1", SECRET))
    assert (await types(database, id)).count("Whispered") == 1
    row = await database.read(inbox.row, id, li.id)
    assert (row.preview.text, row.mentioned) == ("Where is my kettle?", "new")

    async def whole(tx):
        return await transcript(tx, id, for_customer=False, notes=True)

    assert SECRET.encode() not in (await database.read(whole)).content


async def test_it_takes_the_right_to_watch_and_somebody_to_hear_it(database, clock, whispered, li, jun):
    id, _ = whispered
    with pytest.raises(Forbidden):
        await database.write(whisper, by(li, clock), id, jun.id, Draft("w2", "Psst"))
    with pytest.raises(BadInput, match="agent"):
        await database.write(whisper, watching(jun, clock), id, "agt_nobody", Draft("w3", "Psst"))


async def test_at_the_desk_it_reaches_one_colleague_through_every_door(database_url, tmp_path, clock):
    async with house(tmp_path, database_url, clock) as desk:
        id = (await (await desk.visitor()).says("Where is my kettle?")).json()["conversation_id"]
        services = desk.desk.services
        cursor = await services.database.read(newest_cursor)
        ada, li, jun = [await desk.signed_in(one) for one in ("ada", "li", "jun")]
        body = {"to": desk.agents["li"].id, "client_id": "w1", "text": SECRET}
        assert (await jun.post(f"/api/v1/conversations/{id}/whisper", json=body)).status_code == 403
        assert (await ada.post(f"/api/v1/conversations/{id}/whisper", json=body)).status_code == 202
        for path in (f"/api/v1/conversations/{id}", f"/api/v1/conversations/{id}/events?before=9999999"):
            seen = {
                name: SECRET in (await who.get(path)).text for name, who in (("ada", ada), ("li", li), ("jun", jun))
            }
            assert seen == {"ada": True, "li": True, "jun": False}
        assert SECRET not in (await jun.get("/api/v1/search", params={"q": "lid for nothing"})).text

        async def heard(agent):
            async def still_in():
                return True

            listener = Listener(agent.id, Eyes(agent.id))
            frames = agent_frames(listener, cursor, services.feed, services.bus, still_in)
            async with aclosing(frames), asyncio.timeout(5):
                async for frame in frames:
                    if b"AgentMarker" in frame or SECRET.encode() in frame or b"NoteAdded" in frame:
                        return frame

        await ada.post(f"/api/v1/conversations/{id}/notes", json={"client_id": "n1", "text": "A note for all"})
        assert SECRET.encode() in await heard(desk.agents["li"])
        to_jun = await heard(desk.agents["jun"])
        assert b"A note for all" in to_jun
        assert SECRET.encode() not in to_jun


async def test_looking_further_back_skips_what_is_not_for_these_eyes(database_url, tmp_path, clock):
    """A page that would hold only whispers is filled with what stands before them."""
    async with house(tmp_path, database_url, clock) as desk:
        id = (await (await desk.visitor()).says("Where is my kettle?")).json()["conversation_id"]
        ada, jun = await desk.signed_in("ada"), await desk.signed_in("jun")
        for number in range(8):
            body = {"to": desk.agents["li"].id, "client_id": f"w{number}", "text": SECRET}
            await ada.post(f"/api/v1/conversations/{id}/whisper", json=body)
        page = (await jun.get(f"/api/v1/conversations/{id}/events", params={"before": 1 << 40, "limit": 2})).json()
        assert [event["type"] for event in page["events"]] == ["ConversationOpened", "MessageReceived"]
        assert page["earlier"] is False
        first = page["events"][0]["seq"]
        page = (await jun.get(f"/api/v1/conversations/{id}/events", params={"after": first, "limit": 50})).json()
        assert all(event["seq"] > first and event["type"] != "Whispered" for event in page["events"])
        assert (page["events"][0]["type"], page["later"]) == ("MessageReceived", False)
        short = (await jun.get(f"/api/v1/conversations/{id}/events", params={"after": first - 1, "limit": 1})).json()
        assert ([event["seq"] for event in short["events"]], short["later"]) == ([first], True)
