"""Every message is read once, whatever the model does."""

import asyncio
from time import perf_counter

import numpy as np
import pytest

from goodword.conversations import Draft, receive
from goodword.conversations import store as conversations
from goodword.conversations.model import ChannelRef
from goodword.customers import identify
from goodword.platform.db import open_database
from goodword.platform.embedding import EmbeddingUnavailable, NoEmbedder
from goodword.platform.events import SYSTEM, Actor, Stamp, latest
from goodword.platform.jobs import Worker, enqueue
from goodword.understanding import readings_of
from goodword.understanding.model import Understood, language_spoken
from goodword.understanding.reading import read_message
from goodword.understanding.subscribers import reader, understand_message

pytestmark = pytest.mark.anyio
CHAT = ChannelRef("chn_chat", "webchat", "Shop chat")


class Embedder:
    """Points every text the same way; or takes its time, or fails."""

    name, dimension = "one way", 4

    def __init__(self, seconds: float = 0.0, fails: bool = False) -> None:
        self.seconds, self.fails = seconds, fails

    async def query(self, texts):
        await asyncio.sleep(self.seconds)
        if self.fails:
            raise EmbeddingUnavailable("gone")
        return np.tile(np.array([0.5, 0.5, 0.5, 0.5], np.float32), (len(texts), 1))

    passages = query

    async def close(self) -> None: ...


async def read(text, embedder=None, hint=None, patience=0.05):
    return await read_message(text, hint=hint, embedder=embedder or Embedder(), patience=patience)


async def test_a_reading_says_language_and_wish_and_keeps_the_vector():
    reading = await read("Je voudrais parler à un conseiller, s'il vous plaît")
    assert (reading.language, reading.wants_human) == ("fr", True)
    assert reading.confidence["language"] > 0.7
    assert np.frombuffer(reading.embedding, "<f4").tolist() == [0.5, 0.5, 0.5, 0.5]
    assert reading.mood is reading.topic is reading.urgency is reading.complaint_kind is None


@pytest.mark.parametrize("embedder", [Embedder(seconds=30), Embedder(fails=True), NoEmbedder()])
async def test_without_a_model_in_time_the_rules_answer_alone(embedder):
    started = perf_counter()
    reading = await read("转人工", embedder)
    assert (reading.language, reading.wants_human, reading.embedding, reading.embedder) == ("zh-Hans", True, None, None)
    assert perf_counter() - started < 5


async def test_what_says_nothing_is_of_no_language():
    assert (await read("FO-204518 ???")).language == "und"
    assert (await read("")).language == "und"


def sure(language, confidence=0.95):
    return Understood("msg", language, False, confidence)


def test_the_first_sure_message_decides_the_language():
    assert language_spoken([sure("fr", 0.4), sure("ko")]) == "ko"
    assert language_spoken([sure("fr", 0.4)]) is None


def test_one_foreign_line_does_not_change_the_language_and_two_do():
    assert language_spoken([sure("fr"), sure("en"), sure("fr")]) == "fr"
    assert language_spoken([sure("fr"), sure("en"), sure("en"), sure("fr")]) == "en"


def test_lines_that_say_nothing_are_no_evidence():
    assert language_spoken([sure("fr"), sure("en"), sure("und", 0.0), sure("en")]) == "en"
    assert language_spoken([sure("fr"), sure("und", 0.0)]) == "fr"


@pytest.fixture
async def desk(database_url, bus, clock):
    database = await open_database(database_url, {"MessageReceived": ("understand",)})
    database.on_commit = bus.ring

    async def understand(run):
        await understand_message(run, reader(Embedder()))

    yield database, Worker("day", database, bus, clock, {"understand": understand})
    await database.close()


async def writes(database, clock, *lines):
    customer, identity = await database.write(
        identify, Stamp(clock.now(), SYSTEM), kind="visitor", value="vis_minjun", scope=CHAT.id, name="Kim Min-jun"
    )
    for line in lines:
        stamp = Stamp(clock.go_on(1_000), Actor("customer", customer.id, customer.name))
        received = await database.write(
            receive,
            stamp,
            Draft(line[:60], line),
            channel=CHAT,
            customer=customer.ref,
            identity_id=identity.id,
            first="assistant",
        )
    return received.conversation.id


async def test_a_message_is_understood_once_however_often_its_job_runs(desk, clock, bus):
    database, worker = desk
    conversation_id = await writes(database, clock, "주문한 주전자가 아직 안 왔어요")
    await worker.run_until_idle()
    (understood,) = [one for one in await database.read(latest, conversation_id, 20) if one.type == "MessageUnderstood"]
    conversation = await database.read(conversations.get, conversation_id)
    assert conversation.language == "ko"
    (received,) = [one for one in await database.read(latest, conversation_id, 20) if one.type == "MessageReceived"]
    assert (understood.cause, understood.hops) == (received.id, 1)

    async def again(run):
        await understand_message(run, reader(Embedder(fails=True)))

    await database.write(_enqueue, received.seq, clock.now())
    await Worker("night", database, bus, clock, {"again": again}).run_until_idle()
    events = [one.type for one in await database.read(latest, conversation_id, 20)]
    assert events.count("MessageUnderstood") == 1
    assert len(await database.read(readings_of, conversation_id)) == 1


async def test_a_conversation_follows_the_customer_into_his_language(desk, clock):
    database, worker = desk
    lines = ("Where is my parcel, please?", "제 택배가 어디에 있나요?", "주문 번호는 FO-204518입니다")
    conversation_id = await writes(database, clock, *lines)
    for _ in lines:
        await worker.run_until_idle()
    assert [one.language for one in await database.read(readings_of, conversation_id)] == ["en", "ko", "ko"]
    assert (await database.read(conversations.get, conversation_id)).language == "ko"


async def _enqueue(tx, seq, at):
    await enqueue(tx, "again", {"seq": seq}, at=at)
