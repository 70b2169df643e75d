"""How long it takes: said only when it is known, and then it holds."""

import heapq
from random import Random

import pytest

from goodword.platform.clock import DAY, HOUR, MINUTE
from goodword.routing.waits import Expectation, Wait, bound_seconds, expectation, expected_answer_seconds

TUESDAY_TEN = 1_790_668_800_000  # 2026-09-29 08:00 UTC, ten o'clock in Paris
PARIS = "Europe/Paris"


def waits(minutes: int, count: int = 12, at: int = TUESDAY_TEN, team: str | None = None) -> list[Wait]:
    return [Wait(minutes * MINUTE, 1, at, team) for _ in range(count)]


def test_the_same_hour_for_the_same_team_counts_first():
    known = waits(2, at=TUESDAY_TEN - DAY, team="tem_care") + waits(9, at=TUESDAY_TEN - 5 * HOUR, team="tem_care")
    known += waits(30, team="tem_sales")
    assert expectation(known, 1, TUESDAY_TEN, PARIS, "tem_care") == Expectation(120, 120)
    assert expectation(known, 1, TUESDAY_TEN - 5 * HOUR, PARIS, "tem_care") == Expectation(540, 540)
    assert expectation(known, 1, TUESDAY_TEN, PARIS, "tem_sales") == Expectation(1_800, 1_800)


def test_where_too_little_is_known_of_the_hour_wider_circles_count():
    known = waits(2, count=3, at=TUESDAY_TEN, team="tem_care") + waits(8, at=TUESDAY_TEN - 8 * HOUR, team="tem_care")
    assert expectation(known, 1, TUESDAY_TEN, PARIS, "tem_care").seldom == 480


def test_sundays_are_no_tuesdays():
    sunday = TUESDAY_TEN - 2 * DAY
    known = waits(2, at=TUESDAY_TEN - 7 * DAY) + waits(20, at=sunday)
    assert expectation(known, 1, TUESDAY_TEN, PARIS) == Expectation(120, 120)
    assert expectation(known, 1, sunday + 7 * DAY, PARIS) == Expectation(1_200, 1_200)


def test_a_bound_is_said_only_when_nine_have_shown_it():
    assert bound_seconds(waits(2, count=8), 1) is None
    assert bound_seconds(waits(2, count=9), 1) == 120
    assert expectation(waits(2, count=3), 2, TUESDAY_TEN) == Expectation(240, None)
    assert expectation([], 1, TUESDAY_TEN) == Expectation(None, None)


def test_who_comes_at_night_hears_when_somebody_will_be_there():
    assert expected_answer_seconds([], TUESDAY_TEN, TUESDAY_TEN - 2 * HOUR) == 7_200


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_nine_of_ten_wait_no_longer_than_they_were_told(seed):
    """Three weeks of a desk with busy hours, long and short talks and agents who come and go; the last two are held
    against what was said."""
    said = list(_simulated(Random(seed), days=21))
    judged = [(bound, usual, waited) for day, bound, usual, waited in said if day >= 7 and bound is not None]
    kept = sum(waited <= bound for bound, _, waited in judged) / len(judged)
    below = sum(waited <= usual for _, usual, waited in judged) / len(judged)
    assert len(judged) > 300
    assert kept >= 0.85
    assert 0.3 <= below <= 0.75
    assert len(judged) / len([one for one in said if one[0] >= 7]) > 0.95


def _simulated(random: Random, days: int):
    """(day, bound, usual, wait) in seconds of everyone who had to wait, with what he was told on arrival."""
    known: list[Wait] = []
    for day in range(days):
        start = TUESDAY_TEN + day * DAY - 2 * HOUR
        begins, free = _arrivals(random, start), [start] * random.choice((2, 3, 3))
        heapq.heapify(free)
        starts: list[int] = []
        ended: list[tuple[int, Wait]] = []
        for at in begins:
            begun = max(at, heapq.heappop(free))
            heapq.heappush(free, begun + round(random.lognormvariate(1.7, 0.7) * MINUTE))
            starts.append(begun)
            if begun > at:
                position = sum(other > at for other in starts)
                over = [wait for done, wait in ended if done <= at]
                told = expectation([*reversed(over), *known], position, at, PARIS)
                ended.append((begun, Wait(begun - at, position, at)))
                ended.sort(key=lambda one: one[0])
                yield day, told.seldom, told.usual, (begun - at) / 1_000
        known = [wait for _, wait in reversed(ended)] + known


def _arrivals(random: Random, start: int) -> list[int]:
    at, found = start, []
    while (at := at + round(random.expovariate(1 / _apart((at - start) / HOUR)))) < start + 9 * HOUR:
        found.append(at)
    return found


def _apart(hour: float) -> float:
    return (2.6 if 2 <= hour < 5 else 4.2) * MINUTE
