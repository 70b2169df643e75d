"""How long a page of the inbox, its counts, a search and the wall take where 100,000 conversations lie.

    python benchmarks/inbox.py [conversations] [postgresql]

Three messages each, written straight into the tables of a SQLite file (or of a PostgreSQL of its own) and into its
index; five of a hundred conversations are not closed, then all of them, half of them in the hands of 50 agents. The
last day of 5,000 conversations has its answers and its events. The figure to keep: 95 of 100 pages within 50 ms.
Beside the time of the clock stands that of the processor, which says the same on a busy machine; what a server of
PostgreSQL uses is not in it.
"""

import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from pathlib import Path

import asyncpg

from goodword.conversations import inbox
from goodword.conversations.events import StatusChanged
from goodword.conversations.filter import Filter
from goodword.conversations.search import read_query, take_in
from goodword.conversations.search.conditions import Scope
from goodword.conversations.search.finding import find
from goodword.customers.store import search_customers
from goodword.platform.clock import DAY, MINUTE
from goodword.platform.db import Database, Tx, open_database
from goodword.platform.db.migrate import migrate
from goodword.platform.events import SYSTEM, Stamp, append
from goodword.rig.postgres import private_postgres
from goodword.staff import Profile, add_agent
from goodword.supervision import wall

NOW = 1_800_000_000_000
TURNS = 40
AGENTS = 50
TODAY = 5_000
COMMON = ("the", "order", "parcel", "kettle", "refund", "delivery", "broken", "where", "when", "thanks", "not", "yet")
ASIA = ("我的水壶坏了我要退款", "訂單還沒有收到", "주전자가 아직 안 왔어요", "환불해 주세요")
CONVERSATION = """
INSERT INTO conversations (id, status, handler, channel_id, channel_kind, channel_name, customer_id, identity_id,
  language, subject, assignee_id, created_at, last_at, waiting_since, queued_at, unread, mood, preview_text,
  preview_author, preview_at, seq, priority, fields, spam)
VALUES (:id, :status, :handler, :channel, 'webchat', 'Shop', :customer, :customer, :language, :subject, :assignee, :at,
  :at, :waiting, :queued, 1, :mood, 'Where is my kettle?', 'customer', :at, :seq, :priority, :fields, :spam)
"""
MESSAGE = """
INSERT INTO messages (id, conversation_id, seq, kind, author_kind, author_id, text, at, files, place)
VALUES (:id, :conversation, :seq, 'message', 'customer', :customer, :text, :at, :files, :seq)
"""
REPLY = """
INSERT INTO messages (id, conversation_id, seq, kind, author_kind, author_id, text, at, place)
VALUES (:id, :conversation, :seq, 'message', 'agent', :agent, 'A new one is on its way.', :at, :seq)
"""
CUSTOMER = """
INSERT INTO customers (id, name, anonymous, search, created_at) VALUES (:id, :name, FALSE, :search, :at)
"""


async def main(conversations: int, engine: str) -> None:
    with ExitStack() as stack:
        if engine == "postgresql":
            url = stack.enter_context(private_postgres(durable=False))
        else:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="goodword-bench-"))
            url = f"sqlite:///{Path(folder) / 'goodword.db'}"
        await migrate(url)
        database = await open_database(url)
        agents = [await database.write(_agent, n) for n in range(AGENTS)]
        began = time.perf_counter()
        for first in range(0, conversations, 500):
            await database.write(_fill, agents, first, min(conversations, first + 500), conversations)
        await _tidied(url)
        print(f"{conversations:,} conversations in {time.perf_counter() - began:.0f} s")
        await measured(database, agents[0])
        await database.write(_open_all)
        await _tidied(url)
        print("all of them open")
        await measured(database, agents[0])
        await database.close()


async def measured(database: Database, agent: str) -> None:
    for name, ask in questions(database, agent).items():
        waits, used = [], time.process_time()
        for _ in range(TURNS):
            began = time.perf_counter()
            await ask()
            waits.append((time.perf_counter() - began) * 1_000)
        used = (time.process_time() - used) / TURNS * 1_000
        waits.sort()
        print(
            f"{name:<34}p50 {waits[len(waits) // 2]:>6.1f}  p95 {waits[int(len(waits) * 0.95)]:>6.1f}"
            f"  CPU {used:>6.1f} ms"
        )


def questions(database: Database, agent: str) -> dict[str, Callable[[], Awaitable[object]]]:
    def page(**wanted: object) -> Callable[[], Awaitable[object]]:
        return lambda: database.read(inbox.rows, Filter(**wanted), agent)  # type: ignore[arg-type]

    def search(line: str) -> Callable[[], Awaitable[object]]:
        return lambda: database.read(find, read_query(line), Scope(agent), NOW)

    def customers(name: str) -> Callable[[], Awaitable[object]]:
        return lambda: database.read(search_customers, name)

    views = ("mine", "unassigned", "queue", "assistant", "mentioned", "all", "snoozed", "spam", "closed")
    found = {f"view {view}": page(view=view) for view in views}
    for sort in ("oldest", "waiting", "priority"):
        found |= {f"{view}, {sort}": page(view=view, sort=sort) for view in ("all", "unassigned", "closed")}
    found["all, no team"] = page(team="none")
    found["all, rare mood, by waiting"] = page(mood=("angry",), sort="waiting")
    found["all, a rare field"] = page(fields={"order": "4471"})
    found["closed, a rare field"] = page(view="closed", fields={"order": "4471"})
    found["closed, rare mood and language"] = page(view="closed", mood=("angry",), language="ko")
    found["counts"] = lambda: database.read(inbox.counts, agent)
    found["counts by team, channel, mood"] = lambda: database.read(inbox.slices)
    found["count of a saved view"] = lambda: database.read(inbox.count, Filter(priority="urgent"), agent)
    found["list, q=kettle"] = page(q="kettle")
    lines = ("kettle", "order broken", "w4471", "水壶", "주전자", "kettle from:camille4471", "kettle is:open")
    no_words = ("is:snoozed", "is:unassigned", "has:file", "from:me", "from:camille4471", "kettle has:file is:snoozed")
    found["the wall"] = lambda: database.read(wall, NOW, NOW - DAY)
    found |= {f"customers {name}": customers(name) for name in ("camille", "camille4471", "김민준", "张")}
    return found | {f"search {line}": search(line) for line in (*lines, *no_words)}


async def _tidied(url: str) -> None:
    """As it would be after a while: PostgreSQL looks at its tables by itself, but only now and then."""
    if url.startswith("postgresql"):
        connection = await asyncpg.connect(url)
        await connection.execute("VACUUM ANALYZE")
        await connection.close()


async def _agent(tx: Tx, n: int) -> str:
    profile = Profile("Ada Silva", f"ada{n}@fennel-oak.example")
    return (await add_agent(tx, Stamp(NOW, SYSTEM), profile, "no password")).id


async def _fill(tx: Tx, agents: list[str], first: int, end: int, all_of_them: int) -> None:
    chance = random.Random(first)
    for n in range(first, end):
        at = NOW - (all_of_them - n) * 5 * MINUTE - chance.randrange(DAY)
        live = chance.random() < 0.05
        if n >= all_of_them - TODAY:
            at = NOW - chance.randrange(DAY)
        id, customer = f"cnv_{n:026}", f"cus_{n:026}"
        name = chance.choice(("김민준", "张伟", "林怡君")) if n % 1_000 == 0 else f"Camille{n} Roy"
        await tx.run(CUSTOMER, id=customer, name=name, search=f" {name.casefold()}", at=at)
        await tx.run(
            CONVERSATION,
            id=id,
            status=chance.choice(("open", "open", "waiting", "snoozed")) if live else "closed",
            handler=chance.choice(("assistant", "queue", "agent")),
            channel=f"chn_{n % 3}",
            customer=customer,
            language=chance.choice(("en", "fr", "ko", "zh-Hans", "zh-Hant")),
            subject="",
            assignee=chance.choice(agents) if chance.random() < 0.5 else None,
            at=at,
            waiting=at if live else None,
            queued=at if live and chance.random() < 0.1 else None,
            mood=chance.choice((None, "calm", "displeased")) if n % 997 else "angry",
            seq=n * 3 + 3,
            priority=chance.choice((1, 1, 1, 2, 3)),
            fields=f'{{"order": "{n}"}}',
            spam=n % 50 == 0,
        )
        for k in range(3):
            seq = n * 3 + k + 1
            text = " ".join(chance.choices(COMMON, k=10)) + f" w{n} {chance.choice(ASIA)}"
            files = int(chance.random() < 0.02)
            await tx.run(
                MESSAGE, id=f"msg_{seq:026}", conversation=id, seq=seq, customer=customer, text=text, at=at, files=files
            )
            await take_in(tx, seq, text)
        if n >= all_of_them - TODAY:
            await _answered(tx, id, 10 * all_of_them + n, chance.choice(agents), at + MINUTE)


async def _answered(tx: Tx, id: str, seq: int, agent: str, at: int) -> None:
    await tx.run(REPLY, id=f"msg_{seq:026}", conversation=id, seq=seq, agent=agent, at=at)
    stamp = Stamp(at, SYSTEM)
    for status, previous in (("waiting", "open"), ("open", "waiting"), ("closed", "open")):
        await append(tx, id, StatusChanged(status=status, previous=previous, reason="agent"), stamp)


async def _open_all(tx: Tx) -> None:
    await tx.run("UPDATE conversations SET status = 'open', waiting_since = last_at WHERE status = 'closed'")


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000, "".join(sys.argv[2:3]) or "sqlite"))
