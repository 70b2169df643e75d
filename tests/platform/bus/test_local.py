import asyncio

import pytest

from goodword.platform.bus import LocalBus, Signal

pytestmark = pytest.mark.anyio
TYPING = Signal("typing", "cnv_1", {"name": "Ada Silva", "on": True})


async def test_who_waits_for_a_bell_wakes_when_it_rings(bus):
    seen = await bus.wait("events", -1, 0)
    waiting = [asyncio.create_task(bus.wait("events", seen, 60)) for _ in range(3)]
    deaf = asyncio.create_task(bus.wait("jobs", 0, 60))
    await asyncio.sleep(0)
    bus.ring(frozenset({"events"}))
    assert await asyncio.wait_for(asyncio.gather(*waiting), 5) == [seen + 1] * 3
    assert not deaf.done()
    deaf.cancel()


async def test_a_bell_that_rang_while_nobody_listened_is_not_missed(bus):
    seen = await bus.wait("events", -1, 0)
    bus.ring(frozenset({"events"}))
    bus.ring(frozenset({"events", "jobs"}))
    assert await asyncio.wait_for(bus.wait("events", seen, 60), 5) == seen + 2


async def test_who_waits_in_vain_goes_on_after_a_while_and_leaves_nothing_behind(bus):
    assert await bus.wait("events", 0, 0.01) == 0
    impatient = asyncio.create_task(bus.wait("events", 0, 60))
    await asyncio.sleep(0)
    impatient.cancel()
    await asyncio.gather(impatient, return_exceptions=True)
    assert not any(bus._waiting.values())


async def test_a_signal_reaches_everyone_who_listens_even_if_one_of_them_stumbles():
    bus = LocalBus()
    heard: list[Signal] = []
    other: list[Signal] = []

    def stumble(signal):
        raise RuntimeError(signal.kind)

    stop = [bus.listen(stumble), bus.listen(heard.append), bus.listen(heard.append)]
    stop.append(bus.listen(other.append))
    bus.send(TYPING)
    assert (heard, other) == ([TYPING], [TYPING]), "the same listener is one"
    for each in stop:
        each()
        each()
    bus.send(TYPING)
    assert other == [TYPING]
