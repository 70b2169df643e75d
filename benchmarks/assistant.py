"""When does the assistant answer, and is it right? Fits ``calibration.json`` and judges it on questions it never saw.

    python benchmarks/assistant.py [--write] [--speed] [--squad folder]

``assistant_questions.tsv`` holds questions as customers write them, in five languages, with the section of the demo's
articles that answers each, or "-" where none does. Odd rows are for fitting, even rows are held out. Each is asked of
four desks: with all articles, with those in English only, with all but those in the asker's language, and without an
embedder. ``--squad``: a folder with XQuAD or CMRC (``corpus.jsonl``, ``queries.jsonl``) to see how it does on texts
of another kind.
"""

import argparse
import asyncio
import csv
import json
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from goodword.assistant.confidence import calibration, confidence, features, which
from goodword.assistant.deciding import decide
from goodword.assistant.looking_up import DEPTH, Lookup, found_in
from goodword.assistant.model import Found, Situation
from goodword.knowledge import Hit, cut
from goodword.knowledge.alignment import aligned
from goodword.knowledge.reading import read
from goodword.knowledge.search import Index, Shelf, entry
from goodword.knowledge.vectors import Meant, passage_vectors, question_vector
from goodword.platform.embedding import LocalE5, Vectors
from goodword.rig import __file__ as rig

ARTICLES = Path(rig).parent / "company" / "articles"
QUESTIONS = Path(__file__).with_name("assistant_questions.tsv")
CALIBRATION = Path(rig).parents[1] / "assistant" / "calibration.json"
LANGUAGES = ("en", "fr", "ko", "zh-Hans", "zh-Hant")
BY_MEANING = ("meaning", "meaning_above_field", "meaning_above_next")
BY_WORDS = ("words", "words_above_next", "coverage", "brevity")
USED = {
    "both": (*BY_MEANING, *BY_WORDS),
    "meaning": BY_MEANING,
    "words": BY_WORDS,
}
# Of its answers so many shall be right (less where no more is to be had with any answer left); of its questions back
# so many shall name the right section.
WANTED_PRECISION = {"both": 0.94, "meaning": 0.93, "words": 0.88}
WORTH_ASKING = 0.67


@dataclass(frozen=True)
class Case:
    """A question at a desk: what was found, and whether the first, or any of the first three, is right."""

    desk: str
    language: str
    question: str
    found: list[Found]
    answerable: bool
    held_out: bool
    gold: frozenset[str]

    @property
    def right(self) -> bool:
        return bool(self.found) and self.found[0].slug in self.gold

    @property
    def among_three(self) -> bool:
        return any(found.slug in self.gold for found in self.found[:3])


async def main() -> None:
    options = arguments()
    with tempfile.TemporaryDirectory() as cache:
        embedder = LocalE5(options.cache or Path(cache))
        cases = await demo_cases(embedder)
        if options.write:
            models = {model: fitted(model, cases) for model in USED}
            CALIBRATION.write_text(json.dumps({"models": models}, indent=2) + "\n")
            calibration.cache_clear()
        if options.speed:
            await speed(embedder, cases)
        judge(cases)
        judge([without_its_article(case) for case in cases if case.answerable and case.held_out])
        for folder in options.squad:
            judge(await squad_cases(embedder, folder))
        await embedder.close()


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--speed", action="store_true", help="how long an answer takes, one at a time")
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--squad", type=Path, nargs="*", default=[])
    return parser.parse_args()


async def demo_cases(embedder: LocalE5) -> list[Case]:
    passages = [(language, *piece) for language in LANGUAGES for piece in sections(language)]
    vectors = await vectors_of(embedder, passages)
    questions = list(csv.DictReader(QUESTIONS.open(encoding="utf-8"), delimiter="\t"))
    asked = {
        language: aligned(embedder, await embedder.query([row[language] for row in questions]))
        for language in LANGUAGES
    }
    cases = []
    for language in LANGUAGES:
        for desk, index in desks(language, passages, vectors):
            for number, row in enumerate(questions):
                vector = None if desk == "words only" else asked[language][number]
                hits = index.find(row[language], vector, language=language, top=DEPTH)
                gold = frozenset(row["gold"].split("|")) - {"-"}
                found = [found_in(hit) for hit in hits]
                cases.append(Case(desk, language, row[language], found, bool(gold), number % 2 == 1, gold))
    return cases


class Shelved:
    """The index, asked as ``Search`` is."""

    def __init__(self, index: Index, embedder: LocalE5) -> None:
        self._index, self._embedder = index, embedder

    async def query(self, text: str, *, language: str | None = None, top: int = 5) -> list[Hit]:
        vector = await question_vector(self._embedder, text)
        return self._index.find(text, vector, language=language, top=top)


async def speed(embedder: LocalE5, cases: Sequence[Case]) -> None:
    """Each question is new to the embedder."""
    passages = [(language, *piece) for language in LANGUAGES for piece in sections(language)]
    _, index = next(iter(desks("en", passages, await vectors_of(embedder, passages))))
    lookup = Lookup(Shelved(index, embedder))
    taken = []
    for case in [case for case in cases if case.desk == "all"]:
        question = f"{case.question} …"
        started = time.perf_counter()
        found = await lookup.find(question, case.language)
        decide(Situation(message_id="", question=question, language=case.language), found)
        taken.append((time.perf_counter() - started) * 1_000)
    print(f"an answer takes {np.median(taken):.1f} ms, p95 {np.percentile(taken, 95):.1f} ms")


async def vectors_of(embedder: LocalE5, passages: Sequence) -> list[Vectors]:
    meant = [Meant(title, path, text) for _, _, title, path, text, _ in passages]
    return [rows.astype(np.float16) for rows in await passage_vectors(embedder, meant)]


def sections(language: str) -> Iterable[tuple[str, str, tuple[str, ...], str, int]]:
    """Slug with the section's number, title, headings, text, place."""
    for path in sorted((ARTICLES / language).glob("*.md")):
        document = read(path.name, path.read_bytes())
        body = path.read_text(encoding="utf-8").split("---\n", 2)[2]
        numbers: dict[tuple[str, ...], int] = {}
        for piece in cut.pieces(document.title, body):
            number = numbers.setdefault(piece.path, len(numbers) + 1)
            yield f"{path.stem}#{number}", document.title, piece.path, piece.text, piece.position


def desks(language: str, passages: Sequence, vectors: Sequence[np.ndarray]) -> Iterable[tuple[str, Index]]:
    every = set(LANGUAGES)
    there_is = {"all": every, "English only": {"en"}, "not his": every - {language}, "words only": every}
    for desk, there in there_is.items():
        if desk == "English only" and language == "en":
            continue
        shelf = Shelf()
        for number, (tongue, slug, title, path, text, position) in enumerate(passages):
            if tongue in there:
                made = entry(
                    shelf,
                    id=f"{tongue}:{slug}:{position}",
                    article_id=slug.split("#")[0],
                    language=tongue,
                    position=position,
                    title=title,
                    path=path,
                    text=text,
                    vectors=None if desk == "words only" else vectors[number],
                )
                object.__setattr__(made, "slug", slug)
                shelf.entries[made.id] = made
        yield desk, Index(shelf, 0 if desk == "words only" else vectors[0].shape[1])


async def squad_cases(embedder: LocalE5, folder: Path) -> list[Case]:
    """Every other question loses its passage, and has no answer then."""
    corpus, queries = lines(folder / "corpus.jsonl"), lines(folder / "queries.jsonl")[:600]
    vectors = await passage_vectors(embedder, [Meant("", (), row["text"]) for row in corpus])
    asked = aligned(embedder, await embedder.query([row["text"] for row in queries]))
    shelf = Shelf()
    for row, vector in zip(corpus, vectors, strict=True):
        made = entry(
            shelf,
            id=row["id"],
            article_id=row["id"],
            language="en",
            position=0,
            title="",
            path=(),
            text=row["text"],
            vectors=vector.astype(np.float16),
        )
        object.__setattr__(made, "slug", row["id"])
        shelf.entries[made.id] = made
    index = Index(shelf, vectors[0].shape[1])
    cases = []
    for number, (row, vector) in enumerate(zip(queries, asked, strict=True)):
        found = [found_in(hit) for hit in index.find(row["text"], vector, top=DEPTH + 1)]
        answerable = number % 2 == 0
        found = [one for one in found if answerable or one.slug != row["doc_id"]][:DEPTH]
        gold = frozenset({row["doc_id"]} if answerable else ())
        cases.append(Case(folder.name, "", row["text"], found, answerable, True, gold))
    return cases


def lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def without_its_article(case: Case) -> Case:
    """The same question at a desk where nobody wrote the article that answers it: much is near, nothing is right."""
    articles = {section.split("#")[0] for section in case.gold}
    found = [one for one in case.found if one.slug.split("#")[0] not in articles]
    return replace(case, desk=f"{case.desk}, without", found=found, answerable=False, gold=frozenset())


def fitted(model: str, cases: Sequence[Case]) -> dict:
    """Logistic regression with a little ridge, by Newton's method.

    Thresholds where the fitting half is right often enough.
    """
    here = [case for case in cases if not case.held_out]
    gone = [without_its_article(case) for case in here if case.answerable]
    mine, without = ([case for case in some if case.found and which(case.found) == model] for some in (here, gone))
    asked, mine = len(mine), [*mine, *without]
    seen = [features(case.question, case.found) for case in mine]
    x = np.array([[1.0, *(one[name] for name in USED[model])] for one in seen])
    y = np.array([case.right for case in mine], float)
    ridge = np.diag([1e-6] + [0.3] * len(USED[model]))
    w = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ w))
        w -= np.linalg.solve(x.T @ (x * (p * (1 - p))[:, None]) + ridge, x.T @ (p - y) + ridge @ w)
    # What is never asked for in vain decides the weights only; the thresholds are for desks that have their articles.
    mine, y = mine[:asked], y[:asked]
    p = 1 / (1 + np.exp(-x[:asked] @ w))
    answer_at = threshold(p, y, WANTED_PRECISION[model])
    three = np.array([case.among_three for case in mine], float)
    unsure = p < answer_at
    ask_at = min(threshold(p[unsure], three[unsure], WORTH_ASKING), answer_at)
    print(f"{model}: fitted on {len(mine)}, {int(y.sum())} right; answers from {answer_at:.3f}, asks from {ask_at:.3f}")
    return {
        "bias": round(float(w[0]), 4),
        "weights": {name: round(float(v), 4) for name, v in zip(USED[model], w[1:], strict=True)},
        "answer_at": round(answer_at, 3),
        "ask_at": round(ask_at, 3),
    }


def threshold(p: np.ndarray, y: np.ndarray, precision: float) -> float:
    """The lowest probability from which on at least ``precision`` are right."""
    best = 1.0
    for cut_at in sorted(set(np.round(p, 3)), reverse=True):
        above = p >= cut_at
        if above.sum() >= 10 and y[above].mean() >= precision:
            best = float(cut_at)
    return best


def judge(cases: Sequence[Case]) -> None:
    groups: dict[tuple[str, str, bool], list[Case]] = defaultdict(list)
    for case in cases:
        groups[(case.desk, case.language, case.held_out)].append(case)
    columns = ("first right", "answers", "right", "answered", "offered", "nonsense", "offered")
    print(f"\n{'desk':14}{'language':9}{'half':9}", *(f"{column:>11}" for column in columns))
    for (desk, language, held_out), some in groups.items():
        sure = [case for case in some if confidence(case.question, case.found).answers]
        asks = [case for case in some if case not in sure and confidence(case.question, case.found).is_worth_asking]
        there = sum(case.answerable for case in some)
        right = sum(case.right for case in sure)
        figures = (
            f"{sum(case.right for case in some) / max(1, there):.0%}",
            f"{right}/{len(sure)}",
            f"{right / max(1, len(sure)):.0%}",
            f"{right / max(1, there):.0%}",
            f"{sum(case.among_three for case in asks) / max(1, there):.0%}",
            f"{sum(not case.answerable for case in sure)}/{len(some) - there}",
            f"{sum(not case.answerable for case in asks)}/{len(some) - there}",
        )
        half = "held out" if held_out else "fitting"
        print(f"{desk:14}{language:9}{half:9}", *(f"{figure:>11}" for figure in figures))


if __name__ == "__main__":
    asyncio.run(main())
