"""Fields of one's own on conversations, and priorities, through the door."""

import pytest

from tests.desks import house

pytestmark = pytest.mark.anyio


@pytest.fixture
async def desk(database_url, tmp_path, clock):
    async with house(tmp_path, database_url, clock) as opened:
        visitor = await opened.visitor("en")
        await visitor.says("Where is my order?")
        yield opened


@pytest.fixture
async def li(desk):
    return await desk.signed_in("li")


@pytest.fixture
async def path(li):
    return f"/api/v1/conversations/{(await li.get('/api/v1/conversations')).json()['conversations'][0]['id']}"


@pytest.fixture
async def defined(desk):
    ada = await desk.signed_in("ada")
    for label, kind, options in (
        ("Order", "text", []),
        ("Parcels", "number", []),
        ("配送商", "choice", ["La Poste", "順豐"]),
        ("Due", "date", []),
        ("Gift", "checkbox", []),
    ):
        field = {"label": label, "kind": kind, "options": options, "on": "conversation"}
        assert (await ada.post("/api/v1/fields", json=field)).status_code == 201
    return ada


async def told(client, path):
    events = (await client.get(path)).json()["events"]
    return [event["data"] for event in events if event["type"] in ("FieldSet", "PriorityChanged")]


async def test_values_of_every_kind_are_kept_and_told(li, path, defined):
    values = {"order": " FO-1001 ", "parcels": 2, "field": "順豐", "due": "2026-12-01", "gift": True}
    answer = await li.post(f"{path}/fields", json={"values": values})
    assert answer.status_code == 200, answer.text
    assert answer.json()["conversation"]["fields"] == values | {"order": "FO-1001"}
    await li.post(f"{path}/fields", json={"values": {"order": None, "parcels": 2, "gift": False}})
    assert (await li.get(path)).json()["conversation"]["fields"] == {
        "parcels": 2,
        "field": "順豐",
        "due": "2026-12-01",
        "gift": False,
    }
    assert [one["key"] for one in await told(li, path)] == ["order", "parcels", "field", "due", "gift", "order", "gift"]
    assert (await told(li, path))[-2] == {"key": "order", "value": None, "previous": "FO-1001"}


async def test_a_value_that_its_field_does_not_take_is_refused_and_changes_nothing(li, path, defined):
    for key, value in (
        ("parcels", "two"),
        ("parcels", True),
        ("field", "DHL"),
        ("due", "2026-02-30"),
        ("due", "tomorrow"),
        ("gift", "yes"),
        ("order", "x" * 301),
        ("unknown", "x"),
    ):
        answer = await li.post(f"{path}/fields", json={"values": {"order": "FO-1", key: value}})
        assert answer.status_code == 400, (key, value)
        assert key in answer.json()["fields"]
    assert (await li.get(path)).json()["conversation"]["fields"] == {}


async def test_a_list_is_narrowed_by_a_field_in_the_address(li, path, defined):
    await li.post(f"{path}/fields", json={"values": {"field": "順豐", "gift": True}})

    async def count(**params):
        return len((await li.get("/api/v1/conversations", params=params)).json()["conversations"])

    assert await count(**{"field.field": "順豐", "field.gift": "true"}) == 1
    assert await count(**{"field.gift": "false"}) == await count(**{"field.": "x"}) == 0


async def test_a_priority_is_set_once_and_told(li, path):
    for _ in range(2):
        answer = await li.post(f"{path}/priority", json={"priority": "high"})
    assert answer.json()["conversation"]["priority"] == "high"
    assert await told(li, path) == [{"priority": "high", "previous": "normal"}]
    assert (await li.post(f"{path}/priority", json={"priority": "huge"})).status_code == 400


async def test_what_a_page_says_of_its_visitor_must_fit_the_fields_that_are_defined(desk):
    ada, visitor = await desk.signed_in("ada"), await desk.visitor("en")
    await ada.post("/api/v1/fields", json={"label": "Seats", "kind": "number", "on": "customer"})
    wrong = await visitor.call("POST", "attributes", json={"values": {"seats": "many", "colour": "red"}})
    assert (wrong.status_code, list(wrong.json()["fields"])) == (400, ["seats"])
    assert (await visitor.call("POST", "attributes", json={"values": {"seats": 3, "colour": "red"}})).status_code == 204
