"""The other side of a webhook: it may hang or lead inwards, and nobody else notices."""

import asyncio

import pytest

from goodword.platform.db import Tx
from goodword.rig.clock import HandClock
from tests.desks import House, house

pytestmark = pytest.mark.anyio
INWARDS = (
    "http://127.0.0.1/",
    "http://localhost/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://0.0.0.0/",
    "http://169.254.169.254/latest/meta-data/",
    "http://10.0.0.1/",
    "http://192.168.0.1/",
    "http://2130706433/",
    "http://0x7f.1/",
    "http://[64:ff9b::7f00:1]/",
    "http://[fd00::1]/",
    "http://user:secret@127.0.0.1/",
)
NO_ADDRESS = ("javascript:alert(1)", "file:///etc/passwd", "gopher://127.0.0.1/", "//127.0.0.1", "http://[", "http:")


async def from_the_till(desk: House, who: str, text: str = "Where is my kettle?"):
    headers = {"Authorization": f"Bearer {desk.till_token}", "Idempotency-Key": f"{who}-1"}
    body = {"customer": {"external_id": who}, "text": text}
    return await desk.http.post("/api/v1/channels/till/messages", json=body, headers=headers)


async def deliveries(desk: House) -> list[str]:
    async def read(tx: Tx) -> list[str]:
        return [row["delivery"] for row in await tx.rows("SELECT delivery FROM messages WHERE author_kind = 'agent'")]

    return await desk.desk.services.database.read(read)


@pytest.mark.parametrize("address", INWARDS)
async def test_no_reply_is_sent_into_our_own_network(desk: House, address):
    ada = await desk.signed_in("ada")
    await ada.patch(f"/api/v1/channels/{desk.till.id}", json={"settings": {"webhook_url": address}})
    id = (await from_the_till(desk, "omar")).json()["conversation_id"]
    await ada.post(f"/api/v1/conversations/{id}/replies", json={"client_id": "r", "text": "Here"})
    await desk.settle()
    assert await deliveries(desk) == ["failed"]


@pytest.mark.parametrize("address", NO_ADDRESS)
async def test_what_is_no_web_address_is_refused_when_it_is_set(desk: House, address):
    ada = await desk.signed_in("ada")
    changed = await ada.patch(f"/api/v1/channels/{desk.till.id}", json={"settings": {"webhook_url": address}})
    id = (await from_the_till(desk, "omar")).json()["conversation_id"]
    await ada.post(f"/api/v1/conversations/{id}/replies", json={"client_id": "r", "text": "Here"})
    await desk.settle()
    assert changed.status_code == 400 or await deliveries(desk) == ["failed"]


async def test_a_webhook_that_hangs_keeps_nobody_else_waiting(database_url, tmp_path, clock: HandClock):
    hanging: list[asyncio.StreamWriter] = []
    server = await asyncio.start_server(lambda _, writer: hanging.append(writer), "127.0.0.1", 0)
    address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/hook"
    async with house(tmp_path, database_url, clock, call_private_addresses=True, jobs_at_once=8) as desk:
        ada, dana = await desk.signed_in("ada"), await desk.visitor()
        await ada.patch(f"/api/v1/channels/{desk.till.id}", json={"settings": {"webhook_url": address}})
        for number in range(12):
            id = (await from_the_till(desk, f"omar-{number}")).json()["conversation_id"]
            await ada.post(f"/api/v1/conversations/{id}/replies", json={"client_id": "r", "text": "Here"})
        desk.desk.worker.start()
        async with asyncio.timeout(10):
            await dana.says("Where is my kettle?")
            heard: list[str] = []
            while True:
                heard += await dana.hears()
                if heard:
                    break
                await asyncio.sleep(0.05)
        assert hanging
        for writer in hanging:
            writer.close()
        server.close()
        await desk.desk.worker.stop()
