"""Two at once: one of them is first, nobody is lost, and what everyone sees adds up."""

import asyncio
from collections import Counter

import pytest

from goodword.conversations import store
from goodword.conversations.model import Conversation
from goodword.platform.db import Tx
from goodword.platform.events import SYSTEM, Stamp
from goodword.staff.actions.presence import connect
from tests.desks import House

pytestmark = pytest.mark.anyio
TIMES = 6


async def conversation(desk: House, id: str) -> Conversation:
    async def read(tx: Tx) -> Conversation:
        return await store.get(tx, id)

    return await desk.desk.services.database.read(read)


async def time_line(client, id: str) -> list[dict]:
    return (await client.get(f"/api/v1/conversations/{id}/events", params={"before": 1 << 60, "limit": 500})).json()[
        "events"
    ]


async def test_two_agents_take_over_at_once_and_one_has_it(desk: House):
    ada, li = await desk.signed_in("ada"), await desk.signed_in("li")
    for _ in range(TIMES):
        dana = await desk.visitor()
        id = (await dana.says("A person please")).json()["conversation_id"]
        answers = await asyncio.gather(
            *(client.post(f"/api/v1/conversations/{id}/take-over") for client in (ada, li)),
            *(
                client.post(f"/api/v1/conversations/{id}/replies", json={"client_id": "r", "text": "Hello"})
                for client in (ada, li)
            ),
        )
        assert {answer.status_code for answer in answers} <= {200, 202}
        now, events = await conversation(desk, id), await time_line(ada, id)
        assigned = [event["data"]["agent"]["id"] for event in events if event["type"] == "Assigned"]
        assert (now.handler, now.assignee_id) == ("agent", assigned[-1])
        previous = [event["data"]["previous"] for event in events if event["type"] == "Assigned"]
        # Each change of hands names the one before: nobody took it from under somebody unnoticed.
        assert [one and one["id"] for one in previous] == [None, *assigned[:-1]]
        assert Counter(e["type"] for e in events)["ReplyQueued"] == 2


async def test_a_reply_that_is_sent_twice_at_once_is_said_once(desk: House):
    li, dana = await desk.signed_in("li"), await desk.visitor()
    id = (await dana.says("Where is my kettle?")).json()["conversation_id"]
    reply = {"client_id": "same", "text": "On its way"}
    answers = await asyncio.gather(*(li.post(f"/api/v1/conversations/{id}/replies", json=reply) for _ in range(TIMES)))
    assert {answer.json()["message"]["id"] for answer in answers} == {answers[0].json()["message"]["id"]}
    assert (await dana.hears()) == ["On its way"]


async def test_a_message_that_is_sent_twice_at_once_opens_one_conversation(desk: House):
    dana = await desk.visitor()
    answers = await asyncio.gather(*(dana.says("Hello?", client_id="same") for _ in range(TIMES)))
    assert sorted(answer.status_code for answer in answers) == [200] * (TIMES - 1) + [202]
    assert len({answer.json()["conversation_id"] for answer in answers}) == 1
    several = await asyncio.gather(*(dana.says(f"And this? {n}") for n in range(TIMES)))
    assert len({answer.json()["conversation_id"] for answer in several}) == 1


async def test_who_writes_while_it_is_closed_is_heard(desk: House):
    li = await desk.signed_in("li")
    for _ in range(TIMES):
        dana = await desk.visitor()
        id = (await dana.says("Where is my kettle?")).json()["conversation_id"]
        reply = {"client_id": "r", "text": "On its way", "then": "close"}
        _, said, _ = await asyncio.gather(
            li.post(f"/api/v1/conversations/{id}/close"),
            dana.says("And the lid?"),
            li.post(f"/api/v1/conversations/{id}/replies", json=reply),
        )
        assert said.status_code == 202
        events = await time_line(li, id)
        deeds = [event for event in events if event["type"] in ("MessageReceived", "StatusChanged")]
        now = await conversation(desk, id)
        heard_last = deeds[-1]["type"] == "MessageReceived" or deeds[-1]["data"]["reason"] == "customer_wrote"
        assert now.status == ("open" if heard_last else "closed")
        assert [event["seq"] for event in events] == sorted({event["seq"] for event in events})


async def test_an_agent_who_has_read_as_far_as_he_saw_has_not_read_what_came_meanwhile(desk: House):
    li, dana = await desk.signed_in("li"), await desk.visitor()
    seen = (await dana.says("Where is my kettle?")).json()
    await dana.says("It was the green one.")
    await dana.says("With a lid.")
    id = seen["conversation_id"]
    await li.post(f"/api/v1/conversations/{id}/read", json={"seq": seen["seq"]})
    assert (await conversation(desk, id)).unread == 2
    await li.post(f"/api/v1/conversations/{id}/read", json={"seq": 1 << 40})
    assert (await conversation(desk, id)).unread == 0


async def test_nobody_is_given_more_than_he_may_have_however_many_ask_at_once(desk: House):
    ada = await desk.signed_in("ada")
    for key, most in (("li", 2), ("jun", 1), ("ada", 0)):
        await ada.patch(f"/api/v1/agents/{desk.agents[key].id}", json={"max_load": most})
        stamp = Stamp(desk.clock.now(), SYSTEM)
        await desk.desk.services.database.write(connect, stamp, desk.agents[key].id, f"line-{key}")
    visitors = [await desk.visitor() for _ in range(8)]
    said = await asyncio.gather(*(one.says("I want to talk to a human please") for one in visitors))
    await asyncio.gather(*(one.call("POST", "human") for one in visitors))
    await desk.settle()
    found = [await conversation(desk, answer.json()["conversation_id"]) for answer in said]
    loads = Counter(one.assignee_id for one in found)
    assert loads[desk.agents["li"].id] <= 2
    assert loads[desk.agents["jun"].id] <= 1
    assert loads[desk.agents["ada"].id] == 0
    assert sum(loads.values()) == 8
    # Whoever has no agent waits at a place of his own.
    waiting = sorted(one.queue_position or 0 for one in found if one.assignee_id is None)
    assert all(one.handler in ("agent", "queue") for one in found)
    assert waiting == list(range(1, len(waiting) + 1))


async def test_who_writes_to_an_agent_who_has_left_gets_another(desk: House):
    ada, li, dana = await desk.signed_in("ada"), await desk.signed_in("li"), await desk.visitor()
    for key in ("li", "jun"):
        stamp = Stamp(desk.clock.now(), SYSTEM)
        await desk.desk.services.database.write(connect, stamp, desk.agents[key].id, f"line-{key}")
    id = (await dana.says("A person please")).json()["conversation_id"]
    await li.post(f"/api/v1/conversations/{id}/take-over")
    await li.post(f"/api/v1/conversations/{id}/replies", json={"client_id": "r", "text": "I will look"})
    await desk.settle()
    await ada.patch(f"/api/v1/agents/{desk.agents['li'].id}", json={"disabled": True})
    await desk.settle()
    await dana.says("Have you found it?")
    await desk.settle()
    assert (await conversation(desk, id)).assignee_id == desk.agents["jun"].id


async def test_two_agents_assign_to_each_other_at_once_and_one_has_it(desk: House):
    ada, li = await desk.signed_in("ada"), await desk.signed_in("li")
    dana = await desk.visitor()
    id = (await dana.says("A person please")).json()["conversation_id"]
    ids = [desk.agents[key].id for key in ("ada", "li", "jun")]
    answers = await asyncio.gather(
        *(ada.post(f"/api/v1/conversations/{id}/assign", json={"agent_id": one}) for one in ids),
        *(li.post(f"/api/v1/conversations/{id}/give-back") for _ in ids),
        *(li.post(f"/api/v1/conversations/{id}/assign", json={"agent_id": one}) for one in reversed(ids)),
    )
    assert {answer.status_code for answer in answers} == {200}
    now, events = await conversation(desk, id), await time_line(ada, id)
    last = [event for event in events if event["type"] == "Assigned"][-1]
    assert now.assignee_id == (last["data"]["agent"] and last["data"]["agent"]["id"])
    assert (now.handler == "agent") == (now.assignee_id is not None)
