"""PostgreSQL through asyncpg: a pool, one transaction per deed, deadlocks tried again."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Concatenate, Literal, ParamSpec, TypeVar, cast

import asyncpg
from sqlalchemy.sql import Executable

from goodword.platform.db.model import Outrun, Subscriptions, Tx
from goodword.platform.db.statements import numbered, spelled_out
from goodword.platform.errors import BadInput, Broken, Conflict, GoodwordError, Unavailable

P = ParamSpec("P")
T = TypeVar("T")

ATTEMPTS = 4
POOL = 16
AWAY = (
    OSError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.CannotConnectNowError,
    TimeoutError,
)
# The last one: a migration went by, and a prepared statement is of yesterday.
AGAIN = (asyncpg.DeadlockDetectedError, asyncpg.SerializationError, asyncpg.InvalidCachedStatementError, Outrun)
# Text with a character that PostgreSQL can not keep (U+0000).
UNSTORABLE = (asyncpg.CharacterNotInRepertoireError, asyncpg.UntranslatableCharacterError)


class PostgresTx:
    """A transaction on one connection of the pool."""

    engine: Literal["sqlite", "postgresql"] = "postgresql"

    def __init__(self, connection: Any, subscriptions: Subscriptions) -> None:
        self._connection = connection
        self.subscriptions = subscriptions
        self.bells: set[str] = set()

    async def rows(self, statement: str | Executable, /, **values: Any) -> Sequence[asyncpg.Record]:
        sql, ordered = arranged(statement, values)
        return cast(Sequence[asyncpg.Record], await self._connection.fetch(sql, *ordered))

    async def row(self, statement: str | Executable, /, **values: Any) -> asyncpg.Record | None:
        sql, ordered = arranged(statement, values)
        return await self._connection.fetchrow(sql, *ordered)

    async def value(self, statement: str | Executable, /, **values: Any) -> Any:
        sql, ordered = arranged(statement, values)
        return await self._connection.fetchval(sql, *ordered)

    async def run(self, statement: str | Executable, /, **values: Any) -> int:
        sql, ordered = arranged(statement, values)
        outcome = cast(str, await self._connection.execute(sql, *ordered))
        last = outcome.rsplit(" ", 1)[-1]
        return int(last) if last.isdigit() else 0

    async def lock(self, key: str) -> None:
        await self._connection.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", key)

    def ring(self, bell: str) -> None:
        self.bells.add(bell)


class PostgresDatabase:
    """See ``Database``."""

    def __init__(self, pool: Any, subscriptions: Subscriptions) -> None:
        self._pool = pool
        self._subscriptions = subscriptions
        self.on_commit: Callable[[frozenset[str]], None] = lambda bells: None

    @classmethod
    async def open(cls, url: str, subscriptions: Subscriptions) -> "PostgresDatabase":
        try:
            pool = await asyncpg.create_pool(
                url,
                min_size=1,
                max_size=POOL,
                timeout=10,
                command_timeout=30,
                statement_cache_size=512,
                server_settings={"jit": "off"},
                reset=_nothing_to_reset,
            )
        except (*AWAY, asyncpg.PostgresError) as error:
            raise Unavailable("database", detail=str(error)) from error
        return cls(pool, subscriptions)

    async def write(self, deed: Callable[Concatenate[Tx, P], Awaitable[T]], /, *args: P.args, **kwargs: P.kwargs) -> T:
        for attempt in range(ATTEMPTS):
            try:
                return await self._once(lambda tx: deed(tx, *args, **kwargs), readonly=False)
            except AGAIN:
                await asyncio.sleep(0.01 * 2**attempt)
            except (*AWAY, asyncpg.PostgresError) as error:
                raise translated(error) from error
        raise Unavailable("database", retry_after=1)

    async def read(self, deed: Callable[Concatenate[Tx, P], Awaitable[T]], /, *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return await self._once(lambda tx: deed(tx, *args, **kwargs), readonly=True)
        except (*AWAY, asyncpg.PostgresError) as error:
            raise translated(error) from error

    async def close(self) -> None:
        await self._pool.close()

    async def _once(self, deed: Callable[[Tx], Awaitable[T]], *, readonly: bool) -> T:
        isolation = "repeatable_read" if readonly else "read_committed"
        async with self._pool.acquire() as connection:
            tx = PostgresTx(connection, self._subscriptions)
            async with connection.transaction(isolation=isolation, readonly=readonly):
                result = await deed(tx)
        if tx.bells:
            self.on_commit(frozenset(tx.bells))
        return result


async def _nothing_to_reset(_connection: Any) -> None:
    """A deed leaves nothing behind that outlives its transaction.

    The driver's own sweeping is one more round trip each.
    """


def arranged(statement: str | Executable, values: dict[str, Any]) -> tuple[str, list[Any]]:
    """SQL with numbered parameters, and the values in that order."""
    sql, values = spelled_out(statement, values, "postgresql")
    sql, names = numbered(sql)
    return sql, [values[name] for name in names]


def translated(error: BaseException) -> GoodwordError:
    """What a failure of PostgreSQL means in our tree."""
    if isinstance(error, asyncpg.IntegrityConstraintViolationError):
        return Conflict("taken", detail=str(error))
    if isinstance(error, UNSTORABLE):
        return BadInput("characters", detail=str(error))
    if isinstance(error, (*AWAY, asyncpg.InsufficientResourcesError, asyncpg.OperatorInterventionError)):
        return Unavailable("database", retry_after=2, detail=str(error))
    return Broken("database", detail=str(error))
