"""Server-sent events."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from typing import Any

from litestar import Litestar, Request
from litestar.response import Stream
from litestar.response.base import ASGIResponse
from litestar.types import HTTPResponseBodyEvent, Receive, Send

BEAT = b": beat\n\n"
BEAT_EVERY = 15.0


def frame(event: str, data: bytes, id: str | None = None) -> bytes:
    """One frame; ``data`` is JSON on one line."""
    head = f"id: {id}\n" if id else ""
    return f"{head}event: {event}\ndata: ".encode() + data + b"\n\n"


def event_stream(frames: AsyncGenerator[bytes, None], *, beating: bool = False) -> Stream:
    """A response that sends ``frames`` as they come and a beat whenever nothing has come for a while.

    ``beating``: they bring such beats themselves. Then waiting costs no task, which counts where thousands wait.
    """
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    if beating:
        return LeanStream(frames, media_type="text/event-stream", headers=headers)
    return Stream(_with_beats(frames), media_type="text/event-stream", headers=headers)


class LeanStream(Stream):
    """As the framework's, which takes nearly twice the memory for each listener."""

    def __init__(self, frames: AsyncGenerator[bytes, None], **given: Any) -> None:
        super().__init__(frames, **given)
        self._frames = frames

    def to_asgi_response(self, app: Litestar | None, request: Request[Any, Any, Any], **given: Any) -> ASGIResponse:
        return LeanResponse(self._frames, self.media_type, self.headers)


class LeanResponse(ASGIResponse):
    """Begins with a beat. Sends in the task it is called in; a second, small one notices when the listener hangs up."""

    _should_set_content_length = False

    def __init__(self, frames: AsyncGenerator[bytes, None], media_type: str | None, headers: dict[str, Any]) -> None:
        super().__init__(media_type=media_type, headers=headers)
        self._frames = frames

    async def send_body(self, send: Send, receive: Receive) -> None:
        sending = asyncio.current_task()
        assert sending
        listening = asyncio.create_task(_listen(receive, sending))
        try:
            await _send_all(self._frames, send)
        except asyncio.CancelledError:
            if not listening.done():
                raise
            sending.uncancel()
        finally:
            listening.cancel()
            await self._frames.aclose()


async def _send_all(frames: AsyncIterator[bytes], send: Send) -> None:
    await send(_piece(BEAT))
    async for one in frames:
        await send(_piece(one))
    await send(_piece(b"", more=False))


def _piece(body: bytes, *, more: bool = True) -> HTTPResponseBodyEvent:
    return {"type": "http.response.body", "body": body, "more_body": more}


async def _listen(receive: Receive, sending: asyncio.Task[Any]) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    sending.cancel()


async def _with_beats(frames: AsyncIterator[bytes]) -> AsyncGenerator[bytes, None]:
    yield BEAT
    coming = asyncio.ensure_future(anext(frames, None))
    try:
        while True:
            done, _ = await asyncio.wait((coming,), timeout=BEAT_EVERY)
            if not done:
                yield BEAT
                continue
            came = coming.result()
            if came is None:
                return
            yield came
            coming = asyncio.ensure_future(anext(frames, None))
    finally:
        coming.cancel()
        await asyncio.gather(coming, return_exceptions=True)
        close = getattr(frames, "aclose", None)
        if close:
            await close()
