"""Search over everything that was said."""

from typing import Annotated

import msgspec
from litestar import get
from litestar.di import Provide
from litestar.params import Parameter, SkipValidation

from goodword.conversations.api.narrowing import narrowing
from goodword.conversations.filter import Filter
from goodword.conversations.search import read_query
from goodword.conversations.search.conditions import Author, Scope
from goodword.conversations.search.finding import Found, find
from goodword.platform.clock import Clock
from goodword.platform.db import Database
from goodword.staff import Caller

LONGEST = 300


class Results(msgspec.Struct):
    results: list[Found]
    next: str | None


@get("/search", dependencies={"narrowed": Provide(narrowing, sync_to_thread=False)})
async def search_conversations(
    caller: Caller,
    database: Database,
    narrowed: SkipValidation[Filter],
    clock: Clock,
    q: Annotated[str, Parameter(max_length=LONGEST)] = "",
    author: Author | None = None,
    after: Annotated[int | None, Parameter(ge=0, le=1 << 53)] = None,
    limit: Annotated[int, Parameter(ge=1, le=100)] = 30,
    before: str | None = None,
) -> Results:
    """Messages, notes, subjects and customers' names; ``q`` may hold ``from:`` ``to:`` ``tag:`` ``is:`` ``in:``
    ``has:file`` ``before:`` ``after:`` and ``#number``. The list's parameters narrow it, too, but for its views:
    what is closed is found as well. ``before`` is ``next`` of the page above.
    """
    caller.need("conversations.read")
    scope = Scope(caller.agent.id if caller.agent else None, author, after, narrowed)
    found, following = await database.read(find, read_query(q), scope, clock.now(), limit, before)
    return Results(found, following)


routes = [search_conversations]
