import asyncio
from collections import Counter
from collections.abc import AsyncIterator

import asyncpg
import pytest

from goodword.channels import Registry
from goodword.conversations import inbox
from goodword.conversations import store as conversations
from goodword.conversations.events import NoteAdded
from goodword.customers.actions.identify import identify
from goodword.customers.store import orders_of
from goodword.platform.clock import DAY, HOUR, MINUTE
from goodword.platform.db import Database, Row, Tx, open_database
from goodword.platform.db.migrate import migrate
from goodword.platform.events import SYSTEM, Event, Stamp, since
from goodword.platform.i18n import LANGUAGES
from goodword.rig.cast import AGENTS, CHAT, CUSTOMERS, DANA, PASSWORD
from goodword.rig.clock import TUESDAY_MORNING
from goodword.rig.demo import CONVERSATIONS, Report, build
from goodword.staff.passwords import matches
from goodword.understanding.events import MessageUnderstood

pytestmark = pytest.mark.anyio
NOW = TUESDAY_MORNING
# Enough for every kind of conversation.
FEW = 40


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.discover()


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def built(request, registry, tmp_path_factory) -> tuple[str, Report]:
    """The whole demo, built once for all who only look at it: its database and what was reported."""
    if request.param == "sqlite":
        path = tmp_path_factory.mktemp("demo") / "goodword.db"
        path.write_bytes(request.getfixturevalue("sqlite_template").read_bytes())
        url = f"sqlite:///{path}"
    else:
        url = asyncio.run(_database_of_its_own(request.getfixturevalue("postgres_url")))
    return url, asyncio.run(_built(url, registry))


@pytest.fixture
async def desk(built) -> AsyncIterator[Database]:
    opened = await open_database(built[0])
    yield opened
    await opened.close()


async def test_the_whole_demo_is_what_it_says(desk, built):
    _, report = built
    assert report.built
    assert report.conversations == CONVERSATIONS >= 300
    assert report.running >= 25
    rows = await _conversations(desk)
    assert len(rows) == CONVERSATIONS
    assert sum(row["status"] != "closed" for row in rows) == report.running
    await _is_spread_over_five_weeks(rows)
    await _every_projection_agrees_with_the_log(desk)


async def test_nothing_happens_in_the_future_and_the_log_is_in_order(desk):
    events = await _log(desk)
    times = [event.at for event in events]
    assert times == sorted(times)
    assert NOW - 10 * MINUTE < times[-1] <= NOW


async def test_every_closed_conversation_was_closed_by_somebody(desk):
    by_stream = _by_stream(await _log(desk))
    closed = [row for row in await _conversations(desk) if row["status"] == "closed"]
    assert closed
    for row in closed:
        assert _last(by_stream[row["id"]], "StatusChanged", "status", "open") == "closed"


async def test_every_agent_who_answers_has_work_and_so_have_queue_and_assistant(desk):
    rows = [row for row in await _conversations(desk) if row["status"] != "closed"]
    agents = {row["email"]: row["id"] for row in await _rows(desk, "SELECT id, email FROM agents")}
    for agent in AGENTS:
        mine = [row for row in rows if row["assignee_id"] == agents[agent.email]]
        assert bool(mine) == agent.answers, agent.name
        if agent.answers:
            assert any(row["unread"] for row in mine)
            assert any(row["status"] == "snoozed" and row["snoozed_until"] > NOW for row in mine)
    counts = await desk.read(inbox.counts, None)
    assert counts["queue"] >= 3
    assert counts["assistant"] >= 5


async def test_the_queue_counts_without_gaps(desk):
    queue = await desk.read(conversations.queue)
    by_team = Counter(one.language in ("en", "fr") for one in queue)
    assert {one.queue_position for one in queue} == set(range(1, max(by_team.values()) + 1))


async def test_articles_are_published_in_every_language_as_translations_of_each_other(desk, built):
    _, report = built
    sql = "SELECT language, count(*) AS n FROM article_translations WHERE status = 'published' GROUP BY language"
    counted = {row["language"]: row["n"] for row in await _rows(desk, sql)}
    assert set(counted) == set(LANGUAGES)
    assert len(set(counted.values())) == 1
    assert report.articles == sum(counted.values())


async def test_moods_and_topics_are_understood_as_they_were_marked(desk):
    facts = [event.fact() for event in await _log(desk) if event.type == "MessageUnderstood"]
    assert all(isinstance(fact, MessageUnderstood) and fact.topic for fact in facts)
    assert {getattr(fact, "mood", None) for fact in facts} == {"calm", "displeased", "angry", "very_upset"}


async def test_nothing_of_the_past_is_left_to_do(desk):
    jobs = await _rows(desk, "SELECT kind, run_at FROM jobs")
    assert jobs
    later = {"conversations.wake", "conversations.send_scheduled"}
    assert all(job["kind"] in later and job["run_at"] > NOW for job in jobs)


async def test_something_happens_beside_conversations_and_customers_say_how_they_were_served(desk):
    told = Counter(event.type for event in await _log(desk))
    assert told["RatingGiven"] > 40
    assert told["ReplyScheduled"] == told["SideThreadStarted"] == 1
    assert told["SideThreadSaid"] == 2
    scores = {row["rating"] for row in await _conversations(desk)}
    assert {1, 2, 3, 4, 5} & scores == scores - {None}
    assert {5, 4} < scores
    notes = [fact for event in await _log(desk) if isinstance(fact := event.fact(), NoteAdded)]
    assert [one.name for note in notes for one in note.message.mentions] == ["Li Na"]


async def test_the_same_seed_builds_the_same_desk(database, registry, tmp_path, sqlite_template):
    await build(database, registry, now=NOW, conversations=FEW)
    path = tmp_path / "second.db"
    path.write_bytes(sqlite_template.read_bytes())
    second = await open_database(f"sqlite:///{path}")
    await build(second, registry, now=NOW, conversations=FEW)
    assert [_told(event) for event in await _log(database)] == [_told(event) for event in await _log(second)]
    await second.close()


async def test_a_second_build_changes_nothing_and_says_so(database, registry):
    await build(database, registry, now=NOW, conversations=FEW)
    before = len(await _log(database))
    again = await build(database, registry, now=NOW + DAY)
    assert again == Report(built=False)
    assert "nothing" in str(again)
    assert len(await _log(database)) == before


async def test_a_desk_that_reacts_to_events_is_not_built_on(database_url, registry):
    listening = await open_database(database_url, {"MessageReceived": ("understanding.read",)})
    with pytest.raises(ValueError, match="subscriptions"):
        await build(listening, registry, now=NOW)
    await listening.close()


async def test_the_report_names_everyone_who_can_sign_in(desk, built):
    _, report = built
    assert {email for _, email, _ in report.accounts} == {agent.email for agent in AGENTS}
    assert all(email in str(report) for _, email, _ in report.accounts)
    assert PASSWORD in str(report)
    kept = await _rows(desk, "SELECT DISTINCT password_hash FROM agents")
    assert await matches(report.password, kept[0]["password_hash"])


async def test_whoever_signs_in_at_the_shop_goes_on_where_he_was(desk):
    for customer in CUSTOMERS:
        known, running = await desk.write(_comes_back, customer.user_id)
        assert known.name == customer.name
        assert running.status in ("open", "waiting"), customer.name


async def test_customers_have_their_orders(desk):
    dana, _ = await desk.write(_comes_back, DANA.user_id)
    orders = await desk.read(orders_of, dana.id)
    assert orders
    assert all(order.total_cents > 0 and order.items and order.placed_at < NOW for order in orders)


async def _built(url: str, registry: Registry) -> Report:
    database = await open_database(url)
    report = await build(database, registry, now=NOW)
    await database.close()
    return report


async def _database_of_its_own(server: str) -> str:
    connection = await asyncpg.connect(server)
    await connection.execute("DROP DATABASE IF EXISTS demo")
    await connection.execute("CREATE DATABASE demo TEMPLATE template0")
    await connection.close()
    url = f"{server.rpartition('/')[0]}/demo"
    await migrate(url)
    return url


async def _comes_back(tx: Tx, user_id: str):
    channel_id = await tx.value("SELECT id FROM channels WHERE key = :key", key=CHAT.key)
    customer, identity = await identify(
        tx, Stamp(NOW, SYSTEM), kind="external", value=user_id, scope=channel_id, verified=True
    )
    return customer, await conversations.newest_of_identity(tx, identity.id, channel_id, "")


async def _is_spread_over_five_weeks(rows: list[Row]) -> None:
    created = sorted(row["created_at"] for row in rows)
    assert NOW - 35 * DAY <= created[0] < NOW - 32 * DAY
    weeks = Counter((NOW - at) // (7 * DAY) for at in created)
    assert all(weeks[week] >= 25 for week in range(5))
    assert max(row["last_at"] for row in rows) > NOW - HOUR


async def _every_projection_agrees_with_the_log(database: Database) -> None:
    by_stream = _by_stream(await _log(database))
    said = Counter(row["conversation_id"] for row in await _rows(database, "SELECT conversation_id FROM messages"))
    tags = Counter(row["conversation_id"] for row in await _rows(database, "SELECT * FROM conversation_tags"))
    for row in await _conversations(database):
        events = by_stream[row["id"]]
        assert row["seq"] == events[-1].seq
        assert row["status"] == _last(events, "StatusChanged", "status", "open")
        assert row["handler"] == _last(events, "HandlerChanged", "handler", getattr(events[0].fact(), "handler", None))
        assigned = _last(events, "Assigned", "agent", None)
        assert row["assignee_id"] == (assigned.id if assigned else None)
        assert said[row["id"]] == sum(event.type in ("MessageReceived", "ReplyQueued", "NoteAdded") for event in events)
        assert tags[row["id"]] == sum(event.type == "Tagged" for event in events)
        assert (row["queued_at"] is not None) == (
            sum(event.type == "Queued" for event in events) > sum(event.type == "LeftQueue" for event in events)
        )


def _last(events: list[Event], type: str, field: str, otherwise):
    values = [getattr(event.fact(), field) for event in events if event.type == type]
    return values[-1] if values else otherwise


def _told(event: Event) -> tuple:
    """An event without what is drawn by lot: its ids."""
    message = getattr(event.fact(), "message", None)
    return event.type, event.at, event.actor.kind, event.actor.name, message.text if message else ""


def _by_stream(events: list[Event]) -> dict[str, list[Event]]:
    found: dict[str, list[Event]] = {}
    for event in events:
        found.setdefault(event.stream, []).append(event)
    return found


async def _log(database: Database) -> list[Event]:
    return await database.read(since, "0.0", 100_000)


async def _conversations(database: Database) -> list[Row]:
    return await _rows(database, "SELECT * FROM conversations ORDER BY number")


async def _rows(database: Database, sql: str) -> list[Row]:
    async def read(tx: Tx) -> list[Row]:
        return list(await tx.rows(sql))

    return await database.read(read)
