"""What the assistant does when it hears of something."""

from collections.abc import Sequence
from time import perf_counter
from typing import Any

import msgspec

from goodword.assistant.acknowledging import expected_of
from goodword.assistant.actions.acknowledge import acknowledge
from goodword.assistant.actions.carry_out import carry_out
from goodword.assistant.actions.explain_absence import explain_absence
from goodword.assistant.actions.forget_question import forget_question
from goodword.assistant.deciding import decide, question_to_look_up
from goodword.assistant.looking_up import Asks, Lookup
from goodword.assistant.model import Decision, Found
from goodword.assistant.standing import standing
from goodword.platform.db import Tx
from goodword.platform.events import Actor, Event, by_seq
from goodword.platform.i18n import FALLBACK
from goodword.platform.jobs import Run
from goodword.understanding.events import MessageUnderstood

SHOWN = 6
EXCERPT = 160


class Assistant:
    """``name`` is what customers see; ``fallback`` the language in which it speaks while it knows no better."""

    def __init__(self, search: Asks, name: str, fallback: str = FALLBACK) -> None:
        self._lookup = Lookup(search)
        self._actor = Actor("assistant", "assistant", name)
        self._fallback = fallback

    async def answer(self, run: Run) -> None:
        """On ``MessageUnderstood``: look up outside of any transaction, then say and keep everything in one."""
        event = await self._heard(run)
        understood = event.fact()
        assert isinstance(understood, MessageUnderstood)
        started = perf_counter()
        stands = await run.database.read(standing, event.stream, understood, self._fallback, run.clock.now())
        situation = stands.situation
        if situation is None:
            await run.finish(_nothing)
            return
        asked = question_to_look_up(situation)
        found = await self._lookup.find(asked, situation.language)
        decision = decide(situation, found)
        trace = _trace(understood, found, decision, round((perf_counter() - started) * 1_000))
        stamp = event.stamp(run.clock.now(), self._actor)
        await run.finish(carry_out, stamp, event.stream, situation, decision, trace)

    async def explain_absence(self, run: Run) -> None:
        """On ``NobodyAvailable``."""
        event = await self._heard(run)
        stamp = event.stamp(run.clock.now(), self._actor)
        await run.finish(explain_absence, stamp, event.stream, self._fallback)

    async def acknowledge(self, run: Run) -> None:
        """On ``Queued``, ``NobodyAvailable`` and ``Assigned``: a mail is told that it has come."""
        event = await self._heard(run)
        expected = expected_of(event)
        if expected:
            stamp = event.stamp(run.clock.now(), self._actor)
            await run.finish(acknowledge, stamp, event.stream, expected, self._fallback)

    async def forget_question(self, run: Run) -> None:
        """On ``MessageRemoved``."""
        await run.finish(forget_question, await self._heard(run))

    async def _heard(self, run: Run) -> Event:
        event = await run.database.read(by_seq, run.job.payload["seq"])
        assert event is not None
        return event


async def _nothing(tx: Tx) -> None:
    """Only the job ends."""


def _trace(understood: MessageUnderstood, found: Sequence[Found], decision: Decision, ms: int) -> dict[str, Any]:
    used = {source.passage_id for source in decision.sources}
    return {
        "understood": {
            "language": understood.language,
            "wants_human": understood.wants_human,
            "mood": understood.mood,
            "confidence": understood.confidence,
        },
        "looked_up": [_looked_up(one, one.passage_id in used) for one in found[:SHOWN]],
        "checks": msgspec.to_builtins(decision.checks),
        "model": None,
        "ms": {"total": ms},
    }


def _looked_up(found: Found, used: bool) -> dict[str, Any]:
    """What was used stands there whole; of the others the beginning is enough to see why they were not."""
    return {**msgspec.structs.asdict(found), "text": found.text if used else found.text[:EXCERPT], "used": used}
