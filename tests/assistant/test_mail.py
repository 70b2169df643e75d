"""The assistant answers mail as it answers a chat, and keeps silent where a program must."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from goodword.assistant.choosing import chosen_in_words
from goodword.assistant.events import AssistantDecided
from goodword.conversations import Choice
from goodword.knowledge import import_document, prepared
from goodword.platform.clock import DAY, MINUTE
from goodword.platform.events import SYSTEM, Stamp
from goodword.rig.clock import HandClock
from tests.desks import House, house
from tests.mailboxes import CAMILLE, Mailbox, Relay, mailbox

pytestmark = pytest.mark.anyio
RETURNS = b"""# Return an item

## How much does a return cost?

A return costs 4.90 euros. We take it off your refund.

## How long does a refund take?

A refund takes five working days after the parcel has reached us.
"""
CHOICES = (Choice("psg_1", "How long does a refund take?"), Choice("person", "Talk to a person"))


@pytest.fixture
async def desk(database_url: str, tmp_path: Path, clock: HandClock) -> AsyncIterator[House]:
    async with house(tmp_path, database_url, clock) as opened:
        yield opened


@pytest.fixture
def relay(desk: House) -> Relay:
    return Relay(desk)


@pytest.fixture
async def care(desk: House, relay: Relay) -> Mailbox:
    article = prepared("returns.md", RETURNS, source="shop/returns.md", slug="returns", language="en")
    await desk.desk.services.database.write(import_document, Stamp(desk.clock.now(), SYSTEM), article)
    return await mailbox(desk)


async def decisions(care: Mailbox, conversation_id: str) -> list[tuple[str, str]]:
    facts = [event.fact() for event in await care.events(conversation_id)]
    return [(fact.decision, fact.rule) for fact in facts if isinstance(fact, AssistantDecided)]


async def test_a_question_by_mail_is_answered_by_mail_with_its_source(care, relay):
    received = await care.hears("Dear team,\n\nhow much does a return cost?\n\nDana", first="assistant")
    [mail] = relay.sent
    assert mail.message.id == (await care.replies(received.conversation.id))[0].id
    assert "4.90 euros" in mail.message.text
    assert mail.message.sources[0].title == "Return an item"


async def test_a_machine_that_begins_a_thread_is_shown_to_a_person_and_told_nothing(care, relay):
    received = await care.hears("How much does a return cost?", first="assistant", automatic="notice")
    assert await decisions(care, received.conversation.id) == [("hand_over", "machine")]
    assert relay.sent == []


async def test_a_machine_that_falls_into_a_thread_calls_nobody(care, relay):
    received = await care.hears("How much does a return cost?", first="assistant")
    relay.sent.clear()
    await care.hears(
        "How much does a return cost? I am away.", CAMILLE, into=received.conversation.id, automatic="reply"
    )
    assert relay.sent == []
    assert "HandoverRequested" not in await care.types(received.conversation.id)
    assert "MessageUnderstood" in (await care.types(received.conversation.id))[-1:]


async def test_what_a_machine_says_meanwhile_leaves_the_question_to_be_answered(care, relay):
    handlers = care.desk.desk.worker.handlers
    care.desk.desk.worker.handlers = dict.fromkeys(handlers, _later)
    received = await care.hears("How much does a return cost?", first="assistant")
    await care.hears("I am away.", CAMILLE, into=received.conversation.id, automatic="reply")
    care.desk.desk.worker.handlers = handlers
    care.desk.clock.go_on(10 * MINUTE)
    await care.desk.settle()
    assert ["4.90 euros" in text for text in relay.texts] == [True]


async def test_after_a_few_answers_a_day_a_person_goes_on(care, relay):
    rules = []
    for _ in range(4):
        received = await care.hears("How much does a return cost?", first="assistant")
        rules += await decisions(care, received.conversation.id)
        care.desk.clock.go_on(MINUTE)
    assert [rule for _, rule in rules] == ["its_heading", "its_heading", "braked", "braked"]
    assert len(relay.sent) == 2
    care.desk.clock.go_on(DAY)
    later = await care.hears("How much does a return cost?", first="assistant")
    assert await decisions(care, later.conversation.id) == [("answer", "its_heading")]


async def _later(run):
    raise ConnectionError("the desk is busy")


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("How long does a refund take?", "psg_1"),
        ("> How long does a refund take?", "psg_1"),
        ("\n– how long does a refund take\n\nDana", "psg_1"),
        ("Talk to a person.", "person"),
        ("How long does a refund take? And what does it cost?", None),
        ("", None),
    ],
)
def test_a_choice_may_be_taken_in_words(text, chosen):
    assert chosen_in_words(text, CHOICES) == chosen
