"""Addresses of the help centre."""

from typing import Annotated, Any

import msgspec
from litestar import MediaType, Request, Response, Router, get, post
from litestar.di import NamedDependency, Provide
from litestar.enums import RequestEncodingType
from litestar.params import Body, Parameter, SkipValidation
from litestar.response import Redirect
from litestar.status_codes import HTTP_200_OK, HTTP_303_SEE_OTHER, HTTP_404_NOT_FOUND

from goodword.knowledge import store
from goodword.knowledge.actions.rate_article import rate_article
from goodword.knowledge.help import pages
from goodword.knowledge.help.library import (
    Library,
    found_articles,
    in_best_language,
    library,
    related,
    shelf_slug,
    shelves,
)
from goodword.knowledge.help.pages import About, Crumb, Frame, address
from goodword.knowledge.help.sitemap import robots, sitemap
from goodword.knowledge.model import Version
from goodword.knowledge.search import Search
from goodword.platform.clock import Clock
from goodword.platform.db import Database, Tx
from goodword.platform.errors import NotFound
from goodword.platform.events import Actor, Stamp
from goodword.platform.i18n import ours, text
from goodword.platform.limits import RateLimit
from goodword.platform.settings import Settings
from goodword.staff import company_name

READER = Actor("customer")
# A reader has an opinion on a few articles; a figure made of ratings must not be one script's opinion.
RATINGS = RateLimit(burst=10, seconds=60)
LOOKED_THROUGH = 30
MOST_FOUND = 10
FOREVER = "public, max-age=31536000, immutable"
OFTEN = "public, max-age=60"
# The framework tries no other way once it has gone half of one.
NOWHERE = [
    "/{tag:str}/{rest:path}",
    "/{tag:str}/articles",
    "/{tag:str}/articles/{slug:str}/{rest:path}",
    "/{tag:str}/articles/{slug:str}/rating",
    "/{tag:str}/categories",
    "/{tag:str}/categories/{name:str}/{rest:path}",
    "/{tag:str}/search/{rest:path}",
]
FOR_PROGRAMS = ("/api/", "/chat/", "/schema/", "/widget/", "/files/")


class Rating(msgspec.Struct):
    helpful: str
    language: str


class Opened(msgspec.Struct):
    """Everything the page of an article needs."""

    books: Library
    version: Version | None


async def frame(
    tag: str,
    request: Request[Any, Any, Any],
    settings: Settings,
    database: SkipValidation[Database],
    language: str,
    widget_key: NamedDependency[str | None] = None,
) -> Frame:
    base = (settings.public_url or str(request.base_url)).rstrip("/")
    company = await database.read(company_name, settings.company)
    return Frame(ours(tag) or language, company, base, widget_key)


@get("/help", include_in_schema=False)
async def front_door(language: str) -> Redirect:
    return Redirect(address(language))


@get("/{tag:str}", include_in_schema=False)
async def home(tag: str, frame: Frame, database: SkipValidation[Database]) -> Response[Any]:
    if elsewhere := _elsewhere(tag, "", frame):
        return elsewhere
    books = await database.read(library)
    about = About(_said(frame, "home.title"), "", _said(frame, "home.description"))
    return _html("home.html", frame, about, shelves=shelves(books, frame.language))


@get("/{tag:str}/categories/{name:str}", include_in_schema=False)
async def category(tag: str, name: str, frame: Frame, database: SkipValidation[Database]) -> Response[Any]:
    if elsewhere := _elsewhere(tag, f"categories/{name}", frame):
        return elsewhere
    books = await database.read(library)
    shelf = next((one for one in shelves(books, frame.language) if one.slug == name), None)
    if shelf is None:
        return _missing(frame)
    title = pages.category_name(frame.language, shelf.name)
    about = About(title, f"categories/{name}", crumbs=(_home(frame),))
    return _html("category.html", frame, about, shelf=shelf)


@get("/{tag:str}/articles/{slug:str}", include_in_schema=False)
async def article(
    tag: str, slug: str, frame: Frame, database: SkipValidation[Database], rated: str = ""
) -> Response[Any]:
    if elsewhere := _elsewhere(tag, f"articles/{slug}", frame):
        return elsewhere
    opened = await database.read(_open, slug, frame.language)
    if opened.version is None:
        return _missing(frame)
    book = opened.books[slug]
    shown = in_best_language(book, frame.language)
    crumbs = (_home(frame), *_shelf_crumb(frame, shown.category))
    about = About(opened.version.title, f"articles/{slug}", opened.version.summary, crumbs, tuple(sorted(book)))
    return _html(
        "article.html",
        frame,
        about,
        shown=shown,
        body=pages.body(opened.version.html),
        contents=pages.contents(opened.version.html),
        related=related(opened.books, shown, frame.language),
        rated=rated,
    )


@post("/{tag:str}/articles/{slug:str}/rating", include_in_schema=False)
async def rate(
    tag: str,
    slug: str,
    data: Annotated[Rating, Body(media_type=RequestEncodingType.URL_ENCODED)],
    request: Request[Any, Any, Any],
    frame: Frame,
    database: SkipValidation[Database],
    clock: SkipValidation[Clock],
) -> Response[Any]:
    stamp = Stamp(clock.now(), READER, rights=frozenset())
    RATINGS.spend(request.client.host if request.client else "", stamp.at)
    try:
        await database.write(rate_article, stamp, slug, data.language, data.helpful == "yes")
    except NotFound:
        return _missing(frame)
    answer = "yes" if data.helpful == "yes" else "no"
    return Redirect(
        f"{address(frame.language, f'articles/{slug}')}?rated={answer}#rating", status_code=HTTP_303_SEE_OTHER
    )


@get("/{tag:str}/search", include_in_schema=False)
async def find(
    tag: str, frame: Frame, search: Search, q: Annotated[str, Parameter(max_length=5_000)] = ""
) -> Response[Any]:
    if elsewhere := _elsewhere(tag, "search", frame):
        return elsewhere
    hits = await search.query(q, language=frame.language, top=LOOKED_THROUGH) if q.strip() else []
    found = found_articles(hits, frame.language)[:MOST_FOUND]
    about = About(_said(frame, "search.title"), "search", crumbs=(_home(frame),), index=False)
    return _html("search.html", frame, about, q=q, found=found)


@get(NOWHERE, include_in_schema=False)
async def lost(frame: Frame) -> Response[Any]:
    return _missing(frame)


@get("/{rest:path}", include_in_schema=False)
async def lost_elsewhere(
    rest: str,
    request: Request[Any, Any, Any],
    settings: Settings,
    database: SkipValidation[Database],
    language: str,
    widget_key: NamedDependency[str | None] = None,
) -> Response[Any]:
    """Whoever has mistyped an address anywhere else is a reader, too; programs get what they can read."""
    if rest.startswith(FOR_PROGRAMS) or "text/html" not in request.headers.get("accept", ""):
        raise NotFound()
    return _missing(await frame("", request, settings, database, language, widget_key))


@get("/help/static/{name:str}", include_in_schema=False)
async def static(name: str) -> Response[bytes]:
    if name not in pages.statics():
        raise NotFound()
    content, kind = pages.statics()[name]
    return Response(content, media_type=kind, headers={"Cache-Control": FOREVER})


@get("/help/sitemap.xml", include_in_schema=False)
async def site_map(
    request: Request[Any, Any, Any], settings: Settings, database: SkipValidation[Database]
) -> Response[str]:
    base = (settings.public_url or str(request.base_url)).rstrip("/")
    xml = sitemap(await database.read(library), base)
    return Response(xml, media_type="application/xml; charset=utf-8", headers={"Cache-Control": OFTEN})


@get("/robots.txt", include_in_schema=False)
async def robots_txt(request: Request[Any, Any, Any], settings: Settings) -> Response[str]:
    base = (settings.public_url or str(request.base_url)).rstrip("/")
    return Response(robots(base), media_type="text/plain", headers={"Cache-Control": OFTEN})


async def _open(tx: Tx, slug: str, language: str) -> Opened:
    books = await library(tx)
    if slug not in books:
        return Opened(books, None)
    found = await store.by_slug(tx, slug)
    assert found is not None
    shown = in_best_language(books[slug], language)
    return Opened(books, await store.published_version(tx, found.id, shown.language))


def _elsewhere(tag: str, path: str, frame: Frame) -> Response[Any] | None:
    """Other names of our languages (``zh-tw``, ``fr-CA``) lead to the one address; there is nothing under others."""
    language = ours(tag)
    if language is None:
        return _missing(frame)
    return Redirect(address(language, path)) if language != tag else None


def _html(template: str, frame: Frame, about: About, *, status_code: int = HTTP_200_OK, **facts: Any) -> Response[str]:
    html = pages.page(template, frame, about, **facts)
    return Response(html, media_type=MediaType.HTML, status_code=status_code, headers={"Cache-Control": "no-cache"})


def _missing(frame: Frame) -> Response[str]:
    about = About(_said(frame, "missing.title"), "", crumbs=(_home(frame),), index=False)
    return _html("missing.html", frame, about, status_code=HTTP_404_NOT_FOUND)


def _home(frame: Frame) -> Crumb:
    return Crumb(_said(frame, "home.crumb"), address(frame.language))


def _shelf_crumb(frame: Frame, name: str) -> tuple[Crumb, ...]:
    label = pages.category_name(frame.language, name)
    return (Crumb(label, address(frame.language, f"categories/{shelf_slug(name)}")),)


def _said(frame: Frame, key: str) -> str:
    return text(frame.language, f"help.{key}", company=frame.company)


_pages = Router(
    "/help", route_handlers=[home, category, article, rate, find, lost], dependencies={"frame": Provide(frame)}
)

routes = Router("/", route_handlers=[front_door, static, site_map, robots_txt, lost_elsewhere, _pages])
