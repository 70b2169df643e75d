"""Whatever happens on the way out, a reply leaves under one Message-ID, or is shown as not sent."""

import email
import uuid
from typing import Any

import pytest

from goodword.channels.adapters.email.sending import relay
from goodword.channels.adapters.email.sending.relay import Patience
from goodword.platform.clock import DAY, HOUR
from goodword.rig.mail.smtp import DROP, END, HANG, TAKE_AND_DROP, TAKE_AND_HANG, ScriptedSmtp
from tests.channels.adapters.email.care import Care, from_

pytestmark = [pytest.mark.anyio, pytest.mark.fault]

WORDS = "A new lid is on its way."


class Out:
    """Ada answers Dana, through a relay that does as it is told."""

    def __init__(self, care: Care, smtp: ScriptedSmtp, ada: Any, id: str) -> None:
        self.care = care
        self.smtp = smtp
        self.ada = ada
        self.id = id

    async def answers(self) -> None:
        call = {"client_id": uuid.uuid4().hex, "text": WORDS}
        (await self.ada.post(f"/api/v1/conversations/{self.id}/replies", json=call)).raise_for_status()
        await self.care.desk.settle()

    async def later(self, milliseconds: int, steps: int = 20) -> None:
        for _ in range(steps):
            self.care.desk.clock.go_on(milliseconds // steps)
            await self.care.desk.settle()

    async def story(self) -> list[tuple[str, dict[str, Any]]]:
        """What became of the answer."""
        opened = (await self.ada.get(f"/api/v1/conversations/{self.id}")).json()
        said = [one["data"]["message"]["id"] for one in opened["events"] if one["type"] == "ReplyQueued"][-1]
        told = ("Delivered", "DeliveryFailed", "Bounced", "ReplyRequeued")
        return [
            (one["type"], one["data"])
            for one in opened["events"]
            if one["type"] in told and one["data"]["message_id"] == said
        ]

    @property
    def sent(self) -> list[str]:
        """The Message-IDs under which the answer was taken."""
        return [
            str(email.message_from_bytes(one.raw)["Message-ID"]) for one in self.smtp.taken if WORDS.encode() in one.raw
        ]


@pytest.fixture
async def out(caring, monkeypatch):
    monkeypatch.setitem(relay.send.__kwdefaults__, "patience", Patience(1.0, 1.0, 1.0, 3.0))
    async with ScriptedSmtp() as smtp:
        care = await caring(smtp_host="127.0.0.1", smtp_port=smtp.port, acknowledge=False)
        care.put(from_("dana", 1))
        await care.look()
        ada = await care.desk.signed_in("ada")
        [row] = (await ada.get("/api/v1/conversations")).json()["conversations"]
        yield Out(care, smtp, ada, row["id"])


@pytest.mark.parametrize("verb", ["CONNECT", "MAIL", "RCPT", "DATA", END])
async def test_what_is_refused_for_now_leaves_later_and_once(out, verb):
    out.smtp.will(verb, "451 4.7.1 Try again later", "421 4.3.2 Going down")
    await out.answers()
    assert [type_ for type_, _ in await out.story()] == ["DeliveryFailed"]
    assert not (await out.story())[0][1]["final"]
    assert (await out.care.mailbox.health()).deferred == 1
    await out.later(6 * HOUR)
    assert len(out.sent) == 1
    assert [type_ for type_, _ in await out.story()][-1] == "Delivered"
    assert "250" in (await out.story())[-1][1]["answer"]
    health = await out.care.mailbox.health()
    assert (health.deferred, health.queued, health.outgoing.reason) == (0, 0, "")


@pytest.mark.parametrize("how", [HANG, DROP])
async def test_a_relay_that_hangs_or_breaks_off_before_it_took_the_mail_gets_it_later_and_once(out, how):
    out.smtp.will(END, how)
    await out.answers()
    assert out.sent == []
    await out.later(HOUR)
    assert len(out.sent) == 1
    assert (await out.story())[-1][0] == "Delivered"


@pytest.mark.parametrize("how", [TAKE_AND_HANG, TAKE_AND_DROP])
async def test_where_nobody_can_know_whether_it_was_taken_it_goes_again_under_the_same_message_id(out, how):
    out.smtp.will(END, how)
    await out.answers()
    await out.later(HOUR)
    assert len(out.sent) == 2
    assert len(set(out.sent)) == 1
    assert (await out.story())[-1][0] == "Delivered"


async def test_what_is_refused_for_good_is_shown_as_not_sent_and_leaves_when_a_person_says_so(out):
    out.smtp.will(END, "554 5.7.1 Spam")
    await out.answers()
    type_, data = (await out.story())[-1]
    assert (type_, data["final"]) == ("DeliveryFailed", True)
    assert "5.7.1 Spam" in data["detail"]
    await out.later(DAY)
    assert out.sent == [], "nobody tries by himself"
    assert (await out.care.mailbox.health()).failed_today == 1
    answer = await out.ada.post(f"/api/v1/conversations/{out.id}/messages/{data['message_id']}/resend")
    assert answer.status_code < 300, answer.text
    await out.later(HOUR)
    assert len(out.sent) == 1
    assert (await out.story())[-1][0] == "Delivered"


async def test_a_relay_that_is_away_for_longer_than_our_patience_leaves_it_shown_as_not_sent(out):
    out.smtp.will("CONNECT", *["421 4.3.2 Closed"] * 200)
    await out.answers()
    await out.later(7 * DAY, steps=60)
    type_, data = (await out.story())[-1]
    assert (type_, data["final"]) == ("DeliveryFailed", True)
    assert out.sent == []
