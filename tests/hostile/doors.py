"""Every door of the desk, as its own schema describes it, and a call of each that would be taken."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from litestar import Litestar

SAFE = ("GET", "HEAD", "OPTIONS")
# What a field must look like where its type alone doesn't say it.
SENSIBLE = {
    "email": "omar@customers.example",
    "password": "kettles-and-knives",
    "new": "knives-and-kettles",
    "current": "kettles-and-knives",
    "language": "fr",
    "until": 1 << 50,
    "scopes": ["tokens.manage"],
    "texts": {"fr": "Bonjour"},
    "kind": "webchat",
    "when": {"event": "opened"},
    "steps": [{"do": "close"}],
    "rule": {"name": "Omar", "when": {"event": "opened"}, "steps": [{"do": "close"}]},
    "conditions": [],
    "ids": ["none"],
    "deed": {"name": "close"},
    "rights": ["roles.manage"],
    "roles": [],
    "issuer": "https://sign-in.example.invalid",
    "domains": ["fennel-oak.example"],
    "newcomers": "agent",
    "timezone": "Asia/Seoul",
}

SENSIBLE_PLACES = {"before": "1", "after": "0.0"}


@dataclass(frozen=True)
class Door:
    """``path`` has its placeholders; ``body`` is an example or None; ``queries`` are names of query parameters.

    ``asked``: query parameters and headers without which nothing goes.
    """

    method: str
    path: str
    body: dict[str, Any] | None = None
    queries: tuple[str, ...] = ()
    asked: tuple[tuple[str, str], ...] = ()
    takes_file: bool = False

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def needs(self) -> dict[str, dict[str, str]]:
        """Query parameters and headers that must be there, for ``httpx``."""
        return {
            "params": {name: SENSIBLE_PLACES.get(name, "a") for name, where in self.asked if where == "query"},
            "headers": {name: "once" for name, where in self.asked if where == "header"},
        }

    def at(self, **places: str) -> str:
        """The path with its placeholders filled; those not named lead nowhere."""
        return re.sub(r"\{(\w+)\}", lambda found: places.get(found.group(1), "none"), self.path)


def doors(app: Litestar) -> list[Door]:
    schema = app.openapi_schema.to_schema()
    found = []
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            found.append(_door(method.upper(), path, operation, schema))
    return found


def _door(method: str, path: str, operation: dict[str, Any], schema: dict[str, Any]) -> Door:
    parameters = operation.get("parameters", [])
    content = operation.get("requestBody", {}).get("content", {})
    body = content.get("application/json", {}).get("schema")
    return Door(
        method,
        path,
        _object(body, schema) if body else None,
        tuple(one["name"] for one in parameters if one["in"] == "query"),
        tuple((one["name"], one["in"]) for one in parameters if one.get("required") and one["in"] != "path"),
        "multipart/form-data" in content,
    )


def _object(described: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    described = _resolved(described, schema)
    return {name: _example(name, one, schema) for name, one in described.get("properties", {}).items()}


def _example(name: str, described: dict[str, Any], schema: dict[str, Any]) -> Any:
    described = _resolved(described, schema)
    if "enum" in described:
        return described["enum"][0]
    if name in SENSIBLE:
        return SENSIBLE[name]
    match described.get("type"):
        case "object":
            return _object(described, schema)
        case "array":
            return []
        case "integer" | "number":
            return 1
        case "boolean":
            return True
        case _:
            return "Omar"


def _resolved(described: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in described:
        return dict(schema["components"]["schemas"][described["$ref"].rsplit("/", 1)[-1]])
    for one in (*described.get("oneOf", ()), *described.get("anyOf", ()), *described.get("allOf", ())):
        if one.get("type") != "null":
            return _resolved(one, schema)
    return described


def leaves(body: Any, way: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The way to every field of an object, nested ones included."""
    if isinstance(body, dict):
        for name, value in body.items():
            yield (*way, name)
            yield from leaves(value, (*way, name))


def with_value(body: dict[str, Any], way: tuple[str, ...], value: Any) -> dict[str, Any]:
    """``body`` with something else at the end of ``way``."""
    first, *rest = way
    return {**body, first: with_value(body[first], tuple(rest), value) if rest else value}
