"""Published passages get their vectors in the background, also when the embedder is away for a while."""

import pytest

from goodword.knowledge import Search, publish, shelf, unpublish
from goodword.knowledge.subscribers import EMBED_ALL, EMBED_ARTICLE, ask_for_vectors, embed_all, embed_article
from goodword.knowledge.vectors import vector_name
from goodword.platform.clock import MINUTE
from goodword.platform.db import open_database
from goodword.platform.embedding import EmbeddingUnavailable, NoEmbedder
from goodword.platform.events import latest
from goodword.platform.jobs import Worker, dead
from tests.knowledge.conftest import KETTLE, RETURNS, IdeaEmbedder

pytestmark = pytest.mark.anyio


@pytest.fixture
async def database(database_url, bus):
    opened = await open_database(database_url, {"ArticlePublished": (EMBED_ARTICLE,)})
    opened.on_commit = bus.ring
    yield opened
    await opened.close()


@pytest.fixture
def work(database, bus, clock, embedder):
    async def run_until_idle(with_embedder=embedder):
        handlers = {EMBED_ARTICLE: embed_article(with_embedder), EMBED_ALL: embed_all(with_embedder)}
        await Worker("w1", database, bus, clock, handlers).run_until_idle()

    return run_until_idle


async def without_vectors(database, embedder):
    return len(await database.read(shelf.stale, vector_name(embedder), 100))


async def test_publishing_sets_it_off_and_it_is_recorded(database, embedder, work, mei_ling_writes):
    id = await mei_ling_writes("Descale a kettle", KETTLE)
    assert await without_vectors(database, embedder) == 2
    await work()
    assert await without_vectors(database, embedder) == 0
    event = (await database.read(latest, id, 1))[0]
    assert (event.type, event.fact().count, event.fact().embedder) == ("PassagesEmbedded", 2, vector_name(embedder))


async def test_every_passage_is_embedded_once(embedder, work, mei_ling_writes):
    for title, body in (("Descale a kettle", KETTLE), ("Return an item", RETURNS)):
        await mei_ling_writes(title, body)
    await work()
    await work()
    assert len(embedder.asked) == len(set(embedder.asked))
    assert len([text for text in embedder.asked if " › " in text]) == 4


async def test_when_the_embedder_is_away_one_job_tries_again_for_all(database, embedder, clock, work, mei_ling_writes):
    embedder.away = EmbeddingUnavailable("restarting", retry_after=2)
    for title, body in (("Descale a kettle", KETTLE), ("Return an item", RETURNS)):
        await mei_ling_writes(title, body)
    await work()
    assert await database.read(dead) == []
    assert await database.read(_waiting) == [EMBED_ALL]
    embedder.away = None
    await work()
    assert await without_vectors(database, embedder) == 4
    clock.go_on(MINUTE)
    await work()
    assert await without_vectors(database, embedder) == 0
    assert await database.read(_waiting) == []


async def test_it_goes_on_trying_for_as_long_as_it_takes(database, embedder, clock, work, mei_ling_writes):
    embedder.away = EmbeddingUnavailable("restarting", retry_after=2)
    await mei_ling_writes("Descale a kettle", KETTLE)
    for _ in range(30):
        await work()
        clock.go_on(MINUTE)
    assert await database.read(dead) == []
    embedder.away = None
    await work()
    assert await without_vectors(database, embedder) == 0


async def test_where_there_will_be_none_nobody_waits_for_it(database, work, mei_ling_writes):
    await mei_ling_writes("Descale a kettle", KETTLE)
    await work(NoEmbedder())
    assert await database.read(_waiting) == []
    assert await database.read(dead) == []


async def test_another_embedder_embeds_everything_anew(database, clock, work, mei_ling_writes):
    await mei_ling_writes("Descale a kettle", KETTLE)
    await work()
    other = IdeaEmbedder("ideas-2")
    await database.write(ask_for_vectors, clock.now())
    await work(other)
    assert await without_vectors(database, other) == 0
    assert (await Search(database, other).query("kettle"))[0].meaning is not None


async def test_an_article_taken_back_meanwhile_is_left_alone(database, embedder, mei_ling, work, mei_ling_writes):
    id = await mei_ling_writes("Descale a kettle", KETTLE)
    await database.write(unpublish, mei_ling, id, "en")
    await work()
    assert embedder.asked == []
    await database.write(publish, mei_ling, id, "en")
    await work()
    assert len([text for text in embedder.asked if " › " in text]) == 2


async def _waiting(tx):
    return [row["kind"] for row in await tx.rows("SELECT kind FROM jobs WHERE state = 'ready'")]
