"""Any system posts messages in with an idempotency key, and gets replies by a signed webhook."""

import base64
import hashlib
import hmac
import json

import httpx
import pytest

from goodword.channels.model import signing_secret
from goodword.platform.http import Outgoing
from tests.desks import House

pytestmark = pytest.mark.anyio
OMAR = {"external_id": "omar-1", "name": "Omar Diallo", "email": "omar@customers.example"}


async def post(desk: House, text: str, key: str = "k1", token: str | None = None, **more):
    return await desk.http.post(
        "/api/v1/channels/till/messages",
        json={"customer": OMAR, "text": text, **more},
        headers={"Authorization": f"Bearer {token or desk.till_token}", "Idempotency-Key": key},
    )


class Shop:
    """The other side of the webhook, answering as it is told."""

    def __init__(self, *statuses: int) -> None:
        self.statuses = list(statuses)
        self.requests: list[httpx.Request] = []

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return httpx.Response(self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0])


@pytest.fixture
def connected(desk: House):
    """Has the desk's webhooks go to a shop of the test's own."""

    def connect(shop: Shop) -> None:
        client = httpx.AsyncClient(transport=httpx.MockTransport(shop.answer))
        desk.desk.delivery.outgoing = Outgoing(client)

    return connect


async def test_a_message_is_taken_in_once_for_each_key(desk: House):
    first, again, other = await post(desk, "Bonjour"), await post(desk, "Bonjour"), await post(desk, "Encore", "k2")
    assert [one.status_code for one in (first, again, other)] == [202, 202, 202]
    assert first.json()["message_id"] == again.json()["message_id"] != other.json()["message_id"]
    assert [first.json()["fresh"], again.json()["fresh"]] == [True, False]
    assert first.json()["conversation_id"] == other.json()["conversation_id"]


async def test_threads_of_the_other_system_stay_apart(desk: House):
    one = await post(desk, "A", "k1", thread="order-1")
    two = await post(desk, "B", "k2", thread="order-2")
    assert one.json()["conversation_id"] != two.json()["conversation_id"]


@pytest.mark.parametrize("token", ["gwc_wrong", "gw_", "x"])
async def test_a_wrong_token_takes_nothing_in(desk: House, token):
    assert (await post(desk, "Bonjour", token=token)).status_code == 401
    ada = await desk.signed_in("ada")
    assert (await ada.get("/api/v1/conversations")).json()["conversations"] == []


async def test_a_message_without_a_key_is_refused(desk: House):
    headers = {"Authorization": f"Bearer {desk.till_token}"}
    answer = await desk.http.post(
        "/api/v1/channels/till/messages", json={"customer": OMAR, "text": "x"}, headers=headers
    )
    assert answer.status_code == 400


async def test_a_reply_leaves_as_a_signed_webhook_and_is_delivered(desk: House, connected):
    shop = Shop(204)
    connected(shop)
    id = (await post(desk, "Où est ma commande ?")).json()["conversation_id"]
    ada = await desk.signed_in("ada")
    await ada.post(f"/api/v1/conversations/{id}/replies", json={"client_id": "r1", "text": "Elle part demain."})
    await desk.settle()
    request = shop.requests[-1]
    body, headers = request.content, request.headers
    assert json.loads(body)["message"]["text"] == "Elle part demain."
    assert json.loads(body)["customer"]["external_id"] == "omar-1"
    secret = signing_secret(desk.desk.services.secret_key, desk.till.id)
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.new(secret.encode(), signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert "Delivered" in await types(ada, id)


async def test_a_webhook_that_is_away_is_tried_again_with_the_same_id_and_shown_as_late(desk: House, connected):
    shop = Shop(503, 503, 200)
    connected(shop)
    id = (await post(desk, "Bonjour")).json()["conversation_id"]
    ada = await desk.signed_in("ada")
    await ada.post(f"/api/v1/conversations/{id}/replies", json={"client_id": "r1", "text": "Voilà."})
    for _ in range(4):
        await desk.settle()
        desk.clock.go_on(10_000)
    ours = [r for r in shop.requests if json.loads(r.content)["message"]["text"] == "Voilà."]
    assert len({r.headers["webhook-id"] for r in ours}) == 1
    assert [t for t in await types(ada, id) if t.startswith("Deliver")][-2:] == ["DeliveryFailed", "Delivered"]


async def test_a_webhook_that_says_no_is_not_asked_again(desk: House, connected):
    shop = Shop(410)
    connected(shop)
    id = (await post(desk, "Bonjour")).json()["conversation_id"]
    ada = await desk.signed_in("ada")
    await ada.post(f"/api/v1/conversations/{id}/replies", json={"client_id": "r1", "text": "Voilà."})
    await desk.settle()
    desk.clock.go_on(100_000)
    await desk.settle()
    opened = (await ada.get(f"/api/v1/conversations/{id}")).json()
    failures = [e["data"] for e in opened["events"] if e["type"] == "DeliveryFailed"]
    assert failures
    assert all(failure["final"] for failure in failures)


async def test_without_a_webhook_a_reply_waits_until_it_is_read(desk: House):
    ada = await desk.signed_in("ada")
    await ada.patch(f"/api/v1/channels/{desk.till.id}", json={"settings": {"webhook_url": ""}})
    id = (await post(desk, "Bonjour")).json()["conversation_id"]
    await ada.post(f"/api/v1/conversations/{id}/replies", json={"client_id": "r1", "text": "Voilà."})
    await desk.settle()
    assert not [t for t in await types(ada, id) if t.startswith("Deliver")]
    headers = {"Authorization": f"Bearer {desk.till_token}"}
    read = await desk.http.get(f"/api/v1/channels/till/conversations/{id}", headers=headers)
    assert "Voilà." in read.text
    assert "Delivered" in await types(ada, id)


async def test_a_long_key_is_as_good_as_a_short_one(desk: House):
    first, again = await post(desk, "Bonjour", "k" * 200), await post(desk, "Bonjour", "k" * 200)
    assert (first.status_code, again.json()["fresh"]) == (202, False)


async def types(client: httpx.AsyncClient, id: str) -> list[str]:
    return [event["type"] for event in (await client.get(f"/api/v1/conversations/{id}")).json()["events"]]
