"""Which events set off a look at the rules: none at all while no rule waits for them."""

import asyncio
from collections.abc import Iterator, Mapping

import structlog

from goodword.automation import store
from goodword.automation.situation import FACTS
from goodword.platform.bus import Bus
from goodword.platform.db import Database

CONSIDER = "automation.consider"
RULES_BELL = "automation.rules"
LOOK_ANYWAY = 1.0

log = structlog.get_logger(__name__)


class Watched(Mapping[str, tuple[str, ...]]):
    """The subscriptions of a desk, with one to ``CONSIDER`` for each fact that a rule in force waits for.

    So an event for which there is no rule costs nothing. From the moment a rule changes in this process until it has
    been read anew, every fact is watched: nothing is missed. Other processes know it as soon as the bell reaches
    them, and within a second in any case.
    """

    def __init__(self, others: Mapping[str, tuple[str, ...]]) -> None:
        self._others = others
        self._wanted: frozenset[str] | None = None
        self._changes = 0

    def __getitem__(self, type: str) -> tuple[str, ...]:
        others = self._others.get(type, ())
        wanted = self._wanted
        if type not in ALL_FACTS or (wanted is not None and type not in wanted):
            return others
        return (*others, CONSIDER)

    def get(self, type: str, default: object = ()) -> tuple[str, ...]:
        return self[type]

    def __iter__(self) -> Iterator[str]:
        return iter({**self._others, **dict.fromkeys(ALL_FACTS)})

    def __len__(self) -> int:
        return len(set(self._others) | ALL_FACTS)

    def hear(self, bells: frozenset[str]) -> None:
        """Called with the bells of each commit, before anybody else can know of it."""
        if RULES_BELL in bells:
            self._changes += 1
            self._wanted = None

    async def refresh(self, database: Database) -> None:
        """Read what is waited for; what changes while it is read counts."""
        before = self._changes
        events = await database.read(store.events_waited_for)
        if self._changes == before:
            self._wanted = frozenset(fact for name, facts in FACTS.items() if name in events for fact in facts)

    async def follow(self, database: Database, bus: Bus) -> None:
        """Keep up, until it is cancelled."""
        rung = await bus.wait(RULES_BELL, -1, 0)
        while True:
            try:
                await self.refresh(database)
            except Exception as error:
                # Whatever it is: too much is watched until it is over.
                log.warning("automation.cannot_refresh", error=repr(error))
                self._wanted = None
                await asyncio.sleep(LOOK_ANYWAY)
            rung = await bus.wait(RULES_BELL, rung, LOOK_ANYWAY)


ALL_FACTS = frozenset(fact for facts in FACTS.values() for fact in facts)
