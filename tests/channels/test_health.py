import pytest

from goodword.channels.health import LONGEST_DETAIL, Way, health_of, note_health
from goodword.conversations import bounced, delivered, delivery_failed
from goodword.platform.clock import DAY, MINUTE
from goodword.platform.errors import NotFound
from goodword.platform.events import SYSTEM, Stamp
from tests.desks import House
from tests.mailboxes import Mailbox, Relay, mailbox

pytestmark = pytest.mark.anyio


@pytest.fixture
async def care(desk: House) -> Mailbox:
    Relay(desk)
    return await mailbox(desk)


async def health(care: Mailbox):
    services = care.desk.desk.services
    return await services.database.read(health_of, care.channel.id, care.desk.clock.now())


async def note(care: Mailbox, direction, **what) -> int:
    now = care.desk.clock.go_on(MINUTE)
    await care.desk.desk.services.database.write(note_health, care.channel.id, direction, now, **what)
    return now


async def test_a_channel_about_which_nothing_is_known_yet_is_not_ill(care):
    assert await health(care) == type(await health(care))(Way(), Way())


async def test_trouble_stands_until_it_works_again_and_both_times_are_kept(care):
    worked = await note(care, "in", backlog=12, left_behind=1)
    failed = await note(care, "in", reason="password", detail="[AUTHENTICATIONFAILED] " + "x" * 900)
    way = (await health(care)).incoming
    assert (way.ok_at, way.failed_at, way.reason) == (worked, failed, "password")
    assert (len(way.detail), way.backlog, way.left_behind) == (LONGEST_DETAIL, 12, 1)
    worked = await note(care, "in", backlog=0)
    way = (await health(care)).incoming
    assert way == Way(ok_at=worked, failed_at=failed, backlog=0, left_behind=1)
    assert (await health(care)).outgoing == Way(), "the two ways are apart"


async def test_replies_that_wait_are_late_or_failed_today_are_counted(care, desk):
    at, database = Stamp(desk.clock.now(), SYSTEM), desk.desk.services.database
    ids = []
    for number in range(4):
        heard = await care.hears(f"Question {number}")
        ada = await desk.signed_in("ada")
        call = {"client_id": f"r{number}", "text": "An answer."}
        await ada.post(f"/api/v1/conversations/{heard.conversation.id}/replies", json=call)
        ids.append((await care.replies(heard.conversation.id))[-1].id)
    await database.write(delivery_failed, at, ids[0], "line", at.at + MINUTE)
    await database.write(delivery_failed, at, ids[1], "recipient", None)
    await database.write(delivered, at, ids[2])
    await database.write(bounced, at, ids[2], recipient="dana@customers.example", status="5.1.1", action="failed")
    found = await health(care)
    assert (found.queued, found.deferred, found.failed_today) == (1, 1, 2)
    desk.clock.go_on(2 * DAY)
    assert (await health(care)).failed_today == 0


async def test_who_manages_channels_sees_how_they_fare_and_nobody_else(care, desk):
    await note(care, "out", reason="timeout", detail="smtp.example")
    ada, li = await desk.signed_in("ada"), await desk.signed_in("li")
    one = await ada.get(f"/api/v1/channels/{care.channel.id}/health")
    assert one.json()["out"]["reason"] == "timeout"
    assert set(one.json()) == {
        "in", "out", "waiting", "quarantined", "aside", "queued", "deferred", "failed_today",
    }  # fmt: skip
    every = (await ada.get("/api/v1/channels/health")).json()["channels"]
    assert set(every) == {care.channel.id, desk.chat.id, desk.till.id}
    assert every[care.channel.id] == one.json()
    assert (await li.get("/api/v1/channels/health")).status_code == 403
    assert (await li.get(f"/api/v1/channels/{care.channel.id}/health")).status_code == 403
    assert (await ada.get("/api/v1/channels/chn_none/health")).status_code == 404
    assert (await desk.http.get("/api/v1/channels/health")).status_code == 401


async def test_there_is_no_health_of_what_is_not_there(care):
    with pytest.raises(NotFound):
        await care.desk.desk.services.database.read(health_of, "chn_none", 0)
