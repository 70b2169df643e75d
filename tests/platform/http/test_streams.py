import asyncio
from typing import Any

import pytest
from litestar import Request

from goodword.platform.http import event_stream, frame
from goodword.platform.http.streams import BEAT, _with_beats

SCOPE: Any = {"type": "http"}


def test_a_frame_is_three_lines_and_a_blank_one():
    assert frame("events", b'{"n":1}', "0.5") == b'id: 0.5\nevent: events\ndata: {"n":1}\n\n'
    assert frame("reset", b"{}") == b"event: reset\ndata: {}\n\n"


@pytest.mark.anyio
async def test_frames_come_as_they_are_made_and_the_source_is_closed_when_nobody_listens():
    closed = asyncio.Event()
    news: asyncio.Queue[bytes] = asyncio.Queue()

    async def source():
        try:
            while True:
                yield await news.get()
        finally:
            closed.set()

    stream = _with_beats(source())
    assert await anext(stream) == BEAT
    for one in (b"a", b"b"):
        news.put_nowait(one)
        assert await anext(stream) == one
    waiting = asyncio.ensure_future(anext(stream))
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    await stream.aclose()
    await asyncio.wait_for(closed.wait(), 5)


@pytest.mark.anyio
async def test_a_source_that_ends_ends_the_stream_and_one_that_fails_fails_it():
    async def ends():
        yield b"a"

    async def fails():
        yield b"a"
        raise RuntimeError("source")

    assert [one async for one in _with_beats(ends())] == [BEAT, b"a"]
    with pytest.raises(RuntimeError, match="source"):
        [one async for one in _with_beats(fails())]


def test_nothing_on_the_way_may_keep_a_stream_back():
    async def nothing():
        yield b""

    response = event_stream(nothing())
    assert response.media_type == "text/event-stream"
    assert response.headers == {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


@pytest.mark.anyio
async def test_a_stream_that_beats_by_itself_is_closed_when_the_listener_hangs_up():
    sent: asyncio.Queue[bytes] = asyncio.Queue()
    closed, hung_up = asyncio.Event(), asyncio.Event()

    async def source():
        try:
            yield b"a"
            await asyncio.Event().wait()
        finally:
            closed.set()

    async def send(message):
        sent.put_nowait(message.get("body", b""))

    async def receive():
        await hung_up.wait()
        return {"type": "http.disconnect"}

    answer = event_stream(source(), beating=True).to_asgi_response(None, Request(SCOPE))
    answering = asyncio.ensure_future(answer(SCOPE, receive, send))
    assert [await sent.get() for _ in range(3)] == [b"", BEAT, b"a"]
    hung_up.set()
    await asyncio.wait_for(answering, 5)
    assert closed.is_set()


@pytest.mark.anyio
async def test_a_stream_that_beats_by_itself_ends_with_its_source():
    sent = []

    async def source():
        yield b"a"

    async def send(message):
        sent.append((message.get("body"), message.get("more_body")))

    async def receive():
        await asyncio.Event().wait()

    await event_stream(source(), beating=True).to_asgi_response(None, Request(SCOPE))(SCOPE, receive, send)
    assert sent[1:] == [(BEAT, True), (b"a", True), (b"", False)]
