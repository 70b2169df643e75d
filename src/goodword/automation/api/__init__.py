"""The doors to rules, macros and what they have done."""

from litestar import Router

from goodword.automation.api import applied, macros, rules

routes = Router("/api/v1", route_handlers=[*rules.handlers, *macros.handlers, *applied.handlers], tags=["automation"])

__all__ = ["routes"]
