"""The editors' door."""

import pytest

from goodword.knowledge.api import routes
from goodword.rig.cast import LI_NA, MEI_LING
from goodword.staff import Agent, Caller
from tests.knowledge.conftest import KETTLE, RETOURS, RETURNS, client

pytestmark = pytest.mark.anyio

ARTICLES = "/api/v1/knowledge/articles"


def caller(one):
    return Caller(
        agent=Agent(
            id=f"agt_{one.key}",
            email=one.email,
            name=one.name,
            role=one.role,
            languages=one.languages,
            language=one.language,
            theme="auto",
            density="comfortable",
            availability="available",
            online=True,
            max_load=3,
            disabled=False,
            created_at=0,
        )
    )


@pytest.fixture
def door(database, search, clock):
    def door(one):
        return client(routes, database=database, search=search, clock=clock, caller=caller(one))

    return door


@pytest.fixture
async def desk(door):
    async with door(MEI_LING) as opened:
        yield opened


async def test_an_article_is_written_translated_published_and_found(desk):
    written = {"language": "en", "title": "Return an item", "body": RETURNS, "category": "returns"}
    created = (await desk.post(ARTICLES, json=written)).json()
    id = created["article"]["id"]
    assert (created["translation"]["status"], created["article"]["owner_agent_id"]) == ("draft", "agt_mei-ling")
    french = {"language": "fr", "title": "Retourner un article", "body": RETOURS}
    assert (await desk.patch(f"{ARTICLES}/{id}", json=french)).json()["language"] == "fr"
    for language in ("en", "fr"):
        answer = await desk.post(f"{ARTICLES}/{id}/publish", json={"language": language})
        assert (answer.status_code, answer.json()["translation"]["status"]) == (200, "published")
    found = (await desk.get("/api/v1/knowledge/search", params={"q": "label cost", "language": "en"})).json()
    assert found["results"][0] == {
        "article_id": id,
        "title": "Return an item",
        "heading": "What does a return cost?",
        "passage": "The label costs EUR 3.50 per parcel.",
        "language": "en",
        "score": found["results"][0]["score"],
        "url": "/help/en/articles/return-an-item#s-what-does-a-return-cost",
    }


async def test_a_change_of_the_title_leaves_the_text(desk, mei_ling_writes):
    id = await mei_ling_writes("Descale a kettle", KETTLE)
    answer = (await desk.patch(f"{ARTICLES}/{id}", json={"language": "en", "title": "Descaling"})).json()
    assert (answer["title"], answer["body"]) == ("Descaling", KETTLE.strip("\n"))
    assert answer["translation"]["version"] == 2


async def test_what_is_changed_about_an_article_makes_no_version(desk, mei_ling_writes):
    id = await mei_ling_writes("Descale a kettle", KETTLE)
    answer = (await desk.patch(f"{ARTICLES}/{id}", json={"category": "technical", "review_at": 1})).json()
    assert (answer["article"]["category"], answer["article"]["review_at"]) == ("technical", 1)
    assert answer["translation"]["version"] == 1
    cleared = (await desk.patch(f"{ARTICLES}/{id}", json={"review_at": None})).json()
    assert (cleared["article"]["category"], cleared["article"]["review_at"]) == ("technical", None)


async def test_the_list_is_narrowed_by_language_status_and_words(desk, mei_ling_writes):
    kettle = await mei_ling_writes("Descale a kettle", KETTLE)
    await mei_ling_writes("Éliminer le calcaire", KETTLE, language="fr", article_id=kettle, published=False)
    await mei_ling_writes("Return an item", RETURNS)

    async def titles(**about):
        return [row["title"] for row in (await desk.get(ARTICLES, params=about)).json()["articles"]]

    assert await titles() == ["Descale a kettle", "Éliminer le calcaire", "Return an item"]
    assert await titles(language="fr") == ["Éliminer le calcaire"]
    assert await titles(status="published", q="KETTLE") == ["Descale a kettle"]
    assert await titles(q="eliminer") == ["Éliminer le calcaire"]


async def test_a_version_can_be_looked_up_and_brought_back(desk, mei_ling_writes):
    id = await mei_ling_writes("Descale a kettle", KETTLE)
    await mei_ling_writes("Descale a kettle", RETURNS, article_id=id)
    versions = (await desk.get(f"{ARTICLES}/{id}/versions", params={"language": "en"})).json()["versions"]
    assert [(version["version"], version["author_name"]) for version in versions] == [
        (2, "Mei-ling Chen"),
        (1, "Mei-ling Chen"),
    ]
    back = (await desk.post(f"{ARTICLES}/{id}/restore", json={"language": "en", "version": 1})).json()
    assert (back["body"], back["translation"]["published_version"]) == (KETTLE.strip("\n"), 2)


async def test_an_article_is_asked_to_be_reviewed_and_withdrawn(desk, mei_ling_writes):
    id = await mei_ling_writes("Descale a kettle", KETTLE, published=False)
    asked = (await desk.post(f"{ARTICLES}/{id}/review", json={"language": "en"})).json()
    await desk.post(f"{ARTICLES}/{id}/publish", json={"language": "en"})
    gone = (await desk.post(f"{ARTICLES}/{id}/unpublish", json={"language": "en", "archive": True})).json()
    assert (asked["translation"]["status"], gone["translation"]["status"]) == ("review", "archived")


async def test_the_preview_is_what_the_help_centre_shows(desk):
    answer = await desk.post("/api/v1/knowledge/preview", json={"body": "## Care\n\n<script>x</script>"})
    assert answer.json()["html"] == '<h2 id="s-care">Care</h2>\n<p>&lt;script&gt;x&lt;/script&gt;</p>\n'


async def test_who_is_no_editor_reads_and_searches_only(door, mei_ling_writes):
    id = await mei_ling_writes("Descale a kettle", KETTLE, visibility="staff")
    async with door(LI_NA) as li:
        assert (await li.get(f"{ARTICLES}/{id}")).json()["title"] == "Descale a kettle"
        assert (await li.get("/api/v1/knowledge/search", params={"q": "kettle"})).json()["results"]
        refused = await li.patch(f"{ARTICLES}/{id}", json={"language": "en", "title": "Mine"})
        assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")


async def test_what_is_wrong_is_named(desk, mei_ling_writes):
    id = await mei_ling_writes("Descale a kettle", KETTLE)
    for answer, status in (
        (await desk.get(f"{ARTICLES}/art_none"), 404),
        (await desk.get(f"{ARTICLES}/{id}", params={"language": "ko"}), 404),
        (await desk.post(ARTICLES, json={"language": "tlh", "title": "x"}), 400),
        (await desk.post(ARTICLES, json={"language": "en", "title": " "}), 400),
        (await desk.patch(f"{ARTICLES}/{id}", json={"language": "en", "title": "x", "base_version": 7}), 409),
    ):
        assert answer.status_code == status
