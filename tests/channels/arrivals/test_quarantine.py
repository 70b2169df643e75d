"""A person sees what could not be read, mends it, has it read again, saves it or lets it be."""

import pytest

from goodword.channels.arrivals.showing import LARGEST_VIEW, mended, shown_part
from tests.channels.arrivals.conftest import Post

pytestmark = pytest.mark.anyio


async def test_who_manages_channels_sees_what_could_not_be_read_and_how_much_there_is(post: Post):
    riddle, _ = await post.brings("riddle What walks on four legs")
    await post.brings("advert Buy")
    await post.house.settle()
    ada, li = await post.house.signed_in("ada"), await post.house.signed_in("li")
    assert (await li.get("/api/v1/arrivals")).status_code == 403
    shown = (await ada.get("/api/v1/arrivals")).json()
    assert shown["counts"] == {"quarantined": 1, "aside": 1, "waiting": 0}
    row = shown["arrivals"][0]
    assert (row["id"], row["state"], row["reason"]) == (riddle.id, "quarantined", "unreadable")
    assert (row["from"], row["subject"]) == ("Dana Evans", "riddle What walks on")
    assert row["channel"] == {"id": post.channel.id, "name": "Letter-box"}
    aside = (await ada.get("/api/v1/arrivals", params={"state": "aside", "channel": post.channel.id})).json()
    assert [one["reason"] for one in aside["arrivals"]] == ["advert"]
    none = (await ada.get("/api/v1/arrivals", params={"channel": "chn_other"})).json()
    assert none["arrivals"] == []


async def test_pages_follow_each_other_without_gap_or_overlap(post: Post):
    for number in range(60):
        await post.brings(f"riddle {number}")
    await post.house.settle()
    ada = await post.house.signed_in("ada")
    first = (await ada.get("/api/v1/arrivals")).json()["arrivals"]
    rest = (await ada.get("/api/v1/arrivals", params={"before": first[-1]["id"]})).json()["arrivals"]
    assert (len(first), len(rest)) == (50, 10)
    assert len({row["id"] for row in first + rest}) == 60


async def test_what_is_mended_becomes_a_message_and_what_came_is_kept(post: Post):
    riddle, _ = await post.brings("riddle Good morning")
    await post.house.settle()
    ada = await post.house.signed_in("ada")
    view = (await ada.get(f"/api/v1/arrivals/{riddle.id}")).json()
    assert (view["view"], view["cut"]) == ("riddle Good morning", False)
    done = await ada.post(f"/api/v1/arrivals/{riddle.id}/mend", json={"raw_text": "talk Good morning"})
    assert (done.status_code, done.json()["state"]) == (200, "waiting")
    await post.house.settle()
    assert await post.said() == ["Good morning"]
    now = await post.of(riddle)
    assert (now.state, now.digest) == ("taken", riddle.digest)
    assert await post.house.desk.services.raws.get(riddle.digest) == b"riddle Good morning"
    saved = await ada.get(f"/api/v1/arrivals/{riddle.id}/raw")
    assert saved.content == b"talk Good morning"
    assert saved.headers["content-disposition"] == f'attachment; filename="{riddle.id}.eml"'
    assert "sandbox" in saved.headers["content-security-policy"]
    assert (await ada.post(f"/api/v1/arrivals/{riddle.id}/mend", json={"raw_text": "talk More"})).status_code == 409
    assert (await ada.post(f"/api/v1/arrivals/{riddle.id}/drop")).status_code == 409


async def test_reading_again_is_safe_at_any_time(post: Post):
    talk, _ = await post.brings("talk Hello")
    riddle, _ = await post.brings("riddle x")
    ada = await post.house.signed_in("ada")
    for _ in range(2):
        assert (await ada.post(f"/api/v1/arrivals/{talk.id}/replay")).status_code == 200
        await post.house.settle()
        assert (await ada.post(f"/api/v1/arrivals/{riddle.id}/replay")).json()["state"] == "waiting"
        await post.house.settle()
    assert await post.states(talk, riddle) == ["taken", "quarantined"]
    assert await post.said() == ["Hello"]


async def test_what_is_dropped_is_out_of_sight_and_can_come_back(post: Post):
    riddle, _ = await post.brings("riddle x")
    await post.house.settle()
    ada = await post.house.signed_in("ada")
    for _ in range(2):
        assert (await ada.post(f"/api/v1/arrivals/{riddle.id}/drop")).json()["state"] == "dropped"
    assert (await ada.get("/api/v1/arrivals")).json()["counts"]["quarantined"] == 0
    assert (await ada.get("/api/v1/arrivals", params={"state": "dropped"})).json()["arrivals"][0]["id"] == riddle.id
    await ada.post(f"/api/v1/arrivals/{riddle.id}/replay")
    await post.house.settle()
    assert await post.states(riddle) == ["quarantined"]


@pytest.mark.parametrize(("method", "deed"), [("get", ""), ("get", "/raw"), ("post", "/replay"), ("post", "/drop")])
async def test_nobody_else_touches_it(post: Post, method, deed):
    riddle, _ = await post.brings("riddle x")
    await post.house.settle()
    li = await post.house.signed_in("li")
    assert (await li.request(method, f"/api/v1/arrivals/{riddle.id}{deed}")).status_code == 403
    assert (await post.house.http.request(method, f"/api/v1/arrivals/{riddle.id}{deed}")).status_code == 401
    assert (await li.post(f"/api/v1/arrivals/{riddle.id}/mend", json={"raw_text": "talk"})).status_code == 403
    assert (await li.get(f"/api/v1/arrivals/{riddle.id}/letter")).status_code == 403


async def test_agents_read_the_whole_letter_of_a_message(post: Post):
    talk, _ = await post.brings("talk See page.html")
    await post.house.settle()
    li = await post.house.signed_in("li")
    letter = (await li.get(f"/api/v1/arrivals/{talk.id}/letter")).json()
    assert letter["text"] == "talk See page.html"
    assert letter["from"]["address"] == "dana@customers.example"
    url = letter["html"].strip("(),'")
    assert (await li.get(url)).content == b"page.html"
    assert (await li.get("/api/v1/arrivals/arr_nowhere/letter")).status_code == 404


@pytest.mark.parametrize(
    "raw",
    [
        "Subject: Hé\r\n\r\nBonjour".encode(),
        "Subject: Hé\n\nBonjour".encode("latin-1"),
        b"\x00\x01\xff\r\nx",
        b"".join(b"line %d \xe9\r\n" % n for n in range(40_000)),
        b"x" * (LARGEST_VIEW + 10),
        ("é" * LARGEST_VIEW).encode(),
    ],
)
def test_a_text_that_is_given_back_unchanged_changes_no_byte(raw):
    shown, rest = shown_part(raw)
    assert len(shown) <= LARGEST_VIEW
    assert bool(rest) == (len(raw) > LARGEST_VIEW)
    assert mended(raw, shown) == raw
    assert mended(raw, shown.replace("\r\n", "\n")) == raw


def test_words_that_its_charset_does_not_know_can_be_put_in():
    raw = "Subject: Hé\n\nBonjour".encode("latin-1")
    assert mended(raw, "Subject: 안녕\n\n").decode() == "Subject: 안녕\n\n"
