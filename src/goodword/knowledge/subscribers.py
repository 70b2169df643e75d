"""What knowledge does when it hears of something: what was published gets its vectors."""

from goodword.knowledge.actions.embed_passages import embed_passages
from goodword.platform.clock import MINUTE, SECOND
from goodword.platform.db import Tx
from goodword.platform.embedding import Embedder, EmbeddingUnavailable
from goodword.platform.events import SYSTEM, Stamp, by_seq
from goodword.platform.jobs import Handler, Run, enqueue

EMBED_ARTICLE = "knowledge.embed_article"
EMBED_ALL = "knowledge.embed_all"
TRY_AGAIN = 1 * MINUTE


def embed_article(embedder: Embedder) -> Handler:
    """The handler for ``ArticlePublished``."""

    async def on_published(run: Run) -> None:
        event = await run.database.read(by_seq, run.job.payload["seq"])
        assert event is not None
        await _embed(run, embedder, event.stamp(run.clock.now()), event.stream)

    return on_published


def embed_all(embedder: Embedder) -> Handler:
    """The handler of the job that ``ask_for_vectors`` enqueues: whatever has no vector of this embedder."""

    async def on_asked(run: Run) -> None:
        await _embed(run, embedder, Stamp(run.clock.now(), SYSTEM), None)

    return on_asked


async def ask_for_vectors(tx: Tx, at: int) -> None:
    """Have everything embedded that lacks a vector: at every start, because the embedder may be another than before."""
    await enqueue(tx, EMBED_ALL, {}, at=at, dedupe=EMBED_ALL)


async def _embed(run: Run, embedder: Embedder, stamp: Stamp, article_id: str | None) -> None:
    try:
        await embed_passages(run.database, embedder, stamp, article_id)
    except EmbeddingUnavailable as error:
        # Search goes on by words. One job for all that was missed, instead of one for each article; none where
        # there will never be an embedder before the next start.
        if error.retry_after is not None:
            wait = max(TRY_AGAIN, int(error.retry_after * SECOND))
            await run.finish(ask_for_vectors, stamp.at + wait)
