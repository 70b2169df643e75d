import pytest

from goodword.platform.clock import SECOND
from goodword.platform.errors import RateLimited
from goodword.platform.limits import MOST_CALLERS, RateLimit


def spent(limit, caller, now, most=1_000):
    """How many go through at ``now``."""
    for count in range(most):
        try:
            limit.spend(caller, now)
        except RateLimited:
            return count
    return most


def test_a_burst_goes_through_and_then_as_many_as_time_allows(clock):
    limit = RateLimit(burst=10, seconds=20)
    assert spent(limit, "dana", clock.now()) == 10
    assert spent(limit, "dana", clock.go_on(1_999)) == 0
    assert spent(limit, "dana", clock.go_on(1)) == 1
    assert spent(limit, "dana", clock.go_on(7 * SECOND)) == 3
    assert spent(limit, "dana", clock.go_on(3600 * SECOND)) == 10, "nothing is saved up beyond the burst"


def test_asking_in_vain_costs_nothing(clock):
    limit = RateLimit(burst=1, seconds=10)
    assert spent(limit, "dana", clock.now()) == 1
    for _ in range(9):
        assert spent(limit, "dana", clock.go_on(SECOND)) == 0
    assert spent(limit, "dana", clock.go_on(SECOND)) == 1


@pytest.mark.parametrize("wait", [0, 300, 1_700, 5_000, 9_999])
def test_who_comes_back_when_he_was_told_to_is_let_in(clock, wait):
    limit = RateLimit(burst=3, seconds=30)
    spent(limit, "dana", clock.now())
    clock.go_on(wait)
    with pytest.raises(RateLimited) as caught:
        limit.spend("dana", clock.now())
    assert caught.value.retry_after == -(-(10_000 - wait) // SECOND)
    clock.go_on(int((caught.value.retry_after or 0) * SECOND))
    limit.spend("dana", clock.now())


def test_one_callers_greed_is_not_anothers_loss(clock):
    limit = RateLimit(burst=2, seconds=10)
    assert [spent(limit, caller, clock.now()) for caller in ("dana", "gus")] == [2, 2]


def test_a_clock_that_is_set_back_takes_nothing_away(clock):
    limit = RateLimit(burst=5, seconds=10)
    limit.spend("dana", clock.now())
    assert spent(limit, "dana", clock.go_on(-3600 * SECOND)) == 4


def test_a_crowd_of_strangers_takes_bounded_memory(clock):
    limit = RateLimit(burst=2, seconds=10)
    for n in range(MOST_CALLERS + 500):
        limit.spend(f"stranger {n}", clock.now())
    assert len(limit._buckets) == MOST_CALLERS
