"""Rules and macros made of anything: what is not whole is refused, what is taken is carried out or says why not."""

import json
from typing import Any

import pytest

from goodword.automation.model import PREDICATES
from goodword.platform.db import Tx
from goodword.platform.jobs import dead
from tests.desks import House
from tests.hostile.test_texts import BODIES, VALUES

pytestmark = pytest.mark.anyio

STEPS: dict[str, dict[str, Any]] = {
    "reply": {"canned": "hello", "texts": {"en": "Hi"}},
    "note": {"text": "Look"},
    "tag": {"tags": ["refund"]},
    "untag": {"tags": ["refund"]},
    "assign": {"agent": "trigger"},
    "team": {"team": "tem_none"},
    "priority": {"priority": "high"},
    "field": {"key": "size", "value": 1},
    "snooze": {"minutes": 5, "morning": "09:00", "time_zone": "UTC", "until": 1 << 50},
    "close": {},
    "reopen": {},
    "hand_over": {},
    "give_back": {},
    "spam": {"on": True},
    "ask_rating": {},
    "webhook": {"url": "https://hook.example.invalid/"},
}
STRANGE = {
    **VALUES,
    "words": ["\ud83d\x00", "\u202e"],
    "a language": {"en": "\x00 \u0344" * 100},
    "many": {"en": "a" * 99_999},
}


def steps() -> list[tuple[str, dict[str, Any]]]:
    """Each kind of step with something strange in each of its fields, alone and beside the others."""
    found: list[tuple[str, dict[str, Any]]] = []
    for kind, fields in STEPS.items():
        found.append((kind, {"do": kind}))
        for field in fields:
            for name, value in STRANGE.items():
                found.append((f"{kind}.{field}: {name}", {"do": kind, field: value}))
                found.append((f"{kind}.{field}: {name}, whole", {"do": kind, **fields, field: value}))
    return found


def conditions() -> list[tuple[str, dict[str, Any]]]:
    found: list[tuple[str, dict[str, Any]]] = []
    for (field, op), kind in PREDICATES.items():
        key = {"key": "size"} if field.endswith("field") else {}
        for name, value in VALUES.items():
            asked = [value] if kind in ("words", "ids") else value
            found.append((f"{field} {op}: {name}", {"field": field, "op": op, "value": asked, **key}))
    return found


async def asked(client: Any, method: str, path: str, body: Any) -> Any:
    """As a hostile program writes it: with what ``httpx`` would refuse to encode."""
    content = json.dumps(body).encode()
    return await client.request(method, path, content=content, headers={"Content-Type": "application/json"})


async def test_no_step_breaks_a_macro(desk: House):
    ada, dana = await desk.signed_in("ada"), await desk.visitor()
    id = (await dana.says("Where is my kettle?")).json()["conversation_id"]
    broken, carried_out = [], 0
    for name, step in steps():
        body = {"name": "Anything", "steps": [step], "scope": "mine"}
        made = await asked(ada, "POST", "/api/v1/macros", body)
        answers = [made]
        if made.status_code == 201:
            path = f"/api/v1/conversations/{id}/macros/{made.json()['id']}"
            answers += [await ada.get(f"{path}/preview"), await ada.post(path, json={})]
            answers.append(await ada.delete(f"/api/v1/macros/{made.json()['id']}"))
            carried_out += 1
        broken += [(name, answer.text) for answer in answers if answer.status_code >= 500]
        await ada.post(f"/api/v1/conversations/{id}/spam", json={"on": False})
    assert broken == []
    assert carried_out > len(STEPS)
    await desk.settle()
    assert await given_up(desk) == []
    for path in (f"/api/v1/conversations/{id}", "/api/v1/macros", f"/api/v1/conversations/{id}/transcript"):
        assert (await ada.get(path)).status_code == 200, path


async def test_no_condition_breaks_a_rule(desk: House):
    ada, dana = await desk.signed_in("ada"), await desk.visitor()
    await dana.says("Where is my kettle?")
    await desk.settle()
    broken, taken = [], 0
    for number, (name, condition) in enumerate(conditions()):
        rule = {"name": name[:80], "when": {"event": "customer_wrote"}, "conditions": [condition]}
        rule["steps"] = [{"do": "tag", "tags": [f"tag {number}"]}]
        tried = await asked(ada, "POST", "/api/v1/rules/dry-run", {"rule": rule, "days": 30})
        made = await asked(ada, "POST", "/api/v1/rules", {**rule, "enabled": True})
        broken += [(name, answer.text) for answer in (tried, made) if answer.status_code >= 500]
        taken += made.status_code == 201
    assert broken == []
    assert taken > len(PREDICATES)
    for text in ("And the lid? a\x00b <script>", "\u0344" * 300, "e" + "\u0301" * 999):
        assert (await dana.says(text)).status_code == 202
        await desk.settle()
    assert await given_up(desk) == []
    rules = (await ada.get("/api/v1/rules")).json()["rules"]
    for rule in rules:
        log = await ada.get(f"/api/v1/rules/{rule['id']}/log")
        assert log.status_code == 200, (rule["sentence"], log.text)
    # Some of them did hold, and were carried out.
    assert any(rule["times"] for rule in rules)


async def test_no_body_is_too_strange_for_a_rule(desk: House):
    ada = await desk.signed_in("ada")
    for name, body in BODIES.items():
        answer = await ada.post("/api/v1/rules", content=body, headers={"Content-Type": "application/json"})
        assert 400 <= answer.status_code < 500, name
    deep: Any = "x"
    for _ in range(200):
        deep = {"a": [deep]}
    rule = {"name": "Deep", "when": {"event": "opened"}, "steps": [{"do": "close"}]}
    for condition in ({"field": "field", "op": "is", "key": "a", "value": deep}, {"field": deep, "op": "is"}):
        answer = await asked(ada, "POST", "/api/v1/rules", {**rule, "conditions": [condition]})
        assert answer.status_code == 400, answer.text


async def given_up(desk: House) -> list[str]:
    """What no worker could do, in its own words."""

    async def look(tx: Tx) -> list[str]:
        return [row["last_error"] for row in await dead(tx)]

    return await desk.desk.services.database.read(look)
