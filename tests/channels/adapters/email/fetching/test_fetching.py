"""Against a real Dovecot: what is in a folder is kept once, whatever happened since the last look."""

import asyncio
import os
import re
import time
import uuid
from pathlib import Path

import pytest

from goodword.channels.adapters.email.fetching import cursor as cursors
from goodword.channels.adapters.email.fetching import folder as folders
from goodword.channels.adapters.email.fetching import listener
from goodword.channels.adapters.email.fetching import session as sessions
from goodword.channels.adapters.email.fetching.connecting import way_of
from goodword.channels.adapters.email.fetching.session import opened
from goodword.platform.clock import DAY, HOUR, MINUTE, SystemClock
from goodword.platform.db import Database, Tx
from tests.channels.adapters.email.care import until
from tests.channels.adapters.email.post import Fetched, mail, mailbox_of, post_office
from tests.mailservers.servers import MailServers
from tests.mailservers.wire import Wire

pytestmark = [pytest.mark.anyio]


@pytest.fixture
def address() -> str:
    """Nobody else's."""
    return f"care-{uuid.uuid4().hex[:8]}@fennel-oak.example"


@pytest.fixture
def set_up(database: Database, tmp_path: Path, mail_servers: MailServers, address: str):
    """``await set_up(mark_read=True)``: a mailbox of the desk on the real server."""

    async def one(at: int | None = None, **settings) -> Fetched:
        return await mailbox_of(post_office(database, tmp_path), mail_servers.settings(address, **settings), at)

    return one


def now() -> int:
    return SystemClock().now()


async def test_what_was_there_before_stays_where_it_is_and_what_comes_is_kept_as_it_came(set_up, mail_servers, address):
    mail_servers.put(address, mail("old"), at=[now() - 30 * DAY])
    care = await set_up()
    assert await care.look() == []
    mail_servers.put(address, mail(1), mail(2, "Grüße, 김민준"))
    assert sorted(await care.look()) == [mail(1), mail(2, "Grüße, 김민준")]
    assert len(await care.look()) == 2


async def test_what_came_between_the_setting_up_and_the_first_look_counts(set_up, mail_servers, address):
    care = await set_up(at=now() - 2 * DAY)
    mail_servers.put(address, mail("before"), mail("after"), at=[now() - 3 * DAY, now() - DAY])
    assert await care.look() == [mail("after")]


async def test_older_mail_is_imported_as_many_days_back_as_was_asked(set_up, mail_servers, address):
    days = [40, 31, 29, 10, 1]
    mail_servers.put(address, *(mail(day) for day in days), at=[now() - day * DAY for day in days])
    care = await set_up(import_days=30)
    assert sorted(await care.look()) == sorted(mail(day) for day in (29, 10, 1))


async def test_after_a_week_everything_is_fetched_however_old_it_looks(set_up, mail_servers, address):
    care = await set_up()
    await care.look()
    mail_servers.put(address, mail("late"), mail("ancient"), at=[now() - 6 * DAY, now() - 900 * DAY])
    assert len(await care.look()) == 2


async def test_nothing_is_read_in_the_mailbox_unless_that_is_wanted(set_up, mail_servers, address):
    care = await set_up()
    await care.look()
    mail_servers.put(address, mail(1))
    await care.look()
    assert seen(mail_servers, address) == []


async def test_what_was_kept_is_marked_as_read_and_put_away_where_that_is_wanted(set_up, mail_servers, address):
    care = await set_up(mark_read=True, move_to="Erledigt & Übernommen")
    await care.look()
    mail_servers.put(address, mail(1), mail(2))
    assert len(await care.look()) == 2
    assert mail_servers.mails(address) == []
    assert len(mail_servers.mails(address, "Erledigt &- &ANw-bernommen")) == 2
    assert len(seen(mail_servers, address, "Erledigt &- &ANw-bernommen")) == 2


async def test_several_folders_with_names_of_any_kind_and_one_that_is_missing(set_up, mail_servers, address):
    care = await set_up(folders=["INBOX", 'Anfragen/Süd "A"', "客服", "nowhere"])
    mail_servers.put(address, mail("old"), folder="&W6JnDQ-", at=[now() - 30 * DAY])
    await care.look()
    mail_servers.put(address, mail(1))
    mail_servers.put(address, mail(2), folder="&W6JnDQ-")
    mail_servers.put(address, mail(3), folder='Anfragen/S&APw-d \\"A\\"')
    assert sorted(await care.look()) == [mail(1), mail(2), mail(3)]
    health = await care.health()
    assert (health.incoming.reason, "nowhere" in health.incoming.detail) == ("folder", True)
    assert health.incoming.ok_at, "the others are fetched"


async def test_the_same_mail_in_two_folders_and_twice_in_one_is_kept_once(set_up, mail_servers, address):
    care = await set_up(folders=["INBOX", "Archive"])
    mail_servers.put(address, folder="Archive")
    await care.look()
    mail_servers.put(address, mail(1), mail(1), mail(2))
    mail_servers.put(address, mail(1), folder="Archive")
    assert sorted(await care.look()) == [mail(1), mail(2)]


async def test_a_server_that_numbers_anew_is_survived_and_nothing_comes_twice(set_up, mail_servers, address):
    care = await set_up()
    mail_servers.put(address, mail("older"), at=[now() - 40 * DAY])
    await care.look()
    mail_servers.put(address, *(mail(number) for number in range(30)))
    await care.look()
    mail_servers.dovecot.stop()
    mail_servers.renumber(address)
    mail_servers.dovecot.start()
    mail_servers.put(address, mail("after"))
    assert sorted(await care.look()) == sorted([*(mail(number) for number in range(30)), mail("after")])
    mail_servers.put(address, mail("and on"))
    assert len(await care.look()) == 32


async def test_a_folder_that_is_named_later_is_read_from_then_on(set_up, mail_servers, address):
    care = await set_up(at=now() - 90 * DAY)
    await care.look()
    mail_servers.put(address, mail("old"), mail("new"), folder="Sales", at=[now() - HOUR, now() + MINUTE])
    care.channel.settings["folders"] = ["INBOX", "Sales"]
    care.listener = care.listener_for()
    assert await care.look() == [mail("new")]


async def test_a_mailbox_that_moved_to_another_server_is_read_from_the_last_look_at_the_old_one(
    set_up, mail_servers, address, database
):
    care = await set_up(at=now() - 90 * DAY)
    await care.look()
    moved = f"moved-{address}"
    mail_servers.put(moved, mail("long ago"), mail("meanwhile"), at=[now() - 30 * DAY, now() - HOUR])
    care.channel.settings["imap_user"] = moved
    care.listener = care.listener_for()
    assert await care.look() == [mail("meanwhile")]


async def test_mail_that_is_large_comes_in_pieces_and_what_is_larger_still_as_its_head(
    set_up, mail_servers, address, monkeypatch
):
    for module in (folders, sessions):
        monkeypatch.setattr(module, "LARGEST_MAIL", 300_000)
    for module in (folders, cursors):
        monkeypatch.setattr(module, "LARGEST_BATCH", 50_000)
    monkeypatch.setattr(sessions, "PIECE", 20_000)
    care = await set_up()
    await care.look()
    large, larger = mail("large", "a" * 200_000), mail("larger", "b" * 400_000)
    mail_servers.put(address, mail(1), large, larger, mail(2))
    head = larger.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
    assert sorted(await care.look()) == sorted([mail(1), large, head, mail(2)])
    assert (await care.health()).quarantined == 1


async def test_thousands_of_mails_are_kept_in_batches_with_the_backlog_shown(set_up, mail_servers, address, database):
    care = await set_up()
    await care.look()
    mail_servers.put(address, *(mail(number) for number in range(130)))
    assert len(await care.look()) == 130
    assert (await care.health()).incoming.backlog == 0


async def test_a_mail_that_the_server_can_not_read_stops_nobody_and_is_asked_for_again(
    set_up, mail_servers, address, database
):
    care = await set_up()
    await care.look()
    mail_servers.put(address, mail(1), mail(2), mail(3))
    broken = next(path for path in files(mail_servers, address) if b"Order 2" in path.read_bytes())
    os.chmod(broken, 0)
    assert sorted(await care.look_until_through()) == [mail(1), mail(3)]
    assert (await care.health()).incoming.left_behind == 1
    mail_servers.put(address, mail(4))
    assert mail(4) in await care.look()
    os.chmod(broken, 0o644)
    await database.write(make_due)
    assert sorted(await care.look()) == [mail(1), mail(2), mail(3), mail(4)]
    assert (await care.health()).incoming.left_behind == 0


async def test_a_mail_that_was_removed_meanwhile_is_no_hole(set_up, mail_servers, address, database):
    care = await set_up()
    await care.look()
    mail_servers.put(address, mail(1))
    await database.write(note_hole, care.channel.id)
    await care.look()
    assert (await care.health()).incoming.left_behind == 0


@pytest.mark.parametrize("lie", [b"[X-NOTHING 1]", b"[UIDNEXT 1]", b"[UIDNEXT 4000000]"])
async def test_a_server_that_is_wrong_about_the_next_number_loses_and_repeats_nothing(
    set_up, mail_servers, address, lie
):
    async with Wire(mail_servers.imap) as wire:
        wire.alters = lambda said: re.sub(rb"\[UIDNEXT \d+\]", lie, said)
        care = await set_up(imap_port=wire.port)
        await care.look()
        for number in range(3):
            mail_servers.put(address, mail(number))
            assert len(await care.look()) == number + 1
            assert len(await care.look()) == number + 1


async def test_where_the_server_can_not_tell_of_news_it_is_asked_again_and_again(
    set_up, mail_servers, address, monkeypatch
):
    monkeypatch.setattr(listener, "LOOK_ANYWAY", 0.2)
    async with Wire(mail_servers.imap) as wire:
        wire.alters = lambda said: said.replace(b" IDLE", b" NAPS")
        care = await set_up(imap_port=wire.port)
        task = asyncio.create_task(care.listener.listen())
        try:
            await until(care.kept, [])
            mail_servers.put(address, mail(1))
            await until(care.kept, [mail(1)])
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


async def test_news_that_comes_while_something_else_is_asked_is_not_slept_over(mail_servers, address):
    async with opened(way_of(mail_servers.settings(address))) as session:
        await session.look_at("INBOX")
        mail_servers.put(address, mail(1))
        await session.uids(1, 9)
        began = time.monotonic()
        assert await session.news(30)
        assert time.monotonic() - began < 5


def files(servers: MailServers, address: str) -> list[Path]:
    home = servers.mail / address
    return [path for place in ("cur", "new") for path in (home / place).iterdir()]


def seen(servers: MailServers, address: str, folder: str = "INBOX") -> list[bytes]:
    with servers.mailbox(address) as line:
        line.select(f'"{folder}"', readonly=True)
        return list(line.search(None, "SEEN")[1][0].split())


async def make_due(tx: Tx) -> None:
    await tx.run("UPDATE mail_holes SET retry_at = 0")


async def note_hole(tx: Tx, channel_id: str) -> None:
    await tx.run(
        """INSERT INTO mail_holes (channel_id, folder, uid, found_at, tries, retry_at)
           VALUES (:id, 'INBOX', 999, 0, 1, 0)""",
        id=channel_id,
    )
