"""One deed to many conversations, through the door."""

import pytest

from goodword.platform.clock import HOUR
from goodword.platform.i18n import text
from tests.desks import house

pytestmark = pytest.mark.anyio


@pytest.fixture
async def desk(database_url, tmp_path, clock):
    async with house(tmp_path, database_url, clock) as opened:
        yield opened


@pytest.fixture
async def three(desk):
    ids = []
    for language in ("en", "fr", "ko"):
        visitor = await desk.visitor(language)
        answer = await visitor.says("Where is my order?")
        ids.append(answer.json()["conversation_id"])
    return ids


async def bulk(client, ids, **deed):
    return await client.post("/api/v1/conversations/bulk", json={"ids": ids, "deed": deed})


async def test_every_deed_is_done_to_all_of_them(desk, three):
    li, jun = await desk.signed_in("li"), desk.agents["jun"]
    for deed, member, value in (
        ({"name": "priority", "priority": "urgent"}, "priority", "urgent"),
        ({"name": "assign", "agent_id": jun.id}, "assignee", {"id": jun.id, "name": "Jun Park"}),
        ({"name": "tag", "add": ["refund", "vip"]}, "tags", ["refund", "vip"]),
        ({"name": "tag", "remove": ["vip"]}, "tags", ["refund"]),
        ({"name": "read"}, "unread", 0),
        ({"name": "unread"}, "unread", 1),
        ({"name": "snooze", "until": desk.clock.now() + HOUR}, "status", "snoozed"),
        ({"name": "reopen"}, "status", "open"),
        ({"name": "close"}, "status", "closed"),
        ({"name": "spam"}, "spam", True),
        ({"name": "not_spam"}, "spam", False),
    ):
        answer = await bulk(li, [*three, three[0]], **deed)
        assert answer.status_code == 200, answer.text
        body = answer.json()
        assert [row["id"] for row in body["done"]] == three
        assert [row[member] for row in body["done"]] == [value] * 3, deed
        assert body["refused"] == []


async def test_what_is_refused_to_one_is_done_to_the_others(desk, three):
    li = await desk.signed_in("li")
    answer = await bulk(li, [three[0], "cnv_unknown", three[1]], name="close")
    body = answer.json()
    assert [row["status"] for row in body["done"]] == ["closed", "closed"]
    assert [one["id"] for one in body["refused"]] == ["cnv_unknown"]
    assert body["refused"][0]["problem"]["code"] == "not_found"
    assert body["refused"][0]["problem"]["detail"] == "There is no such conversation."
    li.headers["Accept-Language"] = "ko"
    refused = (await bulk(li, three, name="snooze", until=1)).json()["refused"]
    assert len(refused) == 3
    assert refused[0]["problem"]["detail"] == text("ko", "errors.bad_input.until_past")


async def test_too_many_or_a_deed_that_there_is_not_are_refused_as_a_whole(desk, three):
    li = await desk.signed_in("li")
    assert (await bulk(li, [f"cnv_{n}" for n in range(201)], name="close")).status_code == 400
    assert (await bulk(li, [], name="close")).status_code == 400
    assert (await bulk(li, three, name="explode")).status_code == 400
    assert (await bulk(li, three, name="priority", priority="maximal")).status_code == 400
    assert (await bulk(li, three, name="close", until=3)).status_code == 400
    assert (await bulk(desk.http, three, name="close")).status_code == 401


async def test_who_may_only_read_is_refused_each(desk, three):
    ada = await desk.signed_in("ada")
    await ada.post(
        "/api/v1/agents",
        json={
            "name": "Mei-ling Chen",
            "email": "mei@fennel-oak.example",
            "role": "editor",
            "password": "kettles-and-knives",
        },
    )
    mei = await desk.signed_in("mei")
    body = (await bulk(mei, three, name="close")).json()
    assert body["done"] == []
    assert {one["problem"]["code"] for one in body["refused"]} == {"forbidden"}
