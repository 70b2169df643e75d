"""Import proved on documents nobody here wrote: five texts in four writings, one of them glued together."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from goodword.knowledge.passages import LIMIT, Passage, split, weight
from goodword.knowledge.reading import Document, read

_ROOT = Path(__file__).resolve().parents[2]
_SEEDS = sorted((_ROOT / "../shared/seeds").resolve().glob("*.txt"))
_QUESTIONS: list[dict[str, Any]] = json.loads(Path(__file__).with_name("seed_questions.json").read_text("utf-8"))

pytestmark = pytest.mark.skipif(not _SEEDS, reason="the seed documents are not beside this check-out")


@pytest.fixture(params=_SEEDS, ids=lambda path: path.name[:3])
def seed(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def _document(path: Path) -> Document:
    return read(path.name, path.read_bytes())


def _seed(number: str) -> Document:
    return _document(next(path for path in _SEEDS if path.name.startswith(number)))


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def test_passages_fit_the_embedding(seed: Path) -> None:
    assert all(0 < weight(passage.text) <= LIMIT for passage in split(_document(seed)))


def test_most_passages_say_something(seed: Path) -> None:
    passages = split(_document(seed))
    tiny = [passage for passage in passages if weight(passage.text) < 20]
    assert len(tiny) <= len(passages) / 10


def test_no_letter_of_the_document_is_lost_and_none_moves(seed: Path) -> None:
    source = _letters(seed.read_text("utf-8"))
    document = _document(seed)
    kept = _letters(document.title) + "".join(_letters(block.text) for block in document.blocks)
    assert _is_subsequence_by_lines(seed.read_text("utf-8"), kept)
    assert len(kept) <= len(source) + len(_letters(document.title))
    cut = _with_headings_once(split(document))
    assert all(_letters(block.text) in cut for block in document.blocks if block.kind != "table")
    assert all(_letters(row) in cut for block in document.blocks for row in block.text.splitlines())


def _is_subsequence_by_lines(text: str, kept: str) -> bool:
    """Every line of the source is in `kept`, after the one before it (the title may have been taken ahead)."""
    at = 0
    for line in filter(None, map(_letters, text.splitlines())):
        label_free = re.sub("^(Titre|제목)", "", line)
        found = kept.find(label_free, at)
        if found < 0 and not kept.startswith(label_free):
            return False
        at = max(at, found)
    return True


def _with_headings_once(passages: list[Passage]) -> str:
    """Headings and texts in reading order, each heading where it first appears."""
    text = ""
    path: tuple[str, ...] = ()
    for passage in passages:
        new = [title for place, title in enumerate(passage.heading_path) if path[place : place + 1] != (title,)]
        text += _letters("".join(new)) + _letters(passage.text)
        path = passage.heading_path
    return text


@pytest.mark.parametrize(
    ("number", "title"),
    [
        ("000", "Comment discuter avec le service client ?"),
        ("001", "고객센터와 채팅하는 방법은 무엇인가요?"),
        ("002", "網絡客服及售前售後客服實戰指南"),
        ("003", "AI时代,客服沟通技巧还有意义吗?"),
    ],
)
def test_the_title_is_found(number: str, title: str) -> None:
    assert _seed(number).title.startswith(title)


def test_numbered_labels_become_headings_under_their_section() -> None:
    paths = [passage.heading_path for passage in split(_seed("000"))]
    skills = "2. Quatre compétences clés pour une communication efficace avec le service client"
    assert (skills, "1.Énoncez clairement le problème") in paths
    assert (skills, "4.Utilisation multicanal") in paths


def test_a_table_stays_with_its_heading() -> None:
    passage = next(passage for passage in split(_seed("001")) if "샤오훙슈/티에바" in passage.text)
    assert passage.heading_path[-1].startswith("1. 지난 10일 동안")
    assert passage.text.startswith("순위 | 주제")


def test_a_book_keeps_its_chapters_parts_and_sections() -> None:
    passage = next(passage for passage in split(_seed("002")) if "案例三" in passage.heading_path[-1])
    assert passage.heading_path[0] == "第一章:網絡客服基礎"
    assert passage.heading_path[1] == "2、網絡客服的溝通技巧"
    assert passage.heading_path[2] == "網絡客服的情緒管理與耐心應對深度剖析"


def test_glued_text_is_cut_at_marks_not_inside_words() -> None:
    passages = split(_seed("004"))
    assert len(passages) > 40
    assert sum(passage.text[-1] in ",、;；?？!！:。.，" for passage in passages) > 0.8 * len(passages)


@pytest.mark.parametrize("asked", _QUESTIONS, ids=lambda asked: asked["file"][:3] + asked["language"])
def test_the_answer_to_every_question_stands_in_one_passage(asked: dict[str, Any]) -> None:
    passages = split(_seed(asked["file"]))
    assert any(asked["must_contain"] in passage.in_context for passage in passages)


def test_there_are_five_questions_per_document_in_its_language_and_five_in_english() -> None:
    for name in {asked["file"] for asked in _QUESTIONS}:
        languages = [asked["language"] for asked in _QUESTIONS if asked["file"] == name]
        assert len(languages) == 10
        assert languages.count("en") == 5
