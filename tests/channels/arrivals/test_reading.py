"""Whatever comes in is kept, read once, and where it can't be read given to a person; the next one never waits."""

import asyncio

import pytest

from goodword.channels.arrivals import ask_for_waiting, reading
from goodword.platform.errors import Unavailable
from tests.channels.arrivals.conftest import Post

pytestmark = pytest.mark.anyio


async def test_what_came_in_is_a_message_once_however_often_the_same_bytes_come(post: Post):
    first, fresh = await post.brings("talk The lid is cracked.")
    again, fresh_again = await post.brings("talk The lid is cracked.")
    assert (fresh, fresh_again) == (True, False)
    assert first.id == again.id
    await post.house.settle()
    later, fresh_later = await post.brings("talk The lid is cracked.")
    await post.house.settle()
    assert not fresh_later
    assert later.state == "taken"
    assert await post.said() == ["The lid is cracked."]


async def test_what_cannot_be_read_waits_for_a_person_and_the_next_is_read(post: Post):
    letters = [(await post.brings(raw))[0] for raw in ("riddle x", "bomb x", b"\xff\xfe", "talk Hello", "advert Buy")]
    await post.house.settle()
    assert await post.states(*letters) == ["quarantined", "quarantined", "quarantined", "taken", "aside"]
    reasons = [(await post.of(letter)).reason for letter in letters]
    assert reasons == ["unreadable", "failed", "failed", "", "advert"]
    assert (await post.of(letters[1])).detail == "MemoryError: too much"
    assert await post.said() == ["Hello"]


async def test_what_breaks_while_it_is_taken_in_leaves_nothing_behind(post: Post):
    letter, _ = await post.brings("slam I am half way in")
    await post.house.settle()
    assert (await post.of(letter)).detail == "ValueError: the door slammed"
    assert await post.said() == []


async def test_what_takes_too_long_is_given_up_for_a_person(post: Post, monkeypatch):
    monkeypatch.setattr(reading, "LONGEST_READ", 0.05)
    letter, _ = await post.brings("maze")
    after, _ = await post.brings("talk Hello")
    await post.house.settle()
    assert await post.states(letter, after) == ["quarantined", "taken"]
    assert (await post.of(letter)).reason == "too_slow"


async def test_while_the_disk_or_database_is_away_it_waits_however_long_that_takes(post: Post):
    post.box.away = True
    letter, _ = await post.brings("talk Hello")
    for _ in range(30):
        await post.house.settle()
        post.house.clock.go_on(reading.LONGEST_PAUSE)
    assert await post.states(letter) == ["waiting"]
    post.box.away = False
    await post.house.settle()
    assert await post.said() == ["Hello"]


async def test_a_letter_that_kills_who_reads_it_does_so_three_times_and_no_more(post: Post):
    post.box.deadly = True
    letter, _ = await post.brings("talk Boo")
    for _ in range(3):
        with pytest.raises(asyncio.CancelledError):
            await post.house.settle()
        assert await post.states(letter) == ["waiting"]
        post.house.clock.go_on(5_000)
    await post.house.settle()
    assert await post.states(letter) == ["quarantined"]
    assert (await post.of(letter)).reason == "crashed"


async def test_bytes_that_are_gone_or_changed_are_a_case_for_a_person(post: Post):
    letter, _ = await post.brings("talk Hello")
    post.house.desk.services.raws.path(letter.digest).write_bytes(b"talk Good-bye")
    await post.house.settle()
    assert (await post.of(letter)).reason == "damaged"
    assert await post.said() == []


async def test_a_full_disk_keeps_nothing_and_the_sender_hears_so(post: Post, full_disk):
    full_disk()
    with pytest.raises(Unavailable):
        await post.brings("talk Hello")
    await post.house.settle()
    assert await post.said() == []


async def test_files_are_kept_once_and_never_as_something_a_browser_would_run(post: Post):
    letter, _ = await post.brings("talk See page.html and page.html")
    await post.house.settle()
    ada = await post.house.signed_in("ada")
    opened = await ada.get(f"/api/v1/conversations/{(await post.of(letter)).conversation_id}")
    message = next(e for e in opened.json()["events"] if e["type"] == "MessageReceived")["data"]["message"]
    files = message["attachments"]
    assert [file["content_type"] for file in files] == ["application/octet-stream"] * 2
    assert len({file["id"] for file in files}) == 2
    shown = await ada.get(files[0]["url"])
    assert (shown.status_code, shown.content) == (200, b"page.html")
    assert shown.headers["content-disposition"].startswith("attachment")
    assert shown.headers["content-type"] == "application/octet-stream"


async def test_what_waits_is_asked_for_again_at_every_start(post: Post):
    letter, _ = await post.brings("talk Hello")
    services = post.house.desk.services
    await services.database.write(_forget_jobs)
    await post.house.settle()
    assert await post.states(letter) == ["waiting"]
    await services.database.write(ask_for_waiting, post.house.clock.now())
    await post.house.settle()
    assert await post.said() == ["Hello"]


async def _forget_jobs(tx):
    await tx.run("DELETE FROM jobs")
