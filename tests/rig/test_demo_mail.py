"""The mailbox of the demo: every mail in it lies in the raw store and was read as mail is."""

from collections import Counter
from pathlib import Path

import pytest

from goodword.channels import Registry
from goodword.channels.arrivals import RawStore, store
from goodword.channels.health import health_of_all
from goodword.conversations.events import MessageReceived, ReplyQueued
from goodword.platform.clock import HOUR
from goodword.platform.db import Database
from goodword.platform.events import Event, latest, since
from goodword.rig.cast import CUSTOMERS
from goodword.rig.clock import TUESDAY_MORNING
from goodword.rig.demo import build
from goodword.rig.demo.mails import correspondence

pytestmark = pytest.mark.anyio
NOW = TUESDAY_MORNING
FEW = 40


@pytest.fixture
async def desk(database: Database, tmp_path: Path) -> Database:
    raws = RawStore(tmp_path / "raw")
    report = await build(database, Registry.discover(), now=NOW, conversations=FEW, raws=raws)
    assert report.conversations == FEW + len(correspondence())
    return database


async def threads(desk: Database) -> dict[str, list[Event]]:
    """By subject."""
    sql = "SELECT id, subject FROM conversations WHERE channel_kind = 'email'"
    rows = await desk.read(lambda tx: tx.rows(sql))
    return {row["subject"]: await desk.read(latest, row["id"], 100) for row in rows}


def types(events: list[Event]) -> list[str]:
    return [event.type for event in events]


async def test_each_correspondence_is_one_conversation_with_its_letters(desk):
    found = await threads(desk)
    assert set(found) == {thread.subject for thread in correspondence()}
    for thread in correspondence():
        heard = [fact.message for event in found[thread.subject] if isinstance(fact := event.fact(), MessageReceived)]
        assert len(heard) == sum(turn.who == "customer" for turn in thread.turns)
        assert all(message.letter and message.letter.arrival_id for message in heard)
        assert heard[0].text == thread.turns[0].text.strip()
        assert all(message.letter and message.letter.folded for message in heard[1:])


async def test_whoever_waited_was_told_so_unless_he_may_be_another(desk):
    found = await threads(desk)
    for thread in correspondence():
        said = [fact.message for event in found[thread.subject] if isinstance(fact := event.fact(), ReplyQueued)]
        told = [message for message in said if message.template == "acknowledgement"]
        assert len(told) == (0 if thread.doubtful else 1), thread.key


async def test_one_reply_came_back_and_one_is_put_off(desk):
    found = await threads(desk)
    endings = {thread.ending: types(found[thread.subject]) for thread in correspondence()}
    assert "Bounced" in endings["bounced"]
    assert endings["deferred"][-1] == "DeliveryFailed"
    again = await desk.read(lambda tx: tx.rows("SELECT run_at FROM jobs WHERE kind = 'channels.deliver'"))
    assert [row["run_at"] for row in again] == [NOW + 40 * 60_000]


async def test_what_nobody_can_read_lies_in_quarantine_and_backscatter_aside(desk):
    rows = await desk.read(lambda tx: tx.rows("SELECT state, reason FROM arrivals"))
    states = Counter((row["state"], row["reason"]) for row in rows)
    assert states[("aside", "bounce")] == 1
    assert sum(many for (state, _), many in states.items() if state == "quarantined") == 1
    assert ("waiting", "") not in states


async def test_every_arrival_lies_in_the_raw_store(desk, tmp_path):
    raws = RawStore(tmp_path / "raw")
    for row in await desk.read(lambda tx: tx.rows("SELECT id FROM arrivals")):
        arrival = await desk.read(store.get, row["id"])
        assert len(await raws.get(arrival.digest)) == arrival.size


async def test_who_chats_and_writes_mail_is_one_customer(desk):
    rows = await desk.read(lambda tx: tx.rows("SELECT email FROM customers WHERE merged_into IS NULL"))
    counted = Counter(row["email"] for row in rows)
    assert {customer.key: counted[customer.email] for customer in CUSTOMERS} == dict.fromkeys(
        (customer.key for customer in CUSTOMERS), 1
    )


async def test_the_log_is_in_order_and_the_mailbox_is_well(desk):
    events, cursor = [], "0.0"
    while page := await desk.read(since, cursor, 1_000):
        events += page
        cursor = page[-1].cursor
    times = [event.at for event in events]
    assert times == sorted(times)
    assert times[-1] <= NOW
    [fares] = [one for one in (await desk.read(health_of_all, NOW)).values() if one.incoming.ok_at]
    assert NOW - fares.incoming.ok_at < HOUR
    assert (fares.quarantined, fares.aside, fares.deferred, fares.outgoing.reason) == (1, 1, 1, "")
