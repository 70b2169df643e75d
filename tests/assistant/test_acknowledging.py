"""A mail that nobody answers at once is told that it has come, once, and honestly."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from goodword.assistant.acknowledging import Expected, acknowledgement, said
from goodword.platform.clock import DAY, HOUR, MINUTE
from goodword.platform.events import SYSTEM, Stamp
from goodword.platform.i18n import LANGUAGES
from goodword.rig.clock import HandClock
from goodword.routing.actions.change_settings import change_settings
from goodword.staff import Shifts, Span
from tests.desks import House, house
from tests.mailboxes import CAMILLE, Mailbox, Relay, mailbox

pytestmark = pytest.mark.anyio


@pytest.fixture
async def desk(database_url: str, tmp_path: Path, clock: HandClock) -> AsyncIterator[House]:
    async with house(tmp_path, database_url, clock) as opened:
        yield opened


@pytest.fixture
async def care(desk: House) -> Mailbox:
    Relay(desk)
    return await mailbox(desk)


async def come_to_work(desk: House, *agents: str) -> None:
    for key in agents:
        client = await desk.signed_in(key)
        await client.put("/api/v1/me/availability", json={"availability": "available"})


async def test_a_mail_that_waits_is_told_so_once_with_its_number(care):
    first = await care.hears("My kettle leaks.")
    [told] = await care.replies(first.conversation.id)
    assert told.template == "acknowledgement"
    assert told.author.kind == "assistant"
    assert f"its number is {first.conversation.number}" in told.text
    care.desk.clock.go_on(HOUR)
    await care.hears("And the lid is loose.", into=first.conversation.id)
    assert len(await care.replies(first.conversation.id)) == 1


async def test_whoever_was_told_so_waits_on(care):
    received = await care.hears("My kettle leaks.")
    ada = await care.desk.signed_in("ada")
    row = (await ada.get(f"/api/v1/conversations/{received.conversation.id}")).json()["conversation"]
    assert row["waiting_since"] == received.conversation.waiting_since
    assert row["unread"] == 1


async def test_it_is_told_in_the_customers_language(care):
    received = await care.hears("Ma bouilloire fuit.", CAMILLE, language="fr")
    [told] = await care.replies(received.conversation.id)
    assert "Merci pour votre message" in told.text


async def test_nobody_is_asked_for_an_address_that_stands_in_his_mail(care):
    received = await care.hears("My kettle leaks.")
    assert "NobodyAvailable" in await care.types(received.conversation.id)
    assert all("address" not in one.text for one in await care.replies(received.conversation.id))


async def test_without_any_knowledge_no_time_is_said(care):
    received = await care.hears("My kettle leaks.")
    [told] = await care.replies(received.conversation.id)
    assert told.text == acknowledgement("en", received.conversation.number, Expected())
    assert not any(unit in told.text for unit in ("minute", "hour", "day"))


async def test_at_night_it_says_when_somebody_comes(care):
    async def open_in_the_morning(tx):
        at = care.desk.clock.now()
        hours = Shifts("Europe/Paris", ((Span("09:00", "18:00"),),) * 7)
        await change_settings(tx, Stamp(at, SYSTEM), {"opening": hours})

    await care.desk.desk.services.database.write(open_in_the_morning)
    care.desk.clock.go_on(until_hour(care.desk.clock.now(), 23) - care.desk.clock.now())
    received = await care.hears("My kettle leaks.")
    [told] = await care.replies(received.conversation.id)
    assert "Nobody is here right now" in told.text
    assert "hours" in told.text


async def test_a_mailbox_may_do_without(desk):
    quiet = await mailbox(desk, acknowledge=False)
    received = await quiet.hears("My kettle leaks.")
    assert await quiet.replies(received.conversation.id) == []


async def test_whoever_got_an_answer_needs_no_acknowledgement(care):
    received = await care.hears("Are you people?", first="assistant")
    said_first = await care.replies(received.conversation.id)
    assert said_first
    await care.hears("I want to talk to a person, please.", into=received.conversation.id)
    templates = [one.template for one in await care.replies(received.conversation.id)]
    assert "acknowledgement" not in templates
    assert "NobodyAvailable" in await care.types(received.conversation.id)


@pytest.mark.parametrize("automatic", ["reply", "notice", "list", "bounce", "feedback"])
async def test_a_machine_is_told_nothing(care, automatic):
    received = await care.hears("I am out of the office.", automatic=automatic)
    assert await care.replies(received.conversation.id) == []


async def test_whoever_may_not_have_written_it_is_told_nothing_but_a_person_sees_it(care):
    received = await care.hears("Please pay.", doubt="sender_check", first="assistant")
    assert await care.replies(received.conversation.id) == []
    assert "HandoverRequested" in await care.types(received.conversation.id)


async def test_mail_that_is_fetched_when_a_mailbox_is_set_up_is_not_greeted_days_later(care):
    now = care.desk.clock.now()
    [late, old] = [await care.hears("My kettle leaks.", dated=now - days * DAY) for days in (1, 3)]
    assert len(await care.replies(late.conversation.id)) == 1
    assert await care.replies(old.conversation.id) == []
    assert "HandoverRequested" in await care.types(old.conversation.id)


async def test_who_writes_one_new_mail_after_the_other_is_told_so_a_few_times_only(care):
    conversations = []
    for _ in range(5):
        conversations.append((await care.hears("My kettle leaks.")).conversation.id)
        care.desk.clock.go_on(MINUTE)
    told = [await care.replies(id) for id in conversations]
    assert [len(one) for one in told] == [1, 1, 0, 0, 0]
    assert [len(await care.replies((await care.hears("Hello?", CAMILLE)).conversation.id))] == [1]


async def test_a_visitor_of_the_chat_is_told_as_before(desk):
    await mailbox(desk)
    visitor = await desk.visitor()
    await visitor.call("POST", "human")
    await desk.settle()
    await desk.settle()
    assert any("e-mail address" in text for text in await visitor.hears())


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_every_language_it_names_the_number_and_all_times_it_knows(language):
    text = acknowledgement(language, 1042, Expected(usual=1_500, seldom=9_000))
    assert "1042" in text
    assert said(language, 1_500) in text
    assert said(language, 9_000) in text
    assert "{" not in text + acknowledgement(language, 1, Expected(away=60)) + acknowledgement(language, 1, Expected(5))


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "5 minutes"),
        (61, "5 minutes"),
        (1_501, "30 minutes"),
        (5_400, "90 minutes"),
        (5_401, "2 hours"),
        (36 * 3_600, "36 hours"),
        (36 * 3_600 + 1, "2 days"),
        (49 * 3_600, "3 days"),
    ],
)
def test_a_time_is_never_said_shorter_than_it_is(seconds, words):
    assert said("en", seconds) == words


def until_hour(now: int, hour: int) -> int:
    """The next time that it is so late in Greenwich."""

    at = now // DAY * DAY + hour * HOUR
    return at if at > now else at + DAY
