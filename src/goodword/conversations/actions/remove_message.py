"""What a message says is taken back, or taken out: it forgets it, and so does all that has quoted it."""

from collections.abc import Iterable
from typing import Final

from goodword.conversations import sending_later, store
from goodword.conversations.actions.give_intake import intake_of, keep_intake
from goodword.conversations.events import MessageReceived, MessageRemoved, MessagesMovedHere, NoteAdded, ReplyQueued
from goodword.conversations.forgetting import QUOTING, Gone, intake_without, quotes, without
from goodword.conversations.model import Message, Numbered, Removed
from goodword.conversations.search import forget, stands_at, take_in
from goodword.conversations.streams import streams_of
from goodword.conversations.timeline import record
from goodword.platform.audit import redact
from goodword.platform.clock import MINUTE
from goodword.platform.db import Row, Tx
from goodword.platform.errors import NotFound
from goodword.platform.events import Event, Fact, Stamp, by_seq, hold, of_stream
from goodword.platform.jobs import enqueue

DROP_FILES: Final = "conversations.drop_files"
OWN_WITHIN: Final = 15 * MINUTE
REASON: Final = "message removed"
QUOTING_TYPES: Final = ("ConversationMerged", *(fact.__name__ for fact in QUOTING))


async def remove_message(tx: Tx, stamp: Stamp, conversation_id: str, message_id: str) -> None:
    """Of a message or note that stands in this time line nothing is left but who said it, and when.

    Whoever wrote a reply or note may take it back for a quarter of an hour; else it takes ``conversations.remove``. A
    reply that has not left is never sent. Nothing happens where it was removed before. ``NotFound``: it isn't here.
    """
    row = await store.said_before(tx, message_id)
    stamp.need("conversations.answer" if row and _is_own_and_fresh(row, stamp) else "conversations.remove")
    if row is None or row["conversation_id"] not in await streams_of(tx, conversation_id):
        raise NotFound("message")
    await _hold_all(tx, {row["conversation_id"], (await _said(tx, row)).stream, conversation_id})
    said = await _said(tx, row)
    message = _message(said)
    if message.removed:
        return
    gone = Gone(message, Removed(stamp.actor, stamp.at))
    await _forget_in_search(tx, row, said)
    await store.empty_message(tx, message_id)
    if gone.scheduled_id:
        await sending_later.forget_words(tx, gone.scheduled_id)
    streams, quoted_in = await _forget_in_log(tx, stamp, said.stream, gone)
    await _tell(tx, stamp, {row["conversation_id"], said.stream}, streams, gone, quoted_in)
    files = [file.id for file in message.attachments]
    if files:
        await enqueue(tx, DROP_FILES, {"ids": files}, at=stamp.at, dedupe=f"{DROP_FILES}:{message_id}")


async def _hold_all(tx: Tx, ids: Iterable[str]) -> None:
    """In one order, so that two who come from different sides don't wait for each other."""
    for id in sorted(set(ids)):
        await hold(tx, id)


async def _said(tx: Tx, row: Row) -> Event:
    event = await by_seq(tx, row["seq"])
    assert event is not None
    return event


def _message(event: Event) -> Message:
    fact = event.fact()
    assert isinstance(fact, (MessageReceived, ReplyQueued, NoteAdded))
    return fact.message


def _is_own_and_fresh(row: Row, stamp: Stamp) -> bool:
    own = (row["author_kind"], row["author_id"]) == ("agent", stamp.actor.id)
    return own and stamp.at - row["at"] <= OWN_WITHIN


async def _forget_in_search(tx: Tx, row: Row, said: Event) -> None:
    """The subject of the conversation that it began is found on."""
    if row["place"] is None:
        return
    subject = (await store.get(tx, said.stream)).subject
    named = bool(subject) and await stands_at(tx, row["place"], subject)
    names = [file.name for file in _message(said).attachments]
    await forget(tx, row["place"], row["text"], *names, *([subject] if named else []))
    if named:
        await take_in(tx, row["place"], subject)


async def _forget_in_log(tx: Tx, stamp: Stamp, first: str, gone: Gone) -> tuple[set[str], tuple[str, ...]]:
    """Every stream to which these words may have got, and the letters that had quoted them."""
    streams, left, quoted_in = {first}, [first], set[str]()
    while left:
        stream = left.pop()
        await _forget_in_intake(tx, stamp, stream, gone)
        for event in await of_stream(tx, stream, QUOTING_TYPES):
            fact = event.fact()
            found = _neighbours(fact) - streams
            streams |= found
            left += found
            now = without(fact, gone)
            if now != fact:
                quoted_in |= _quoting(fact, gone)
                await redact(tx, stamp, event.seq, now, actor_name=event.actor.name, reason=REASON)
    return streams, tuple(sorted(quoted_in))


def _neighbours(fact: Fact) -> set[str]:
    """The conversations with which messages were shared."""
    values = (getattr(fact, name) for name in fact.__struct_fields__)
    return {value.id for value in values if isinstance(value, Numbered)}


def _quoting(fact: Fact, gone: Gone) -> set[str]:
    said: tuple[Message, ...] = ()
    if isinstance(fact, (MessageReceived, ReplyQueued)):
        said = (fact.message,)
    elif isinstance(fact, MessagesMovedHere):
        said = fact.messages
    letters = ((one.id, one.letter) for one in said if one.letter and one.id != gone.message.id)
    return {id for id, letter in letters if quotes(letter, gone.message)}


async def _forget_in_intake(tx: Tx, stamp: Stamp, stream: str, gone: Gone) -> None:
    known = await intake_of(tx, stream)
    if known and (left := intake_without(known, gone)) != known:
        await keep_intake(tx, stream, left, stamp.at)


async def _tell(
    tx: Tx, stamp: Stamp, told: set[str], streams: set[str], gone: Gone, quoted_in: tuple[str, ...]
) -> None:
    """Where it stands, and wherever a line of the list has shown it."""
    message, shown = gone.message, set[str]()
    await _hold_all(tx, told | streams)
    for id in streams if message.kind == "message" else ():
        if await store.show_removed(tx, id, message.author.kind, message.at):
            shown.add(id)
    for id in sorted(told | shown):
        fact = MessageRemoved(
            message_id=message.id,
            kind=message.kind,
            by_customer=message.author.kind == "customer",
            preview=gone.preview if id in shown else None,
            quoted_in=quoted_in,
        )
        lost = (await store.get(tx, id)).undelivered == message.id
        await record(tx, id, fact, stamp, **({"undelivered": None} if lost else {}))
