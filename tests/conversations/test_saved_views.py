"""Filters under a name, through the door."""

from typing import Any

import pytest

from tests.desks import house

pytestmark = pytest.mark.anyio
URGENT = {"view": "all", "priority": "urgent", "mood": ["angry"], "fields": {"gift": True}, "sort": "waiting"}


@pytest.fixture
async def desk(database_url, tmp_path, clock):
    async with house(tmp_path, database_url, clock) as opened:
        visitor = await opened.visitor("en")
        await visitor.says("Where is my order?")
        yield opened


async def save(client, name, filter=None, **more):
    return await client.post("/api/v1/views", json={"name": name, "filter": filter or {}, **more})


async def names(client):
    return {view["name"]: view["count"] for view in (await client.get("/api/v1/views")).json()["views"]}


async def test_a_view_of_ones_own_is_kept_changed_and_removed(desk):
    li, jun = await desk.signed_in("li"), await desk.signed_in("jun")
    made = await save(li, "  Urgent   and angry ", URGENT)
    assert made.status_code == 201, made.text
    view = made.json()
    assert (view["name"], view["filter"], view["mine"], view["shared"]) == (
        "Urgent and angry",
        {name: value for name, value in URGENT.items() if name != "view"},
        True,
        False,
    )
    assert view["owner"]["name"] == "Li Na"
    path = f"/api/v1/views/{view['id']}"
    assert await names(li) == {"Urgent and angry": 0}
    assert await names(jun) == {}
    changed = await li.patch(path, json={"name": "Everything", "filter": {"view": "all"}})
    assert (changed.json()["name"], changed.json()["count"]) == ("Everything", 1)
    assert (await jun.patch(path, json={"name": "Mine"})).status_code == 404
    assert (await jun.delete(path)).status_code == 404
    assert (await li.delete(path)).status_code == 204
    assert await names(li) == {}


async def test_a_view_for_everybody_takes_a_right_and_counts_for_whoever_looks(desk):
    ada, li = await desk.signed_in("ada"), await desk.signed_in("li")
    assert (await save(li, "Mine", {"view": "mine"}, shared=True)).status_code == 403
    view = (await save(ada, "Mine", {"view": "mine"}, shared=True)).json()
    row = (await li.get("/api/v1/conversations")).json()["conversations"][0]
    await li.post(f"/api/v1/conversations/{row['id']}/take-over")
    assert await names(li) == {"Mine": 1}
    assert await names(ada) == {"Mine": 0}
    path = f"/api/v1/views/{view['id']}"
    assert (await li.patch(path, json={"shared": False})).status_code == 403
    assert (await li.delete(path)).status_code == 403
    assert (await ada.patch(path, json={"shared": False})).json()["shared"] is False
    assert await names(li) == {}


async def test_names_are_ones_own_and_filters_are_checked(desk):
    li, jun = await desk.signed_in("li"), await desk.signed_in("jun")
    assert (await save(li, "Angry")).status_code == (await save(jun, "Angry")).status_code == 201
    again = await save(li, " Angry ")
    assert (again.status_code, again.json()["reason"]) == (409, "view_taken")
    senseless: list[dict[str, Any]] = [
        {"view": "nowhere"},
        {"moods": []},
        {"mood": ["cheerful"]},
        {"sort": "size"},
        {"waiting": "often"},
    ]
    for wrong in senseless:
        assert (await save(li, "Wrong", wrong)).status_code == 400, wrong
    assert (await save(li, "   ")).status_code == (await save(li, "x" * 61)).status_code == 400


async def test_where_words_are_searched_nothing_is_counted(desk):
    li = await desk.signed_in("li")
    assert (await save(li, "Orders", {"q": "order"})).json()["count"] is None
    found = (await li.get("/api/v1/conversations", params={"q": "order"})).json()["conversations"]
    assert len(found) == 1
