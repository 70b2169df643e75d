"""The help centre, as a browser without scripts, a search engine and a hostile visitor see it."""

import gzip
import re
from xml.etree import ElementTree

import pytest

from goodword.knowledge import change_article, embed_passages, unpublish
from goodword.knowledge.help import routes
from goodword.knowledge.help.pages import statics
from goodword.platform.clock import MINUTE
from goodword.platform.events import latest
from goodword.platform.i18n import LANGUAGES, catalogue
from goodword.platform.settings import Settings
from tests.knowledge.conftest import KETTLE, RETOURS, RETURNS, client

pytestmark = pytest.mark.anyio


@pytest.fixture
def open_centre(database, search, clock):
    """Call it for a client; ``widget_key`` where a chat is there."""
    settings = Settings(company="Fennel & Oak", public_url="https://desk.example")

    def open_centre(**more):
        return client(routes, database=database, search=search, clock=clock, settings=settings, language="fr", **more)

    return open_centre


@pytest.fixture
async def centre(open_centre):
    async with open_centre() as centre:
        yield centre


@pytest.fixture
async def returns(mei_ling_writes):
    id = await mei_ling_writes("Return an item", RETURNS, category="returns")
    await mei_ling_writes("Retourner un article", RETOURS, language="fr", article_id=id)
    return id


async def test_the_bare_address_leads_to_the_visitors_language(centre):
    answer = await centre.get("/help", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (302, "/help/fr/")


async def test_the_front_page_shows_categories_and_articles(centre, returns):
    page = (await centre.get("/help/fr/")).text
    assert '<html lang="fr" dir="ltr">' in page
    assert "Retours et remboursements" in page
    assert '<a href="/help/fr/articles/return-an-item">Retourner un article</a>' in page
    assert "Return an item" not in page


async def test_an_article_is_shown_with_its_way_back_and_its_translations(centre, returns):
    page = (await centre.get("/help/fr/articles/return-an-item")).text
    assert "<h1>Retourner un article</h1>" in page
    assert '<h2 id="s-combien-coute-un-retour">' in page
    assert '<li><a href="/help/fr/categories/returns">Retours et remboursements</a></li>' in page
    assert '<link rel="canonical" href="https://desk.example/help/fr/articles/return-an-item">' in page
    assert '<link rel="alternate" hreflang="en" href="https://desk.example/help/en/articles/return-an-item">' in page


async def test_an_article_missing_in_a_language_is_shown_in_english_and_says_so(centre, returns):
    page = (await centre.get("/help/ko/articles/return-an-item")).text
    assert '<article lang="en" dir="ltr">' in page
    assert "아직 한국어로 제공되지 않습니다" in page
    assert '<link rel="canonical" href="https://desk.example/help/en/articles/return-an-item">' in page


async def test_a_title_in_chinese_makes_an_address_that_works(centre, mei_ling_writes):
    await mei_ling_writes("水壺除垢", "## 何時\n\n每 4 週一次。", language="zh-Hant")
    front = (await centre.get("/help/zh-Hant/")).text
    (address,) = re.findall(r'href="(/help/zh-Hant/articles/[^"]+)"', front)
    assert "%" in address
    assert "<h1>水壺除垢</h1>" in (await centre.get(address)).text
    redirected = await centre.get(address.replace("zh-Hant", "zh-tw"), follow_redirects=False)
    assert redirected.headers["location"] == address


async def test_what_is_a_draft_for_the_staff_or_taken_back_is_not_there(
    centre, database, mei_ling, mei_ling_writes, returns
):
    await mei_ling_writes("Draft", KETTLE, published=False)
    staff_only = await mei_ling_writes("Staff only", KETTLE)
    await database.write(change_article, mei_ling, staff_only, visibility="staff")
    for language in ("en", "fr"):
        await database.write(unpublish, mei_ling, returns, language)
    for slug in ("draft", "staff-only", "return-an-item", "nothing"):
        answer = await centre.get(f"/help/en/articles/{slug}")
        assert answer.status_code == 404
        assert "This page does not exist" in answer.text
    front, sitemap = (await centre.get("/help/en/")).text, (await centre.get("/help/sitemap.xml")).text
    assert not re.search("draft|staff-only|return-an-item", front + sitemap)


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("/help/ko/nothing", "ko"),
        ("/help/zh-Hant/articles", "zh-Hant"),
        ("/help/en/articles/a/b/c", "en"),
        ("/help/en/articles/a/rating", "en"),
        ("/help/ko/categories", "ko"),
        ("/help/ko/categories/a/b", "ko"),
        ("/help/ko/search/a", "ko"),
        ("/help/tlh/nothing/here", "fr"),
        ("/help/nowhere", "fr"),
    ],
)
async def test_an_address_that_leads_nowhere_says_so_in_the_readers_language_and_searches(centre, path, language):
    answer = await centre.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert f'<html lang="{language}"' in answer.text
    assert catalogue(language, "help")["missing.title"] in answer.text
    assert f'action="/help/{language}/search"' in answer.text
    assert '<meta name="robots" content="noindex">' in answer.text


async def test_anywhere_else_readers_get_a_page_and_programs_what_they_can_read(centre):
    page = await centre.get("/welcome", headers={"Accept": "text/html,application/xhtml+xml"})
    assert (page.status_code, "Cette page n’existe pas" in page.text) == (404, True)
    for path, accept in (("/welcome", "*/*"), ("/api/v1/nothing", "text/html"), ("/chat/v1/nothing", "text/html")):
        answer = await centre.get(path, headers={"Accept": accept})
        assert (answer.status_code, "<html" in answer.text) == (404, False)


async def test_an_unknown_language_is_not_there(centre):
    assert (await centre.get("/help/tlh/")).status_code == 404


async def test_search_works_by_a_plain_form(centre, database, embedder, mei_ling, mei_ling_writes, returns):
    await mei_ling_writes("Descale a kettle", KETTLE, category="technical")
    await embed_passages(database, embedder, mei_ling)
    front = (await centre.get("/help/fr/")).text
    assert 'action="/help/fr/search" method="get"' in front
    page = (await centre.get("/help/fr/search", params={"q": "combien coûte un retour"})).text
    assert page.index("Retourner un article") < page.index("Descale a kettle")
    assert "/help/fr/articles/return-an-item#s-combien-coute-un-retour" in page
    assert page.count("Retourner un article</a>") == 1
    assert '<meta name="robots" content="noindex">' in page


async def test_a_search_without_an_answer_says_so(centre, returns):
    page = (await centre.get("/help/en/search", params={"q": "zzzqqq"})).text
    assert "We found nothing for “zzzqqq”" in page


async def test_what_a_visitor_types_is_shown_and_never_run(centre, returns):
    attack = '"><script>alert(1)</script>'
    page = (await centre.get("/help/en/search", params={"q": attack})).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


async def test_the_reader_says_whether_it_helped(centre, database, returns):
    form = {"helpful": "no", "language": "fr"}
    answer = await centre.post("/help/fr/articles/return-an-item/rating", data=form, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (
        303,
        "/help/fr/articles/return-an-item?rated=no#rating",
    )
    event = (await database.read(latest, returns, 1))[0]
    assert (event.type, event.fact().helpful, event.fact().language) == ("ArticleRated", False, "fr")
    assert "Merci pour votre réponse" in (await centre.get(answer.headers["location"])).text


async def test_what_is_not_there_cannot_be_rated(centre, returns):
    for slug, language in (("return-an-item", "ko"), ("nothing", "en")):
        answer = await centre.post(f"/help/en/articles/{slug}/rating", data={"helpful": "yes", "language": language})
        assert answer.status_code == 404


async def test_ratings_in_a_hurry_are_refused_until_a_while_later(centre, clock, returns):
    form = {"helpful": "no", "language": "en"}

    async def rate() -> int:
        address = "/help/en/articles/return-an-item/rating"
        return (await centre.post(address, data=form, follow_redirects=False)).status_code

    assert {await rate() for _ in range(10)} == {303}
    assert await rate() == 429
    clock.go_on(MINUTE)
    assert await rate() == 303


async def test_the_sitemap_lists_every_translation_with_the_others(centre, returns):
    answer = await centre.get("/help/sitemap.xml")
    root = ElementTree.fromstring(answer.text)
    locations = [element.text for element in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert len(locations) == len(LANGUAGES) + 2
    assert "https://desk.example/help/fr/articles/return-an-item" in locations
    assert "Sitemap: https://desk.example/help/sitemap.xml" in (await centre.get("/robots.txt")).text


async def test_pages_load_nothing_that_a_strict_policy_forbids(open_centre, returns):
    async with open_centre(widget_key="fennel-oak") as centre:
        for address in ("", "articles/return-an-item?rated=no", "search?q=return", "categories/returns"):
            page = (await centre.get(f"/help/fr/{address}")).text
            assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:|<script(?![^>]*\ssrc=\"/)", page)


async def test_the_first_view_is_light(open_centre, returns):
    async with open_centre(widget_key="fennel-oak") as centre:
        page = (await centre.get("/help/fr/articles/return-an-item")).content
    weight = len(gzip.compress(page)) + sum(len(gzip.compress(content)) for content, _ in statics().values())
    assert weight <= 30_000


async def test_what_pages_load_is_there_and_may_be_kept(centre, returns):
    page = (await centre.get("/help/fr/")).text
    (style,) = re.findall(r'<link rel="stylesheet" href="([^"]+)">', page)
    answer = await centre.get(style)
    assert answer.headers["content-type"].startswith("text/css")
    assert "immutable" in answer.headers["cache-control"]
    assert (await centre.get("/help/static/..%2Fpages.py")).status_code == 404


async def test_a_chat_is_offered_only_where_there_is_one(centre, open_centre, returns):
    assert "data-open-chat" not in (await centre.get("/help/fr/")).text
    async with open_centre(widget_key="fennel-oak") as with_chat:
        page = (await with_chat.get("/help/fr/")).text
    assert 'src="/widget.js" data-channel="fennel-oak" data-language="fr"' in page
    assert "data-open-chat hidden>Discuter avec nous" in page


async def test_pages_have_one_heading_landmarks_and_names(centre, returns):
    for address in ("", "articles/return-an-item", "search?q=retour", "categories/returns", "articles/nothing"):
        page = (await centre.get(f"/help/fr/{address}")).text
        assert page.count("<h1") == 1
        assert page.count("<main") == page.count("<header") == page.count("<footer") == 1
        assert page.index('class="skip"') < page.index("<header")
        ids = re.findall(r'\sid="([^"]+)"', page)
        assert len(ids) == len(set(ids))
        for name in re.findall(r'aria-labelledby="([^"]+)"|<label class="unseen" for="([^"]+)"', page):
            assert "".join(name) in ids
        for navigation in re.findall(r"<nav[^>]*>", page):
            assert "aria-label" in navigation


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_exists_in_every_language(language):
    ours, english = catalogue(language, "help"), catalogue("en", "help")
    needed = {key for key in english if not key.endswith(".one")}
    assert needed <= set(ours) <= set(english)
    for key, text in ours.items():
        assert set(re.findall(r"{\w+}", text)) == set(re.findall(r"{\w+}", english[key]))
