"""From what a store writes to what an engine runs; each statement is worked out once."""

import re
from functools import lru_cache
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql import ClauseElement, Executable

NAMED = re.compile(r"(?<![:\w]):([a-z_][a-z0-9_]*)", re.IGNORECASE)
DIALECTS = {
    "sqlite": sqlite.dialect(paramstyle="named"),
    "postgresql": postgresql.dialect(paramstyle="named"),  # type: ignore[no-untyped-call]
}


def spelled_out(statement: str | Executable, values: dict[str, Any], engine: str) -> tuple[str, dict[str, Any]]:
    """SQL text with ``:named`` parameters, and all their values, for text and for Core expressions alike."""
    if isinstance(statement, str):
        return statement, values
    assert isinstance(statement, ClauseElement)
    compiled = statement.compile(dialect=DIALECTS[engine], compile_kwargs={"render_postcompile": True})
    return str(compiled), {**compiled.params, **values}


@lru_cache(maxsize=2_000)
def numbered(sql: str) -> tuple[str, tuple[str, ...]]:
    """``:named`` parameters as PostgreSQL counts them: ``$1``, ``$2`` …; and the names in that order."""
    names: list[str] = []

    def number(match: re.Match[str]) -> str:
        name = match.group(1)
        if name not in names:
            names.append(name)
        return f"${names.index(name) + 1}"

    return NAMED.sub(number, sql), tuple(names)
