"""The way of a message through understanding and assistant to the customer or to a person, on both databases."""

import msgspec
import pytest

from goodword.assistant import Assistant, trace_of
from goodword.assistant.api import show_trace
from goodword.assistant.wording import say
from goodword.conversations import Draft, give_back, receive, reply, take_over, tell_nobody_is_there
from goodword.conversations import store as conversations
from goodword.conversations.model import ChannelRef
from goodword.conversations.timeline import change_handler
from goodword.customers import identify
from goodword.knowledge import Hit
from goodword.platform.db import open_database
from goodword.platform.embedding import NoEmbedder
from goodword.platform.errors import Forbidden, NotFound, Unavailable
from goodword.platform.events import SYSTEM, Actor, Stamp, latest
from goodword.platform.jobs import Worker, enqueue
from goodword.routing import subscribers as routing
from goodword.routing.actions.announce import ANNOUNCE
from goodword.staff import Caller, Profile, Token, add_agent
from goodword.understanding.subscribers import reader, understand_message
from tests.assistant.cast import COSTS

pytestmark = pytest.mark.anyio
CHAT = ChannelRef("chn_chat", "webchat", "Shop chat")
SUBSCRIPTIONS = {
    "MessageReceived": ("understand",),
    "MessageUnderstood": ("answer",),
    "HandoverRequested": ("find",),
    "NobodyAvailable": ("absence",),
}


async def somebody_comes_and_goes(tx, stamp, id):
    await change_handler(tx, await conversations.hold(tx, id), stamp, "queue")
    await tell_nobody_is_there(tx, stamp, id, None)


class Articles:
    """Knows what a return costs, and nothing else; or is away. ``meanwhile`` happens while it searches."""

    def __init__(self) -> None:
        self.away = False
        self.meanwhile = None
        self.asked: list[str] = []

    async def query(self, text, *, language=None, top=5):
        self.asked.append(text)
        if self.meanwhile:
            deed, self.meanwhile = self.meanwhile, None
            await deed()
        if self.away:
            raise Unavailable("database")
        fits = 1.0 if "return" in text else 0.05
        other = msgspec.structs.replace(HIT, passage_id="psg_other", article_id="art_other", heading="Other", words=0.4)
        mine = msgspec.structs.replace(HIT, coverage=fits, words=14 * fits, score=fits)
        return [mine, msgspec.structs.replace(other, coverage=0.02, score=0.1)]


HIT = Hit(
    article_id="art_returns",
    passage_id="psg_cost",
    title="Return an item",
    slug="return-an-item",
    language="en",
    heading="What does a return cost?",
    anchor="what-does-a-return-cost",
    text=COSTS,
    score=1.0,
    meaning=None,
    words=14.0,
    coverage=1.0,
    margin=0.9,
)


class Desk:
    def __init__(self, database, bus, clock) -> None:
        self.database, self.clock, self.articles = database, clock, Articles()
        assistant = Assistant(self.articles, "Sage")

        async def understand(run):
            await understand_message(run, reader(NoEmbedder()))

        handlers = {
            "understand": understand,
            "answer": assistant.answer,
            "find": routing.find_a_person,
            "absence": assistant.explain_absence,
            ANNOUNCE: routing.tell_positions,
        }
        self.worker = Worker("day", database, bus, clock, handlers)

    async def dana_writes(self, text, *, settle=True, **draft):
        customer, identity = await self.database.write(
            identify,
            Stamp(self.clock.now(), SYSTEM),
            kind="visitor",
            value="vis_dana",
            scope=CHAT.id,
            name="Dana Evans",
            language="en",
        )
        stamp = Stamp(self.clock.go_on(1_000), Actor("customer", customer.id, customer.name))
        received = await self.database.write(
            receive,
            stamp,
            Draft(f"key-{stamp.at}", text, language="en", **draft),
            channel=CHAT,
            customer=customer.ref,
            identity_id=identity.id,
            first="assistant",
        )
        if settle:
            await self.worker.run_until_idle()
        return received

    async def ada(self):
        async def add(tx):
            profile = Profile(name="Ada Silva", email="ada@fennel-oak.example", languages=("en", "fr"))
            return await add_agent(tx, Stamp(self.clock.now(), SYSTEM), profile, "no password")

        agent = await self.database.write(add)
        return Stamp(self.clock.go_on(1_000), Actor("agent", agent.id, agent.name))

    async def events(self, id, *types):
        return [event for event in await self.database.read(latest, id, 200) if not types or event.type in types]

    async def said(self, id):
        return [event.fact().message for event in await self.events(id, "ReplyQueued")]

    async def see(self, id):
        return await self.database.read(conversations.get, id)


@pytest.fixture
async def desk(database_url, bus, clock):
    database = await open_database(database_url, SUBSCRIPTIONS)
    database.on_commit = bus.ring
    yield Desk(database, bus, clock)
    await database.close()


async def test_dana_gets_an_answer_with_its_source_and_its_reasons(desk):
    received = await desk.dana_writes("What does a return cost?")
    (answer,) = await desk.said(received.conversation.id)
    assert answer.text == f"{say('en', 'introduction')}\n\n{COSTS}"
    assert (answer.author.kind, answer.author.name) == ("assistant", "Sage")
    assert [source.url for source in answer.sources] == ["/help/en/articles/return-an-item#what-does-a-return-cost"]
    understood, decided, replied = await desk.events(
        received.conversation.id, "MessageUnderstood", "AssistantDecided", "ReplyQueued"
    )
    assert (decided.cause, replied.cause) == (understood.id, decided.id)
    fact = decided.fact()
    assert (fact.message_id, fact.decision, fact.rule) == (received.message.id, "answer", "its_heading")
    assert [(one["passage_id"], one["used"]) for one in fact.trace["looked_up"]] == [
        ("psg_cost", True),
        ("psg_other", False),
    ]


async def test_the_trace_is_found_by_question_and_by_answer(desk):
    received = await desk.dana_writes("What does a return cost?")
    id = received.conversation.id
    (answer,) = await desk.said(id)
    by_question = await desk.database.read(trace_of, id, received.message.id)
    assert by_question == await desk.database.read(trace_of, id, answer.id)
    assert by_question.trace["checks"][0]["name"] == "likely_enough"
    with pytest.raises(NotFound):
        await desk.database.read(trace_of, "cnv_other", answer.id)


async def test_the_staff_sees_the_trace_and_a_program_without_the_right_does_not(desk):
    received = await desk.dana_writes("What does a return cost?")
    id, message_id = received.conversation.id, received.message.id
    shown = await show_trace.fn(desk.database, program("conversations.read"), id, message_id)
    assert (shown.message_id, shown.decision, shown.model) == (message_id, "answer", None)
    assert shown.looked_up[0]["text"] == COSTS
    assert shown.understood["language"] == "en"
    with pytest.raises(Forbidden):
        await show_trace.fn(desk.database, program("customers.read"), id, message_id)


async def test_hearing_the_same_message_twice_says_it_once(desk):
    received = await desk.dana_writes("What does a return cost?")
    (understood,) = await desk.events(received.conversation.id, "MessageUnderstood")
    before = (await desk.see(received.conversation.id)).seq
    await desk.database.write(_again, understood.seq, desk.clock.now())
    await desk.worker.run_until_idle()
    assert (await desk.see(received.conversation.id)).seq == before


async def test_several_quick_lines_are_one_question_answered_once(desk):
    for line in ("hi", "I have a question", "what does a return cost?"):
        received = await desk.dana_writes(line, settle=False)
    await desk.worker.run_until_idle()
    assert desk.articles.asked == ["hi\nI have a question\nwhat does a return cost?"]
    (answer,) = await desk.said(received.conversation.id)
    assert COSTS in answer.text


async def test_a_wish_for_a_person_among_quick_lines_is_not_lost(desk):
    await desk.dana_writes("I want to talk to a human", settle=False)
    received = await desk.dana_writes("please", settle=False)
    await desk.worker.run_until_idle()
    (handed,) = await desk.events(received.conversation.id, "HandoverRequested")
    assert handed.fact().reason == "asked"
    assert (await desk.see(received.conversation.id)).handler in ("queue", "nobody")


async def test_nothing_is_said_when_ada_takes_over_meanwhile(desk):
    ada = await desk.ada()
    received = await desk.dana_writes("What does a return cost?", settle=False)

    async def ada_takes_over():
        await desk.database.write(take_over, ada, received.conversation.id)

    desk.articles.meanwhile = ada_takes_over
    await desk.worker.run_until_idle()
    assert await desk.said(received.conversation.id) == []
    assert await desk.events(received.conversation.id, "AssistantDecided") == []


async def test_a_line_that_comes_while_it_searches_is_answered_in_its_place(desk):
    received = await desk.dana_writes("hello my friend", settle=False)

    async def dana_goes_on():
        await desk.dana_writes("what does a return cost?", settle=False)

    desk.articles.meanwhile = dana_goes_on
    await desk.worker.run_until_idle()
    (answer,) = await desk.said(received.conversation.id)
    assert COSTS in answer.text


async def test_an_agents_conversation_is_left_alone_until_it_is_given_back(desk):
    ada = await desk.ada()
    received = await desk.dana_writes("hello")
    id = received.conversation.id
    await desk.database.write(reply, ada, id, Draft("ada-1", "Hello Dana"))
    await desk.dana_writes("what does a return cost?")
    assert len(await desk.said(id)) == 2
    await desk.database.write(give_back, ada, id)
    await desk.dana_writes("so what does a return cost?")
    assert [message.author.kind for message in await desk.said(id)] == ["assistant", "agent", "assistant"]


async def test_a_person_gets_what_was_asked_tried_and_known(desk):
    received = await desk.dana_writes("What does a return cost? My order is FO-204518.")
    await desk.dana_writes("That doesn't help. I want to talk to a person")
    (handed,) = await desk.events(received.conversation.id, "HandoverRequested")
    fact = handed.fact()
    (tried,) = fact.summary.tried
    answer = (await desk.said(received.conversation.id))[0]
    assert fact.reason == "asked"
    assert (tried.text, tried.message_id) == ("Return an item › What does a return cost?", answer.id)
    assert [one.text for one in fact.summary.asked][:2] == ["What does a return cost?", "My order is FO-204518."]
    assert [(one.name, one.value) for one in fact.summary.facts] == [("order", "FO-204518")]
    assert fact.summary.language == "en"


async def test_two_misses_bring_a_person_and_outside_of_hours_the_way_to_be_answered(desk):
    received = await desk.dana_writes("what is the weather like tomorrow?")
    id = received.conversation.id
    assert (await desk.see(id)).handler == "assistant"
    await desk.dana_writes("tell me about the moon then")
    assert [event.fact().reason for event in await desk.events(id, "HandoverRequested")] == ["missed"]
    assert (await desk.see(id)).handler == "nobody"
    texts = [message.text for message in await desk.said(id)]
    assert texts[1:] == [say("en", "hand_over.missed"), say("en", "nobody.ask_email")]


async def test_however_often_everybody_leaves_the_customer_who_waits_hears_it_once(desk):
    received = await desk.dana_writes("Can I talk to a person?")
    id = received.conversation.id
    for _ in range(2):
        await desk.database.write(somebody_comes_and_goes, Stamp(desk.clock.go_on(60_000), SYSTEM), id)
        await desk.worker.run_until_idle()
    assert len(await desk.events(id, "NobodyAvailable")) == 3
    assert [message.text for message in await desk.said(id)].count(say("en", "nobody.ask_email")) == 1


async def test_where_knowledge_is_away_a_person_is_still_reached(desk):
    desk.articles.away = True
    received = await desk.dana_writes("What does a return cost?")
    (answer,) = await desk.said(received.conversation.id)
    assert answer.text.endswith(say("en", "unknown.1"))
    await desk.dana_writes("yes please")
    assert [event.fact().reason for event in await desk.events(received.conversation.id, "HandoverRequested")] == [
        "asked"
    ]


async def test_the_choice_of_a_person_is_taken_by_its_id(desk):
    received = await desk.dana_writes("what is the weather like tomorrow?")
    await desk.dana_writes("Talk to a person", choice="person")
    (handed,) = await desk.events(received.conversation.id, "HandoverRequested")
    assert handed.fact().reason == "asked"


def program(*scopes):
    return Caller(token=Token("tok_1", "reports", scopes, "agt_ada", 0))


async def _again(tx, seq, at):
    await enqueue(tx, "answer", {"seq": seq}, at=at)
