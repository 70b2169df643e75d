"""All routes under one roof."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from litestar import Litestar, Request
from litestar.config.cors import CORSConfig
from litestar.connection import ASGIConnection
from litestar.datastructures import State
from litestar.di import Provide
from litestar.handlers import HTTPRouteHandler
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.types import ControllerRouterHandler, Scope

from goodword.channels import Registry
from goodword.channels.actions.write_first import write_first
from goodword.channels.arrivals import RawStore
from goodword.channels.store import all_channels
from goodword.conversations.store import loads
from goodword.knowledge import Search
from goodword.notify.viewing import Viewing
from goodword.platform.bus import Bus
from goodword.platform.clock import Clock
from goodword.platform.db import Database
from goodword.platform.errors import Forbidden
from goodword.platform.events import Feed
from goodword.platform.files import FileStore
from goodword.platform.http import TAKES_FILES, Outgoing, problem_response
from goodword.platform.i18n import preferred
from goodword.platform.settings import Settings
from goodword.staff import COOKIE, Caller, authenticate, same_origin
from goodword.web.handing_over import handlers_of, with_services
from goodword.web.headers import protect

LARGEST_BODY = 1_000_000
BEHIND = "behind"

# What handlers may ask for, by name.
Behind = dict[str, Any]


@dataclass(frozen=True)
class Services:
    """What handlers may ask for by name."""

    settings: Settings
    secret_key: bytes
    clock: Clock
    database: Database
    bus: Bus
    feed: Feed
    files: FileStore
    raws: RawStore
    registry: Registry
    search: Search
    viewing: Viewing
    outgoing: Outgoing


def build_door(services: Services, routes: Sequence[ControllerRouterHandler]) -> Litestar:
    """The ASGI application."""
    behind = _by_name(services)
    return Litestar(
        route_handlers=[_let_files_in(with_services(route, behind), services.settings) for route in routes],
        dependencies={
            # For what is injected itself; handlers have these already.
            **{name: _handing_out(behind, name) for name in behind},
            "caller": Provide(_caller(behind)),
            "language": Provide(_language),
            "widget_key": Provide(_widget_key(behind)),
        },
        exception_handlers={Exception: problem_response},
        before_send=[protect],
        cors_config=CORSConfig(allow_origins=["*"], allow_headers=["authorization", "content-type"], max_age=86_400),
        request_max_body_size=LARGEST_BODY,
        openapi_config=OpenAPIConfig(
            title="Goodword",
            version="1",
            path="/schema",
            render_plugins=[JsonRenderPlugin()],
            use_handler_docstrings=True,
        ),
        logging_config=None,
        debug=False,
        pdb_on_exception=False,
        state=State({BEHIND: behind}, deep_copy=False),
    )


def change_hands(door: Litestar, services: Services) -> None:
    """Others are behind the door from now on; nothing that it knew of those before is left.

    Theirs must be the settings that it was built with. To build a door takes as long as a hundred requests.
    """
    behind = door.state[BEHIND]
    behind.update(_by_name(services))
    door.state = State({BEHIND: behind}, deep_copy=False)


def _handing_out(behind: Behind, name: str) -> Provide:
    return Provide(lambda: behind[name], sync_to_thread=False)


def _let_files_in(route: ControllerRouterHandler, settings: Settings) -> ControllerRouterHandler:
    """Bodies are small, but where files are taken; there a little is left for what stands around the file."""
    for handler in handlers_of(route):
        if isinstance(handler, HTTPRouteHandler) and handler.opt.items() >= TAKES_FILES.items():
            handler.request_max_body_size = settings.file_bytes + LARGEST_BODY
    return route


def _by_name(services: Services) -> Behind:
    deeds = {"loads": loads, "write_first": write_first}
    return {**deeds, **{name: getattr(services, name) for name in Services.__dataclass_fields__}}


def _caller(behind: Behind) -> Any:
    async def caller(scope: Scope) -> Caller:
        connection: ASGIConnection[Any, Any, Any, Any] = ASGIConnection(scope)
        cookie, authorization = connection.cookies.get(COOKIE), connection.headers.get("authorization")
        method = str(scope.get("method", "WEBSOCKET"))
        host, headers = connection.headers.get("host", ""), dict(connection.headers.items())
        if authorization is None and cookie and not same_origin(method, host, headers):
            raise Forbidden("origin")
        return await authenticate(behind["database"], behind["clock"], cookie=cookie, authorization=authorization)

    return caller


def _widget_key(behind: Behind) -> Any:
    async def widget_key() -> str | None:
        """The oldest channel with which our own pages can offer a chat."""
        registry: Registry = behind["registry"]
        channels = await behind["database"].read(all_channels)
        chats = (one.key for one in channels if not one.disabled and registry.able(one.kind, "live"))
        return next(chats, None)

    return widget_key


async def _language(request: Request[Any, Any, Any]) -> str:
    return preferred(request.headers.get("accept-language"))
