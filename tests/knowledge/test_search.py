"""Search follows what is published, here and in other processes, with an embedder and without."""

import asyncio

import pytest

from goodword.knowledge import Search, change_article, embed_passages, publish, unpublish
from goodword.platform.embedding import EmbeddingUnavailable, NoEmbedder
from tests.knowledge.conftest import KETTLE, RETOURS, RETURNS, IdeaEmbedder

pytestmark = pytest.mark.anyio


async def test_what_is_published_is_found_at_once_and_what_is_taken_back_is_gone(
    database, search, mei_ling, mei_ling_writes
):
    assert await search.query("how long can I return an item") == []
    id = await mei_ling_writes("Return an item", RETURNS)
    hit = (await search.query("how long can I return an item"))[0]
    assert (hit.article_id, hit.heading, hit.language) == (id, "How long can I return an item?", "en")
    assert hit.url == "/help/en/articles/return-an-item#s-how-long-can-i-return-an-item"
    await database.write(unpublish, mei_ling, id, "en")
    assert await search.query("how long can I return an item") == []


async def test_another_process_sees_the_change_as_well(database, embedder, search, mei_ling_writes):
    elsewhere = Search(database, embedder)
    await elsewhere.warm()
    await mei_ling_writes("Return an item", RETURNS)
    assert (await elsewhere.query("return"))[0].title == "Return an item"
    await mei_ling_writes("Descale a kettle", KETTLE)
    assert (await elsewhere.query("kettle"))[0].title == "Descale a kettle"
    assert (await search.query("kettle"))[0].title == "Descale a kettle"


async def test_a_new_version_takes_the_place_of_the_old_one(search, mei_ling_writes):
    id = await mei_ling_writes("Return an item", RETURNS)
    await search.warm()
    await mei_ling_writes("Return an item", RETURNS.replace("30 days", "60 days"), article_id=id)
    texts = [hit.text for hit in await search.query("return days delivery", top=10)]
    assert any("60 days" in text for text in texts)
    assert not any("30 days" in text for text in texts)


async def test_a_question_in_one_language_finds_the_answer_in_another(
    database, embedder, search, mei_ling, mei_ling_writes
):
    id = await mei_ling_writes("Return an item", RETURNS)
    await mei_ling_writes("Descale a kettle", KETTLE)
    await embed_passages(database, embedder, mei_ling)
    hit = (await search.query("언제까지 반품할 수 있나요", language="ko"))[0]
    assert (hit.article_id, hit.language, hit.words) == (id, "en", 0.0)
    await mei_ling_writes("Retourner un article", RETOURS, language="fr", article_id=id)
    hit = (await search.query("how long may I return it", language="fr"))[0]
    assert (hit.language, hit.heading) == ("fr", "Sous quel délai puis-je retourner un article ?")


async def test_passages_are_embedded_under_their_title_and_heading(database, embedder, mei_ling, mei_ling_writes):
    await mei_ling_writes("Descale a kettle", KETTLE)
    await embed_passages(database, embedder, mei_ling)
    assert embedder.asked[0].startswith("Descale a kettle › When to descale\nDescale the kettle every 4 weeks")


async def test_without_an_embedder_words_are_enough(database, mei_ling_writes):
    await mei_ling_writes("Return an item", RETURNS)
    await mei_ling_writes("Descale a kettle", KETTLE)
    hit = (await Search(database, NoEmbedder()).query("vinegar"))[0]
    assert (hit.heading, hit.meaning, hit.coverage) == ("What to avoid", None, 1.0)


async def test_when_the_embedder_goes_away_search_goes_on_by_words(
    database, embedder, search, mei_ling, mei_ling_writes
):
    await mei_ling_writes("Descale a kettle", KETTLE)
    await embed_passages(database, embedder, mei_ling)
    assert (await search.query("vinegar"))[0].meaning is not None
    embedder.away = EmbeddingUnavailable("the cable was cut", retry_after=5)
    hit = (await search.query("vinegar"))[0]
    assert (hit.heading, hit.meaning) == ("What to avoid", None)


async def test_vectors_of_another_embedder_are_not_compared(database, embedder, mei_ling, mei_ling_writes):
    await mei_ling_writes("Descale a kettle", KETTLE)
    await embed_passages(database, embedder, mei_ling)
    other = IdeaEmbedder("ideas-2")
    search = Search(database, other)
    assert (await search.query("kettle"))[0].meaning is None
    assert await embed_passages(database, other, mei_ling) == 2
    assert (await search.query("kettle"))[0].meaning is not None


async def test_what_is_for_the_staff_is_not_for_the_public(database, search, mei_ling, mei_ling_writes):
    id = await mei_ling_writes("Return an item", RETURNS, visibility="staff")
    assert await search.query("return") == []
    assert len(await search.query("return", audience="staff")) == 2
    await database.write(change_article, mei_ling, id, visibility="public")
    assert len(await search.query("return")) == 2
    await database.write(change_article, mei_ling, id, visibility="staff")
    assert await search.query("return") == []


async def test_many_questions_while_articles_come_and_go(database, search, mei_ling, mei_ling_writes):
    id = await mei_ling_writes("Return an item", RETURNS)

    async def come_and_go():
        for _ in range(5):
            await database.write(unpublish, mei_ling, id, "en")
            await database.write(publish, mei_ling, id, "en")

    async def ask():
        return [len(await search.query("return")) for _ in range(20)]

    _, *counts = await asyncio.gather(come_and_go(), *(ask() for _ in range(4)))
    assert {count for counted in counts for count in counted} <= {0, 2}
    assert len(await search.query("return")) == 2
