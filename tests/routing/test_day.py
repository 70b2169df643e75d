"""A day of agents who come, go, pause and end their shifts, and of customers who write all the while."""

from random import Random

import pytest

from goodword.conversations import Conversation, Draft, close, reply, snooze
from goodword.platform.clock import MINUTE
from goodword.platform.db import Tx
from goodword.platform.events import SYSTEM
from goodword.routing import store
from goodword.routing.model import choose
from goodword.staff import Agent, Shifts, Span, set_availability, set_duty
from goodword.staff.shifts import on_shift
from tests.routing.conftest import by

pytestmark = pytest.mark.anyio
STAFF = (
    ("Ada", ("en", "fr"), ("08:00", "12:00"), 2),
    ("Theo", ("fr", "en"), ("09:00", "11:00"), 3),
    ("Jun", ("ko", "en"), ("09:30", "12:00"), 2),
    ("Li", ("zh-Hans", "en"), ("08:00", "10:30"), 3),
)
LANGUAGES = ("en", "fr", "ko", "zh-Hans", "zh-Hant")
# After so many minutes what is begun goes back, and one more for the look around.
PATIENCE = 11


@pytest.mark.slow
@pytest.mark.parametrize("seed", [7, 19])
async def test_at_no_moment_of_a_day_does_anything_lie_with_somebody_who_is_gone(desk, seed):
    day = Day(desk, Random(seed))
    await day.begin()
    for minute in range(150):
        await day.something_happens(minute)
        await desk.minutes(1, *day.at_work())
        await day.look()
    assert len(day.asked) > 20
    assert day.lay > 10, "too easy a day: hardly anything ever lay with somebody who was gone"
    assert {reason for reason, _ in await day.all_reasons()} >= {"routed", "returned"}


class Day:
    def __init__(self, desk, random: Random) -> None:
        self.desk, self.random = desk, random
        self.agents: dict[str, Agent] = {}
        self.shifts: dict[str, Shifts] = {}
        self.open: set[str] = set()
        self.away: set[str] = set()
        self.talks: dict[str, str] = {}
        self.stuck: dict[str, int] = {}
        self.asked: list[str] = []
        self.lay = 0

    async def begin(self) -> None:
        for name, languages, (start, end), most in STAFF:
            agent = await self.desk.agent(name, *languages, max_load=most)
            shifts = Shifts("Europe/Paris", ((Span(start, end),),) * 7)
            await self.desk.do(set_duty, SYSTEM, agent.id, shifts=shifts)
            self.agents[agent.id], self.shifts[agent.id] = agent, shifts
            self.open.add(agent.id)

    def at_work(self) -> list[Agent]:
        return [self.agents[id] for id in self.open]

    async def something_happens(self, minute: int) -> None:
        if self.random.random() < 0.2:
            await self._customer_asks(minute)
        if self.random.random() < 0.12:
            await self._agent_moves()
        for id, name in list(self.talks.items()):
            await self._goes_on(id, name)

    async def _customer_asks(self, minute: int) -> None:
        name = f"Customer{minute}"
        id = await self.desk.customer_asks(name, self.random.choice(LANGUAGES))
        self.talks[id] = name
        self.asked.append(id)

    async def _agent_moves(self) -> None:
        """Somebody who is gone comes back, or somebody who is there goes: for a coffee, or with his workspace shut."""
        gone = [agent for agent in self.agents.values() if agent.id not in self.open or agent.id in self.away]
        if gone and self.random.random() < 0.6:
            agent = self.random.choice(gone)
            await (self._closes_or_opens(agent) if agent.id not in self.open else self._says(agent))
        else:
            agent = self.random.choice(list(self.agents.values()))
            await self.random.choice([self._closes_or_opens, self._says])(agent)

    async def _closes_or_opens(self, agent: Agent) -> None:
        self.open ^= {agent.id}
        await (self.desk.comes if agent.id in self.open else self.desk.goes)(agent)

    async def _says(self, agent: Agent) -> None:
        self.away ^= {agent.id}
        wish = "away" if agent.id in self.away else "available"
        await self.desk.do(set_availability, by(agent), agent.id, wish)

    async def _goes_on(self, id: str, name: str) -> None:
        conversation = await self.desk.see(id)
        agent = self.agents.get(conversation.assignee_id or "")
        if conversation.status == "waiting" and self.random.random() < 0.2:
            await self.desk.writes(name)
        elif agent and self._is_here(agent.id) and conversation.status == "open" and self.random.random() < 0.3:
            await self._answers(agent, id)

    async def _answers(self, agent: Agent, id: str) -> None:
        self.desk.said += 1
        await self.desk.do(reply, by(agent), id, Draft(f"r{self.desk.said}", "Let me look."))
        chance = self.random.random()
        if chance < 0.35:
            await self.desk.do(close, by(agent), id)
            del self.talks[id]
        elif chance < 0.45:
            await self.desk.do(snooze, by(agent), id, self.desk.clock.now() + 15 * MINUTE)

    def _is_here(self, agent_id: str) -> bool:
        here = agent_id in self.open and agent_id not in self.away
        return here and on_shift(self.shifts[agent_id], self.desk.clock.now())

    async def look(self) -> None:
        now = self.desk.clock.now()
        running = [await self.desk.see(id) for id in self.talks]
        for agent in self.agents.values():
            mine = [one for one in running if one.assignee_id == agent.id and one.status in ("open", "waiting")]
            woken = sum(one.snoozed_until is None and one.status == "open" for one in mine)
            assert len(mine) <= agent.max_load + woken
        able = await self.desk.database.read(_who_could_take, [one.id for one in running], now)
        for one in running:
            self._mind(one, able[one.id])

    def _mind(self, one: Conversation, could: bool) -> None:
        lies = one.status == "open" and (one.assignee_id is None or not self._is_here(one.assignee_id))
        if not (lies and could):
            self.stuck.pop(one.id, None)
            return
        self.lay += 1
        self.stuck[one.id] = self.stuck.get(one.id, 0) + 1
        assert self.stuck[one.id] <= (PATIENCE if one.assignee_id else 1), f"{one} lies with somebody who is gone"

    async def all_reasons(self) -> set[tuple[str, str | None]]:
        return {reason for id in self.asked for reason in await self.desk.reasons(id)}


async def _who_could_take(tx: Tx, ids: list[str], now: int) -> dict[str, bool]:
    rules = await store.settings(tx)
    desk = await store.desk(tx, now, rules)
    return {id: choose(await store.returning(tx, id, now, rules), desk, now) is not None for id in ids}
