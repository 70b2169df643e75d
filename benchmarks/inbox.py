"""How long a page of the inbox, its counts and a search take where 100,000 conversations lie.

    python benchmarks/inbox.py [conversations]

Three messages each, written straight into the tables of a SQLite file and into its index; five of a hundred
conversations are not closed, then all of them. The figure to keep: 95 of 100 pages within 50 ms.
"""

import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from goodword.conversations import inbox
from goodword.conversations.filter import Filter
from goodword.conversations.search import read_query, take_in
from goodword.conversations.search.conditions import Scope
from goodword.conversations.search.finding import find
from goodword.platform.clock import DAY, MINUTE
from goodword.platform.db import Database, Tx, open_database
from goodword.platform.db.migrate import migrate
from goodword.platform.events import SYSTEM, Stamp
from goodword.staff import Profile, add_agent

NOW = 1_800_000_000_000
TURNS = 40
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
CUSTOMER = """
INSERT INTO customers (id, name, anonymous, search, created_at) VALUES (:id, :name, FALSE, :search, :at)
"""


async def main(conversations: int) -> None:
    with tempfile.TemporaryDirectory(prefix="goodword-bench-") as folder:
        url = f"sqlite:///{Path(folder) / 'goodword.db'}"
        await migrate(url)
        database = await open_database(url)
        agent = await database.write(_agent)
        began = time.perf_counter()
        for first in range(0, conversations, 2_000):
            await database.write(_fill, agent, first, min(conversations, first + 2_000), conversations)
        print(f"{conversations:,} conversations in {time.perf_counter() - began:.0f} s")
        await measured(database, agent)
        await database.write(_open_all)
        print("all of them open")
        await measured(database, agent)
        await database.close()


async def measured(database: Database, agent: str) -> None:
    for name, ask in questions(database, agent).items():
        waits = []
        for _ in range(TURNS):
            began = time.perf_counter()
            await ask()
            waits.append((time.perf_counter() - began) * 1_000)
        waits.sort()
        print(f"{name:<34}{waits[len(waits) // 2]:>8.1f}{waits[int(len(waits) * 0.95)]:>8.1f} ms")


def questions(database: Database, agent: str) -> dict[str, Callable[[], Awaitable[object]]]:
    def page(**wanted: object) -> Callable[[], Awaitable[object]]:
        return lambda: database.read(inbox.rows, Filter(**wanted), agent)  # type: ignore[arg-type]

    def search(line: str) -> Callable[[], Awaitable[object]]:
        return lambda: database.read(find, read_query(line), Scope(agent), NOW)

    views = ("mine", "unassigned", "queue", "assistant", "mentioned", "all", "snoozed", "spam", "closed")
    found = {f"view {view}": page(view=view) for view in views}
    for sort in ("oldest", "waiting", "priority"):
        found |= {f"all, {sort}": page(sort=sort), f"closed, {sort}": page(view="closed", sort=sort)}
    found["closed, a rare field"] = page(view="closed", fields={"order": "4471"})
    found["closed, rare mood and language"] = page(view="closed", mood=("angry",), language="ko")
    found["counts"] = lambda: database.read(inbox.counts, agent)
    found["counts by team, channel, mood"] = lambda: database.read(inbox.slices)
    found["count of a saved view"] = lambda: database.read(inbox.count, Filter(priority="urgent"), agent)
    found["list, q=kettle"] = page(q="kettle")
    lines = ("kettle", "order broken", "w4471", "水壶", "주전자", "kettle from:camille4471", "kettle is:open")
    no_words = ("is:snoozed", "has:file", "kettle has:file is:snoozed")
    return found | {f"search {line}": search(line) for line in (*lines, *no_words)}


async def _agent(tx: Tx) -> str:
    profile = Profile("Ada Silva", "ada@fennel-oak.example")
    return (await add_agent(tx, Stamp(NOW, SYSTEM), profile, "no password")).id


async def _fill(tx: Tx, agent: str, first: int, end: int, all_of_them: int) -> None:
    chance = random.Random(first)
    for n in range(first, end):
        at = NOW - (all_of_them - n) * 5 * MINUTE - chance.randrange(DAY)
        live = chance.random() < 0.05
        id, customer = f"cnv_{n:026}", f"cus_{n:026}"
        await tx.run(CUSTOMER, id=customer, name=f"Camille{n} Roy", search=f" camille{n} roy", at=at)
        await tx.run(
            CONVERSATION,
            id=id,
            status=chance.choice(("open", "open", "waiting", "snoozed")) if live else "closed",
            handler=chance.choice(("assistant", "queue", "agent")),
            channel=f"chn_{n % 3}",
            customer=customer,
            language=chance.choice(("en", "fr", "ko", "zh-Hans", "zh-Hant")),
            subject="",
            assignee=agent if live and chance.random() < 0.1 else None,
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


async def _open_all(tx: Tx) -> None:
    await tx.run("UPDATE conversations SET status = 'open', waiting_since = last_at WHERE status = 'closed'")


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
