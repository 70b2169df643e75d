import asyncio
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from goodword.platform.embedding import EmbeddingUnavailable, LocalE5, NoEmbedder, Vectors
from goodword.understanding import Reading, read_message
from goodword.understanding.heads.wish import PIECES, head_for, heard, pieces
from goodword.understanding.wish import SIGNS, is_command, signs, wants_human

CHECKED = Path(__file__).with_name("wish_lines_unseen.tsv")


def read(*texts: str, cache: Path) -> list[Reading]:
    async def reading() -> list[Reading]:
        embedder = LocalE5(cache)
        try:
            return [await read_message(text, hint=None, embedder=embedder, patience=60) for text in texts]
        finally:
            await embedder.close()

    return asyncio.run(reading())


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    try:
        LocalE5(tmp_path_factory.mktemp("looked"))
    except EmbeddingUnavailable:
        pytest.skip("no weights installed")
    return tmp_path_factory.mktemp("cache")


@pytest.mark.slow
def test_rules_and_head_find_the_wish_in_lines_neither_was_made_with(cache: Path) -> None:
    rows = [
        row.split("\t") for row in CHECKED.read_text("utf-8").splitlines() if row.count("\t") == 2 and row[0] != "#"
    ]
    wanted = [row[0] == "1" for row in rows]
    found = [reading.wants_human for reading in read(*(row[2] for row in rows), cache=cache)]
    hits = sum(one and other for one, other in zip(wanted, found, strict=True))
    assert hits / sum(found) >= 0.95
    assert hits / sum(wanted) >= 0.82


@pytest.mark.slow
def test_a_wish_among_other_things_is_found_and_a_message_without_one_is_left_alone(cache: Path) -> None:
    story = "The lid of my kettle is loose since Tuesday. I tightened it, I glued it, I turned it round. "
    hearing, merely_telling = read(
        story + "Could you get one of your people to sort it out with me?",
        story + "Your colleague Ada was very patient last time. Which glue do you recommend?",
        cache=cache,
    )
    assert hearing.wants_human
    assert not merely_telling.wants_human


@pytest.mark.slow
def test_a_command_is_obeyed_whatever_the_head_thinks(cache: Path) -> None:
    assert all(reading.wants_human for reading in read("0#", "转人工", "상담원 연결", "un conseiller", cache=cache))


@pytest.mark.slow
def test_what_has_no_words_is_no_wish(cache: Path) -> None:
    assert not any(reading.wants_human for reading in read("👍", "48213", "", "?!", cache=cache))


def test_without_an_embedder_the_rules_alone_decide() -> None:
    text = "I want to talk to a human"
    reading = asyncio.run(read_message(text, hint=None, embedder=NoEmbedder()))
    assert reading.wants_human
    assert reading.embedding is None
    assert reading.confidence["wants_human"] == wants_human(text).confidence


class Stranger:
    """An embedder of another space, which remembers what it was asked for."""

    name = "stranger-1"
    dimension = 3

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def query(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        return np.ones((len(texts), 3), np.float32)

    async def passages(self, texts: Sequence[str]) -> Vectors:
        raise EmbeddingUnavailable("not asked for here")

    async def close(self) -> None:
        return None


def test_vectors_of_another_space_are_kept_but_not_judged_by_the_head() -> None:
    stranger = Stranger()
    text = "Where is my kettle? Please hurry. Thank you."
    reading = asyncio.run(read_message(text, hint=None, embedder=stranger))
    assert head_for(stranger.name) is None
    assert stranger.asked == [text]
    assert reading.embedder == stranger.name
    assert not reading.wants_human


def test_a_long_message_is_heard_in_few_pieces_and_those_that_sound_like_a_wish_are_among_them() -> None:
    text = "My planter leaks. " * 20 + "Let me talk to a person. " + "It is green. " * 20
    assert len(pieces(text)) == PIECES
    assert "Let me talk to a person." in pieces(text)
    assert pieces("One sentence alone") == []


def test_a_command_is_a_whole_message() -> None:
    assert is_command("human please")
    assert is_command("轉人工")
    assert not is_command("the human hand")


def test_signs_are_as_many_for_any_text() -> None:
    assert {len(signs(text)) for text in ("", "hello", "상담원", "👍", "no agent, merci")} == {SIGNS}


def test_an_installed_head_fits_its_own_space() -> None:
    head = head_for("multilingual-e5-small-int8-c30e1fa42c-1")
    assert head is not None
    vectors = np.zeros((1, 384), np.float32)
    assert 0 <= heard(["where is my order"], vectors, head).confidence <= 1
