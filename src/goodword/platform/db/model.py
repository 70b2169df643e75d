"""What a database promises to the packages above, whichever engine stands behind it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Concatenate, Literal, ParamSpec, Protocol, TypeVar, runtime_checkable

from sqlalchemy.sql import Executable

P = ParamSpec("P")
T = TypeVar("T")

Subscriptions = Mapping[str, tuple[str, ...]]


class Outrun(Exception):
    """A deed came to something too late for its transaction's place in the log; it is done anew in another."""


class Row(Protocol):
    """One row of an answer; columns by name. Booleans may come as 0 and 1."""

    def __getitem__(self, column: str, /) -> Any: ...


class Tx(Protocol):
    """One transaction. Statements are SQL text with ``:named`` parameters, or SQLAlchemy Core expressions."""

    subscriptions: Subscriptions
    """Names of the jobs that each type of event sets off; see ``goodword.platform.events``."""

    engine: Literal["sqlite", "postgresql"]
    """For the few statements that the two say differently."""

    async def rows(self, statement: str | Executable, /, **values: Any) -> Sequence[Row]: ...

    async def row(self, statement: str | Executable, /, **values: Any) -> Row | None:
        """The first row, if there is one."""
        ...

    async def value(self, statement: str | Executable, /, **values: Any) -> Any:
        """The first column of the first row, or None."""
        ...

    async def run(self, statement: str | Executable, /, **values: Any) -> int:
        """How many rows were touched."""
        ...

    async def lock(self, key: str) -> None:
        """Hold ``key`` to the end of the transaction: no other transaction that asks for it goes on meanwhile."""
        ...

    def ring(self, bell: str) -> None:
        """Ring ``bell`` on the bus once this transaction has been committed."""
        ...


@runtime_checkable
class Database(Protocol):
    """Runs deeds."""

    on_commit: Callable[[frozenset[str]], None]
    """Called on the event loop with the bells rung by what has just been committed."""

    async def write(self, deed: Callable[Concatenate[Tx, P], Awaitable[T]], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a deed as one transaction; return once it is durable.

        Whatever the deed raises undoes it alone and comes out here. ``Conflict``: a constraint says no.
        ``Unavailable``: the database is away or full, and nothing was kept; only where the line to a server breaks
        in the very moment of the commit it may have been. The same holds for a caller that is cancelled.
        """
        ...

    async def read(self, deed: Callable[Concatenate[Tx, P], Awaitable[T]], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a deed that only reads, on one consistent snapshot."""
        ...

    async def close(self) -> None: ...
