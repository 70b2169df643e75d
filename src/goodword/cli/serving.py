"""A desk that is open: the server, the worker, and what they say when they are ready."""

import asyncio
import gc
import signal
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import click
import structlog
import uvicorn
import uvloop
from litestar.types import ControllerRouterHandler

from goodword.app import Desk, begin_chores, build_app, open_desk
from goodword.platform.settings import Settings

log = structlog.get_logger(__name__)
GRACE = 5


def run_server(settings: Settings, started: float) -> None:
    """To the end; ``started``: when that began for which people wait, by ``time.perf_counter``."""
    uvloop.run(_serve(settings, started))


def run_worker(settings: Settings) -> None:
    uvloop.run(_work(settings))


async def _serve(settings: Settings, started: float) -> None:
    async with open_desk(settings) as desk, running(desk, jobs=settings.workers_in_server):
        config = uvicorn.Config(
            build_app(desk, _demo_routes(settings)),
            host=settings.host,
            port=settings.port,
            log_config=None,
            access_log=False,
            server_header=False,
            lifespan="off",
            ws="websockets-sansio",
            ws_per_message_deflate=False,
            ws_max_size=64 * 1024,
            proxy_headers=True,
            forwarded_allow_ips=settings.trusted_proxies,
            timeout_graceful_shutdown=GRACE,
        )
        server = Announcing(config, settings, started)
        await server.serve()


@asynccontextmanager
async def running(desk: Desk, *, jobs: bool) -> AsyncIterator[None]:
    """The feed tails the log and, with ``jobs``, the worker works and mailboxes are listened at, until the end."""
    services = desk.services
    await services.feed.start()
    warming = asyncio.create_task(services.search.warm())
    if jobs:
        await begin_chores(desk)
        desk.worker.start()
        desk.listening.start()
    try:
        yield
    finally:
        warming.cancel()
        if jobs:
            await desk.listening.stop()
            await desk.worker.stop()
        await services.feed.stop()


async def _work(settings: Settings) -> None:
    stop = asyncio.Event()
    for wanted in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(wanted, stop.set)
    async with open_desk(settings) as desk, running(desk, jobs=True):
        spare_the_collector()
        log.info("work.started")
        await stop.wait()


class Announcing(uvicorn.Server):
    """Says where everything is once it really is there."""

    def __init__(self, config: uvicorn.Config, settings: Settings, started: float) -> None:
        super().__init__(config)
        self._settings = settings
        self._started = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        spare_the_collector()
        if self.started:
            click.echo(banner(self._settings, time.perf_counter() - self._started))


def spare_the_collector() -> None:
    """Keep the garbage collector off what was loaded to start with and stays to the end.

    Looking through it again and again costs a fifth of the throughput, in pauses that everyone feels.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)


def banner(settings: Settings, seconds: float) -> str:
    base = settings.public_url or f"http://{settings.host}:{settings.port}"
    lines = [
        "",
        f"  Goodword is open ({seconds:.1f} s).",
        "",
        f"  Workspace   {base}/workspace/",
        f"  Help pages  {base}/help/{settings.language}/",
    ]
    if settings.demo:
        from goodword.rig.cast import AGENTS, PASSWORD

        admin = AGENTS[0]
        lines[4:4] = [f"  Demo shop   {base}/shop/   (with the chat widget)"]
        lines += ["", f"  Sign in as {admin.name}: {admin.email} with the password {PASSWORD}"]
    else:
        lines += ["", "  The first visit to the workspace sets up an administrator."]
    return "\n".join([*lines, "", "  Ctrl-C closes it.", ""])


def _demo_routes(settings: Settings) -> list[ControllerRouterHandler]:
    if not settings.demo:
        return []
    from goodword.rig.shop import routes

    return [routes]
