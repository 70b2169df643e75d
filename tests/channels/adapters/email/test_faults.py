"""Whatever happens on the way in, afterwards every mail is a message exactly once."""

import asyncio
import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from goodword.channels.adapters.email.fetching import listener
from goodword.channels.adapters.email.fetching.connecting import MailboxTrouble
from goodword.platform.clock import DAY, HOUR
from goodword.platform.errors import Unavailable
from tests.channels.adapters.email.care import PATIENCE, Care, from_, listening, texts, until
from tests.mailservers.wire import Wire

pytestmark = [pytest.mark.anyio, pytest.mark.fault]

PROGRAM = Path(__file__).parent / "programs" / "dying_fetcher.py"
SOURCE = Path(__file__).parents[4] / "src"


@pytest.mark.parametrize("moment", ["after_bytes", "in_transaction", "after_commit"])
async def test_whenever_the_power_goes_between_fetching_and_keeping_every_mail_is_there_once(
    caring, database_url, tmp_path, moment
):
    care = await caring(mark_read=True)
    care.put(*(from_(f"customer-{number}", number) for number in range(60)))
    deaths = 0
    for times in (0, 0, 30):
        deaths += await asyncio.to_thread(fetch_and_die, care, database_url, tmp_path, moment, times)
    assert deaths >= 2, "it never came to that"
    assert await asyncio.to_thread(fetch_and_die, care, database_url, tmp_path, "never", 0) == 0
    care.desk.clock.go_on(HOUR)
    assert sorted(await care.said()) == texts(range(60))


def fetch_and_die(care: Care, url: str, folder: Path, moment: str, times: int) -> bool:
    """Whether it died."""
    arguments = [url, folder, care.mailbox.channel.id, json.dumps(care.mailbox.channel.settings), moment, times]
    command = [sys.executable, PROGRAM, *arguments]
    ended = subprocess.run(
        [str(part) for part in command],
        env=os.environ | {"PYTHONPATH": str(SOURCE)},
        capture_output=True,
        check=False,
        timeout=PATIENCE,
    )
    assert ended.returncode in (0, -9), ended.stderr.decode()
    return ended.returncode == -9


@pytest.mark.slow
async def test_after_a_week_without_the_server_everything_that_came_is_there_once(caring):
    care = await caring()
    care.put(from_("dana", 0))
    assert await care.look() == texts([0])
    began = care.desk.clock.now()
    care.servers.dovecot.stop()
    for _ in range(7):
        care.desk.clock.go_on(DAY)
        with pytest.raises(MailboxTrouble, match="refused"):
            await care.mailbox.look()
    care.servers.dovecot.start()
    week = [from_(f"customer-{number}", number) for number in range(1, 501)]
    care.put(*week, at=[began + number * 7 * DAY // 500 for number in range(500)])
    assert sorted(await care.look()) == texts(range(501))
    assert len(await care.look()) == 501


async def test_a_server_that_numbers_anew_is_survived(caring):
    care = await caring()
    care.put(*(from_(f"customer-{number}", number) for number in range(80)))
    await care.look()
    care.put(*(from_(f"customer-{number}", number) for number in range(80, 160)))
    care.servers.dovecot.stop()
    care.servers.renumber(care.address)
    care.servers.dovecot.start()
    assert sorted(await care.look()) == texts(range(160))


@pytest.mark.parametrize("bytes_", [200, 2_000, 9_000, 30_000])
async def test_a_line_that_breaks_inside_a_mail_loses_nothing_and_goes_on_behind_it(caring, mail_servers, bytes_):
    async with Wire(mail_servers.imap) as wire:
        care = await caring(wire=wire)
        care.put(*(from_(f"customer-{number}", number) + b"x" * 400 + b"\r\n" for number in range(60)))
        wire.breaks_after = bytes_
        for _ in range(6):
            with suppress(MailboxTrouble):
                await care.mailbox.look()
        wire.breaks_after = None
        await care.mailbox.look_until_through()
        care.desk.clock.go_on(7 * HOUR)
        await care.mailbox.look()
        assert len(await care.said()) == 60
        assert len(set(await care.said())) == 60
        assert (await care.mailbox.health()).incoming.left_behind == 0


async def test_a_server_that_accepts_and_then_hangs_is_given_up_told_of_and_asked_again(caring, mail_servers, hasty):
    async with Wire(mail_servers.imap) as wire:
        care = await caring(wire=wire)
        wire.hangs = True
        care.put(from_("dana", 1))
        async with listening(care):
            await until(lambda: _reason(care), "timeout")
            assert wire.accepted > 1
            await wire.cut()
            await until(lambda: _reason(care), "refused")
            wire.hangs = False
            await wire.mend()
            await until(care.said, texts([1]))
            assert (await care.mailbox.health()).incoming.reason == ""
            care.put(from_("dana", 2, In_Reply_To="<dana.1@customers.example>"))
            await until(care.said, texts([1, 2]))


async def test_a_line_that_falls_silent_while_news_is_waited_for_is_noticed(caring, mail_servers, hasty, monkeypatch):
    monkeypatch.setattr(listener, "LOOK_ANYWAY", 0.5)
    async with Wire(mail_servers.imap) as wire:
        care = await caring(wire=wire)
        async with listening(care):
            care.put(from_("dana", 1))
            await until(care.said, texts([1]))
            await wire.cut()
            care.put(from_("dana", 2))
            await wire.mend()
            await until(care.said, texts([1, 2]))


async def test_the_same_mail_by_every_way_at_once_is_one_message(caring, mail_servers):
    care = await caring(folders=["INBOX", "Archive"])
    raw = from_("dana", 1)
    care.put(raw, raw)
    care.put(raw, folder="Archive")
    mail_servers.send(raw, "dana@customers.example", care.address)
    mail_servers.send(raw, "dana@customers.example", care.address)
    mail_servers.await_mail(care.address, 4)
    token = (await (await care.desk.signed_in("ada")).post(f"/api/v1/channels/{care.mailbox.channel.id}/token")).json()
    for _ in range(2):
        answer = await care.desk.http.post(
            f"/api/v1/channels/email/{care.mailbox.channel.key}/inbound/raw",
            content=raw,
            headers={"Authorization": f"Bearer {token['token']}", "Content-Type": "message/rfc822"},
        )
        assert answer.status_code == 200, answer.text
    assert await care.look() == texts([1])
    assert await care.look() == texts([1])


async def test_mails_that_come_out_of_order_find_together(caring):
    care = await caring()
    one, two = "<dana.1@customers.example>", "<dana.2@customers.example>"
    first = from_("dana", 1, Subject="A lid that doesn't fit")
    second = from_("dana", 2, Subject="Re: A lid that doesn't fit", In_Reply_To=one, References=one)
    third = from_("dana", 3, Subject="RE: A lid that doesn't fit", In_Reply_To=two, References=f"{one} {two}")
    for raw in (third, first, second):
        care.put(raw)
        await care.look()
    assert sorted(await care.said()) == texts([1, 2, 3])
    assert await care.conversations() == 1


async def test_a_full_disk_is_told_of_and_what_did_not_fit_is_fetched_when_there_is_room(caring, tmp_path, hasty):
    care = await caring()
    care.put(*(from_(f"customer-{number}", number) + b"x" * 30_000 + b"\r\n" for number in range(40)))
    with small_disk(tmp_path / "raw") as folder:
        (folder / "ballast").write_bytes(bytes(500_000))
        with pytest.raises(Unavailable):
            await care.mailbox.look()
        assert await care.said() == []
        async with listening(care):
            await until(lambda: _reason(care), "disk")
            (folder / "ballast").unlink()
            await until(lambda: _count(care), 40)
        assert len(set(await care.said())) == 40
        assert not list(folder.rglob("*.draft"))


class small_disk:
    """A disk of a good megabyte in the place of a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> Path:
        self._folder.mkdir(exist_ok=True)
        command = ["mount", "-t", "tmpfs", "-o", "size=1700k", "tmpfs", str(self._folder)]
        if os.getuid() != 0 or subprocess.run(command, check=False, capture_output=True).returncode:
            pytest.skip("only root may mount a small disk")
        return self._folder

    def __exit__(self, *_: object) -> None:
        subprocess.run(["umount", "-l", str(self._folder)], check=True)


async def _reason(care: Care) -> str:
    return (await care.mailbox.health()).incoming.reason


async def _count(care: Care) -> int:
    return len(await care.said())
