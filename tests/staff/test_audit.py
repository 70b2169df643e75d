"""The audit log over HTTP: who may read it, how it is looked through, taken away and vouched for."""

import csv
import io
import json

import pytest

from goodword.platform.audit import link_settled
from goodword.platform.clock import DAY
from goodword.platform.events import Actor, Fact, Stamp, append
from goodword.staff.audit import END, KINDS, Filter, entries
from goodword.staff.events import AuditExported
from tests.desks import house

pytestmark = pytest.mark.anyio


@pytest.fixture
async def desk(database_url, tmp_path, clock):
    async with house(tmp_path, database_url, clock) as opened:
        yield opened


async def looked(browser, **asked):
    answer = await browser.get("/api/v1/audit", params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()["entries"]


def test_every_kind_of_entry_is_a_fact_that_can_happen():
    assert {name for types in KINDS.values() for name in types} <= set(Fact.known)


async def test_what_was_done_is_seen_by_kind_by_person_and_by_time(desk):
    ada, li = await desk.signed_in("ada"), await desk.signed_in("li")
    desk.clock.go_on(DAY)
    role = (await ada.post("/api/v1/roles", json={"name": "Helper", "rights": ["staff.read"]})).json()
    await ada.patch(f"/api/v1/agents/{desk.agents['li'].id}", json={"role": role["id"]})
    [edited, created, *_] = await looked(ada, kind="staff")
    assert (created["type"], created["actor"]["name"], created["data"]["role"]["name"]) == (
        "RoleCreated",
        "Ada Silva",
        "Helper",
    )
    assert (edited["type"], edited["data"]["agent"]["name"]) == ("AgentEdited", "Li Na")
    # What he did, and what was done to him.
    assert {one["type"] for one in await looked(ada, person=desk.agents["li"].id)} == {
        "AgentAdded",
        "SignedIn",
        "AgentEdited",
    }
    today = desk.clock.now()
    assert {one["type"] for one in await looked(ada, **{"from": today})} == {"RoleCreated", "AgentEdited"}
    assert "RoleCreated" not in {one["type"] for one in await looked(ada, to=today)}
    assert (await ada.get("/api/v1/audit", params={"kind": "everything"})).status_code == 400
    assert (await li.get("/api/v1/audit")).status_code == 403


async def test_pages_follow_each_other_without_a_hole(desk):
    ada = await desk.signed_in("ada")
    for number in range(7):
        await ada.post("/api/v1/roles", json={"name": f"Role {number}", "rights": ["staff.read"]})
    everything = [one["seq"] for one in await looked(ada)]
    paged, before = [], None
    while True:
        asked = {"limit": 3} | ({"before": before} if before else {})
        page = (await ada.get("/api/v1/audit", params=asked)).json()
        paged += [one["seq"] for one in page["entries"]]
        if (before := page["next"]) is None:
            break
    assert paged == everything == sorted(everything, reverse=True)


async def test_it_is_taken_away_as_a_file_and_that_is_an_entry_too(desk):
    ada, li = await desk.signed_in("ada"), await desk.signed_in("li")
    await ada.post("/api/v1/roles", json={"name": "=HYPERLINK(1)", "rights": ["staff.read"]})
    table = await ada.get("/api/v1/audit/export", params={"kind": "staff"})
    assert table.headers["content-disposition"] == 'attachment; filename="audit.csv"'
    rows = list(csv.DictReader(io.StringIO(table.text)))
    assert [row["type"] for row in rows] == ["RoleCreated", *["AgentAdded"] * 3]
    assert json.loads(rows[0]["data"])["role"]["name"] == "=HYPERLINK(1)"
    lines = await ada.get("/api/v1/audit/export", params={"format": "jsonl"})
    events = [json.loads(line) for line in lines.text.splitlines()]
    assert events[0]["type"] == "AuditExported"
    assert events[0]["data"] == {"format": "csv", "kind": "staff", "person": None}
    assert (await li.get("/api/v1/audit/export")).status_code == 403
    assert len(await looked(ada, kind="exports")) == 2


async def test_no_cell_is_a_formula(desk):
    async def sinister(tx):

        stamp = Stamp(desk.clock.now(), Actor("agent", "agt_x", "=cmd()"))
        await append(tx, "+stream", AuditExported(format="csv"), stamp)

    await desk.desk.services.database.write(sinister)
    ada = await desk.signed_in("ada")
    table = await ada.get("/api/v1/audit/export", params={"kind": "exports"})
    [row] = list(csv.DictReader(io.StringIO(table.text)))
    assert (row["actor"], row["stream"]) == ("'=cmd()", "'+stream")


async def test_the_chain_is_vouched_for(desk):

    ada = await desk.signed_in("ada")
    chain = (await ada.get("/api/v1/audit/chain")).json()
    assert (chain["linked"], chain["last"]) == (0, None)
    assert chain["waiting"] > 3
    await link_settled(desk.desk.services.database)
    assert (await ada.post("/api/v1/audit/check")).status_code == 202
    await desk.settle()
    chain = (await ada.get("/api/v1/audit/chain")).json()
    assert chain["head"].startswith(f"{chain['linked']}:")
    assert (chain["waiting"], chain["last"]["trouble"]) == (0, None)
    assert (chain["last"]["at"], chain["last"]["checked"]) == (desk.clock.now(), chain["linked"])


async def test_an_empty_desk_has_an_empty_log(database):

    assert await database.read(entries, Filter(), END, 5) == []
