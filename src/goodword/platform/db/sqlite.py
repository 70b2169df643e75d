"""SQLite: one writer thread that commits up to 256 deeds at once, and readers with connections of their own."""

import asyncio
import queue
import sqlite3
import threading
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, Concatenate, Literal, ParamSpec, TypeVar, cast

import structlog
from sqlalchemy.sql import Executable

from goodword.platform.db.model import Subscriptions, Tx
from goodword.platform.db.statements import spelled_out
from goodword.platform.errors import Broken, Conflict, GoodwordError, Unavailable

P = ParamSpec("P")
T = TypeVar("T")

BATCH = 256
READERS = 4
PRAGMAS = """
PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 10000; PRAGMA synchronous = {synchronous}; PRAGMA temp_store = MEMORY;
"""

log = structlog.get_logger(__name__)


class SqliteTx:
    """A transaction that never really waits: its coroutines are driven to their end on one thread."""

    engine: Literal["sqlite", "postgresql"] = "sqlite"

    def __init__(self, connection: sqlite3.Connection, subscriptions: Subscriptions) -> None:
        self._connection = connection
        self.subscriptions = subscriptions
        self.bells: set[str] = set()

    async def rows(self, statement: str | Executable, /, **values: Any) -> Sequence[sqlite3.Row]:
        return cast(Sequence[sqlite3.Row], self._execute(statement, values).fetchall())

    async def row(self, statement: str | Executable, /, **values: Any) -> sqlite3.Row | None:
        # All rows are taken: a statement with RETURNING is only finished when its answer has been read.
        rows = self._execute(statement, values).fetchall()
        return rows[0] if rows else None

    async def value(self, statement: str | Executable, /, **values: Any) -> Any:
        row = await self.row(statement, **values)
        return None if row is None else row[0]

    async def run(self, statement: str | Executable, /, **values: Any) -> int:
        return self._execute(statement, values).rowcount

    async def lock(self, key: str) -> None:
        """There is one writer; it holds every key."""

    def ring(self, bell: str) -> None:
        self.bells.add(bell)

    def _execute(self, statement: str | Executable, values: dict[str, Any]) -> sqlite3.Cursor:
        sql, values = spelled_out(statement, values, "sqlite")
        return self._connection.execute(sql, values)


class Command:
    """A deed on its way through the writer, and the place where its caller waits."""

    def __init__(self, deed: Callable[[Tx], Awaitable[Any]]) -> None:
        self.deed = deed
        self.loop = asyncio.get_running_loop()
        self.future: asyncio.Future[Any] = self.loop.create_future()
        self.result: Any = None
        self.error: BaseException | None = None

    def settle(self) -> None:
        if self.future.cancelled():
            return
        if self.error is None:
            self.future.set_result(self.result)
        else:
            self.future.set_exception(self.error)


class SqliteDatabase:
    """See ``Database``. Several processes may open the same file; one of them writes at a time."""

    def __init__(self, path: Path, subscriptions: Subscriptions, synchronous: str) -> None:
        self._path = path
        self._subscriptions = subscriptions
        self._synchronous = synchronous
        self._commands: queue.SimpleQueue[Command | None] = queue.SimpleQueue()
        self._readers = ThreadPoolExecutor(READERS, "sqlite-read")
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []
        self._writer: threading.Thread | None = None
        self.on_commit: Callable[[frozenset[str]], None] = lambda bells: None

    @classmethod
    async def open(cls, path: Path, subscriptions: Subscriptions, synchronous: str = "FULL") -> "SqliteDatabase":
        database = cls(path, subscriptions, synchronous)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            connection = database._connect()
            connection.execute("PRAGMA journal_mode = WAL")
        except (OSError, sqlite3.Error) as error:
            raise Unavailable("database", detail=str(error)) from error
        database._writer = threading.Thread(
            target=database._write_forever, args=(connection,), name="sqlite-write", daemon=True
        )
        database._writer.start()
        return database

    async def write(self, deed: Callable[Concatenate[Tx, P], Awaitable[T]], /, *args: P.args, **kwargs: P.kwargs) -> T:
        if self._writer is None:
            raise Unavailable("database", detail="closed")
        command = Command(lambda tx: deed(tx, *args, **kwargs))
        self._commands.put(command)
        return cast(T, await command.future)

    async def read(self, deed: Callable[Concatenate[Tx, P], Awaitable[T]], /, *args: P.args, **kwargs: P.kwargs) -> T:
        if self._writer is None:
            raise Unavailable("database", detail="closed")
        call = partial(self._read_once, lambda tx: deed(tx, *args, **kwargs))
        return cast(T, await asyncio.get_running_loop().run_in_executor(self._readers, call))

    async def close(self) -> None:
        """Everything that was asked for before is done first; what is asked for later is ``Unavailable``."""
        writer, self._writer = self._writer, None
        if writer is not None:
            self._commands.put(None)
            await asyncio.to_thread(self._readers.shutdown)
            await asyncio.to_thread(writer.join)
            # The last one out folds the write-ahead log back into the file.
            while self._connections:
                self._connections.pop().close()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False, cached_statements=512)
        connection.row_factory = sqlite3.Row
        connection.executescript(PRAGMAS.format(synchronous=self._synchronous))
        self._connections.append(connection)
        return connection

    def _reader(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = self._connect()
            connection.execute("PRAGMA query_only = ON")
        return connection

    def _read_once(self, deed: Callable[[Tx], Awaitable[Any]]) -> Any:
        try:
            connection = self._reader()
            connection.execute("BEGIN")
            try:
                return drive(deed(SqliteTx(connection, self._subscriptions)))
            finally:
                connection.rollback()
        except sqlite3.Error as error:
            raise translated(error) from error

    def _write_forever(self, connection: sqlite3.Connection) -> None:
        while (first := self._commands.get()) is not None:
            batch, last = self._batch(first)
            bells = self._commit(connection, batch)
            self._report(batch, frozenset(bells))
            if last:
                break

    def _batch(self, first: Command) -> tuple[list[Command], bool]:
        batch = [first]
        while len(batch) < BATCH:
            try:
                command = self._commands.get_nowait()
            except queue.Empty:
                break
            if command is None:
                return batch, True
            batch.append(command)
        return batch, False

    def _commit(self, connection: sqlite3.Connection, batch: list[Command]) -> set[str]:
        bells: set[str] = set()
        try:
            connection.execute("BEGIN IMMEDIATE")
            for command in batch:
                bells |= self._perform(connection, command)
            connection.execute("COMMIT")
        except Exception as error:
            with suppress(sqlite3.Error):
                connection.rollback()
            log.error("database.commit_failed", error=str(error), commands=len(batch))
            for command in batch:
                command.error = command.error or translated(error)
            return set()
        return bells

    def _perform(self, connection: sqlite3.Connection, command: Command) -> set[str]:
        """Run one deed inside a savepoint of its own: when it breaks, the others never notice."""
        tx = SqliteTx(connection, self._subscriptions)
        connection.execute("SAVEPOINT deed")
        try:
            command.result = drive(command.deed(tx))
        except BaseException as error:
            command.error = translated(error) if isinstance(error, sqlite3.Error) else error
            # A full disk makes SQLite give up the whole transaction; then everyone in it must hear of it.
            if not connection.in_transaction:
                raise sqlite3.OperationalError(f"the transaction was given up: {error}") from error
            connection.execute("ROLLBACK TO deed")
            tx.bells.clear()
        connection.execute("RELEASE deed")
        return tx.bells

    def _report(self, batch: list[Command], bells: frozenset[str]) -> None:
        def settle() -> None:
            for command in batch:
                command.settle()
            if bells:
                self.on_commit(bells)

        try:
            batch[0].loop.call_soon_threadsafe(settle)
        except RuntimeError:
            log.warning("database.nobody_waits", commands=len(batch))


def drive(deed: Awaitable[T]) -> T:
    """Run a coroutine that never really waits to its end."""
    coroutine = cast(Coroutine[Any, Any, T], deed)
    try:
        coroutine.send(None)
    except StopIteration as done:
        return cast(T, done.value)
    coroutine.close()
    raise Broken("a deed may await nothing but its transaction")


def translated(error: BaseException) -> GoodwordError:
    """What a failure of SQLite means in our tree."""
    if isinstance(error, sqlite3.IntegrityError):
        return Conflict("taken", detail=str(error))
    # SQLITE_ERROR is SQL that makes no sense; the other operational ones are a file that is locked, full or away.
    wrong = getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR
    if isinstance(error, sqlite3.OperationalError) and not wrong:
        return Unavailable("database", retry_after=2, detail=str(error))
    return Broken("database", detail=str(error))
