"""What became of an arrival when it was read."""

from typing import NamedTuple

import msgspec

from goodword.channels.arrivals import store
from goodword.channels.arrivals.events import ArrivalQuarantined, ArrivalSetAside, ArrivalTaken
from goodword.channels.arrivals.model import LONGEST_DETAIL, Arrival
from goodword.channels.contract import Aside, Outcome
from goodword.platform.db import Tx
from goodword.platform.events import Fact, Stamp, append
from goodword.platform.words import clean


class Place(NamedTuple):
    conversation_id: str | None = None
    message_id: str | None = None


NOWHERE = Place()


async def settle(tx: Tx, stamp: Stamp, arrival: Arrival, outcome: Outcome) -> Arrival:
    if isinstance(outcome, Aside):
        aside = ArrivalSetAside(reason=outcome.reason, conversation_id=outcome.conversation_id)
        place = Place(outcome.conversation_id)
        return await _keep(tx, stamp, arrival, aside, "aside", outcome.reason, place=place)
    taken = ArrivalTaken(conversation_id=outcome.conversation_id, message_id=outcome.message_id)
    place = Place(outcome.conversation_id, outcome.message_id)
    return await _keep(tx, stamp, arrival, taken, "taken", place=place)


async def quarantine(tx: Tx, stamp: Stamp, arrival: Arrival, reason: str, detail: str = "") -> Arrival:
    """Until a person has looked at it."""
    fact = ArrivalQuarantined(reason=reason)
    return await _keep(tx, stamp, arrival, fact, "quarantined", reason, clean(detail, LONGEST_DETAIL))


async def _keep(
    tx: Tx,
    stamp: Stamp,
    arrival: Arrival,
    fact: Fact,
    state: str,
    reason: str = "",
    detail: str = "",
    place: Place = NOWHERE,
) -> Arrival:
    settled = msgspec.structs.replace(
        arrival,
        state=state,
        reason=reason,
        detail=detail,
        attempts=0,
        conversation_id=place.conversation_id,
        message_id=place.message_id,
    )
    await append(tx, arrival.id, fact, stamp)
    return await store.keep(tx, settled)
