"""Who comes first in the queue: a head start for some, and an end to waiting for everyone."""

import msgspec
from hypothesis import given
from hypothesis import strategies as some

from goodword.platform.clock import MINUTE
from goodword.routing.model import Desk, Seat, Waiting, position_in, rank_at_arrival
from goodword.routing.settings import RoutingSettings

SETTINGS = RoutingSettings()
DESK = Desk((Seat("ada", ("en",), 1, 1),))
LONGEST = 30 * MINUTE


def head_start(tier, priority="normal"):
    return SETTINGS.head_start(tier, priority)


def enter(queue: list[Waiting], number: int, at: int, ahead: int) -> list[Waiting]:
    """The queue with one more in it, everyone told what he would be told."""
    rank = rank_at_arrival(at, ahead, queue)
    arrived = Waiting(f"cnv_{number}", "en", since=at, rank=rank)
    return told(sorted([*queue, arrived], key=lambda one: one.rank), at)


def told(queue: list[Waiting], at: int) -> list[Waiting]:
    now = []
    for one in queue:
        place = position_in(queue, one.id, DESK, at)
        now.append(msgspec.structs.replace(one, told=place if one.told is None else min(one.told, place)))
    return now


def test_a_vip_goes_before_those_who_came_a_little_earlier_but_not_before_who_is_next():
    queue: list[Waiting] = []
    for number in range(3):
        queue = enter(queue, number, at=(100 + number) * MINUTE, ahead=head_start("standard"))
    queue = enter(queue, 9, at=104 * MINUTE, ahead=head_start("vip"))
    assert [one.id for one in queue] == ["cnv_0", "cnv_9", "cnv_1", "cnv_2"]
    assert [one.told for one in queue] == [1, 2, 2, 3]


def test_urgency_and_tier_add_up_and_a_low_priority_steps_back():
    assert head_start("vip", "urgent") == 20 * MINUTE
    assert head_start("standard", "low") == -5 * MINUTE
    assert head_start("standard") == 0


arrivals = some.lists(
    some.tuples(some.integers(0, 4), some.sampled_from([0, 4, 10, 20, -5]), some.booleans()), min_size=1, max_size=60
)


@given(arrivals)
def test_nobody_starves_and_no_told_place_gets_worse(steps):
    """Whoever came half an hour later than you never goes before you; who was told that he is next is next."""
    queue: list[Waiting] = []
    at = 1_000 * MINUTE
    for number, (minutes, ahead, one_is_served) in enumerate(steps):
        at += minutes * MINUTE
        before = {one.id: one.told for one in queue}
        queue = enter(queue, number, at, ahead * MINUTE)
        if one_is_served:
            served, *queue = queue
            waited = [one for one in queue if one.since <= served.since - LONGEST]
            assert not waited, "somebody who came much earlier still waits"
            nexts = [id for id, place in before.items() if place == 1]
            assert not nexts or served.id == nexts[0]
            queue = told(queue, at)
        for one in queue:
            assert (one.told or 0) <= (before.get(one.id) or one.told or 0)
