"""One attempt at a job."""

from collections.abc import Awaitable, Callable
from typing import Concatenate, ParamSpec, TypeVar

from goodword.platform.clock import Clock
from goodword.platform.db import Database, Tx
from goodword.platform.jobs.model import Job
from goodword.platform.jobs.store import complete

P = ParamSpec("P")
T = TypeVar("T")


class Run:
    """Handed to the handler of a job."""

    def __init__(self, job: Job, database: Database, clock: Clock) -> None:
        self.job = job
        self.database = database
        self.clock = clock
        self.finished = False

    async def finish(self, deed: Callable[Concatenate[Tx, P], Awaitable[T]], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run ``deed`` and end the job in one transaction.

        Raises ``LostLease`` and undoes everything when another worker has taken the job meanwhile.
        """

        async def both(tx: Tx) -> T:
            await complete(tx, self.job)
            return await deed(tx, *args, **kwargs)

        result = await self.database.write(both)
        self.finished = True
        return result


Handler = Callable[[Run], Awaitable[None]]
