"""Articles that a chat offers before anybody has asked: titles and addresses, nothing else."""

from collections.abc import Iterator
from itertools import chain, islice, zip_longest
from typing import Annotated, Any

import msgspec
from litestar import Request, Response, Router, get
from litestar.params import Parameter, QueryParameter

from goodword.channels.store import by_key
from goodword.knowledge.help.library import found_articles, library, shelves
from goodword.knowledge.help.pages import address
from goodword.knowledge.search import Search
from goodword.platform.clock import Clock
from goodword.platform.db import Database, Tx
from goodword.platform.i18n import ours, preferred
from goodword.platform.limits import RateLimit

SEARCHES = RateLimit(burst=60, seconds=60)
MOST = 5
LOOKED_THROUGH = 20
A_MINUTE = "public, max-age=60"


class Offer(msgspec.Struct):
    """``language``: that of the article, which may not be the reader's."""

    title: str
    url: str
    language: str


@get("/articles", include_in_schema=True)
async def offered(
    request: Request[Any, Any, Any],
    key: str,
    database: Database,
    clock: Clock,
    search: Search,
    q: Annotated[str, Parameter(max_length=300)] = "",
    asked: Annotated[str, QueryParameter(name="language", max_length=20)] = "",
) -> Response[dict[str, list[Offer]]]:
    """What answers ``q`` best; without it, one article of each category, then the next ones."""
    tag = ours(asked) or preferred(request.headers.get("accept-language"))
    SEARCHES.spend(request.client.host if request.client else "", clock.now())
    unasked = await database.read(_unasked, key, tag)
    found = await _found(search, q, tag) if q.strip() else unasked
    return Response({"articles": found}, headers={"Cache-Control": A_MINUTE, "Vary": "Accept-Language"})


routes = Router("/chat/v1/{key:str}", route_handlers=[offered])


async def _found(search: Search, q: str, language: str) -> list[Offer]:
    hits = await search.query(q, language=language, top=LOOKED_THROUGH)
    return [Offer(one.title, one.url, one.language) for one in found_articles(hits, language)[:MOST]]


async def _unasked(tx: Tx, key: str, language: str) -> list[Offer]:
    """``NotFound`` where there is no such channel."""
    await by_key(tx, key)
    of_category = (_offers(shelf.articles, language) for shelf in shelves(await library(tx), language))
    in_turn = chain.from_iterable(zip_longest(*of_category))
    return list(islice((one for one in in_turn if one), MOST))


def _offers(articles: list[Any], language: str) -> Iterator[Offer]:
    return (Offer(one.title, address(language, f"articles/{one.slug}"), one.language) for one in articles)
