"""One agent's line: events, who is typing, who looks at what; frames are JSON."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import msgspec
import structlog

from goodword.conversations.visible import PRIVATE, Eyes, may_see
from goodword.notify.viewing import Viewing
from goodword.platform.bus import Bus, Signal
from goodword.platform.errors import BadInput
from goodword.platform.events import Batch, Event, Feed

log = structlog.get_logger(__name__)
MOST_WAITING = 2_000
RESET = b'{"kind":"reset"}'
ASK_AGAIN_EVERY = 15.0
# Beside everything on conversations; the rest of the log is for the audit, not for every agent's eyes.
ALSO_TOLD = frozenset(
    {
        "AgentAvailabilityChanged",
        "ArticlePublished",
        "ArticleUnpublished",
        "ChannelAdded",
        "ChannelEdited",
        "AgentDutyChanged",
        "CustomerBlocked",
        "CustomerUnblocked",
        "TeamCreated",
        "TeamEdited",
        "TeamRemoved",
        "TeamRestored",
        "RoutingChanged",
    }
)

# Told to nobody but the agent it happens to.
TOLD_TO_ONESELF = frozenset({"PauseOffered", "PauseTaken", "PauseEnded"})


@dataclass(frozen=True, slots=True)
class Listener:
    """Who is at the other end. ``device``: what his client calls itself, so that it isn't told what it wrote."""

    agent_id: str
    eyes: Eyes
    device: str = ""


def hello(cursor: str, now: int) -> bytes:
    return msgspec.json.encode({"kind": "hello", "cursor": cursor, "now": now})


async def agent_frames(
    listener: Listener,
    cursor: str | None,
    feed: Feed,
    bus: Bus,
    is_still_in: Callable[[], Awaitable[bool]],
    viewing: Viewing | None = None,
) -> AsyncGenerator[bytes, None]:
    """From ``cursor`` on (None: from now). Who looks where is told where ``viewing`` knows.

    Ends after a ``reset`` frame, when snapshots must be fetched anew; when the agent has left or ``is_still_in`` says
    that he may no longer listen; and when the log can't be read: he comes back then.
    """
    frames: asyncio.Queue[bytes | None] = asyncio.Queue(MOST_WAITING)

    def hear(signal: Signal) -> None:
        if frame := signal_frame(signal, listener):
            take(frame)

    def take(frame: bytes) -> None:
        with suppress(asyncio.QueueFull):
            frames.put_nowait(frame)

    async def follow() -> None:
        try:
            async for batch in feed.follow(cursor):
                if has_left(batch, listener.agent_id):
                    break
                if frame := batch_frame(batch, listener):
                    await frames.put(frame)
        except BadInput:
            await frames.put(RESET)
        except Exception as error:
            # Whatever it is: a line without news looks like a desk where nothing happens.
            log.warning("live.cannot_follow", error=repr(error))
        await frames.put(None)

    async def guard() -> None:
        while True:
            await asyncio.sleep(ASK_AGAIN_EVERY)
            if not await is_still_in():
                await frames.put(None)

    stop_listening = [bus.listen(hear)] + ([viewing.tell(take)] if viewing else [])
    tasks = [asyncio.create_task(follow()), asyncio.create_task(guard())]
    try:
        while (frame := await frames.get()) is not None:
            yield frame
    finally:
        for stop in stop_listening:
            stop()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def has_left(batch: Batch, agent_id: str) -> bool:
    """Whether it tells that the agent may no longer come in."""
    return any(entry.event.type == "AgentDisabled" and entry.event.stream == agent_id for entry in batch.entries)


def batch_frame(batch: Batch, listener: Listener) -> bytes | None:
    """None when nothing in it is meant for this agent. Each event was encoded once, for everyone who may see it."""
    if batch.reset:
        return RESET
    events = b",".join(entry.json for entry in batch.entries if is_told(entry.event, listener))
    if not events:
        return None
    return b'{"kind":"events","cursor":"' + batch.cursor.encode() + b'","events":[' + events + b"]}"


def is_told(event: Event, listener: Listener) -> bool:
    if event.stream.startswith("cnv_") or event.type in ALSO_TOLD:
        return event.type not in PRIVATE or may_see(event, listener.eyes)
    return event.stream == listener.agent_id and event.type in TOLD_TO_ONESELF


def signal_frame(signal: Signal, listener: Listener) -> bytes | None:
    """What this agent should see of a signal.

    His own typing is no news to him, his drafts are news to his other devices only.
    """
    data: dict[str, Any] = signal.data
    if signal.kind == "typing" and data.get("id") != listener.agent_id:
        who = {"kind": data.get("kind"), "id": data.get("id") or data.get("customer"), "name": data.get("name")}
        frame = {"kind": "typing", "conversation_id": signal.stream, "who": who, "on": data.get("on")}
        return msgspec.json.encode(frame)
    if signal.kind == "draft" and data.get("id") == listener.agent_id and data.get("device") != listener.device:
        told = {name: data.get(name) for name in ("text", "kind_of", "device")}
        return msgspec.json.encode({"kind": "draft", "conversation_id": signal.stream, **told})
    return None
