import asyncio

import asyncpg
import msgspec
import pytest

from goodword.platform.bus import PostgresBus, Signal
from goodword.platform.bus.postgres import CHANNEL, LARGEST

pytestmark = [pytest.mark.anyio, pytest.mark.postgres]


@pytest.fixture
async def processes(postgres_url):
    """Two processes on one bus, both connected; by mistake they were given the same name."""
    pair = PostgresBus(postgres_url, "desk"), PostgresBus(postgres_url, "desk")
    await connected(*pair)
    yield pair
    for bus in pair:
        await bus.close()


class Ear:
    """Hears signals."""

    def __init__(self, bus):
        self._signals: asyncio.Queue[Signal] = asyncio.Queue()
        bus.listen(self._signals.put_nowait)

    async def until(self, kind):
        heard: list[Signal] = []
        async with asyncio.timeout(5):
            while not heard or heard[-1].kind != kind:
                heard.append(await self._signals.get())
        return heard


async def connected(*pair):
    async with asyncio.timeout(10):
        for here, there in (pair, pair[::-1]):
            seen = await there.wait("hello", -1, 0)
            while await there.wait("hello", seen, 0.05) == seen:
                here.ring(frozenset({"hello"}))


async def test_a_bell_rung_in_one_process_wakes_another(processes):
    here, there = processes
    seen = await there.wait("events", -1, 0)
    here.ring(frozenset({"events"}))
    assert await there.wait("events", seen, 5) > seen


async def test_a_storm_of_bells_is_few_notices(processes, postgres_url):
    here, _ = processes
    notices: list[dict[str, list[str]]] = []
    last = asyncio.Event()
    ear = await asyncpg.connect(postgres_url)

    def hear(_connection, _pid, _channel, payload):
        notices.append(msgspec.json.decode(payload))
        if "last" in notices[-1]["bells"]:
            last.set()

    await ear.add_listener(CHANNEL, hear)
    for n in range(2_000):
        here.ring(frozenset({"events", "jobs"}))
        if n % 50 == 0:
            await asyncio.sleep(0)
    here.ring(frozenset({"last"}))
    await asyncio.wait_for(last.wait(), 5)
    await ear.close()
    assert len(notices) < 100
    assert set().union(*(notice["bells"] for notice in notices)) == {"events", "jobs", "last"}


async def test_signals_arrive_whole_in_order_and_once(processes):
    here, there = processes
    heard_here, heard_there = Ear(here), Ear(there)
    signals = [Signal("typing", f"cnv_{n}", {"name": "김민준", "on": bool(n % 2)}) for n in range(20)]
    for signal in signals:
        here.send(signal)
    here.send(Signal("novel", "cnv_1", {"text": "x" * LARGEST}))
    here.send(Signal("end", "", {}))
    assert await heard_there.until("end") == [*signals, Signal("end", "", {})], "what is too large stays at home"
    assert [signal for signal in await heard_here.until("end") if signal.kind == "typing"] == signals


@pytest.mark.fault
async def test_a_bus_that_was_cut_off_comes_back_without_stale_signals(processes, postgres_url):
    here, there = processes
    heard = Ear(there)
    hangman = await asyncpg.connect(postgres_url)
    ended = await hangman.fetch(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE pid <> pg_backend_pid() AND query ~ 'LISTEN|pg_notify'"
    )
    assert len(ended) == 2
    await hangman.close()
    await connected(here, there)
    here.send(Signal("typing", "cnv_1", {}))
    assert len(await heard.until("typing")) == 1


async def test_a_bus_without_a_server_rings_at_home_and_hoards_nothing():
    bus = PostgresBus("postgresql://goodword@127.0.0.1:9/goodword", "desk")
    seen = await bus.wait("events", -1, 0)
    bus.ring(frozenset({"events"}))
    assert await bus.wait("events", seen, 5) == seen + 1
    for n in range(5_000):
        bus.send(Signal("typing", f"cnv_{n}", {}))
    assert len(bus._signals) <= 1_000
    await asyncio.wait_for(bus.close(), 5)
