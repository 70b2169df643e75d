"""Forms of the widget: strangers are asked, problems reported part by part, greetings told, addresses renamed."""

from typing import Any

import pytest

from goodword.channels.actions.edit_channel import edit_channel
from goodword.platform.events import SYSTEM, Stamp
from tests.desks import House, Visitor, house

pytestmark = pytest.mark.anyio

QUESTIONS = [
    {"key": "name"},
    {"key": "email", "required": True},
    {"key": "topic", "options": ["Delivery", "Return"], "required": True},
    {"key": "shoe_size", "label": {"en": "Shoe size", "ko": "신발 크기"}},
]


async def settle_on(desk: House, **settings: object) -> None:
    manifest = desk.desk.services.registry.get("webchat").manifest
    stamp = Stamp(desk.clock.now(), SYSTEM)
    await desk.desk.services.database.write(_edit, stamp, manifest, desk.chat.id, settings)


async def _edit(tx, stamp, manifest, id, settings):
    return await edit_channel(tx, stamp, manifest, id, settings=settings)


async def test_a_stranger_is_asked_before_his_first_message_in_his_language(desk: House):
    await settle_on(desk, questions=QUESTIONS)
    min_jun = await desk.visitor("ko")
    asked = min_jun.opened["config"]["questions"]
    assert [(one["key"], one["label"], one["required"]) for one in asked] == [
        ("name", "이름", False),
        ("email", "이메일 주소", True),
        ("topic", "어떤 문의인가요?", True),
        ("shoe_size", "신발 크기", False),
    ]
    refused = await min_jun.says("안녕하세요")
    assert refused.status_code == 400
    assert set(refused.json()["fields"]) == {"email", "topic"}
    answers = {"email": "minjun@customers.example", "topic": "Return", "shoe_size": "265"}
    answered = await min_jun.call("POST", "answers", json={"answers": answers})
    assert answered.status_code == 200, answered.text
    assert answered.json()["customer"]["email"] == "minjun@customers.example"
    assert (await min_jun.says("안녕하세요")).status_code == 202
    again = await desk.visitor("ko", token=min_jun.opened["token"])
    assert again.opened["config"]["questions"] == []

    ada = await desk.signed_in("ada")
    found = (await ada.get("/api/v1/customers", params={"q": "minjun"})).json()["customers"]
    card = (await ada.get(f"/api/v1/customers/{found[0]['id']}")).json()
    assert card["attributes"] == {"claimed": {"topic": "Return", "shoe_size": "265"}}


@pytest.mark.parametrize(
    ("answers", "wrong"),
    [
        ({}, {"email", "topic"}),
        ({"email": "x", "topic": "Gold"}, {"topic"}),
        ({"email": "dana@customers.example", "topic": "Return", "sign": "leo"}, {"sign"}),
        ({"email": "dana@customers.example", "topic": "Return", "shoe_size": "9" * 400}, {"shoe_size"}),
    ],
)
async def test_answers_that_are_missing_or_wrong_are_refused_by_name(desk: House, answers, wrong):
    await settle_on(desk, questions=QUESTIONS)
    dana = await desk.visitor()
    refused = await dana.call("POST", "answers", json={"answers": answers})
    assert refused.status_code == 400
    assert set(refused.json()["fields"]) == wrong
    bad = await dana.call("POST", "answers", json={"answers": {"email": "no address", "topic": "Return"}})
    assert bad.status_code == 400
    assert (await desk.visitor(token=dana.opened["token"])).opened["config"]["questions"] != []


async def test_nobody_has_to_answer_before_he_may_ask_for_a_person(desk: House):
    await settle_on(desk, questions=QUESTIONS)
    dana = await desk.visitor()
    assert (await dana.call("POST", "human", json={})).status_code == 202


async def test_what_the_page_says_of_its_visitor_is_kept_apart_from_what_the_staff_wrote(desk: House):
    dana = await desk.visitor()
    assert (await dana.call("POST", "attributes", json={"values": {"plan": "gold", "visits": 3}})).status_code == 204
    assert (await dana.call("POST", "attributes", json={"values": {"visits": 4, "plan": None}})).status_code == 204
    assert (await dana.call("POST", "attributes", json={"values": {"Not a key!": 1}})).status_code == 400
    assert (await dana.call("POST", "attributes", json={"values": {"list": [1]}})).status_code == 400
    await dana.call("POST", "contact", json={"email": "dana@customers.example"})
    ada = await desk.signed_in("ada")
    found = (await ada.get("/api/v1/customers", params={"q": "dana"})).json()["customers"]
    card = (await ada.get(f"/api/v1/customers/{found[0]['id']}")).json()
    assert card["attributes"] == {"claimed": {"visits": 4}}


REPORT = {"client_id": "r1", "what": "The kettle leaks, order FO-204518", "wish": "A new one"}


async def test_a_report_is_completed_by_the_assistant_part_by_part_and_handed_to_a_person(desk: House):
    dana, li = await desk.visitor(), await desk.signed_in("li")
    reported = await dana.call("POST", "intake", json=REPORT)
    assert reported.status_code == 202, reported.text
    again = await dana.call("POST", "intake", json=REPORT)
    assert again.json()["message"]["id"] == reported.json()["message"]["id"]
    await desk.settle()
    assert _asks(await dana.news()) == "intake.since"
    await dana.says("Since Monday")
    await desk.settle()
    question = _asked(await dana.news())
    assert question["template"] == "intake.evidence"
    assert [choice["id"] for choice in question["choices"]] == ["skip", "person"]
    await dana.says("Skip", choice="skip")
    await desk.settle()
    news = await dana.news()
    assert "HandoverRequested" in [event["type"] for event in news]
    assert "IntakeGiven" not in [event["type"] for event in news]

    id = reported.json()["conversation_id"]
    events = (await li.get(f"/api/v1/conversations/{id}")).json()["events"]
    intake = [event["data"]["intake"] for event in events if event["type"] == "IntakeGiven"][-1]
    assert intake == {
        "what": REPORT["what"],
        "since": "Since Monday",
        "wish": "A new one",
        "order": "FO-204518",
        "evidence": [],
        "skipped": ["evidence"],
        "asked": "",
        "done": True,
    }
    summary = next(event["data"]["summary"] for event in events if event["type"] == "HandoverRequested")
    assert summary["intake"] == intake


async def test_a_report_in_korean_is_asked_for_in_korean_and_a_person_is_one_word_away(desk: House):
    min_jun = await desk.visitor("ko")
    headers = min_jun.headers | {"Accept-Language": "ko"}
    sent = await desk.http.post("/chat/v1/shop/intake", json={"client_id": "r1", "wish": "환불"}, headers=headers)
    assert "바라는 점: 환불" in sent.json()["message"]["text"]
    await desk.settle()
    asked = _asked(await min_jun.news())
    assert asked["template"] == "intake.what"
    assert "정확히 어떤 일이 있었나요?" in asked["text"]
    await min_jun.says("상담원과 이야기", choice="person")
    await desk.settle()
    types = [event["type"] for event in await min_jun.news()]
    assert "HandoverRequested" in types
    await min_jun.says("주전자가 새요")
    await desk.settle()
    assert _asked(await min_jun.news()) is None


async def test_an_empty_report_is_taken_in_and_asked_for_from_the_beginning(desk: House):
    wei = await desk.visitor("zh-Hans")
    headers = wei.headers | {"Accept-Language": "zh-Hans"}
    sent = await desk.http.post("/chat/v1/shop/intake", json={"client_id": "r1"}, headers=headers)
    assert sent.json()["message"]["text"] == "我想报告一个问题。"
    await desk.settle()
    assert _asks(await wei.news()) == "intake.what"


async def test_a_closed_conversation_is_rated_by_its_visitor_and_kept_by_him(desk: House):
    dana, li = await desk.visitor(), await desk.signed_in("li")
    id = (await dana.says("Where is my kettle?")).json()["conversation_id"]
    early = await dana.call("POST", "rating", json={"score": 5})
    assert early.status_code == 409
    await li.post(f"/api/v1/conversations/{id}/replies", json={"client_id": "r1", "text": "On its way."})
    await li.post(f"/api/v1/conversations/{id}/notes", json={"client_id": "n1", "text": "difficult"})
    await li.post(f"/api/v1/conversations/{id}/close", json={})
    given = await dana.call("POST", "rating", json={"score": 2, "reason": "slow", "text": "Two days!"})
    assert given.status_code == 204, given.text
    seen = [event["data"] for event in await dana.news() if event["type"] == "RatingGiven"]
    assert [(one["score"], one["reason"], one["text"]) for one in seen] == [(2, "slow", "Two days!")]
    assert (await dana.call("POST", "rating", json={"score": 6})).status_code == 400
    assert (await dana.call("POST", "rating", json={"score": 2, "reason": "stars"})).status_code == 400
    kept = await dana.call("GET", "transcript", params={"tz": "Europe/London"})
    assert "On its way." in kept.text
    assert "difficult" not in kept.text
    assert "attachment" in kept.headers["content-disposition"]
    stranger = await desk.visitor()
    assert (await stranger.call("GET", "transcript")).status_code == 404
    assert (await stranger.call("POST", "rating", json={"score": 1})).status_code == 404


async def test_cards_reach_the_visitor_and_bad_ones_nobody(desk: House):
    dana, li = await desk.visitor(), await desk.signed_in("li")
    id = (await dana.says("Which kettle?")).json()["conversation_id"]
    card = {"title": "Copper kettle", "url": "https://shop.example/k", "buttons": [{"id": "k", "label": "This one"}]}
    reply = {"client_id": "r1", "cards": [card]}
    sent = await li.post(f"/api/v1/conversations/{id}/replies", json=reply)
    assert sent.status_code == 202, sent.text
    said = [event["data"]["message"] for event in await dana.news() if event["type"] == "ReplyQueued"]
    assert said[0]["cards"] == [{**card, "text": "", "image": ""}]
    senseless: list[dict[str, Any]] = [
        {"title": ""},
        {"url": "javascript:alert(1)"},
        {"buttons": [{"id": "k", "label": "K"}] * 5},
    ]
    for wrong in senseless:
        bad = {**card, **wrong}
        refused = await li.post(f"/api/v1/conversations/{id}/replies", json={"client_id": "r2", "cards": [bad]})
        assert refused.status_code == 400


GREETINGS = [
    {"id": "returns", "text": {"en": "Any question about returns?", "fr": "Une question ?"}, "pages": ["/returns*"]},
    {"id": "only_fr", "text": {"fr": "Bonjour !"}, "languages": ["fr"]},
    {"id": "off", "text": {"en": "Off"}, "enabled": False},
]


async def test_a_page_is_told_the_greetings_of_its_language_and_may_keep_them(desk: House):
    await settle_on(desk, greetings=GREETINGS, languages=["en", "fr"])
    english = await desk.http.get("/chat/v1/shop/site", params={"language": "en"})
    assert english.headers["cache-control"] == "public, max-age=300"
    assert [(one["id"], one["text"]) for one in english.json()["greetings"]] == [
        ("returns", "Any question about returns?")
    ]
    french = (await desk.http.get("/chat/v1/shop/site", params={"language": "fr"})).json()
    assert [one["text"] for one in french["greetings"]] == ["Une question ?", "Bonjour !"]
    korean = (await desk.http.get("/chat/v1/shop/site", params={"language": "ko"})).json()
    assert korean["language"] == "en"
    assert (await desk.visitor("ko")).opened["config"]["languages"] == ["en", "fr"]


@pytest.mark.parametrize(
    "settings",
    [
        {"greetings": [{"id": "a", "text": {}}]},
        {"greetings": [{"id": "a", "text": {"en": "A"}, "seconds": -1}]},
        {"greetings": [{"id": "a", "text": {"en": "A"}}, {"id": "a", "text": {"en": "B"}}]},
        {"questions": [{"key": "shoe_size"}]},
        {"questions": [{"key": "Shoe size", "label": {"en": "x"}}]},
        {"languages": ["en", "tlh"]},
        {"greeting": {"de": "Hallo"}},
        {"hours": 7},
    ],
)
async def test_settings_that_make_no_sense_are_refused_by_name(desk: House, settings):
    ada = await desk.signed_in("ada")
    refused = await ada.patch(f"/api/v1/channels/{desk.chat.id}", json={"settings": settings})
    assert refused.status_code == 400, refused.text
    assert set(refused.json()["fields"]) == set(settings)


async def test_a_greeting_may_be_one_text_or_one_for_each_language(desk: House):
    await settle_on(desk, greeting="Hello there", hours={"en": "Mon to Fri", "fr": "Lundi à vendredi"})
    config = (await desk.visitor("fr")).opened["config"]
    assert (config["greeting"], config["hours"]) == ("Hello there", "Lundi à vendredi")


async def test_under_another_name_no_address_says_what_it_is_for(tmp_path, database_url, clock):
    async with house(tmp_path, database_url, clock, widget_path="/assets/help") as desk:
        opened = await desk.http.post("/assets/help/v1/shop/session", json={"language": "en"})
        assert opened.status_code == 200, opened.text
        dana = Visitor(desk, opened.json())
        path = "/assets/help/v1/shop/messages"
        said = await desk.http.post(path, json={"client_id": "c1", "text": "Hi"}, headers=dana.headers)
        assert said.status_code == 202
        assert (await desk.http.get("/assets/help/v1/shop/articles")).status_code == 200
        assert (await desk.http.get("/assets/help.js")).status_code in (200, 503)


async def test_articles_are_offered_and_found(desk: House):
    ada = await desk.signed_in("ada")
    for title, category in (("Return an item", "returns"), ("Track an order", "orders")):
        body = {"title": title, "body": f"How to {title.lower()}.", "language": "en", "category": category}
        made = await ada.post("/api/v1/knowledge/articles", json=body)
        assert made.status_code in (200, 201), made.text
        address = f"/api/v1/knowledge/articles/{made.json()['article']['id']}/publish"
        published = await ada.post(address, json={"language": "en"})
        assert published.status_code in (200, 204), published.text
    await desk.settle()
    offered = (await desk.http.get("/chat/v1/shop/articles", params={"language": "en"})).json()["articles"]
    assert {one["title"] for one in offered} == {"Return an item", "Track an order"}
    found = (await desk.http.get("/chat/v1/shop/articles", params={"q": "track order"})).json()["articles"]
    assert found[0]["title"] == "Track an order"
    assert (await desk.http.get("/chat/v1/nobody/articles")).status_code == 404


def _asked(news):
    said = [event["data"]["message"] for event in news if event["type"] == "ReplyQueued"]
    asked = [message for message in said if (message["template"] or "").startswith("intake.")]
    return asked[-1] if asked else None


def _asks(news):
    asked = _asked(news)
    return asked and asked["template"]
