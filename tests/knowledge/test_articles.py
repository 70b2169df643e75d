"""Articles are written, published, changed and taken back, and nothing that was written is lost."""

import asyncio

import pytest

from goodword.knowledge import (
    ask_review,
    change_article,
    create_article,
    drafted,
    edit_article,
    publish,
    restore_version,
    shelf,
    store,
    unpublish,
)
from goodword.knowledge.model import slugged
from goodword.platform.errors import BadInput, Conflict, Forbidden, NotFound
from goodword.platform.events import Actor, Stamp, latest
from tests.knowledge.conftest import KETTLE, RETOURS, RETURNS

pytestmark = pytest.mark.anyio


async def types(database, article_id):
    return [event.type for event in await database.read(latest, article_id, 100)]


async def test_a_new_article_is_a_draft_that_nobody_finds(database, mei_ling_writes):
    id = await mei_ling_writes("Return an item", RETURNS, published=False)
    translation = await database.read(store.translation, id, "en")
    assert (translation.status, translation.version, translation.published_version) == ("draft", 1, None)
    assert await database.read(shelf.present) == []
    assert await types(database, id) == ["ArticleCreated"]


async def test_publishing_puts_its_passages_on_the_shelf(database, mei_ling_writes):
    id = await mei_ling_writes("Return an item", RETURNS)
    rows = await database.read(shelf.since, 0)
    assert [shelf.path(row) for row in rows] == [("How long can I return an item?",), ("What does a return cost?",)]
    assert [row["title"] for row in rows] == ["Return an item"] * 2
    event = (await database.read(latest, id, 1))[0]
    assert (event.type, event.fact().passages, event.actor.name) == ("ArticlePublished", 2, "Mei-ling Chen")


async def test_publishing_what_is_published_changes_nothing(database, mei_ling, mei_ling_writes):
    id = await mei_ling_writes("Return an item", RETURNS)
    before = await database.read(shelf.revision)
    await database.write(publish, mei_ling, id, "en")
    assert await database.read(shelf.revision) == before
    assert (await types(database, id)).count("ArticlePublished") == 1


async def test_readers_see_the_published_version_while_a_newer_one_is_written(database, mei_ling, mei_ling_writes):
    id = await mei_ling_writes("Return an item", RETURNS)
    await mei_ling_writes("Return an item", RETURNS + "\nMore.", article_id=id, published=False)
    seen = await database.read(store.published_version, id, "en")
    translation = await database.read(store.translation, id, "en")
    assert seen.version == 1
    assert (translation.version, translation.status) == (2, "published")


async def test_an_edit_that_changes_nothing_makes_no_version(database, mei_ling_writes):
    id = await mei_ling_writes("Return an item", RETURNS)
    await mei_ling_writes("Return an item", RETURNS, article_id=id)
    assert len(await database.read(store.versions, id, "en")) == 1


async def test_whoever_started_from_an_older_version_is_told(database, mei_ling, mei_ling_writes):
    id = await mei_ling_writes("Return an item", RETURNS)
    await database.write(edit_article, mei_ling, id, "en", drafted("Returns", "", RETURNS), base_version=1)
    with pytest.raises(Conflict, match="article_changed"):
        await database.write(edit_article, mei_ling, id, "en", drafted("Sending back", "", RETURNS), base_version=1)


async def test_every_version_is_kept_and_an_older_one_comes_back_as_a_new_one(database, mei_ling, mei_ling_writes):
    id = await mei_ling_writes("Return an item", RETURNS)
    await mei_ling_writes("Return an item", KETTLE, article_id=id)
    restored = await database.write(restore_version, mei_ling, id, "en", 1)
    versions = await database.read(store.versions, id, "en")
    assert [version.version for version in versions] == [3, 2, 1]
    assert versions[0].body == versions[2].body == RETURNS.strip("\n")
    assert (restored.version, restored.published_version) == (3, 2)
    assert (await types(database, id))[-1] == "ArticleRestored"


async def test_unpublishing_takes_one_language_away_and_leaves_the_other(database, mei_ling, mei_ling_writes):
    id = await mei_ling_writes("Return an item", RETURNS)
    await mei_ling_writes("Retourner un article", RETOURS, language="fr", article_id=id)
    await database.write(unpublish, mei_ling, id, "en", archive=True)
    rows = await database.read(shelf.since, 0)
    assert {row["language"] for row in rows} == {"fr"}
    assert (await database.read(store.translation, id, "en")).status == "archived"
    assert await database.read(store.published_version, id, "en") is None


async def test_a_draft_can_wait_for_a_second_pair_of_eyes(database, mei_ling, mei_ling_writes):
    id = await mei_ling_writes("Return an item", RETURNS, published=False)
    asked = await database.write(ask_review, mei_ling, id, "en")
    assert asked.status == "review"
    assert (await database.write(publish, mei_ling, id, "en")).status == "published"


async def test_an_article_without_anything_to_read_is_not_published(database, mei_ling, mei_ling_writes):
    id = await mei_ling_writes("Return an item", "", published=False)
    with pytest.raises(BadInput, match="article_empty"):
        await database.write(publish, mei_ling, id, "en")


async def test_who_may_only_read_changes_nothing(database, clock, mei_ling_writes):
    id = await mei_ling_writes("Return an item", RETURNS)
    li = Stamp(clock.now(), Actor("agent", "agt_li", "Li Na"), rights=frozenset({"knowledge.read"}))
    deeds = (
        (create_article, "en", drafted("Mine", "", "x")),
        (edit_article, id, "en", drafted("Mine", "", "x")),
        (publish, id, "en"),
        (unpublish, id, "en"),
        (restore_version, id, "en", 1),
        (ask_review, id, "en"),
        (change_article, id),
    )
    for deed, *arguments in deeds:
        with pytest.raises(Forbidden):
            await database.write(deed, li, *arguments)
    assert (await database.read(store.translation, id, "en")).version == 1


async def test_a_language_that_is_not_ours_is_refused(database, mei_ling):
    with pytest.raises(BadInput, match="language"):
        await database.write(create_article, mei_ling, "tlh", drafted("nuqneH", "", "x"))


async def test_what_does_not_exist_is_not_found(database, mei_ling, mei_ling_writes):
    id = await mei_ling_writes("Return an item", RETURNS)
    for deed, *arguments in ((publish, "art_none", "en"), (publish, id, "ko"), (restore_version, id, "en", 9)):
        with pytest.raises(NotFound):
            await database.write(deed, mei_ling, *arguments)


async def test_articles_with_the_same_title_get_addresses_of_their_own(database, mei_ling):
    draft = drafted("Return an item", "", RETURNS)
    many = await asyncio.gather(*(database.write(create_article, mei_ling, "en", draft) for _ in range(5)))
    assert sorted(article.slug for article in many) == [
        "return-an-item",
        *(f"return-an-item-{number}" for number in (2, 3, 4, 5)),
    ]


async def test_the_address_stays_when_the_title_changes(database, mei_ling_writes):
    id = await mei_ling_writes("Return an item", RETURNS)
    await mei_ling_writes("Sending things back", RETURNS, article_id=id)
    assert (await database.read(store.get, id)).slug == "return-an-item"


async def test_hiding_an_article_from_the_public_is_recorded_once(database, mei_ling, mei_ling_writes):
    id = await mei_ling_writes("Return an item", RETURNS)
    for _ in range(2):
        await database.write(change_article, mei_ling, id, visibility="staff", category=" returns  desk ")
    article = await database.read(store.get, id)
    assert (article.visibility, article.category) == ("staff", "returns desk")
    assert (await types(database, id)).count("ArticleChanged") == 1


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Échanger l’article n° 3 !", "echanger-l-article-n-3"),
        ("水壺除垢", "水壺除垢"),
        ("주전자 물때 제거", "주전자-물때-제거"),
        ("が・か", "が-か"),
        ("../../etc/passwd?x=%00", "etc-passwd-x-00"),
        ("!!!", "article"),
        ("नमस्ते दुनिया", "नमस्ते-दुनिया"),
    ],
)
def test_a_title_of_any_writing_makes_an_address(title, slug):
    assert slugged(title) == slug


def test_an_address_is_never_too_long():
    assert len(slugged("sehr " * 1000)) <= 60
