"""The widget's door: a visitor reaches his own conversations, each message once, and nothing else."""

import hashlib
import hmac

import pytest

from goodword.channels.model import signing_secret
from goodword.platform.clock import DAY
from tests.desks import House

pytestmark = pytest.mark.anyio
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8cfc00000030101"
    "00c9fe92ef0000000049454e44ae426082"
)


async def test_a_visitor_writes_and_an_agent_answers(desk: House):
    dana, li = await desk.visitor(), await desk.signed_in("li")
    sent = await dana.says("Where is my kettle?")
    assert sent.status_code == 202
    conversation_id = sent.json()["conversation_id"]
    reply = {"client_id": "r1", "text": "On its way, Dana."}
    answer = await li.post(f"/api/v1/conversations/{conversation_id}/replies", json=reply)
    assert answer.status_code == 202
    assert "On its way, Dana." in await dana.hears()
    assert [event["type"] for event in await dana.news()] == ["Delivered"]
    assert await dana.news() == []


async def test_a_reply_is_delivered_when_the_visitor_has_fetched_it(desk: House):
    dana, li = await desk.visitor(), await desk.signed_in("li")
    id = (await dana.says("Hello?")).json()["conversation_id"]
    await li.post(f"/api/v1/conversations/{id}/replies", json={"client_id": "r1", "text": "Hello!"})

    async def states():
        opened = (await li.get(f"/api/v1/conversations/{id}")).json()
        return [e["type"] for e in opened["events"] if e["type"] in ("ReplyQueued", "Delivered")]

    assert await states() == ["ReplyQueued"]
    await dana.news()
    assert await states() == ["ReplyQueued", "Delivered"]


async def test_the_same_message_sent_twice_is_acknowledged_twice_and_kept_once(desk: House):
    dana = await desk.visitor()
    first = await dana.says("Hello", client_id="same")
    again = await dana.says("Hello", client_id="same")
    assert (first.status_code, again.status_code) == (202, 200)
    assert first.json()["message"] == again.json()["message"]
    assert [e["type"] for e in await dana.news()].count("MessageReceived") == 1


async def test_a_reload_shows_the_same_conversation_and_the_token_stays(desk: House):
    dana = await desk.visitor()
    await dana.says("Where is my kettle?")
    again = await desk.visitor(token=dana.opened["token"])
    assert again.opened["token"] == dana.opened["token"]
    texts = [e["data"]["message"]["text"] for e in again.opened["events"] if e["type"] == "MessageReceived"]
    assert texts == ["Where is my kettle?"]
    assert again.opened["conversation"]["number"] == 1


async def test_a_forgotten_or_forged_token_gives_a_stranger_and_opens_nothing(desk: House):
    dana = await desk.visitor()
    await dana.says("My secret")
    forged = await desk.visitor(token=dana.opened["token"][:-2] + "zz")
    assert forged.opened["token"] != dana.opened["token"]
    assert forged.opened["conversation"] is None
    desk.clock.go_on(181 * DAY)
    late = await desk.visitor(token=dana.opened["token"])
    assert late.opened["conversation"] is None


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "messages", {"client_id": "x", "text": "Hi"}),
        ("GET", "events", None),
        ("GET", "stream?after=0.0", None),
        ("POST", "read", {"seq": 1}),
        ("POST", "typing", {"on": True}),
        ("POST", "human", None),
        ("POST", "contact", {"email": "dana@customers.example"}),
    ],
)
async def test_without_a_token_every_door_is_closed(desk: House, method, path, body):
    for headers in ({}, {"Authorization": "Bearer gv_forged"}, {"Authorization": "Basic eDp5"}):
        answer = await desk.http.request(method, f"/chat/v1/shop/{path}", json=body, headers=headers)
        assert answer.status_code == 401, (path, answer.text)
        assert answer.headers["content-type"].startswith("application/problem+json")


async def test_the_visitor_must_not_read_anothers_thread(desk: House):
    dana, wei = await desk.visitor(), await desk.visitor("zh-Hans")
    await dana.says("My order is FO-204518")
    await wei.says("你好")
    assert "FO-204518" not in (await wei.call("GET", "events", params={"after": "0.0"})).text
    assert "FO-204518" not in (await wei.call("GET", "events")).text
    assert "FO-204518" not in (await desk.http.post("/chat/v1/shop/session", json={"token": wei.opened["token"]})).text


async def test_claiming_anothers_address_shows_nothing_of_his(desk: House):
    dana = await desk.visitor()
    await dana.says("My order is FO-204518")
    await dana.call("POST", "contact", json={"email": "dana@customers.example", "name": "Dana Evans"})
    thief = await desk.visitor()
    answer = await thief.call("POST", "contact", json={"email": "dana@customers.example"})
    assert answer.status_code == 200
    assert "Dana Evans" not in answer.text
    again = await desk.visitor(token=thief.opened["token"])
    assert "FO-204518" not in str(again.opened)
    ada = await desk.signed_in("ada")
    found = (await ada.get("/api/v1/customers", params={"q": "dana"})).json()
    assert len(found["customers"]) == 1


async def test_a_signed_customer_is_the_same_person_on_every_device(desk: House):
    def signed(secret: str, user: str = "user-7") -> dict[str, str]:
        signature = hmac.new(secret.encode(), user.encode(), hashlib.sha256).hexdigest()
        return {"user_id": user, "name": "Camille Roy", "signature": signature}

    secret = signing_secret(desk.desk.services.secret_key, desk.chat.id)
    laptop = await desk.visitor("fr", identity=signed(secret))
    await laptop.says("Bonjour, ma commande ?")
    phone = await desk.visitor("fr", identity=signed(secret))
    assert "Bonjour, ma commande ?" in str(phone.opened["events"])
    forged = await desk.http.post(
        "/chat/v1/shop/session", json={"language": "fr", "identity": signed("not the secret")}
    )
    assert forged.status_code == 403


async def test_a_picture_goes_from_the_visitor_to_the_agent(desk: House):
    dana, li = await desk.visitor(), await desk.signed_in("li")
    kept = await dana.call("POST", "files", files={"file": ("crack.png", PIXEL, "image/png")})
    assert kept.status_code == 201, kept.text
    await dana.says("Look", attachments=[kept.json()["id"]])
    shown = await li.get(kept.json()["url"])
    assert (shown.status_code, shown.content) == (200, PIXEL)
    assert shown.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in shown.headers["content-security-policy"]
    assert (await li.get(kept.json()["url"].replace("/fil_", "/fil_0"))).status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "status"),
    [
        ("evil.html", b"<script>alert(1)</script>", 415),
        ("evil.svg", b"<svg onload='alert(1)'/>", 415),
        ("liar.png", b"MZ\x90\x00 not a picture", 415),
        ("empty.txt", b"", 400),
        ("../../etc/passwd", b"root", 415),
    ],
)
async def test_files_that_are_not_taken_are_refused_and_leave_nothing(desk: House, name, content, status):
    dana = await desk.visitor()
    answer = await dana.call("POST", "files", files={"file": (name, content)})
    assert answer.status_code == status, answer.text
    folder = desk.desk.services.settings.folder / "files"
    assert not [path for path in folder.rglob("*") if path.is_file()]


async def test_nobody_sends_anothers_file(desk: House):
    dana, wei = await desk.visitor(), await desk.visitor()
    kept = (await dana.call("POST", "files", files={"file": ("a.png", PIXEL)})).json()
    assert (await wei.says("Mine", attachments=[kept["id"]])).status_code == 404


@pytest.mark.parametrize(
    "text", ["a\x00b", "lone \ud800 surrogate", "‮reversed", "\x1b[31mred", "e" + "\u0301" * 500, "🏳️‍🌈" * 100]
)
async def test_hostile_text_is_kept_as_text(desk: House, text):
    dana = await desk.visitor()
    raw = b'{"client_id":"c1","text":' + _json(text) + b"}"
    answer = await desk.http.post(
        "/chat/v1/shop/messages", content=raw, headers=dana.headers | {"Content-Type": "application/json"}
    )
    assert answer.status_code in (202, 400), answer.text
    if answer.status_code == 202:
        answer.json()["message"]["text"].encode()
        assert "\x00" not in answer.json()["message"]["text"]


async def test_what_is_not_json_or_far_too_long_is_refused_in_the_readers_language(desk: House):
    dana = await desk.visitor("ko")
    headers = dana.headers | {"Content-Type": "application/json", "Accept-Language": "ko"}
    for body in (b'{"client_id":"c1","text":"\xff\xfe"}', b"{", b"[]", b'{"text":1}', b""):
        answer = await desk.http.post("/chat/v1/shop/messages", content=body, headers=headers)
        assert answer.status_code == 400, body
        assert answer.json()["code"] == "bad_input"
    long = await desk.http.post(
        "/chat/v1/shop/messages", json={"client_id": "c1", "text": "x" * 5_001}, headers=headers
    )
    assert long.status_code == 400
    assert "5000" in long.json()["detail"].replace(",", "")
    assert any("가" <= c <= "힣" for c in long.json()["detail"])


async def test_typing_thirty_messages_at_once_is_enough_for_a_while(desk: House):
    dana = await desk.visitor()
    statuses = [(await dana.says(f"Line {n}")).status_code for n in range(32)]
    assert statuses[:30] == [202] * 30
    assert statuses[30:] == [429] * 2


async def test_the_wish_for_a_person_is_said_in_the_visitors_words_once(desk: House):
    camille = await desk.visitor("fr")
    for _ in range(3):
        answer = await camille.call("POST", "human", params={}, json=None)
        assert answer.status_code == 202, answer.text
    said = [e for e in await camille.news() if e["type"] == "MessageReceived"]
    assert len(said) == 1
    await desk.settle()
    assert "HandoverRequested" in [e["type"] for e in await camille.news()]


async def test_what_colleagues_say_among_themselves_never_reaches_the_visitor(desk: House):
    dana, li = await desk.visitor(), await desk.signed_in("li")
    id = (await dana.says("Hello")).json()["conversation_id"]
    await li.post(f"/api/v1/conversations/{id}/notes", json={"client_id": "n1", "text": "difficult customer"})
    await li.post(f"/api/v1/conversations/{id}/tags", json={"add": ["difficult"]})
    await desk.settle()
    everything = str(await dana.news()) + (await dana.call("GET", "events")).text
    assert "difficult" not in everything
    assert "MessageUnderstood" not in everything


def _json(text: str) -> bytes:
    import json

    return json.dumps(text).encode()
