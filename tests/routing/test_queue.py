"""People wait, come and go."""

import asyncio

import pytest

from goodword.conversations import Draft, assign, close, reply, take_over
from goodword.conversations.actions.set_priority import set_priority
from goodword.customers import identify
from goodword.customers.actions.set_tier import set_tier
from goodword.platform.events import Actor
from goodword.routing import place
from goodword.staff import set_availability
from tests.routing.conftest import CHAT, by

pytestmark = pytest.mark.anyio
THREE = (("Dana", "en"), ("Min-jun", "ko"), ("Camille", "fr"))
TWO_KOREANS = (("Dana", "en"), ("Min-jun", "ko"), ("Yuna", "ko"))


async def test_min_jun_gets_jun_at_once(desk):
    await desk.agent("Theo", "fr", "en")
    jun = await desk.agent("Jun", "ko", "en")
    conversation = await desk.see(await desk.customer_asks("Min-jun", "ko"))
    assert (conversation.handler, conversation.assignee_id) == ("agent", jun.id)


async def test_when_all_are_full_each_is_told_his_own_place(desk):
    await desk.agent("Jun", "ko", "en")
    await desk.agent("Theo", "fr")
    first, korean, french = [await desk.customer_asks(name, language) for name, language in THREE]
    omar, yuna = await desk.customer_asks("Omar", "fr"), await desk.customer_asks("Yuna", "ko")
    assert (await desk.see(first)).handler == (await desk.see(french)).handler == "agent"
    assert await desk.told(korean, "Queued") == [("Queued", 1, None)]
    assert await desk.told(omar, "Queued") == [("Queued", 1, None)]
    assert await desk.told(yuna, "Queued") == [("Queued", 2, None)]


async def test_who_is_done_gets_the_one_who_waits_longest_and_the_others_hear_that_they_move_up(desk):
    jun = await desk.agent("Jun", "ko", "en")
    dana, min_jun, yuna = [await desk.customer_asks(name, language) for name, language in TWO_KOREANS]
    await desk.do(close, by(jun), dana)
    await desk.settle(seconds=2)
    assert (await desk.see(min_jun)).assignee_id == jun.id
    assert (await desk.see(yuna)).queue_position == 1
    assert await desk.told(yuna, "Queued", "QueuePositionChanged") == [
        ("Queued", 2, None),
        ("QueuePositionChanged", 1, None),
    ]


async def test_after_three_waits_the_time_is_told_honestly(desk):
    jun = await desk.agent("Jun", "en")
    served = await desk.customer_asks("Dana", "en")
    for number in range(3):
        following = await desk.customer_asks(f"Gus{number}", "en")
        assert await desk.told(following, "Queued") == [("Queued", 1, None)]
        desk.clock.go_on(40_000)
        await desk.comes(jun)
        await desk.do(close, by(jun), served)
        served = following
    last = await desk.customer_asks("Wei", "en")
    ((_, position, estimate),) = await desk.told(last, "Queued")
    assert position == 1
    assert 40 <= estimate <= 46
    behind = await desk.customer_asks("Lin", "en")
    ((_, position, later),) = await desk.told(behind, "Queued")
    assert (position, later) == (2, 2 * estimate)


async def test_when_nobody_is_there_it_is_said_and_the_first_who_comes_gets_it(desk):
    li = await desk.agent("Li", "zh-Hans", "en", there=False)
    wei = await desk.customer_asks("Wei", "zh-Hans")
    assert (await desk.see(wei)).handler == "nobody"
    assert await desk.told(wei, "NobodyAvailable", "Queued") == [("NobodyAvailable", None, None)]
    await desk.comes(li)
    conversation = await desk.see(wei)
    assert (conversation.handler, conversation.assignee_id, conversation.queued_at) == ("agent", li.id, None)


async def test_what_an_agent_had_not_begun_goes_to_another_a_minute_after_he_left(desk):
    jun = await desk.agent("Jun", "ko", max_load=2)
    begun, waiting = await desk.customer_asks("Min-jun", "ko"), await desk.customer_asks("Yuna", "ko")
    await desk.do(reply, by(jun), begun, Draft("hello", "안녕하세요"))
    li = await desk.agent("Li", "zh-Hans", max_load=2)
    await desk.do(set_availability, by(jun), jun.id, "offline")
    await desk.settle(seconds=40)
    assert (await desk.see(waiting)).assignee_id == jun.id
    await desk.comes(li)
    await desk.settle(seconds=30)
    assert (await desk.see(waiting)).assignee_id == li.id
    assert (await desk.see(begun)).assignee_id == jun.id


async def test_who_is_back_within_a_minute_keeps_everything(desk):
    jun = await desk.agent("Jun", "ko")
    yuna = await desk.customer_asks("Yuna", "ko")
    await desk.do(set_availability, by(jun), jun.id, "offline")
    desk.clock.go_on(30_000)
    await desk.do(set_availability, by(jun), jun.id, "available")
    await desk.comes(jun)
    await desk.settle(seconds=44)
    assert (await desk.see(yuna)).assignee_id == jun.id


async def test_those_who_wait_hear_it_when_the_last_agent_has_gone(desk):
    jun = await desk.agent("Jun", "ko")
    await desk.customer_asks("Min-jun", "ko")
    yuna = await desk.customer_asks("Yuna", "ko")
    assert (await desk.see(yuna)).handler == "queue"
    await desk.do(set_availability, by(jun), jun.id, "offline")
    await desk.settle(seconds=61)
    assert (await desk.see(yuna)).handler == "nobody"


async def test_who_had_the_conversation_gets_it_back(desk):
    await desk.agent("Ada", "en", max_load=5)
    noor = await desk.agent("Noor", "en", max_load=5)
    dana = await desk.customer_asks("Dana", "en")
    await desk.do(take_over, by(noor), dana)
    await desk.customer_asks("Gus", "en")
    await desk.do(_let_go, by(noor), dana)
    assert (await desk.see(dana)).assignee_id == noor.id


async def test_ten_who_ask_at_the_same_moment_never_overload_two_agents(desk):
    """Each is placed by a job of its own, side by side."""
    agents = [await desk.agent("Ada", "en", max_load=3), await desk.agent("Noor", "en", max_load=2)]
    asked = await asyncio.gather(*(desk.customer_asks(f"Customer{number}", "en") for number in range(10)))
    conversations = [await desk.see(id) for id in asked]
    loads = [sum(one.assignee_id == agent.id for one in conversations) for agent in agents]
    assert loads == [3, 2]
    await desk.settle(seconds=2)
    waiting = sorted(one.queue_position for one in [await desk.see(id) for id in asked] if one.assignee_id is None)
    assert waiting == [1, 2, 3, 4, 5]


async def test_a_vip_goes_before_who_came_a_little_earlier_but_not_before_who_is_next(desk):
    jun = await desk.agent("Jun", "en")
    first, following, behind = [await desk.customer_asks(name, "en") for name in ("Dana", "Gus", "Omar")]
    await desk.do(_is_a_vip, by(jun), "Wei")
    wei = await desk.customer_asks("Wei", "en")
    await desk.settle(seconds=2)
    assert [(await desk.see(id)).queue_position for id in (following, wei, behind)] == [1, 2, 2]
    assert await desk.told(behind, "Queued", "QueuePositionChanged") == [("Queued", 2, None)]
    served = []
    for _ in range(4):
        (mine,) = [
            id for id in (first, following, behind, wei) if (await desk.see(id)).assignee_id and id not in served
        ]
        served.append(mine)
        await desk.comes(jun)
        await desk.do(close, by(jun), mine)
    assert served == [first, following, wei, behind]


async def test_what_becomes_urgent_while_it_waits_moves_up(desk):
    jun = await desk.agent("Jun", "en")
    first, following, behind, last = [await desk.customer_asks(name, "en") for name in ("Dana", "Gus", "Omar", "Wei")]
    await desk.do(set_priority, by(jun), last, "urgent")
    await desk.settle(seconds=2)
    assert [(await desk.see(id)).queue_position for id in (following, last, behind)] == [1, 2, 2]
    await desk.do(close, by(jun), first)
    await desk.do(close, by(jun), following)
    assert (await desk.see(last)).assignee_id == jun.id


async def test_hearing_the_same_event_twice_changes_nothing(desk):
    jun = await desk.agent("Jun", "ko")
    yuna = await desk.customer_asks("Yuna", "ko")
    before = (await desk.see(yuna)).seq
    await desk.do(place, Actor("system"), yuna)
    assert (await desk.see(yuna)).seq == before
    assert (await desk.see(yuna)).assignee_id == jun.id


async def _is_a_vip(tx, stamp, name):
    customer, _ = await identify(tx, stamp, kind="visitor", value=f"vis_{name}", scope=CHAT.id, name=name)
    await set_tier(tx, stamp, customer.id, "vip")


async def _let_go(tx, stamp, conversation_id):
    await assign(tx, stamp, conversation_id, agent_id=None, reason="released")
