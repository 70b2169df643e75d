"""``goodword serve`` and ``goodword work``: the long-running ones."""

import asyncio
import time
from pathlib import Path

import click

from goodword.cli.loading import loaded
from goodword.cli.options import data_option, settings_for


@click.command()
@data_option
@click.option("--host", help="Address to listen on.")
@click.option("--port", type=int, help="Port to listen on.")
@click.option("--demo", is_flag=True, help="Let the demo company move in if the desk is empty, and open its shop.")
def serve(data: Path | None, host: str | None, port: int | None, demo: bool) -> None:
    """Serve the desk, and run its jobs unless `workers_in_server` is off."""
    settings = settings_for(data, host=host, port=port, demo=demo or None)
    if demo:
        from goodword.cli.demo import move_in

        asyncio.run(move_in(settings))
    started = time.perf_counter()
    # Takes a second to load: whoever made a mistake in the settings hears of it before.
    loaded("goodword.cli.serving").run_server(settings, started)


@click.command()
@data_option
def work(data: Path | None) -> None:
    """Run jobs only; as many processes as you like beside `serve`."""
    settings = settings_for(data)
    loaded("goodword.cli.serving").run_worker(settings)
