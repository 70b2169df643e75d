"""Search proved on documents nobody here wrote: five long texts, imported as they are.

*Plain*: ten plainly put questions to each document, five in its language and five in English; the right passage comes
first. They were picked among 94 that were asked of which 68 found it first (39 of the 44 that were plainly put).
*Hard*: fifty in other words than the document's, and 25 more that were not looked at while search was changed ("held
out"); their floors are what is reached, less one or two. There the right passage is nearly always among five, and the
embedding at hand orders those no better; ``benchmarks/knowledge_search.py`` prints the figures.
"""

import asyncio
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from goodword.knowledge import Search, embed_passages, import_paths
from goodword.platform.db import open_database
from goodword.platform.db.migrate import migrate
from goodword.platform.embedding import LocalE5
from goodword.platform.events import SYSTEM, Stamp
from goodword.platform.words import han_evidence, script_counts
from goodword.rig.clock import HandClock

SEEDS = sorted((Path(__file__).resolve().parents[2] / "../shared/seeds").resolve().glob("*.txt"))
QUESTIONS: list[dict[str, Any]] = json.loads(Path(__file__).with_name("seed_questions.json").read_text("utf-8"))
PLAIN: list[dict[str, Any]] = json.loads(Path(__file__).with_name("seed_questions_plain.json").read_text("utf-8"))
HELD_OUT: list[dict[str, Any]] = json.loads(Path(__file__).with_name("seed_questions_held_out.json").read_text("utf-8"))

ASKED_ALONE = {"alone": QUESTIONS, "held out": HELD_OUT, "plain": PLAIN}

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not SEEDS, reason="the seed documents are not beside this check-out"),
]


def detect(text: str) -> str:
    """Enough to tell these five apart."""
    scripts = script_counts(text)
    if scripts.get("hangul", 0) > scripts.get("latin", 0):
        return "ko"
    if scripts.get("han", 0) > scripts.get("latin", 0):
        simplified, traditional = han_evidence(text)
        return "zh-Hans" if simplified > traditional else "zh-Hant"
    return "fr"


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[int]]:
    """Of each question the place of the first right passage, 99 where it isn't among five.

    All but "together", which is asked of all five, are asked of each document on its own.
    """
    folder = tmp_path_factory.mktemp("seeds")
    return asyncio.run(asked(folder))


async def asked(folder: Path) -> dict[str, list[int]]:
    embedder = LocalE5(folder / "cache")
    together = await ranks(folder / "all.db", embedder, SEEDS, QUESTIONS)
    found: dict[str, list[int]] = {"together": together, "alone": [], "held out": [], "plain": []}
    for seed in SEEDS:
        sets = [(name, questions_to(seed, questions)) for name, questions in ASKED_ALONE.items()]
        everything = [question for _, questions in sets for question in questions]
        places = iter(await ranks(folder / f"{seed.stem}.db", embedder, [seed], everything))
        for name, questions in sets:
            found[name] += [next(places) for _ in questions]
    await embedder.close()
    return found


def questions_to(seed: Path, questions: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [question for question in questions if question["file"] == seed.name]


async def ranks(path: Path, embedder: LocalE5, seeds: Sequence[Path], questions: Sequence[dict[str, Any]]) -> list[int]:
    await migrate(f"sqlite:///{path}")
    database, clock = await open_database(f"sqlite:///{path}"), HandClock()
    reports = [report async for report in import_paths(database, clock, seeds, detect=detect)]
    assert [report.outcome for report in reports] == ["created"] * len(seeds)
    await embed_passages(database, embedder, Stamp(clock.now(), SYSTEM))
    search = Search(database, embedder)
    files = {report.article_id: Path(report.path).name for report in reports}
    found = []
    for question in questions:
        hits = await search.query(question["question"], language=question["language"])
        right = [
            files[hit.article_id] == question["file"]
            and squeezed(question["must_contain"]) in squeezed(hit.heading + hit.text)
            for hit in hits
        ]
        found.append(right.index(True) if any(right) else 99)
    await database.close()
    return found


def squeezed(text: str) -> str:
    return re.sub(r"[\s\\]", "", text)


def counted(ranks: Sequence[int], questions: Sequence[dict[str, Any]], english: bool) -> tuple[int, int]:
    """How many were right at first, and among the first five."""
    mine = np.array(
        [rank for rank, question in zip(ranks, questions, strict=True) if (question["language"] == "en") == english]
    )
    return int((mine < 1).sum()), int((mine < 5).sum())


@pytest.mark.parametrize(
    ("desk", "english", "first", "five"),
    [
        ("alone", False, 14, 22),
        ("alone", True, 14, 22),
        ("together", False, 6, 16),
        ("together", True, 7, 11),
        ("held out", False, 5, 11),
        ("held out", True, 5, 7),
    ],
)
def test_hard_questions_find_the_right_passage_about_as_often_as_they_do_today(answers, desk, english, first, five):
    asked = HELD_OUT if desk == "held out" else QUESTIONS
    questions = asked if desk == "together" else [one for seed in SEEDS for one in questions_to(seed, asked)]
    right_first, right_among_five = counted(answers[desk], questions, english)
    print(f"{desk}, {'English' if english else 'own language'}: {right_first} first, {right_among_five} among five")
    assert right_first >= first
    assert right_among_five >= five


def test_a_plain_question_finds_the_right_passage_first(answers):
    questions = [one for seed in SEEDS for one in questions_to(seed, PLAIN)]
    missed = [q["question"] for rank, q in zip(answers["plain"], questions, strict=True) if rank != 0]
    assert len(questions) == 50
    assert missed == []
