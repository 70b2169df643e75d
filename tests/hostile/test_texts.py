"""Whatever comes through whichever door: an answer or a clear refusal, and the desk goes on."""

import json
from typing import Any

import httpx
import pytest

from goodword.channels.adapters.webchat.limits import KEPT_AS, Limits
from goodword.platform.db import Tx
from goodword.platform.i18n import LANGUAGES
from goodword.platform.jobs import dead
from goodword.platform.limits import RateLimit
from tests.desks import House, Visitor
from tests.hostile.doors import Door, doors, leaves, with_value

pytestmark = pytest.mark.anyio

VALUES: dict[str, Any] = {
    "NUL": "a\x00b",
    "marks": "e" + "\u0301" * 20_000,
    "ligatures": "\ufdfa" * 3_000,
    "grows when composed": "\u0344" * 300,
    "directions": "\u202eexe.\u200b\u2066",
    "wildcards": "%_\\'; DROP TABLE events; --",
    "markup": "<script>alert(1)</script>\r\nSet-Cookie: a=b",
    "negative": -1,
    "beyond 64 bits": 1 << 64,
    "huge": 10**300,
    "fraction": 0.5,
    "nothing": None,
    "true": True,
    "list": [None],
    "long list": ["x"] * 2_000,
    "object": {"fr": "\x00"},
}
BODIES = {
    "nothing": b"",
    "half": b'{"text": "He',
    "null": b"null",
    "list": b"[]",
    "not UTF-8": b'{"text": "\xff\xfe"}',
    "lone surrogate": b'{"text": "\\ud800", "client_id": "s"}',
    "raw surrogate": b'{"text": "\xed\xa0\x80", "client_id": "r"}',
    "twice": b'{"client_id": "a", "client_id": "b", "text": "Hi", "text": "Ho"}',
    "deep": b'{"settings": ' + b"[" * 50_000 + b"]" * 50_000 + b"}",
    "deep and open": b'{"a":' * 50_000,
    "not a number": b'{"seq": NaN, "until": 1e999}',
    "a megabyte": b'{"client_id": "big", "text": "' + b"a" * 1_000_000 + b'"}',
}
# Signing out and new passwords would end the test, lines never end.
LEFT_OUT = {
    "DELETE /api/v1/session",
    "POST /api/v1/me/password",
    "GET /api/v1/live/stream",
    "GET /chat/v1/{key}/stream",
}


class Knocker:
    """Comes to each door as somebody whom it lets in."""

    def __init__(self, desk: House, ada: httpx.AsyncClient, visitor: Visitor, conversation_id: str) -> None:
        self.desk, self.ada, self.visitor, self.conversation_id = desk, ada, visitor, conversation_id
        self.failures: list[tuple[str, str, str]] = []

    async def knock(self, door: Door, how: str, *, path: str = "", **more: Any) -> None:
        client, headers = self.ada, dict(more.pop("headers", {}))
        if door.path.startswith("/chat/"):
            client, headers = self.desk.http, {**self.visitor.headers, **headers}
        elif door.path.startswith("/api/v1/channels/{key}"):
            client, headers = self.desk.http, {"Authorization": f"Bearer {self.desk.till_token}", **headers}
        headers = {**door.needs["headers"], **headers}
        answer = await client.request(door.method, path or self.at(door), headers=headers, **more)
        kind = answer.headers.get("content-type", "")
        if answer.status_code >= 500 or (answer.status_code >= 400 and kind != "application/problem+json"):
            self.failures.append((str(door), how, answer.text))

    def at(self, door: Door, **places: str) -> str:
        key = "till" if door.path.startswith("/api/v1/channels/{key}") else "shop"
        of_what = self.desk.till.id if "/channels/{id}" in door.path else self.conversation_id
        known = {
            "key": key,
            "id": of_what,
            "conversation_id": self.conversation_id,
            "agent_id": self.desk.agents["li"].id,
        }
        return door.at(**{**known, **places})


@pytest.fixture
async def knocker(desk: House) -> Knocker:
    patient = RateLimit(burst=1_000_000, seconds=1)
    desk.app.state[KEPT_AS] = Limits(patient, patient, patient, patient, patient)
    visitor = await desk.visitor()
    said = (await visitor.says("Where is my kettle?")).json()
    return Knocker(desk, await desk.signed_in("ada"), visitor, said["conversation_id"])


def all_doors(desk: House) -> list[Door]:
    return [door for door in doors(desk.app) if str(door) not in LEFT_OUT]


async def test_no_value_in_any_field_breaks_the_desk(desk: House, knocker: Knocker):
    for door in all_doors(desk):
        for way in leaves(door.body):
            for name, value in VALUES.items():
                # Whom it would lock out of the rest of the test.
                if way[-1] == "disabled":
                    continue
                body = json.dumps(with_value(door.body or {}, way, value)).encode()
                await knocker.knock(door, f"{way}: {name}", content=body, headers={"Content-Type": "application/json"})
    assert knocker.failures == []
    await desk.settle()

    async def given_up(tx: Tx) -> list[str]:
        return [row["last_error"] for row in await dead(tx)]

    assert await desk.desk.services.database.read(given_up) == []


async def test_no_body_breaks_the_desk(desk: House, knocker: Knocker):
    kinds = ("application/json", "text/plain", "multipart/form-data", "multipart/form-data; boundary=x", "")
    for door in all_doors(desk):
        if door.body is None:
            continue
        for name, body in BODIES.items():
            await knocker.knock(door, name, content=body, headers={"Content-Type": "application/json"})
        for kind in kinds:
            await knocker.knock(door, kind, content=b'{"a": 1}', headers={"Content-Type": kind})
    assert knocker.failures == []


async def test_no_address_breaks_the_desk(desk: House, knocker: Knocker):
    strange = ("%00", "%ff%fe", "%ed%a0%80", "9" * 39, "9" * 19 + ".1", "1." + "9" * 19, "-" + "9" * 30, "x" * 5_000)
    for door in all_doors(desk):
        for query in door.queries:
            for value in strange:
                await knocker.knock(door, f"{query}={value[:20]}", path=f"{knocker.at(door)}?{query}={value}")
        for place in ("id", "key", "conversation_id", "message_id", "agent_id", "team_id", "token_id", "customer_id"):
            if f"{{{place}}}" in door.path:
                for value in (*strange, "..%2f..%2fetc", "%0d%0aX:%20y"):
                    path = knocker.at(door, **{place: value})
                    await knocker.knock(door, f"{place}={value[:20]}", path=path, json=door.body)
    assert knocker.failures == []


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_refusal_is_said_in_the_readers_language(desk: House, language):
    titles = set()
    for code in (language, "en"):
        answer = await desk.http.post("/chat/v1/shop/session", json={"language": 7}, headers={"Accept-Language": code})
        assert answer.status_code == 400
        assert answer.json()["fields"]["language"]
        titles.add((answer.json()["detail"], answer.json()["fields"]["language"]))
    assert len(titles) == (1 if language == "en" else 2)


async def test_what_is_written_is_shown_as_it_was_written(desk: House):
    """Nothing in a text is a command: not to the database, not to the reader's browser, not to a header."""
    dana, ada = await desk.visitor(), await desk.signed_in("ada")
    text = "<img src=x onerror=alert(1)> %_' OR 1=1; -- \\ {customer} \u202e"
    id = (await dana.says(text)).json()["conversation_id"]
    opened = await ada.get(f"/api/v1/conversations/{id}")
    assert opened.headers["content-type"] == "application/json"
    said = [e["data"]["message"]["text"] for e in opened.json()["events"] if e["type"] == "MessageReceived"]
    assert said == [text]
    for asked in ("%", "_", "\\", "zzz%", "al_rt", "' OR 'zzz'='zzz", "alert", "{customer}"):
        for path in ("conversations", "search"):
            found = (await ada.get(f"/api/v1/{path}", params={"q": asked})).json()
            assert bool(found.get("conversations") or found.get("results")) == (asked in ("alert", "{customer}")), asked
