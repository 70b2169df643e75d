"""The visitor's line: what happens in his conversations and who is typing, as frames."""

from collections.abc import AsyncGenerator
from contextlib import aclosing

import msgspec
import structlog

from goodword.channels.adapters.webchat.view import own_conversations
from goodword.conversations import mark_fetched
from goodword.conversations.visible import to_customer
from goodword.customers.model import Session
from goodword.platform.bus import Bus, Signal
from goodword.platform.clock import Clock
from goodword.platform.db import Database, Tx
from goodword.platform.errors import BadInput
from goodword.platform.events import SYSTEM, Batch, Feed, Nudge, Stamp
from goodword.platform.http import BEAT, BEAT_EVERY, frame

log = structlog.get_logger(__name__)
RESET = frame("reset", b"{}")
GOODBYE = b""
MOST_WAITING = 1_000


async def visitor_frames(
    session: Session, cursor: str, database: Database, feed: Feed, bus: Bus, clock: Clock
) -> AsyncGenerator[bytes, None]:
    """From ``cursor`` on, with a beat whenever nothing has come for a while.

    Ends when a new conversation of his begins, when he must look anew (after ``reset``) and when the log can't be
    read: the widget comes back then. Thousands wait at the same time, so nobody has a task for it.
    """
    streams: frozenset[str] = frozenset()
    heard: list[bytes] = []
    nudge = Nudge()

    def hear(signal: Signal) -> None:
        if signal.kind == "typing" and signal.stream in streams and not signal.data.get("customer"):
            heard.append(frame("typing", msgspec.json.encode(signal.data)))
        elif signal.kind == "conversation_opened" and signal.stream in session.identity_ids:
            heard.append(GOODBYE)
        else:
            return
        del heard[:-MOST_WAITING]
        nudge.set()

    # Before he looks which are his: one that begins meanwhile is heard of.
    stop_listening = bus.listen(hear)
    try:
        streams = frozenset(one.id for one in await database.read(own_conversations, session))
        async with aclosing(feed.follow(cursor, streams, nudge=nudge, patience=BEAT_EVERY)) as batches:
            async for batch in batches:
                frames = [*heard, *_frames(batch)]
                heard.clear()
                for one in frames or [BEAT]:
                    if one == GOODBYE:
                        return
                    yield one
                if replies := _replies(batch):
                    await database.write(_mark_delivered, Stamp(clock.now(), SYSTEM), replies)
    except BadInput:
        yield RESET
    except Exception as error:
        # Whatever it is: he comes back; a line without news would keep him waiting.
        log.warning("webchat.cannot_follow", error=repr(error))
    finally:
        stop_listening()


def _frames(batch: Batch) -> list[bytes]:
    if batch.reset:
        return [RESET]
    seen = [json for entry in batch.entries if (json := to_customer(entry.event))]
    return [frame("events", b"[" + b",".join(seen) + b"]", batch.cursor)] if seen else []


def _replies(batch: Batch) -> dict[str, int]:
    """The newest reply in each conversation."""
    return {entry.event.stream: entry.event.seq for entry in batch.entries if entry.event.type == "ReplyQueued"}


async def _mark_delivered(tx: Tx, stamp: Stamp, replies: dict[str, int]) -> None:
    for conversation_id, seq in replies.items():
        await mark_fetched(tx, stamp, conversation_id, seq)
