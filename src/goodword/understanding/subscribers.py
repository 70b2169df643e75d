"""Every message of a customer is read as it comes in."""

from collections.abc import Awaitable
from time import perf_counter
from typing import Protocol

from goodword.conversations import letters
from goodword.conversations import store as conversations
from goodword.conversations.events import MessageReceived, MessageRemoved
from goodword.customers.store import find_customer
from goodword.platform.db import Tx
from goodword.platform.embedding import Embedder
from goodword.platform.events import Event, by_seq
from goodword.platform.jobs import Run
from goodword.understanding import store
from goodword.understanding.actions.note_reading import note_reading
from goodword.understanding.model import Reading
from goodword.understanding.reading import read_message


class Reader(Protocol):
    """``read_message`` with its embedder."""

    def __call__(self, text: str, *, hint: str | None) -> Awaitable[Reading]: ...


def reader(embedder: Embedder) -> Reader:
    def read(text: str, *, hint: str | None) -> Awaitable[Reading]:
        return read_message(text, hint=hint, embedder=embedder)

    return read


async def understand_message(run: Run, read: Reader) -> None:
    """On ``MessageReceived``: the model works outside of any transaction, then one transaction keeps what it found.

    What somebody says to whom the conversation was only passed on says nothing of the customer: neither of his language
    nor of his mood or wishes.
    """
    event, hint = await run.database.read(_received, run.job.payload["seq"])
    fact = event.fact()
    assert isinstance(fact, MessageReceived)
    if letters.is_outside(fact.message):
        await run.finish(_nothing)
        return
    started = perf_counter()
    reading = await read(fact.message.text, hint=hint)
    ms = round((perf_counter() - started) * 1_000)
    await run.finish(note_reading, event.stamp(run.clock.now()), event.stream, fact.message.id, event.seq, reading, ms)


async def forget_reading(run: Run) -> None:
    """On ``MessageRemoved``: from a vector words can be guessed."""
    await run.finish(_forget, run.job.payload["seq"])


async def _forget(tx: Tx, seq: int) -> None:
    event = await by_seq(tx, seq)
    assert event is not None
    fact = event.fact()
    assert isinstance(fact, MessageRemoved)
    await store.forget_meaning(tx, fact.message_id)


async def _received(tx: Tx, seq: int) -> tuple[Event, str | None]:
    """The event, and what the customer is believed to speak: what the conversation is held in, else what he told us."""
    event = await by_seq(tx, seq)
    assert event is not None
    conversation = await conversations.get(tx, event.stream)
    customer = None if conversation.language else await find_customer(tx, conversation.customer_id)
    return event, conversation.language or (customer.language if customer else None)


async def _nothing(tx: Tx) -> None:
    """Only the job ends."""
