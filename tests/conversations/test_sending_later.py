"""A reply waits for its time: sent once, not at all when the customer writes first, and never in silence."""

import pytest

from goodword.conversations import (
    cancel_scheduled,
    close,
    inbox,
    letters,
    mark_spam,
    merge,
    reschedule,
    schedule_reply,
    sending_later,
    store,
    unmerge,
)
from goodword.conversations.actions.send_scheduled import send_scheduled
from goodword.conversations.model import Draft, Letter, Party
from goodword.conversations.sending_later import SEND
from goodword.platform.clock import DAY, HOUR
from goodword.platform.errors import BadInput, Conflict, Forbidden, NotFound
from goodword.platform.events import SYSTEM, Stamp, latest
from goodword.platform.jobs import enqueue
from goodword.staff import disable, edit_agent
from tests.conversations.conftest import by
from tests.conversations.doors import TILL, door, now, shown, types
from tests.desks import house

pytestmark = pytest.mark.anyio


@pytest.fixture
async def chat(database, clock):
    return await door(database, clock)


@pytest.fixture
async def id(chat):
    return (await chat.writes("Where is my kettle?")).conversation.id


async def later(database, clock, li, id, after=HOUR, client_id="c1", **how):
    stamp = by(li, clock)
    draft = Draft(client_id, "Has it come by now?")
    return await database.write(schedule_reply, stamp, id, draft, stamp.at + after, **how)


async def due(database, clock, scheduled):
    """The job runs when its time has come."""
    await database.write(send_scheduled, Stamp(clock.go_on(HOUR), SYSTEM), scheduled)


async def job_times(database):
    async def read(tx):
        return [row["run_at"] for row in await tx.rows("SELECT run_at FROM jobs WHERE kind = :kind", kind=SEND)]

    return await database.read(read)


async def test_it_waits_is_counted_and_has_a_job_at_its_time(database, clock, li, id):
    scheduled = await later(database, clock, li, id)
    assert await job_times(database) == [clock.now() + HOUR]
    assert (await database.read(inbox.row, id)).scheduled == 1
    waiting = await database.read(sending_later.waiting, [id])
    assert [(one.id, one.author.name, one.only_if_silent) for one in waiting] == [(scheduled, "Li Na", True)]
    assert "Has it come by now?" not in await shown(database, id)


async def test_it_is_said_once_in_the_name_of_its_author(database, clock, li, id):
    scheduled = await later(database, clock, li, id)
    for _ in range(3):
        await due(database, clock, scheduled)
    assert (await shown(database, id)).count("Has it come by now?") == 1
    said = (await store_messages(database, id))[-1]
    assert (said["author_id"], said["delivery"]) == (li.id, "queued")
    assert (await types(database, id)).count("ScheduledReplySent") == 1
    assert (await now(database, id)).scheduled == 0
    assert (await now(database, id)).assignee_id == li.id


async def edited(database, clock, agent, id, scheduled, **changes):
    return await database.write(reschedule, by(agent, clock), id, scheduled, **changes)


async def test_it_is_sent_with_the_words_and_at_the_time_it_was_given_last(database, clock, li, id):
    scheduled = await later(database, clock, li, id)
    reply = await edited(database, clock, li, id, scheduled, text="Has it come?", send_at=clock.now() + 3 * HOUR)
    assert await job_times(database) == [reply.send_at]
    assert (await now(database, id)).scheduled == 1
    assert [(one.text, one.send_at) for one in await database.read(sending_later.waiting, [id])] == [
        ("Has it come?", reply.send_at)
    ]
    at = clock.now() + 10 * HOUR
    await edited(database, clock, li, id, scheduled, send_at=at)
    fact = (await database.read(latest, id, 1))[-1].fact()
    assert (fact.text, fact.send_at, fact.author.name) == ("Has it come?", at, "Li Na")
    await due(database, clock, scheduled)
    assert [text for text in await shown(database, id) if text.startswith("Has it")] == ["Has it come?"]
    assert (await types(database, id)).count("ReplyRescheduled") == 2


async def test_nothing_new_is_no_news(database, clock, li, id):
    scheduled = await later(database, clock, li, id)
    times = await job_times(database)
    await edited(database, clock, li, id, scheduled, text="Has it come by now?", send_at=times[0])
    assert "ReplyRescheduled" not in await types(database, id)
    assert await job_times(database) == times


async def test_whoever_changes_the_words_says_them_and_whoever_changes_the_time_does_not(database, clock, li, jun, id):
    scheduled = await later(database, clock, li, id)
    at = clock.now() + 2 * HOUR
    assert (await edited(database, clock, jun, id, scheduled, send_at=at)).author.name == "Li Na"
    assert (await edited(database, clock, jun, id, scheduled, text="Is it there?")).author.name == "Jun Park"
    await due(database, clock, scheduled)
    assert (await store_messages(database, id))[-1]["author_id"] == jun.id


async def test_a_change_is_refused_for_what_cannot_be(database, clock, li, id):
    scheduled = await later(database, clock, li, id, then="snooze", until=clock.now() + DAY)
    for wrong in ({"text": "  "}, {"send_at": clock.now() - 1}, {"send_at": clock.now() + 2 * DAY}):
        with pytest.raises(BadInput):
            await edited(database, clock, li, id, scheduled, **wrong)
    with pytest.raises(Forbidden):
        await database.write(reschedule, Stamp(clock.now(), SYSTEM), id, scheduled, text="No")
    with pytest.raises(NotFound):
        await edited(database, clock, li, id, "sch_unknown", text="No")
    await due(database, clock, scheduled)
    with pytest.raises(NotFound):
        await edited(database, clock, li, id, scheduled, text="Too late")


async def test_the_same_is_scheduled_once_also_after_it_was_sent(database, clock, li, id):
    first = await later(database, clock, li, id)
    again = await later(database, clock, li, id)
    assert first == again
    await due(database, clock, first)
    assert await later(database, clock, li, id) == first
    assert (await now(database, id)).scheduled == 0
    assert (await types(database, id)).count("ReplyScheduled") == 1


async def test_when_the_customer_writes_first_it_is_not_sent(database, clock, li, chat, id):
    scheduled = await later(database, clock, li, id)
    await chat.writes("It has come!")
    cancelled = next(e for e in await database.read(latest, id, 9) if e.type == "ScheduledReplyCancelled").fact()
    assert (cancelled.scheduled_id, cancelled.reason) == (scheduled, "customer_wrote")
    assert await job_times(database) == []
    await due(database, clock, scheduled)
    assert "Has it come by now?" not in await shown(database, id)
    assert (await now(database, id)).scheduled == 0


async def test_unless_it_was_meant_to_be_sent_anyhow(database, clock, li, chat, id):
    scheduled = await later(database, clock, li, id, only_if_silent=False)
    await chat.writes("It has come!")
    await due(database, clock, scheduled)
    assert (await shown(database, id))[-1] == "Has it come by now?"


async def test_an_agent_calls_it_off_and_gets_its_words_back(database, clock, li, jun, id):
    scheduled = await later(database, clock, li, id)
    reply = await database.write(cancel_scheduled, by(jun, clock), id, scheduled)
    assert reply.text == "Has it come by now?"
    await due(database, clock, scheduled)
    assert "Has it come by now?" not in await shown(database, id)
    with pytest.raises(NotFound):
        await database.write(cancel_scheduled, by(jun, clock), id, scheduled)


async def test_afterwards_it_closes_or_puts_off_the_conversation(database, clock, li, chat, id):
    await due(database, clock, await later(database, clock, li, id, then="close"))
    assert (await now(database, id)).status == "closed"
    await chat.writes("And now?")
    until = clock.now() + DAY
    await due(database, clock, await later(database, clock, li, id, client_id="c2", then="snooze", until=until))
    assert ((await now(database, id)).status, (await now(database, id)).snoozed_until) == ("snoozed", until)


async def test_what_somebody_is_writing_just_now_stays_when_it_is_sent(database, clock, li, id):
    scheduled = await later(database, clock, li, id)
    await database.write(store.keep_draft, id, li.id, "reply", "Something else", clock.now())
    await due(database, clock, scheduled)
    assert (await database.read(store.draft, id, li.id))["text"] == "Something else"


async def test_scheduling_takes_the_draft_away(database, clock, li, id):
    await database.write(store.keep_draft, id, li.id, "reply", "Has it come", clock.now())
    await later(database, clock, li, id)
    assert await database.read(store.draft, id, li.id) is None


async def test_of_somebody_who_has_left_it_becomes_a_note_and_work_for_others(database, clock, li, jun, id):
    scheduled = await later(database, clock, li, id)
    await database.write(close, by(jun, clock), id)
    await database.write(disable, Stamp(clock.now(), SYSTEM), li.id)
    await due(database, clock, scheduled)
    events = {event.type: event.fact() for event in await database.read(latest, id, 9)}
    assert events["ScheduledReplyCancelled"].reason == "author_gone"
    assert "Has it come by now?" in events["NoteAdded"].message.text
    assert "Li Na" in events["NoteAdded"].message.text
    assert "ReplyQueued" not in events
    assert (await now(database, id)).status == "open"


async def test_of_somebody_who_may_no_longer_answer_it_is_not_sent_either(database, clock, li, id):
    scheduled = await later(database, clock, li, id)
    await database.write(edit_agent, Stamp(clock.now(), SYSTEM), li.id, role="analyst")
    await due(database, clock, scheduled)
    told = {event.type for event in await database.read(latest, id, 9)}
    assert "ScheduledReplyCancelled" in told
    assert "ReplyQueued" not in told


async def test_it_goes_along_when_its_conversation_is_merged_and_back(database, clock, li, chat, id):
    till = await door(database, clock, TILL)
    target = (await till.writes("Kettle!")).conversation.id
    scheduled = await later(database, clock, li, id)
    await database.write(merge, by(li, clock), id, target)
    assert [(await now(database, one)).scheduled for one in (id, target)][1] == 1
    await database.write(unmerge, by(li, clock), id)
    assert [(await now(database, one)).scheduled for one in (id, target)] == [1, 0]
    await database.write(merge, by(li, clock), id, target)
    await due(database, clock, scheduled)
    assert (await shown(database, target))[-1] == "Has it come by now?"
    assert (await now(database, target)).scheduled == 0


async def test_nothing_is_sent_to_a_spammer(database, clock, li, id):
    scheduled = await later(database, clock, li, id)
    await database.write(mark_spam, by(li, clock), id)
    await due(database, clock, scheduled)
    assert "ReplyQueued" not in await types(database, id)
    with pytest.raises(Conflict, match="spam"):
        await later(database, clock, li, id, client_id="c2")


async def test_it_refuses_the_past_the_far_future_and_programs(database, clock, li, id):
    with pytest.raises(BadInput, match="until_past"):
        await later(database, clock, li, id, after=-HOUR)
    with pytest.raises(BadInput, match="too_far"):
        await later(database, clock, li, id, after=400 * DAY)
    with pytest.raises(BadInput, match="until_past"):
        await later(database, clock, li, id, then="snooze", until=clock.now())
    stamp = Stamp(clock.now(), SYSTEM)
    with pytest.raises(Forbidden, match="people_only"):
        await database.write(schedule_reply, stamp, id, Draft("c1", "Hello"), clock.now() + HOUR)


async def store_messages(database, id):
    return await database.read(store.recent_messages, id, 50)


async def test_the_desk_sends_it_when_it_is_due_and_once_though_the_job_should_run_again(database_url, tmp_path, clock):
    async with house(tmp_path, database_url, clock, assistant_answers=False) as desk:
        wei = await desk.visitor("zh-Hans")
        id = (await wei.says("我的水壶在哪里？")).json()["conversation_id"]
        client = await desk.signed_in("li")
        body = {"client_id": "c1", "text": "收到了吗？", "send_at": clock.now() + HOUR, "then": "close"}
        answer = await client.post(f"/api/v1/conversations/{id}/scheduled", json=body)
        assert answer.status_code == 201
        scheduled = answer.json()["scheduled_id"]
        opened = (await client.get(f"/api/v1/conversations/{id}")).json()
        assert [(one["id"], one["text"], one["author"]["name"]) for one in opened["scheduled"]] == [
            (scheduled, "收到了吗？", "Li Na")
        ]
        path, at = f"/api/v1/conversations/{id}/scheduled/{scheduled}", clock.now() + 2 * HOUR
        changed = await client.patch(path, json={"text": "水壶收到了吗？", "send_at": at})
        assert (changed.status_code, changed.json()) == (
            200,
            opened["scheduled"][0] | {"text": "水壶收到了吗？", "send_at": at},
        )
        assert (await client.patch(path, json={"words": "?"})).status_code == 400
        assert (await client.patch(path, json={"text": " "})).json()["code"] == "bad_input"
        clock.go_on(HOUR)
        await desk.settle()
        assert "水壶收到了吗？" not in await wei.hears()
        clock.go_on(HOUR)
        await desk.settle()
        job = {"scheduled_id": scheduled}
        await desk.desk.services.database.write(enqueue, SEND, job, at=clock.now(), dedupe="again")
        await desk.settle()
        assert await wei.hears() == ["水壶收到了吗？"]
        assert (await client.get(f"/api/v1/conversations/{id}")).json()["conversation"]["status"] == "closed"
        assert (await client.delete(f"/api/v1/conversations/{id}/scheduled/{scheduled}")).status_code == 404


async def test_a_letter_waits_with_those_it_is_for_and_never_becomes_a_chat(database, clock, li, chat, id):
    till = await door(database, clock, TILL)
    target = (await till.writes("Hello")).conversation.id
    letter = Letter("Kettle", to=(Party("help@pottery.example"),), bcc=(Party("chief@fennel-oak.example"),))
    stamp = by(li, clock)
    draft = Draft("c1", "Can you mend it?", letter=letter)
    scheduled = await database.write(schedule_reply, stamp, id, draft, stamp.at + HOUR)
    [waits] = await database.read(sending_later.waiting, [id])
    assert waits.letter == letter
    await database.write(merge, by(li, clock), id, target)
    await due(database, clock, scheduled)
    assert "ReplyQueued" not in await types(database, target)
    assert "ScheduledReplyCancelled" in await types(database, target)
    assert "sends no e-mail" in (await shown(database, target))[-1]


async def test_what_is_said_later_of_something_passed_on_may_be_nothing(database, clock, li, id):
    [first] = await database.read(lambda tx: letters.received(tx, id))
    passing = Letter(to=(Party("help@pottery.example"),), forwards=first.id)
    stamp = by(li, clock)
    scheduled = await database.write(schedule_reply, stamp, id, Draft("c1", "", letter=passing), stamp.at + HOUR)
    await database.write(reschedule, by(li, clock), id, scheduled, send_at=stamp.at + 2 * HOUR)
    clock.go_on(HOUR)
    await due(database, clock, scheduled)
    conversation = await database.read(store.get, id)
    assert (conversation.waiting_since is not None, conversation.assignee_id) == (True, None)
    assert "ScheduledReplySent" in await types(database, id)
