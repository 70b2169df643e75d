"""What some may see is asked for by all the others, through every door: it must stand in none of the answers."""

from typing import Any

import httpx
import pytest

from goodword.conversations.visible import Eyes
from goodword.notify.live import Listener, batch_frame
from goodword.platform.events import Batch, Event, newest_cursor, since
from goodword.platform.events.feed import Entry
from tests.desks import House, Visitor
from tests.hostile.doors import SAFE, Door, doors
from tests.hostile.test_rights import LINES, at_work_as, knock

pytestmark = pytest.mark.anyio

WHISPER = "Offer him the lid for nothing"
# Words that only stand in what the staff says and does among itself.
AMONG_OURSELVES = {
    "note": "quokka",
    "thread": "narwhal",
    "title": "axolotl",
    "later": "pangolin",
    "tag": "capybara",
    "field": "tapir",
    "rule": "okapi",
    "macro": "dugong",
    "whisper": "kinkajou",
    "member": "Jun Park",
    "spam": "spam",
    "blocked": "block",
}
FORMATS: tuple[dict[str, Any], ...] = ({}, {"format": "html"}, {"format": "json", "notes": 1}, {"notes": 1})


async def told(client: httpx.AsyncClient, door: Door, id: str, **more: Any) -> str:
    """All that a door gives away: body, headers and, where it names forms of the same thing, each of them."""
    said = []
    for params in FORMATS if "format" in door.queries else ({},):
        answer = await knock(client, door, id, params={**door.needs["params"], **params}, **more)
        said.append(f"{answer.headers} {answer.text}")
    return "\n".join(said)


async def everything_since(desk: House, cursor: str) -> list[Event]:
    return await desk.desk.services.database.read(since, cursor, 10_000)


@pytest.mark.parametrize("role", ["supervisor", "agent", "analyst"])
async def test_a_whisper_is_told_to_nobody_else_by_any_door(desk: House, role):
    ada, other, dana = await desk.signed_in("ada"), await at_work_as(desk, role), await desk.visitor()
    cursor = await desk.desk.services.database.read(newest_cursor)
    id = (await dana.says("Where is my kettle?")).json()["conversation_id"]
    contents = [{"field": "text", "op": "any", "value": ["lid"]}]
    rule = {"name": "Lids", "when": {"event": "noted"}, "conditions": contents, "steps": [{"do": "tag", "tags": ["x"]}]}
    assert (await ada.post("/api/v1/rules", json={**rule, "enabled": True})).status_code == 201
    whisper = {"to": desk.agents["li"].id, "client_id": "w1", "text": WHISPER}
    assert (await ada.post(f"/api/v1/conversations/{id}/whisper", json=whisper)).status_code == 202
    await desk.settle()
    for door in doors(desk.app):
        if str(door) in LINES or not door.path.startswith("/api/v1/") or door.method not in SAFE:
            continue
        assert WHISPER not in await told(other, door, id), str(door)
    for q in ("lid", "nothing", "from:ada", "lid for nothing"):
        for path in ("search", "conversations"):
            assert WHISPER not in (await other.get(f"/api/v1/{path}", params={"q": q})).text
    for asked in ({"rule": rule, "days": 7}, {"rule": {**rule, "when": {"event": "opened"}}, "days": 7}):
        tried = await other.post("/api/v1/rules/dry-run", json=asked)
        assert tried.status_code in (200, 403)
        assert tried.status_code == 403 or tried.json()["matched"] == 0
    row = (await ada.get(f"/api/v1/conversations/{id}")).json()["conversation"]
    assert row["tags"] == [], "no rule hears it"
    me = (await other.get("/api/v1/me")).json()["id"]
    events = await everything_since(desk, cursor)
    batch = Batch("0.1", tuple(Entry(event, event.public()) for event in events))
    assert WHISPER.encode() in (batch_frame(batch, Listener(desk.agents["li"].id, Eyes(desk.agents["li"].id))) or b"")
    assert WHISPER.encode() not in (batch_frame(batch, Listener(me, Eyes(me))) or b"")


async def among_ourselves(desk: House, ada: httpx.AsyncClient, dana: Visitor) -> str:
    """The staff does what it can about a conversation, short of answering it."""
    id = (await dana.says("Where is my kettle?")).json()["conversation_id"]
    words, path = AMONG_OURSELVES, f"/api/v1/conversations/{id}"
    field = await ada.post("/api/v1/fields", json={"label": words["field"], "kind": "text", "on": "conversation"})
    macro = {"name": words["macro"], "scope": "mine", "steps": [{"do": "tag", "tags": [words["macro"]]}]}
    made = await ada.post("/api/v1/macros", json=macro)
    rule = {"name": words["rule"], "when": {"event": "noted"}, "steps": [{"do": "tag", "tags": [words["rule"]]}]}
    aside = {"title": words["title"], "text": words["thread"], "client_id": "s1", "members": [desk.agents["jun"].id]}
    later = {"client_id": "l1", "text": words["later"], "send_at": desk.clock.now() + 3_600_000}
    whisper = {"to": desk.agents["jun"].id, "client_id": "w1", "text": words["whisper"]}
    for door, body in (
        ("/api/v1/rules", {**rule, "enabled": True}),
        (f"{path}/notes", {"client_id": "n1", "text": words["note"], "mentions": [desk.agents["jun"].id]}),
        (f"{path}/side-threads", aside),
        (f"{path}/scheduled", later),
        (f"{path}/tags", {"add": [words["tag"]]}),
        (f"{path}/fields", {"values": {field.json()["key"]: words["field"]}}),
        (f"{path}/priority", {"priority": "urgent"}),
        (f"{path}/whisper", whisper),
        (f"{path}/macros/{made.json()['id']}", {}),
        (f"/api/v1/supervision/conversations/{id}/listen", {}),
        (f"{path}/snooze", {"until": desk.clock.now() + 7_200_000}),
    ):
        answer = await ada.post(door, json=body)
        assert answer.status_code < 300, (door, answer.text)
    await desk.settle()
    return id


async def heard_by(dana: Visitor, desk: House) -> str:
    """Everything that the visitor's doors say, whatever he does."""
    said = []
    for door in doors(desk.app):
        if door.path.startswith("/chat/") and str(door) not in LINES:
            said.append(await told(desk.http, door, "", headers=dana.headers))
    opened = await desk.http.post("/chat/v1/shop/session", json={"token": dana.opened["token"], "language": "en"})
    return "\n".join([*said, opened.text])


async def test_what_the_staff_does_among_itself_reaches_the_visitor_through_no_door(desk: House):
    ada, dana = await desk.signed_in("ada"), await desk.visitor()
    cursor = await desk.desk.services.database.read(newest_cursor)
    await among_ourselves(desk, ada, dana)
    said = await heard_by(dana, desk)
    assert "Where is my kettle?" in said
    assert [what for what, word in AMONG_OURSELVES.items() if word.casefold() in said.casefold()] == []
    assert any(AMONG_OURSELVES["note"].encode() in event.public() for event in await everything_since(desk, cursor))


async def test_whoever_is_spam_or_blocked_can_not_tell_it_from_not_being_answered(desk: House):
    """The same doors say the same to him as to somebody whom nobody has thrown anywhere."""
    ada = await desk.signed_in("ada")
    ways = {}
    for fate in ("left alone", "spam", "blocked"):
        gus = await desk.visitor()
        id = (await gus.says("Buy cheap kettles!!!")).json()["conversation_id"]
        await desk.settle()
        if fate != "left alone":
            body = {"on": True, "block": fate == "blocked"}
            assert (await ada.post(f"/api/v1/conversations/{id}/spam", json=body)).status_code == 200
        said = await gus.says("Very cheap!")
        opened = await desk.http.post("/chat/v1/shop/session", json={"token": gus.opened["token"], "language": "en"})
        shown = opened.json()["conversation"]
        typing = await gus.call("POST", "typing", json={"on": True})
        rated = await gus.call("POST", "rating", json={"score": 1})
        kept = await gus.call("GET", "transcript")
        told = {name: shown[name] for name in ("status", "handler", "queue_position")}
        ways[fate] = (said.status_code, told, typing.status_code, rated.status_code, kept.status_code)
        assert "spam" not in opened.text
        assert "block" not in opened.text
    assert ways["spam"] == ways["blocked"] == ways["left alone"]


async def test_a_visitor_has_only_his_own_through_every_door(desk: House):
    """With his own key he comes to nothing of another's, whatever of the other's he names."""
    ada, dana, gus = await desk.signed_in("ada"), await desk.visitor(), await desk.visitor()
    upload = {"file": ("receipt-of-dana.txt", b"Whitby", "text/plain")}
    file = (await dana.call("POST", "files", files=upload)).json()["id"]
    hers = (await dana.says("Where is my kettle?", attachments=[file])).json()
    await ada.post(f"/api/v1/conversations/{hers['conversation_id']}/replies", json={"client_id": "r", "text": "Here"})
    await ada.post(f"/api/v1/conversations/{hers['conversation_id']}/close")
    for path in ("transcript", "rating"):
        method, body = ("POST", {"json": {"score": 1}}) if path == "rating" else ("GET", {})
        named = {"conversation_id": hers["conversation_id"], "id": hers["conversation_id"]}
        if "json" in body:
            body["json"] |= named
        answer = await gus.call(method, path, params=named, **body)
        assert answer.status_code == 404, answer.text
    stolen = await gus.call("POST", "intake", json={"client_id": "i1", "what": "Broken", "evidence": [file]})
    assert (stolen.status_code, stolen.json()["reason"]) == (404, "file"), stolen.text
    everything = await gus.call("GET", "events", params={"after": "0.0", "limit": 200})
    assert everything.json()["events"] == []
    row = (await ada.get(f"/api/v1/conversations/{hers['conversation_id']}")).json()["conversation"]
    assert row["rating"] is None


async def test_a_key_to_one_chat_opens_no_other(desk: House):
    ada, dana = await desk.signed_in("ada"), await desk.visitor()
    made = await ada.post("/api/v1/channels", json={"kind": "webchat", "name": "Other shop", "settings": {}})
    other = made.json().get("key") or made.json()["channel"]["key"]
    for door in doors(desk.app):
        if door.path.startswith("/chat/") and str(door) not in LINES:
            at_home = await knock(desk.http, door, headers=dana.headers)
            more: dict[str, Any] = {"json": door.body} if door.body is not None else {}
            if door.takes_file:
                more = {"files": {"file": ("a.txt", b"a", "text/plain")}}
            answer = await desk.http.request(door.method, door.at(key=other), headers=dana.headers, **more)
            assert at_home.status_code != 401, str(door)
            assert answer.status_code == 401 or door.path.endswith(("/session", "/site", "/articles")), str(door)
