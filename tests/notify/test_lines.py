"""What goes over an agent's line and to whom."""

import asyncio
import json
from contextlib import aclosing

import pytest

from goodword.conversations.visible import Eyes
from goodword.notify.live import Listener, agent_frames, signal_frame
from goodword.platform.bus import Signal
from goodword.platform.events import newest_cursor
from tests.desks import house

pytestmark = pytest.mark.anyio


def listener(agent_id, device=""):
    return Listener(agent_id, Eyes(agent_id), device)


def test_a_draft_is_news_to_ones_own_other_devices_only():
    data: dict[str, object] = {"id": "agt_li", "device": "laptop", "text": "It comes", "kind_of": "reply"}
    signal = Signal("draft", "cnv_1", data)
    frame = json.loads(signal_frame(signal, listener("agt_li", "telephone")) or b"null")
    assert frame == {
        "kind": "draft",
        "conversation_id": "cnv_1",
        "text": "It comes",
        "kind_of": "reply",
        "device": "laptop",
    }
    assert signal_frame(signal, listener("agt_li", "laptop")) is None
    assert signal_frame(signal, listener("agt_jun", "telephone")) is None


def test_ones_own_typing_is_no_news():
    signal = Signal("typing", "cnv_1", {"id": "agt_li", "name": "Li Na", "kind": "agent", "on": True})
    assert signal_frame(signal, listener("agt_li")) is None
    assert b"Li Na" in (signal_frame(signal, listener("agt_jun")) or b"")


async def test_at_the_desk_a_draft_reaches_the_other_device_while_it_is_written(database_url, tmp_path, clock):
    async with house(tmp_path, database_url, clock) as desk:
        id = (await (await desk.visitor()).says("Where is my kettle?")).json()["conversation_id"]
        li, services = await desk.signed_in("li"), desk.desk.services
        cursor = await services.database.read(newest_cursor)

        async def still_in():
            return True

        async def drafts(device, until):
            line = listener(desk.agents["li"].id, device)
            heard = []
            frames = agent_frames(line, cursor, services.feed, services.bus, still_in)
            async with aclosing(frames), asyncio.timeout(5):
                async for frame in frames:
                    read = json.loads(frame)
                    if read["kind"] == "draft":
                        heard.append(read["text"])
                    if heard and heard[-1] == until:
                        return heard
            return heard

        other = asyncio.create_task(drafts("telephone", "The end."))
        own = asyncio.create_task(drafts("laptop", "From the telephone."))
        await asyncio.sleep(0)
        path = f"/api/v1/conversations/{id}/draft"
        for text in ("It comes", "The end."):
            body = {"text": text, "kind": "reply", "device": "laptop"}
            assert (await li.put(path, json=body)).status_code == 204
        await li.put(path, json={"text": "From the telephone.", "kind": "note", "device": "telephone"})
        assert await other == ["It comes", "The end."]
        assert await own == ["From the telephone."]
        assert (await li.get(f"/api/v1/conversations/{id}")).json()["draft"]["text"] == "From the telephone."
