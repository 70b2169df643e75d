"""A mail whose words are removed is nowhere any more: not as it came, not as it is shown, and in no answer."""

from pathlib import Path
from typing import Any

import pytest

from goodword.channels.adapters.email.parsing import parse
from goodword.channels.adapters.email.tokens import our_message
from goodword.channels.arrivals import Arrival
from goodword.platform.clock import MINUTE
from tests.channels.adapters.email.mailroom import MAILBOX, Mailroom, mail
from tests.channels.adapters.email.sending.test_leaving import fates, mails, relay, reply
from tests.channels.adapters.email.test_taking_in import PIXEL, with_files

__all__ = ["relay"]

pytestmark = pytest.mark.anyio
SECRET = "4929-1111-8888"
SAYS = f"Please charge my card {SECRET} for the lid."


async def removes(room: Mailroom, conversation: str | None, message: str | None) -> dict[str, Any]:
    ada = await room.house.signed_in("ada")
    answer = await ada.delete(f"/api/v1/conversations/{conversation}/messages/{message}")
    answer.raise_for_status()
    await room.house.settle()
    return dict(answer.json()["conversation"])


def on_disk(room: Mailroom, words: bytes) -> list[Path]:
    """The files that hold these words."""
    services = room.house.desk.services
    folders = [services.settings.folder / name for name in ("raw", "files")]
    files = [file for folder in folders for file in folder.rglob("*") if file.is_file()]
    return [file for file in files if words in file.read_bytes()]


def kept(room: Mailroom, arrival: Arrival) -> bool:
    return room.house.desk.services.raws.path(arrival.digest).exists()


async def test_the_mail_as_it_came_and_its_files_are_gone(room: Mailroom):
    taken = await room.takes(with_files(("card.png", "image/png", PIXEL), html=f"<p>{SAYS}</p>"))
    other = await room.takes(mail("Another one", id="other@customers.example"))
    file = (await room.messages(taken.conversation_id))[0]["attachments"][0]
    ada = await room.house.signed_in("ada")
    assert on_disk(room, SECRET.encode())
    assert (await ada.get(file["url"])).status_code == 200

    row = await removes(room, taken.conversation_id, taken.message_id)

    assert row["preview"]["kind"] == "removed"
    assert on_disk(room, SECRET.encode()) == []
    assert on_disk(room, PIXEL) == []
    assert (await ada.get(file["url"])).status_code == 404
    assert (await room.of(taken)).state == "forgotten"
    for path in ("", "/letter", "/letter/page", "/raw"):
        assert (await ada.get(f"/api/v1/arrivals/{taken.id}{path}")).status_code == 404
    for deed in ("replay", "drop"):
        assert (await ada.post(f"/api/v1/arrivals/{taken.id}/{deed}")).status_code == 404
    assert kept(room, other)
    message = (await room.messages(taken.conversation_id))[0]
    assert (message["text"], message["attachments"], message["letter"]["arrival_id"]) == ("", [], None)
    assert message["letter"]["sender"]["address"] == "dana@customers.example"


async def test_a_mailbox_that_is_fetched_anew_brings_nothing_of_it_back(room: Mailroom):
    raw = mail(SAYS)
    taken = await room.takes(raw)
    await removes(room, taken.conversation_id, taken.message_id)
    again = await room.takes(raw)
    by_another_way = await room.takes(b"Received: by another server\r\n" + raw)
    assert (again.state, by_another_way.state) == ("forgotten", "forgotten")
    assert on_disk(room, SECRET.encode()) == []
    assert [one["text"] for one in await room.messages(taken.conversation_id)] == [""]


async def test_bytes_that_came_to_another_mailbox_too_are_kept_for_that_one(room: Mailroom):
    taken = await room.takes(mail(SAYS))
    services, box = room.house.desk.services, room.box

    async def to_another(tx: Any) -> None:
        sql = """INSERT INTO arrivals (id, channel_id, source, shape, digest, size, at, state)
                 VALUES ('arr_2', 'chn_other', 'pipe', 'message/rfc822', :digest, 1, 1, 'waiting')"""
        await tx.run(sql, digest=taken.digest)

    await services.database.write(to_another)
    await removes(room, taken.conversation_id, taken.message_id)
    assert box.id != "chn_other"
    assert kept(room, taken)


async def test_a_later_mail_that_quotes_it_loses_what_it_quotes(room: Mailroom):
    taken = await room.takes(mail(SAYS, id="first@customers.example"))
    ours = await room.answers(taken.conversation_id)
    quoting = f"Did it work?\r\n\r\nOn Monday Dana Evans wrote:\r\n> {SAYS}\r\n"
    later = await room.takes(mail(quoting, subject="Re: My kettle", id="second@x", in_reply_to=ours))
    assert later.conversation_id == taken.conversation_id
    assert SECRET in (await room.messages(taken.conversation_id))[-1]["letter"]["folded"]
    await removes(room, taken.conversation_id, taken.message_id)
    message = (await room.messages(taken.conversation_id))[-1]
    assert (message["text"], message["letter"]["folded"]) == ("Did it work?", "")
    assert on_disk(room, SECRET.encode()) == []


async def test_an_answer_quotes_nothing_that_was_removed(room: Mailroom, relay):
    taken = await room.takes(mail(SAYS))
    await removes(room, taken.conversation_id, taken.message_id)
    id = await reply(room, str(taken.conversation_id), "Please never mail card numbers.")
    await room.house.settle()
    (raw,) = mails(relay, room, id)
    assert "Please never mail card numbers." in (said := parse(raw).text)
    assert SECRET not in said
    assert "Dana Evans wrote" not in raw.decode()
    assert b"dana@customers.example" in raw


async def test_a_reply_that_waits_for_its_server_never_leaves(room: Mailroom, relay):
    conversation = str((await room.takes(mail("Hello"))).conversation_id)
    relay.will("RCPT", "451 4.7.1 Greylisted")
    id = await reply(room, conversation, SAYS)
    await room.house.settle()
    assert (await fates(room, conversation, id))[-1] == ("DeliveryFailed", False)
    await removes(room, conversation, id)
    for _ in range(40):
        room.house.clock.go_on(15 * MINUTE)
        await room.house.settle()
    assert mails(relay, room, id) == []
    assert [kind for kind, _ in await fates(room, conversation, id)] == ["DeliveryFailed", "MessageRemoved"]


async def test_a_reply_that_has_left_has_left(room: Mailroom, relay):
    conversation = str((await room.takes(mail("Hello"))).conversation_id)
    id = await reply(room, conversation, SAYS)
    await room.house.settle()
    await removes(room, conversation, id)
    assert len(mails(relay, room, id)) == 1
    assert [kind for kind, _ in await fates(room, conversation, id)] == ["Delivered", "MessageRemoved"]
    assert our_message(room.secret, room.box.id, parse(relay.taken[0].raw).message_id) == id
    assert MAILBOX in relay.taken[0].raw.decode()
