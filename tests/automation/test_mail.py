"""Rules and mail: what a program says, it says to people, and not for ever."""

import pytest

from goodword.conversations.events import ReplyQueued
from goodword.platform.clock import MINUTE
from tests.mailboxes import Relay, mailbox

pytestmark = pytest.mark.anyio
ANSWER = {"do": "reply", "texts": {"en": "Thank you. We look into it.", "fr": "Merci."}}


@pytest.fixture
async def care(desk):
    Relay(desk.house)
    return await mailbox(desk.house, acknowledge=False)


async def answers(care, id):
    facts = [event.fact() for event in await care.events(id)]
    return [fact.message.text for fact in facts if isinstance(fact, ReplyQueued)]


async def test_a_rule_answers_a_mail(desk, care):
    await desk.rule("Thanks", "customer_wrote", [ANSWER])
    received = await care.hears("My kettle leaks.")
    assert await answers(care, received.conversation.id) == ["Thank you. We look into it."]


async def test_no_rule_answers_a_machine_and_its_log_says_why(desk, care):
    rule = await desk.rule("Thanks", "customer_wrote", [ANSWER])
    received = await care.hears("My kettle leaks.")
    await care.hears("I am out of the office.", into=received.conversation.id, automatic="reply")
    assert len(await answers(care, received.conversation.id)) == 1
    newest = (await desk.log(rule))[0]
    assert "A machine wrote this message" in str(newest)


async def test_a_rule_and_a_program_that_answers_it_stop_soon(desk, care):
    rule = await desk.rule("Thanks", "customer_wrote", [ANSWER])
    id = (await care.hears("Ticket 1 is open.")).conversation.id
    for number in range(20):
        desk.clock.go_on(MINUTE)
        if len(await answers(care, id)) > number:
            await care.hears("We have got your message.", into=id)
    assert len(await answers(care, id)) == 2
    assert "a person must answer" in str((await desk.log(rule))[0])
