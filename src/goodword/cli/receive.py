"""``goodword mail receive``: the end of a mail server's pipe."""

import asyncio
import sys
from pathlib import Path

import click

from goodword.channels import store
from goodword.channels.arrivals import Arrival, RawStore, keep_bytes
from goodword.channels.model import Channel
from goodword.channels.registry import Registry
from goodword.cli import explained
from goodword.cli.options import data_option, quiet_settings
from goodword.platform.clock import SystemClock
from goodword.platform.db import Database, open_database
from goodword.platform.errors import BadInput, Conflict, GoodwordError, NotFound
from goodword.platform.settings import Settings

# Of sysexits.h: a mail server keeps the mail and tries again.
TRY_AGAIN = 75


@click.command()
@data_option
@click.option("--channel", "key", help="Key of the mailbox; not needed where there is only one.")
def receive(data: Path | None, key: str | None) -> None:
    """Take in one mail from standard input, for a mail server's pipe.

    Exit code 0 once it is stored for good; 75 where it can't be stored just now, so that the server tries again.
    """
    try:
        arrival = asyncio.run(_receive(quiet_settings(data), key, sys.stdin.buffer.read()))
    except Exception as error:
        # Whatever it is: any other code makes the server send the mail back, and it is lost to us.
        told = explained(error) if isinstance(error, GoodwordError) else repr(error)
        click.echo(f"goodword: {told}", err=True)
        raise SystemExit(TRY_AGAIN) from error
    click.echo(arrival.id)


async def _receive(settings: Settings, key: str | None, raw: bytes) -> Arrival:
    if not raw.strip():
        raise BadInput("text_empty")
    database = await open_database(settings.database)
    try:
        channel = await _mailbox(database, key)
        raws = RawStore(settings.folder / "raw")
        arrival, _ = await keep_bytes(database, raws, channel, raw, SystemClock().now(), source="pipe")
        return arrival
    finally:
        await database.close()


async def _mailbox(database: Database, key: str | None) -> Channel:
    registry = Registry.discover()
    if key:
        channel = await database.read(store.by_key, key)
        if not registry.able(channel.kind, "letters"):
            raise NotFound("channel")
        return channel
    channels = await database.read(store.all_channels)
    found = [one for one in channels if not one.disabled and registry.able(one.kind, "letters")]
    if not found:
        raise NotFound("channel")
    if len(found) > 1:
        raise Conflict("several_mailboxes")
    return found[0]
