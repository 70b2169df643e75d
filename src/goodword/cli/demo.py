"""``goodword demo``: the demo company moves in."""

import asyncio
from pathlib import Path

import click

from goodword.app import open_desk
from goodword.cli.knowledge import embed_missing
from goodword.cli.options import data_option, quiet_settings
from goodword.platform.db import open_database
from goodword.platform.db.migrate import is_current
from goodword.platform.settings import Settings
from goodword.rig.demo import Report, build
from goodword.staff import is_set_up


@click.command()
@data_option
@click.option("--if-empty", is_flag=True, help="Do nothing, and don't complain, when somebody is there already.")
def demo(data: Path | None, if_empty: bool) -> None:
    """Fill an empty desk with the demo company."""
    if asyncio.run(move_in(quiet_settings(data))) is None and not if_empty:
        raise click.ClickException("This desk is in use already; the demo company moves only into an empty one.")


async def move_in(settings: Settings) -> Report | None:
    """None where somebody works already; else what was built, said on the terminal too."""
    if await is_current(settings.database) and await _is_in_use(settings):
        return None
    click.echo("The demo company moves in; its articles are read, which takes a while …")
    async with open_desk(settings, reacting=False) as desk:
        services = desk.services
        report = await build(services.database, services.registry, now=services.clock.now(), raws=services.raws)
        await embed_missing(desk)
    click.echo(str(report))
    return report


async def _is_in_use(settings: Settings) -> bool:
    database = await open_database(settings.database)
    try:
        return await database.read(is_set_up)
    finally:
        await database.close()
