"""Mail that nobody here wrote, fed through the whole way: every one is a message or set aside, and once."""

import json
import re
from collections import Counter
from contextlib import suppress

import pytest

from goodword.channels.adapters.email.webhooks import SHAPES, NoMail, unpacked
from goodword.channels.arrivals import Arrival
from goodword.channels.contract import Unreadable
from tests.channels.adapters.email.mailroom import Mailroom
from tests.channels.adapters.email.test_webhook_shapes import multipart
from tests.samples import channel_samples

pytestmark = pytest.mark.anyio
AT_ONCE = 60
# Headers from the first line on, and something in them by which the mail is known again.
ORDINARY = re.compile(rb"[A-Za-z-]+: ")
NAMED = re.compile(rb"^(?:message-id|date):[ \t]*\S", re.IGNORECASE | re.MULTILINE)


@pytest.mark.slow
async def test_every_mail_ends_as_exactly_one_message_or_aside_and_again_changes_nothing(room: Mailroom):
    mails = [path.read_bytes() for path in sorted((channel_samples() / "mail" / "raw").glob("*"))]
    kept: list[Arrival] = []
    for start in range(0, len(mails), AT_ONCE):
        kept += [await room.put_in(raw) for raw in mails[start : start + AT_ONCE]]
        await room.house.settle()
    settled = [await room.of(arrival) for arrival in kept]
    states = Counter(arrival.state for arrival in settled)
    assert states.keys() == {"taken", "aside"}, [one for one in settled if one.state not in ("taken", "aside")]
    taken = {arrival.message_id for arrival in settled if arrival.state == "taken"}
    assert await room.count() == len(taken)
    assert len(taken) >= 0.95 * states["taken"]

    before = [await room.count(what) for what in ("messages", "events", "files", "conversations", "customers")]
    for raw in mails:
        await room.put_in(raw)
    await room.house.settle()
    assert [await room.count(what) for what in ("messages", "events", "files", "conversations", "customers")] == before

    for raw in mails:
        if ORDINARY.match(raw) and NAMED.search(raw):
            await room.put_in(b"Received: by another.server.example; Tue, 29 Sep 2026 09:00:00 +0200\r\n" + raw)
    await room.house.settle()
    assert await room.count() == len(taken)


@pytest.mark.parametrize("shape", list(SHAPES))
def test_whatever_providers_post_is_a_mail_or_none_or_for_a_person(shape):
    for path in sorted((channel_samples() / "webhooks" / "email_providers").glob("*.json")):
        with suppress(NoMail, Unreadable):
            assert unpacked(shape, path.read_bytes())


def test_a_recorded_post_of_postmark_is_the_mail_in_it():
    folder = channel_samples() / "webhooks" / "email_providers"
    recorded = (folder / "django-anymail__postmark-inbound-test-payload-with-raw.json").read_bytes()
    raw = unpacked("postmark", recorded)
    assert raw.endswith(json.loads(recorded)["RawEmail"].encode())
    without = {name: value for name, value in json.loads(recorded).items() if name != "RawEmail"}
    rebuilt = unpacked("postmark", json.dumps(without).encode())
    for part in (
        b"support@postmarkapp.com",
        b"mailbox+SampleHash@inbound.postmarkapp.com",
        b"filename*=utf-8''test.txt",
    ):
        assert part in rebuilt


def test_a_recorded_post_of_mailgun_is_the_mail_in_it():
    folder = channel_samples() / "webhooks" / "email_providers"
    name = "django-anymail__mailgun_inbound__MailgunInboundTestCase__test_inbound_basics__raw_event.json"
    fields = json.loads((folder / name).read_bytes())
    fields["message-headers"] = json.dumps(fields["message-headers"])
    raw = unpacked("mailgun", multipart(fields))
    assert b"Message-Id: <CAEPk3R+4Zr@mail.example.org>" in raw
    assert raw.startswith(b"X-Original-To: test@inbound.example.com\r\n")
