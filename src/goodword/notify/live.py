"""One agent's line: events, who is typing, who looks at what; frames are JSON."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from typing import Any

import msgspec
import structlog

from goodword.platform.bus import Bus, Signal
from goodword.platform.errors import BadInput
from goodword.platform.events import Batch, Feed

log = structlog.get_logger(__name__)
MOST_WAITING = 2_000
RESET = b'{"kind":"reset"}'
ASK_AGAIN_EVERY = 15.0
# Beside everything on conversations; the rest of the log is for the audit, not for every agent's eyes.
ALSO_TOLD = frozenset(
    {"AgentAvailabilityChanged", "ArticlePublished", "ArticleUnpublished", "ChannelAdded", "ChannelEdited"}
)


def hello(cursor: str, now: int) -> bytes:
    return msgspec.json.encode({"kind": "hello", "cursor": cursor, "now": now})


async def agent_frames(
    agent_id: str, cursor: str | None, feed: Feed, bus: Bus, is_still_in: Callable[[], Awaitable[bool]]
) -> AsyncIterator[bytes]:
    """From ``cursor`` on (None: from now).

    Ends after a ``reset`` frame, when snapshots must be fetched anew; when the agent has left or ``is_still_in`` says
    that he may no longer listen; and when the log can't be read: he comes back then.
    """
    frames: asyncio.Queue[bytes | None] = asyncio.Queue(MOST_WAITING)

    def hear(signal: Signal) -> None:
        frame = signal_frame(signal, agent_id)
        if frame:
            with suppress(asyncio.QueueFull):
                frames.put_nowait(frame)

    async def follow() -> None:
        try:
            async for batch in feed.follow(cursor):
                if has_left(batch, agent_id):
                    break
                if frame := batch_frame(batch):
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

    stop_listening = bus.listen(hear)
    tasks = [asyncio.create_task(follow()), asyncio.create_task(guard())]
    try:
        while (frame := await frames.get()) is not None:
            yield frame
    finally:
        stop_listening()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def has_left(batch: Batch, agent_id: str) -> bool:
    """Whether it tells that the agent may no longer come in."""
    return any(entry.event.type == "AgentDisabled" and entry.event.stream == agent_id for entry in batch.entries)


def batch_frame(batch: Batch) -> bytes | None:
    """None when nothing in it is meant for agents."""
    if batch.reset:
        return RESET
    told = (entry for entry in batch.entries if entry.event.stream.startswith("cnv_") or entry.event.type in ALSO_TOLD)
    events = b",".join(entry.json for entry in told)
    if not events:
        return None
    return b'{"kind":"events","cursor":"' + batch.cursor.encode() + b'","events":[' + events + b"]}"


def signal_frame(signal: Signal, agent_id: str) -> bytes | None:
    """What this agent should see of a signal; his own typing is no news to him."""
    data: dict[str, Any] = signal.data
    if signal.kind == "typing" and data.get("id") != agent_id:
        who = {"kind": data.get("kind"), "id": data.get("id") or data.get("customer"), "name": data.get("name")}
        frame = {"kind": "typing", "conversation_id": signal.stream, "who": who, "on": data.get("on")}
        return msgspec.json.encode(frame)
    if signal.kind == "presence":
        return msgspec.json.encode({"kind": "presence", **data})
    return None
