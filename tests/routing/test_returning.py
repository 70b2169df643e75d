"""Nothing lies with somebody who is gone."""

from datetime import datetime

import pytest

from goodword.conversations import Draft, assign, close, reply, snooze, take_over
from goodword.platform.clock import MINUTE
from goodword.platform.events import Actor
from goodword.routing import ChannelRule, change_settings
from goodword.staff import Shifts, Span, create_team, set_availability, set_duty, work_now
from goodword.staff.actions.teams import edit_team
from tests.routing.conftest import by

pytestmark = pytest.mark.anyio
SYSTEM = Actor("system")
# It is nine in Paris.
UNTIL_TEN = Shifts("Europe/Paris", ((Span("08:00", "10:00"),),) * 7)
FROM_TEN = Shifts("Europe/Paris", ((Span("10:00", "18:00"),),) * 7)


async def answers(desk, agent, conversation_id):
    desk.said += 1
    await desk.do(reply, by(agent), conversation_id, Draft(f"r{desk.said}", "Let me look."))


async def owner(desk, conversation_id):
    return (await desk.see(conversation_id)).assignee_id


async def test_who_goes_for_a_coffee_loses_what_he_has_not_begun_and_keeps_what_can_wait(desk):
    jun, ada = await desk.agent("Jun", "en", max_load=3), await desk.agent("Ada", "en", there=False, max_load=3)
    begun, fresh = await desk.customer_asks("Dana", "en"), await desk.customer_asks("Gus", "en")
    await answers(desk, jun, begun)
    await desk.do(set_availability, by(jun), jun.id, "away")
    await desk.comes(ada)
    await desk.minutes(2, jun, ada)
    assert [await owner(desk, id) for id in (begun, fresh)] == [jun.id, ada.id]
    assert (await desk.reasons(fresh))[-1] == ("returned", "Ada")
    await desk.writes("Dana")
    await desk.minutes(9, jun, ada)
    assert await owner(desk, begun) == jun.id
    await desk.minutes(2, jun, ada)
    assert await owner(desk, begun) == ada.id


async def test_a_customer_who_writes_to_somebody_whose_shift_is_over_gets_one_who_is_there(desk):
    jun, ada = await desk.agent("Jun", "en"), await desk.agent("Ada", "en", there=False, max_load=4)
    await desk.do(set_duty, SYSTEM, jun.id, shifts=UNTIL_TEN)
    dana = await desk.customer_asks("Dana", "en")
    await answers(desk, jun, dana)
    await desk.comes(ada)
    await desk.minutes(62, jun, ada)
    assert await owner(desk, dana) == jun.id
    await desk.writes("Dana")
    assert await owner(desk, dana) == ada.id
    assert (await desk.reasons(dana))[-1] == ("returned", "Ada")


async def test_next_time_he_is_the_customers_own_agent_again(desk):
    jun, ada = await desk.agent("Jun", "en", max_load=4), await desk.agent("Ada", "en", there=False, max_load=4)
    dana = await desk.customer_asks("Dana", "en")
    await answers(desk, jun, dana)
    await desk.comes(ada)
    await desk.goes(jun)
    await desk.minutes(2, ada)
    await desk.writes("Dana")
    assert await owner(desk, dana) == ada.id
    await desk.comes(jun)
    await desk.do(assign, by(ada), dana, agent_id=None)
    assert await owner(desk, dana) == jun.id


async def test_while_nobody_can_take_it_a_conversation_that_is_begun_stays_where_it_is_known(desk):
    jun = await desk.agent("Jun", "en")
    dana = await desk.customer_asks("Dana", "en")
    await answers(desk, jun, dana)
    await desk.goes(jun)
    await desk.minutes(2)
    await desk.writes("Dana")
    await desk.minutes(15)
    assert (await desk.see(dana)).handler == "agent"
    ada = await desk.agent("Ada", "en")
    await desk.minutes(1, ada)
    assert await owner(desk, dana) == ada.id


async def test_what_wakes_up_for_somebody_who_is_gone_goes_to_another(desk):
    jun, ada = await desk.agent("Jun", "en"), await desk.agent("Ada", "en", there=False)
    dana = await desk.customer_asks("Dana", "en")
    await answers(desk, jun, dana)
    await desk.do(snooze, by(jun), dana, desk.clock.now() + 20 * MINUTE)
    await desk.comes(ada)
    await desk.goes(jun)
    await desk.minutes(19, ada)
    assert await owner(desk, dana) == jun.id
    await desk.minutes(2, ada)
    assert ((await desk.see(dana)).status, await owner(desk, dana)) == ("open", ada.id)


async def test_outside_his_shift_an_agent_gets_nothing_unless_he_says_so(desk):
    jun = await desk.agent("Jun", "en", max_load=3)
    await desk.do(set_duty, SYSTEM, jun.id, shifts=FROM_TEN)
    dana = await desk.customer_asks("Dana", "en")
    assert (await desk.see(dana)).handler == "nobody"
    await desk.do(work_now, by(jun), jun.id)
    assert await owner(desk, dana) == jun.id
    await desk.do(work_now, by(jun), jun.id, on=False)
    gus = await desk.customer_asks("Gus", "en")
    assert (await desk.see(gus)).handler == "nobody"
    await desk.minutes(61, jun)
    assert await owner(desk, gus) == jun.id


async def test_who_comes_early_hears_when_the_shift_begins(desk):
    jun = await desk.agent("Jun", "en")
    await desk.do(set_duty, SYSTEM, jun.id, shifts=FROM_TEN)
    fact = (await desk.facts(await desk.customer_asks("Dana", "en"), "NobodyAvailable"))[0]
    assert datetime.fromtimestamp(fact.opens_at / 1_000).minute == 0
    assert 3_500 <= fact.expected_answer_seconds <= 3_600


async def test_the_shift_of_his_team_holds_for_who_has_none_of_his_own(desk):
    jun = await desk.agent("Jun", "en")
    team = await desk.database.write(create_team, desk.stamp(), name="Care", members=(jun.id,))
    await desk.do(edit_team, SYSTEM, team.id, shifts=FROM_TEN)
    dana = await desk.customer_asks("Dana", "en")
    assert (await desk.see(dana)).handler == "nobody"
    await desk.do(set_duty, SYSTEM, jun.id, shifts=UNTIL_TEN)
    assert await owner(desk, dana) == jun.id


async def test_a_closed_conversation_that_goes_on_waits_when_its_agent_has_his_hands_full(desk):
    jun = await desk.agent("Jun", "en", max_load=1)
    dana = await desk.customer_asks("Dana", "en")
    await answers(desk, jun, dana)
    await desk.do(close, by(jun), dana)
    gus = await desk.customer_asks("Gus", "en")
    assert await owner(desk, gus) == jun.id
    await desk.writes("Dana")
    assert ((await desk.see(dana)).handler, (await desk.see(dana)).queue_position) == ("queue", 1)
    await desk.do(close, by(jun), gus)
    assert await owner(desk, dana) == jun.id


async def test_a_person_may_give_more_than_the_load_and_the_desk_adds_nothing(desk):
    jun = await desk.agent("Jun", "en", max_load=1)
    first, second, third = [await desk.customer_asks(name, "en") for name in ("Dana", "Gus", "Omar")]
    await desk.do(take_over, by(jun), second)
    await desk.do(close, by(jun), first)
    assert [await owner(desk, id) for id in (second, third)] == [jun.id, None]


async def test_a_team_that_is_full_overflows_after_its_minutes(desk):
    ada, jun = await desk.agent("Ada", "en"), await desk.agent("Jun", "en", max_load=5)
    care = await desk.database.write(create_team, desk.stamp(), name="Care", members=(ada.id,))
    await desk.do(edit_team, SYSTEM, care.id, overflow_minutes=5)
    await desk.do(change_settings, SYSTEM, {"channels": {"chn_chat": ChannelRule(care.id)}})
    dana, gus = await desk.customer_asks("Dana", "en"), await desk.customer_asks("Gus", "en")
    assert await owner(desk, dana) == ada.id
    assert ((await desk.see(gus)).handler, (await desk.see(gus)).team_id) == ("queue", care.id)
    await desk.minutes(4, ada, jun)
    assert await owner(desk, gus) is None
    await desk.minutes(2, ada, jun)
    assert await owner(desk, gus) == jun.id
    assert (await desk.reasons(gus))[-1] == ("overflow", "Jun")
