"""What search compares a question with."""

import numpy as np
import pytest

from goodword.knowledge import Meant, passage_vectors, question_vector
from goodword.knowledge.alignment import FITTED_FOR, aligned
from tests.knowledge.conftest import IdeaEmbedder

pytestmark = pytest.mark.anyio

KETTLE = Meant(
    "Look after a kettle",
    ("When to descale",),
    "Descale the kettle once a month, more often where water is hard. Use vinegar or citric acid, and never any soap.",
)


async def test_a_passage_has_a_row_for_its_text_under_its_headings_and_one_for_each_point(embedder):
    (rows,) = await passage_vectors(embedder, [KETTLE])
    assert rows.shape == (3, embedder.dimension)
    question = await question_vector(embedder, "descale")
    assert 0 < question @ rows[0] + (rows[1:] @ question).max() <= 1.001


async def test_without_headings_the_text_alone_counts(embedder):
    (rows,) = await passage_vectors(embedder, [Meant("", (), "Descale it.")])
    lengths = np.linalg.norm(rows, axis=1)
    assert lengths == pytest.approx([0.6, 0.4], abs=1e-6)


async def test_passages_keep_their_own_rows_together(embedder):
    knife = Meant("Look after a knife", (), "Never in the dishwasher.")
    alone = [(await passage_vectors(embedder, [one]))[0] for one in (KETTLE, knife)]
    for together, one in zip(await passage_vectors(embedder, [KETTLE, knife]), alone, strict=True):
        assert together == pytest.approx(one)


def test_the_vectors_of_another_embedder_stay_as_they_are():
    vectors = np.eye(8, dtype=np.float32)
    assert aligned(IdeaEmbedder(), vectors) is vectors


def test_what_is_aligned_keeps_its_length_and_nothing_stays_nothing():
    rng = np.random.default_rng(3)
    vectors = np.concatenate([rng.normal(size=(5, 384)), np.zeros((1, 384))]).astype(np.float32)
    lengths = np.linalg.norm(aligned(IdeaEmbedder(f"{FITTED_FOR}-int8"), vectors), axis=1)
    assert lengths == pytest.approx([1, 1, 1, 1, 1, 0], abs=1e-5)
