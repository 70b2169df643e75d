"""What a handler asks for by name and is the same for every request, handed over by ourselves.

Left to the framework, each of these would be asked for with every request, side by side in tasks of their own: that
took a quarter of the time in which a message is accepted.
"""

import inspect
from collections.abc import Awaitable, Callable, Iterator, Mapping
from copy import copy, deepcopy
from functools import wraps
from typing import Any

from litestar import Router
from litestar.handlers import BaseRouteHandler
from litestar.routes import HTTPRoute
from litestar.types import ControllerRouterHandler

Handler = Callable[..., Awaitable[Any]]


def with_services(route: ControllerRouterHandler, services: Mapping[str, object]) -> ControllerRouterHandler:
    """A copy of ``route`` whose handlers are given those of ``services`` that they name as parameters."""
    if isinstance(route, BaseRouteHandler):
        return copy(route)(_served(route.fn, services))
    if not isinstance(route, Router):
        raise TypeError(f"neither a handler nor a router: {route!r}")
    mine = deepcopy(route)
    for handler in handlers_of(mine):
        handler(_served(handler.fn, services))
    return mine


def handlers_of(route_or_router: ControllerRouterHandler) -> Iterator[BaseRouteHandler]:
    """Each once, however many paths lead to it."""
    if isinstance(route_or_router, BaseRouteHandler):
        yield route_or_router
        return
    assert isinstance(route_or_router, Router)
    found = {}
    for route in route_or_router.routes:
        for handler in route.route_handlers if isinstance(route, HTTPRoute) else [route.route_handler]:
            found[id(handler)] = handler
    yield from found.values()


def _served(handler: Handler, services: Mapping[str, object]) -> Handler:
    signature = inspect.signature(handler)
    given = tuple(name for name in signature.parameters if name in services)
    if not given:
        return handler

    @wraps(handler)
    async def served(**asked: Any) -> Any:
        return await handler(**asked, **{name: services[name] for name in given})

    left = [parameter for name, parameter in signature.parameters.items() if name not in given]
    served.__signature__ = signature.replace(parameters=left)  # type: ignore[attr-defined]
    served.__annotations__ = {name: kind for name, kind in handler.__annotations__.items() if name not in given}
    return served
