"""What a rule would have done is what it does."""

import random
from typing import Any

import pytest

from tests.automation.conftest import Automated, Thread

pytestmark = pytest.mark.anyio
PHRASES = (
    "Where is my refund?",
    "Hello",
    "The lid is broken",
    "환불해 주세요",
    "Merci beaucoup",
    "I WANT A REFUND NOW",
)
CONDITIONS: tuple[tuple[Any, ...], ...] = (
    ("text", "any", ["refund", "환불"]),
    ("text", "none", ["lid"]),
    ("messages", "least", 2),
    ("messages", "most", 2),
    ("tag", "any", ["spoken"]),
    ("tag", "none", ["by-rule"]),
    ("status", "is", ["open"]),
    ("handler", "is", ["agent"]),
    ("assignee", "nobody", None),
    ("priority", "least", "high"),
    ("before", "is", ["agent"]),
    ("actor", "is", ["customer"]),
    ("language", "is", ["ko", "en"]),
    ("waiting", "least", 3),
    ("rating", "most", 5),
)
HAPPENINGS: tuple[Any, ...] = (
    "opened",
    "customer_wrote",
    "customer_wrote",
    "agent_replied",
    "noted",
    "closed",
    "reopened",
    "priority_changed",
    {"event": "tagged", "about": "spoken"},
    "untagged",
    {"event": "waiting", "minutes": 4},
    {"event": "silent", "minutes": 4},
)
STEPS = (
    {"do": "tag", "tags": ["by-rule"]},
    {"do": "untag", "tags": ["by-rule"]},
    {"do": "note", "text": "seen"},
    {"do": "field", "key": "plan", "value": "gold"},
)
SCRIPTS = 12


async def act(thread: Thread, deed: tuple[Any, ...]) -> None:
    match deed:
        case ("says", text):
            await thread.says(text)
        case ("replies", text):
            await thread.replies(text)
        case ("waits", minutes):
            await thread.desk.settle(minutes=minutes)
        case (path, body):
            await thread.do(path, **body)


def script(chance: random.Random) -> list[tuple[Any, ...]]:
    deeds: list[tuple[Any, ...]] = [("says", chance.choice(PHRASES))]
    for _ in range(chance.randint(4, 9)):
        deeds.append(
            chance.choice(
                [
                    ("says", chance.choice(PHRASES)),
                    ("says", chance.choice(PHRASES)),
                    ("replies", "We look into it."),
                    ("waits", chance.choice([1, 5])),
                    ("tags", {"add": ["spoken"], "remove": []}),
                    ("tags", {"add": [], "remove": ["spoken"]}),
                    ("priority", {"priority": chance.choice(["low", "high"])}),
                    ("close", {}),
                    ("reopen", {}),
                    ("notes", {"client_id": f"n{chance.random()}", "text": "a note"}),
                ]
            )
        )
    return deeds


async def play(desk: Automated, deeds: list[tuple[Any, ...]]) -> Thread:
    thread = await desk.writes("Hello, I want to speak to a person")
    for deed in deeds:
        await act(thread, deed)
    await desk.settle(minutes=6)
    return thread


@pytest.mark.slow
async def test_what_it_would_have_done_is_what_it_does(desk):
    """The same conversation twice: once without the rule, which is then tried on it, and once with it in force."""
    await desk.ada.post("/api/v1/fields", json={"label": "Plan", "kind": "text", "on": "conversation"})
    touched = 0
    for seed in range(SCRIPTS):
        chance = random.Random(seed)
        deeds = script(chance)
        draft: dict[str, Any] = {
            "name": f"Seed {seed}",
            "when": (when if isinstance(when := chance.choice(HAPPENINGS), dict) else {"event": when}),
            "conditions": [
                {"field": field, "op": op, "value": value}
                for field, op, value in chance.sample(CONDITIONS, chance.randint(0, 2))
            ],
            "any": chance.random() < 0.3,
            "steps": chance.sample(STEPS, 2),
        }
        before = await play(desk, deeds)
        tried = (await desk.ada.post("/api/v1/rules/dry-run", json={"rule": draft, "days": 1})).json()
        would: list[dict[str, Any]] = next(
            (one["touches"] for one in tried["examples"] if one["conversation"]["id"] == before.id), []
        )
        began = (await before.events())[0].at
        made = (await desk.ada.post("/api/v1/rules", json={**draft, "enabled": True})).json()
        after = await play(desk, deeds)
        did = [doing for doing in await desk.log(made["id"]) if doing["outcome"] == "applied"][::-1]
        opened = (await after.events())[0].at
        assert [touch["why"] for touch in would] == [doing["why"] for doing in did], (seed, draft, deeds)
        assert [touch["at"] - began for touch in would] == pytest.approx(
            [doing["at"] - opened for doing in did], abs=6 * 60_000
        )
        touched += len(did)
        await desk.ada.delete(f"/api/v1/rules/{made['id']}")
    assert touched >= SCRIPTS // 2, "the scripts are too tame to prove anything"


async def test_nothing_is_written_and_what_is_told_is_in_words(desk):
    thread = await desk.writes("Where is my refund?")
    await desk.writes("Hello")
    events = len(await thread.events())
    draft = {
        "name": "Refunds",
        "when": {"event": "customer_wrote"},
        "conditions": [{"field": "text", "op": "any", "value": ["refund"]}],
        "steps": [{"do": "tag", "tags": ["refund"]}, {"do": "close"}],
    }
    answer = await desk.ada.post(
        "/api/v1/rules/dry-run", json={"rule": draft, "days": 7}, headers={"Accept-Language": "fr"}
    )
    found = answer.json()
    assert (found["checked"], found["matched"], found["whole"]) == (2, 1, True)
    (example,) = found["examples"]
    assert example["conversation"]["id"] == thread.id
    assert example["would"] == ["Ajouter l’étiquette « refund »", "Terminer la conversation"]
    assert example["touches"][0]["why"] == ["Le texte contient « refund »"]
    assert len(await thread.events()) == events
    assert (await desk.ada.get("/api/v1/rules")).json()["rules"] == []


async def test_what_is_older_than_asked_is_not_looked_at(desk):
    await desk.writes("refund")
    await desk.settle(minutes=3 * 24 * 60)
    draft = {"name": "R", "when": {"event": "customer_wrote"}, "steps": [{"do": "close"}]}
    for days, checked in ((1, 0), (7, 1)):
        found = (await desk.ada.post("/api/v1/rules/dry-run", json={"rule": draft, "days": days})).json()
        assert found["checked"] == checked


async def test_a_draft_is_told_whom_it_contradicts(desk):
    await desk.rule("To nobody", "customer_wrote", [{"do": "assign"}])
    draft = {
        "name": "To Li",
        "when": {"event": "customer_wrote"},
        "steps": [{"do": "assign", "agent": desk.house.agents["li"].id}],
    }
    found = (await desk.ada.post("/api/v1/rules/dry-run", json={"rule": draft})).json()
    (conflict,) = found["conflicts"]
    assert conflict["sentence"] == "“To nobody” and “To Li” would assign the same conversation differently."


async def test_when_the_time_is_up_it_says_how_far_it_looked(desk):
    from goodword.automation.dry_run import CHUNK, dry_run
    from tests.automation.makings import rule

    for _ in range(CHUNK + 1):
        await desk.writes("hello", settle=False)
        desk.clock.go_on(1_000)
    await desk.settle()
    done = await dry_run(desk.database, rule(), 1, desk.clock.now(), seconds=0)
    assert (done.checked, done.matched, done.whole) == (CHUNK, CHUNK, False)
    assert done.since > desk.clock.now() - 60_000
