"""The editors' door to articles, and everyone's on the staff to search."""

import asyncio
from typing import Annotated

import msgspec
from litestar import Router, get, patch, post
from litestar.params import Parameter, SkipValidation
from litestar.status_codes import HTTP_200_OK
from msgspec import UNSET, Meta, UnsetType

from goodword import knowledge as deeds
from goodword.knowledge import store
from goodword.knowledge.desk import Opened, Row, opened, rows
from goodword.knowledge.model import LONGEST_BODY, Draft, Status, Version, Visibility
from goodword.knowledge.rendering import drafted, rendered
from goodword.knowledge.search import Search
from goodword.platform.clock import Clock
from goodword.platform.db import Database, Tx
from goodword.platform.events import Stamp
from goodword.platform.words import clean
from goodword.staff import Caller

MOST_RESULTS = 20

Title = Annotated[str, Meta(max_length=1_000)]
Body = Annotated[str, Meta(max_length=LONGEST_BODY)]


class Writing(msgspec.Struct):
    language: str
    title: Title
    body: Body = ""
    summary: Title = ""
    category: str = ""
    visibility: Visibility = "public"


class Changes(msgspec.Struct):
    """What isn't given stays; ``title``, ``summary`` and ``body`` make a new version in ``language``.

    ``base_version``: the version the editor started from; somebody's newer one is not written over.
    """

    language: str = ""
    title: Title | UnsetType = UNSET
    summary: Title | UnsetType = UNSET
    body: Body | UnsetType = UNSET
    base_version: int | None = None
    category: str | UnsetType = UNSET
    visibility: Visibility | UnsetType = UNSET
    owner_agent_id: str | UnsetType | None = UNSET
    review_at: int | UnsetType | None = UNSET


class Chosen(msgspec.Struct):
    language: str
    version: int | None = None


class Withdrawn(msgspec.Struct):
    language: str
    archive: bool = False


class Restored(msgspec.Struct):
    language: str
    version: int


class Source(msgspec.Struct):
    body: Body


class Preview(msgspec.Struct):
    html: str


class Articles(msgspec.Struct):
    articles: list[Row]


class Versions(msgspec.Struct):
    versions: list[Version]


class Found(msgspec.Struct):
    """``score`` 0 to 1; ``url`` is that of the help centre."""

    article_id: str
    title: str
    heading: str
    passage: str
    language: str
    score: float
    url: str


class Results(msgspec.Struct):
    results: list[Found]


@get("/articles")
async def list_articles(
    caller: Caller,
    database: SkipValidation[Database],
    language: str | None = None,
    status: Status | None = None,
    q: Annotated[str, Parameter(max_length=200)] = "",
) -> Articles:
    caller.need("knowledge.read")
    return Articles(await database.read(rows, language, status, q))


@post("/articles")
async def create(
    data: Writing, caller: Caller, database: SkipValidation[Database], clock: SkipValidation[Clock]
) -> Opened:
    draft = await asyncio.to_thread(drafted, data.title, data.summary, data.body)
    return await database.write(_create, caller.stamp(clock.now()), data, draft)


@get("/articles/{id:str}")
async def open_article(
    id: str, caller: Caller, database: SkipValidation[Database], language: str | None = None
) -> Opened:
    """In ``language``, or the first it was written in."""
    caller.need("knowledge.read")
    return await database.read(opened, id, language)


@patch("/articles/{id:str}")
async def change(
    id: str, data: Changes, caller: Caller, database: SkipValidation[Database], clock: SkipValidation[Clock]
) -> Opened:
    texts = (data.title, data.summary, data.body)
    draft = None
    if any(text is not UNSET for text in texts):
        before = await database.read(_texts, id, data.language)
        whole = [old if isinstance(new, UnsetType) else new for new, old in zip(texts, before, strict=True)]
        draft = await asyncio.to_thread(drafted, *whole)
    return await database.write(_change, caller.stamp(clock.now()), id, data, draft)


@post("/articles/{id:str}/publish", status_code=HTTP_200_OK)
async def publish(
    id: str, data: Chosen, caller: Caller, database: SkipValidation[Database], clock: SkipValidation[Clock]
) -> Opened:
    return await database.write(_publish, caller.stamp(clock.now()), id, data)


@post("/articles/{id:str}/unpublish", status_code=HTTP_200_OK)
async def unpublish(
    id: str, data: Withdrawn, caller: Caller, database: SkipValidation[Database], clock: SkipValidation[Clock]
) -> Opened:
    return await database.write(_unpublish, caller.stamp(clock.now()), id, data)


@post("/articles/{id:str}/review", status_code=HTTP_200_OK)
async def ask_review(
    id: str, data: Chosen, caller: Caller, database: SkipValidation[Database], clock: SkipValidation[Clock]
) -> Opened:
    return await database.write(_ask_review, caller.stamp(clock.now()), id, data)


@post("/articles/{id:str}/restore", status_code=HTTP_200_OK)
async def restore(
    id: str, data: Restored, caller: Caller, database: SkipValidation[Database], clock: SkipValidation[Clock]
) -> Opened:
    return await database.write(_restore, caller.stamp(clock.now()), id, data)


@get("/articles/{id:str}/versions")
async def list_versions(id: str, language: str, caller: Caller, database: SkipValidation[Database]) -> Versions:
    """Newest first, each whole."""
    caller.need("knowledge.read")
    return Versions(await database.read(store.versions, id, language))


@post("/preview", status_code=HTTP_200_OK, sync_to_thread=True)
def preview(data: Source, caller: Caller) -> Preview:
    """What the help centre would make of it."""
    caller.need("knowledge.read")
    return Preview(rendered(clean(data.body)))


@get("/search")
async def find(
    q: Annotated[str, Parameter(max_length=5_000)],
    caller: Caller,
    search: Search,
    language: str | None = None,
    top: Annotated[int, Parameter(ge=1, le=MOST_RESULTS)] = 5,
) -> Results:
    """Passages that answer ``q``, those for the staff only included."""
    caller.need("knowledge.read")
    hits = await search.query(q, language=language, top=top, audience="staff")
    return Results([presented(hit) for hit in hits])


def presented(hit: deeds.Hit) -> Found:
    return Found(
        article_id=hit.article_id,
        title=hit.title,
        heading=hit.heading,
        passage=hit.text,
        language=hit.language,
        score=round(hit.score, 4),
        url=hit.url,
    )


async def _create(tx: Tx, stamp: Stamp, data: Writing, draft: Draft) -> Opened:
    article = await deeds.create_article(
        tx, stamp, data.language, draft, category=clean(data.category), visibility=data.visibility
    )
    return await opened(tx, article.id, None)


async def _texts(tx: Tx, id: str, language: str) -> tuple[str, str, str]:
    """Title, summary and body as they are now; empty where the article is new in that language."""
    translation = await store.find_translation(tx, id, language)
    if translation is None:
        return "", "", ""
    version = await store.version(tx, id, language, translation.version)
    return version.title, version.summary, version.body


async def _change(tx: Tx, stamp: Stamp, id: str, data: Changes, draft: Draft | None) -> Opened:
    if draft is not None:
        await deeds.edit_article(tx, stamp, id, data.language, draft, base_version=data.base_version)
    await deeds.change_article(
        tx,
        stamp,
        id,
        category=data.category if isinstance(data.category, UnsetType) else clean(data.category),
        visibility=data.visibility,
        owner_agent_id=data.owner_agent_id,
        review_at=data.review_at,
    )
    return await opened(tx, id, data.language or None)


async def _publish(tx: Tx, stamp: Stamp, id: str, data: Chosen) -> Opened:
    await deeds.publish(tx, stamp, id, data.language, data.version)
    return await opened(tx, id, data.language)


async def _unpublish(tx: Tx, stamp: Stamp, id: str, data: Withdrawn) -> Opened:
    await deeds.unpublish(tx, stamp, id, data.language, archive=data.archive)
    return await opened(tx, id, data.language)


async def _ask_review(tx: Tx, stamp: Stamp, id: str, data: Chosen) -> Opened:
    await deeds.ask_review(tx, stamp, id, data.language)
    return await opened(tx, id, data.language)


async def _restore(tx: Tx, stamp: Stamp, id: str, data: Restored) -> Opened:
    await deeds.restore_version(tx, stamp, id, data.language, data.version)
    return await opened(tx, id, data.language)


routes = Router(
    "/api/v1/knowledge",
    route_handlers=[
        list_articles,
        create,
        open_article,
        change,
        publish,
        unpublish,
        ask_review,
        restore,
        list_versions,
        preview,
        find,
    ],
    tags=["knowledge"],
)
