"""What one vector costs: milliseconds by number of tokens and batch, and how long the event loop is held up.

    python benchmarks/embedding.py [threads]

Figures of one core of a Xeon with VNNI: 12/24/50/160/512 tokens take 2/4/8/26/125 ms.
"""

import asyncio
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from goodword.platform.embedding import LocalE5
from goodword.platform.embedding.encoder import PASSAGE_TOKENS, Encoder
from goodword.platform.embedding.graph import build
from goodword.platform.embedding.line import TOGETHER, TOKENS
from goodword.platform.embedding.weights import installed_weights, read_weights

MESSAGE = "Where is my order? I have been waiting for eleven days and nobody answers the telephone. "
CHINESE = "我的订单在哪里？我已经等了十一天了，没有人接电话。"


def main() -> None:
    threads = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    started = time.perf_counter()
    weights = read_weights(installed_weights())
    read = time.perf_counter()
    model = build(weights)
    built = time.perf_counter()
    encoder = Encoder(weights, model, threads)
    loaded = time.perf_counter()
    print(f"weights read in {read - started:.2f} s, graph built in {built - read:.2f} s (once), ", end="")
    print(f"{len(model) / 1e6:.1f} MB loaded in {loaded - built:.2f} s; threads: {threads}\n")
    by_tokens(encoder)
    reading(encoder)
    with tempfile.TemporaryDirectory() as cache:
        asyncio.run(waiting(Path(cache), threads))


def by_tokens(encoder: Encoder) -> None:
    print("tokens      alone, ms    together    ms a text")
    for tokens in (12, 24, 50, 100, 160, 256, PASSAGE_TOKENS):
        ids = [0, *range(5, 3 + tokens), 2]
        together = max(1, min(TOGETHER, TOKENS // tokens))
        alone = timed(lambda ids=ids: encoder.vectors([ids]))
        each = timed(lambda ids=ids, n=together: encoder.vectors([ids] * n)) / together
        print(f"{tokens:6d} {alone:14.1f} {together:11d} {each:12.1f}")


def reading(encoder: Encoder) -> None:
    print("\nreading a text, ms")
    texts = {"a message": MESSAGE, "2,000 of English": MESSAGE * 30, "2,000 of Chinese": CHINESE * 90}
    for name, text in {**texts, "200,000 letters": "a" * 200_000}.items():
        print(f"{name:18} {timed(lambda text=text: encoder.passage_ids(text)):6.2f}")


async def waiting(cache: Path, threads: int) -> None:
    """A question asked while a thousand passages wait, and the longest the event loop stood still meanwhile."""
    embedder = LocalE5(cache, threads)
    await embedder.query(["warm"])
    heap = asyncio.create_task(embedder.passages([MESSAGE * (1 + n % 5) for n in range(1_000)]))
    pauses = asyncio.create_task(longest_pause())
    waits = []
    for n in range(20):
        await asyncio.sleep(0.05)
        asked = time.perf_counter()
        await embedder.query([f"{MESSAGE} {n}"])
        waits.append(1_000 * (time.perf_counter() - asked))
    for task in (heap, pauses):
        task.cancel()
    print(f"\na question among 1,000 passages: median {median(waits):.0f} ms, longest {max(waits):.0f} ms")
    print(f"longest pause of the event loop: {max(await asyncio.gather(pauses)):.1f} ms")
    await embedder.close()


async def longest_pause() -> float:
    longest, last = 0.0, time.perf_counter()
    try:
        while True:
            await asyncio.sleep(0.001)
            now = time.perf_counter()
            longest, last = max(longest, 1_000 * (now - last) - 1), now
    except asyncio.CancelledError:
        return longest


def timed(work) -> float:
    """The best of seven, in milliseconds, the first not counted."""
    work()
    times = []
    for _ in range(7):
        started = time.perf_counter()
        work()
        times.append(1_000 * (time.perf_counter() - started))
    return min(times)


if __name__ == "__main__":
    main()
