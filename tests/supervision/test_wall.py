"""Noor looks at the wall."""

import pytest

from goodword.conversations.timeline import record
from goodword.platform.clock import MINUTE
from goodword.platform.events import SYSTEM, Stamp
from goodword.understanding.events import MessageUnderstood
from tests.desks import house

pytestmark = pytest.mark.anyio


@pytest.fixture
async def desk(tmp_path, database_url, clock):
    async with house(tmp_path, database_url, clock) as opened:
        yield opened


async def waits_for_a_person(desk, text, mood=None, language="en"):
    visitor = await desk.visitor(language)
    said = (await visitor.says(text)).json()
    await visitor.call("POST", "human")
    await desk.settle()
    if mood:
        fact = MessageUnderstood(message_id=said["message"]["id"], language=language, wants_human=False, mood=mood)
        stamp = Stamp(desk.clock.now(), SYSTEM)
        await desk.desk.services.database.write(record, said["conversation_id"], fact, stamp, mood=mood)
    return visitor, said["conversation_id"]


async def wall_of(desk, **query):
    ada = await desk.signed_in("ada")
    answer = await ada.get("/api/v1/supervision/wall", params=query)
    answer.raise_for_status()
    return answer.json()


async def test_an_empty_desk_has_an_empty_wall(desk):
    shown = await wall_of(desk)
    assert (shown["tiles"], shown["needs_you"], shown["figures"]["waiting"]) == ([], [], 0)
    assert shown["figures"]["rating"] is None
    assert {agent["name"] for agent in shown["agents"]} >= {"Li Na", "Jun Park"}


async def test_the_hottest_comes_first_and_needs_the_supervisor_with_the_customers_words(desk):
    _, calm = await waits_for_a_person(desk, "Where is my seed box?")
    _, upset = await waits_for_a_person(desk, "已经第三次问了，到底什么时候发货？", "very_upset", "zh-Hans")
    _, rude = await waits_for_a_person(desk, "You are an idiot.")
    shown = await wall_of(desk)
    tiles = [tile["conversation"]["id"] for tile in shown["tiles"]]
    assert set(tiles[:2]) == {upset, rude}
    assert tiles[2] == calm
    assert shown["needs_you"] == [rude, upset]
    first = next(tile for tile in shown["tiles"] if tile["conversation"]["id"] == upset)
    assert first["quote"]["text"].startswith("已经第三次")
    assert shown["figures"]["waiting"] == 3


async def test_who_waits_long_for_a_person_needs_the_supervisor_too(desk):
    _, id = await waits_for_a_person(desk, "Where is my seed box?")
    desk.clock.go_on(6 * MINUTE)
    shown = await wall_of(desk)
    assert shown["needs_you"] == [id]
    assert shown["tiles"][0]["needs"][0] == {"kind": "nobody", "minutes": 6}
    assert shown["figures"]["longest_wait"] == 6 * MINUTE


async def test_an_answer_takes_the_tile_out_of_the_needs(desk):
    _, id = await waits_for_a_person(desk, "You are an idiot.")
    li = await desk.signed_in("li")
    await li.post(
        f"/api/v1/conversations/{id}/replies", json={"client_id": "one", "text": "I understand. Let me look."}
    )
    shown = await wall_of(desk)
    assert shown["needs_you"] == []
    assert shown["figures"]["first_reply"] is not None
    assert [agent["load"] for agent in shown["agents"] if agent["name"] == "Li Na"] == [1]


async def test_the_wall_takes_the_right_to_watch(desk):
    li = await desk.signed_in("li")
    assert (await li.get("/api/v1/supervision/wall")).status_code == 403


async def test_listening_in_is_told_to_the_staff_once_an_hour_and_never_to_the_customer(desk):
    visitor, id = await waits_for_a_person(desk, "Where is my seed box?")
    ada = await desk.signed_in("ada")
    for _ in range(3):
        assert (await ada.post(f"/api/v1/supervision/conversations/{id}/listen")).status_code == 204
    opened = (await ada.get(f"/api/v1/conversations/{id}")).json()
    assert [event["type"] for event in opened["events"]].count("ListenedIn") == 1
    assert "ListenedIn" not in [event["type"] for event in await visitor.news()]
    li = await desk.signed_in("li")
    assert (await li.post(f"/api/v1/supervision/conversations/{id}/listen")).status_code == 403
