"""Which passage comes first, and why."""

import time

import numpy as np
import pytest

from goodword.knowledge.search import Index, Shelf, entry
from goodword.knowledge.search.meanings import LOOKED_INTO
from goodword.knowledge.search.mixing import mixed

AXES = 4


def axis(number, strength=1.0):
    """A vector that is near ``number`` and nothing else."""
    vector = np.full(AXES, 0.1, np.float32)
    vector[number] = strength
    return (vector / np.linalg.norm(vector)).astype(np.float16)


@pytest.fixture
def shelf():
    return Shelf()


@pytest.fixture
def put(shelf):
    def put(id, text, *, article=None, language="en", position=0, title="", path=(), vector=None, points=()):
        shelf.entries[id] = entry(
            shelf,
            id=id,
            article_id=article or id,
            language=language,
            position=position,
            title=title,
            path=path,
            text=text,
            vectors=None if vector is None else np.stack([vector, *points]),
        )

    return put


def ids(hits):
    return [hit.passage_id for hit in hits]


def test_rare_words_count_more_than_common_ones(shelf, put):
    for number in range(8):
        put(f"order-{number}", "Your order is on its way to you.")
    put("engraving", "Your engraving.")
    hits = Index(shelf, 0).find("order engraving", None)
    assert hits[0].passage_id == "engraving"
    assert 0 < hits[0].coverage < 1


def test_words_are_found_in_chinese_across_both_writings_and_in_korean(shelf, put):
    put("zh", "水壺每四週除垢一次。", language="zh-Hant")
    put("ko", "주전자는 4주마다 물때를 제거하세요.", language="ko")
    put("other", "贈品不能退換。", language="zh-Hant")
    index = Index(shelf, 0)
    assert ids(index.find("水壶怎么除垢", None)) == ["zh"]
    assert ids(index.find("주전자 물때", None)) == ["ko"]


@pytest.mark.parametrize(
    ("question", "text"),
    [("quand suis-je remboursé ?", "Le remboursement suit."), ("it was cancelled", "How to cancel an order.")],
)
def test_a_word_is_found_in_another_form(shelf, put, question, text):
    put("right", text)
    put("other", "Knives and kettles.")
    assert ids(Index(shelf, 0).find(question, None)) == ["right"]


def test_title_and_headings_are_words_of_a_passage(shelf, put):
    put("a", "Every four weeks.", title="Descaling a kettle", path=("When to do it",))
    put("b", "Every four months.", title="Sharpening a knife", path=("When to do it",))
    assert ids(Index(shelf, 0).find("kettle", None)) == ["a"]


def test_meaning_finds_what_has_no_word_in_common(shelf, put):
    put("returns", "Sending things back is free.", vector=axis(0))
    put("kettle", "Lime in the kettle.", vector=axis(1))
    put("knife", "Blades stay sharp.", vector=axis(2))
    hit = Index(shelf, AXES).find("물때가 생겼어요", axis(1).astype(np.float32))[0]
    assert (hit.passage_id, hit.words, hit.coverage) == ("kettle", 0.0, 0.0)
    assert hit.meaning == pytest.approx(1.0, abs=0.01)
    assert hit.score == pytest.approx(1.0)


def test_one_point_of_a_passage_can_answer(shelf, put):
    put("about", "About us.", vector=axis(3), points=[axis(3)])
    put("kettle", "Lime, and five other things.", vector=axis(2), points=[axis(2), axis(1), axis(3)])
    put("knife", "Blades stay sharp.", vector=axis(2), points=[axis(2)])
    hits = Index(shelf, AXES).find("물때가 생겼어요", axis(1).astype(np.float32))
    assert hits[0].passage_id == "kettle"
    assert hits[0].meaning == pytest.approx(1.2, abs=0.1)


def test_points_are_looked_at_in_the_nearest_passages_alone(shelf, put):
    for number in range(LOOKED_INTO + 50):
        put(f"{number}", "Blades stay sharp.", vector=axis(2), points=[axis(1) if number == 7 else axis(2)])
    put("far", "About us.", vector=axis(3, 5.0), points=[axis(1, 5.0)])
    hits = Index(shelf, AXES).find("물때가 생겼어요", axis(1).astype(np.float32), top=50)
    assert "far" not in ids(hits)
    assert all(hit.meaning is not None and np.isfinite(hit.meaning) for hit in hits)


def test_words_decide_between_equals_in_meaning(shelf, put):
    put("a", "Error 51: no water.", vector=axis(0))
    put("b", "Error 52: no power.", vector=axis(0))
    put("far", "About us.", vector=axis(3))
    assert ids(Index(shelf, AXES).find("error 52", axis(0).astype(np.float32)))[:2] == ["b", "a"]


def test_a_passage_in_another_writing_is_not_punished_for_its_words(shelf, put):
    put("zh", "使用前请清洗。AI", vector=axis(0))
    put("en", "Wash it before the first use.", vector=axis(1))
    put("far", "About us.", vector=axis(3))
    question = axis(0).astype(np.float32)
    assert ids(Index(shelf, AXES).find("wash before first use", question))[0] == "zh"


def test_what_has_no_vector_yet_is_found_by_its_words(shelf, put):
    put("old", "About us.", vector=axis(1))
    put("older", "About you.", vector=axis(2))
    put("new", "Descale the kettle every 4 weeks.")
    hit = Index(shelf, AXES).find("descale kettle", axis(0).astype(np.float32))[0]
    assert (hit.passage_id, hit.meaning) == ("new", None)


def test_an_article_in_several_languages_is_one_result_in_the_language_of_the_asker(shelf, put):
    for language, text in (("en", "Within 30 days."), ("fr", "Sous 30 jours."), ("ko", "30일 이내.")):
        put(f"{language}-0", text, article="returns", language=language, position=0, vector=axis(0))
        put(f"{language}-1", text, article="returns", language=language, position=1, vector=axis(1))
    put("en-only", "Knives.", article="knives", vector=axis(2))
    index = Index(shelf, AXES)
    question = axis(0).astype(np.float32)
    assert ids(index.find("이내", question, language="ko"))[:2] == ["ko-0", "ko-1"]
    assert ids(index.find("이내", question, language="fr"))[:1] == ["fr-0"]
    assert len(ids(index.find("이내", question, language="zh-Hans", top=10))) == 3
    assert "en-only" in ids(index.find("이내", question, language="ko", top=10))


def test_a_translation_cut_differently_is_shown_at_its_likeliest_passage(shelf, put):
    put("en-0", "Within 30 days.", article="returns", language="en", position=0, vector=axis(0))
    put("fr-0", "Bonjour.", article="returns", language="fr", position=0, vector=axis(2))
    put("fr-1", "Sous 30 jours.", article="returns", language="fr", position=1, vector=axis(0, 0.8))
    hits = Index(shelf, AXES).find("30 days", axis(0).astype(np.float32), language="fr")
    assert ids(hits)[0] == "fr-1"


def test_the_margin_is_the_lead_over_the_next_result(shelf, put):
    put("a", "kettle kettle kettle")
    put("b", "kettle and many other things that are of no interest here")
    first, second = Index(shelf, 0).find("kettle", None, top=5)
    assert first.margin == pytest.approx(first.score - second.score)
    assert second.margin == 0
    assert Index(shelf, 0).find("kettle", None, top=1)[0].margin == first.margin


def test_nothing_is_found_in_nothing_and_for_nothing(shelf, put):
    assert Index(shelf, AXES).find("kettle", None) == []
    put("a", "kettle")
    index = Index(shelf, AXES)
    assert index.find(" \n", None) == []
    assert index.find("unheard of", None) == []


@pytest.mark.parametrize(
    "question",
    [
        "a" * 1_000_000,
        "退" * 1_000_001,
        "x " * 500_001,
        "\u0301" * 100_000,
        "\x00\ud800",
        "'" * 100_001,
        "😀" * 100_002,
    ],
    ids=len,
)
def test_hostile_questions_take_bearable_time(shelf, put, question):
    for number in range(200):
        put(f"p{number}", f"Passage {number} about 退換貨 and x a")
    index = Index(shelf, 0)
    before = time.process_time()
    index.find(question, None, top=1_000_000)
    assert time.process_time() - before < 0.5


def test_scores_stay_between_0_and_1():
    rng = np.random.default_rng(7)
    for _ in range(50):
        meaning = rng.normal(0.8, 0.05, 40).astype(np.float32)
        meaning[rng.integers(0, 40, 5)] = np.nan
        words = np.maximum(rng.normal(0, 3, 40), 0).astype(np.float32)
        scores = mixed(meaning, words, rng.random(40) > 0.5)
        assert np.isfinite(scores).all()
        assert scores.min() >= 0
        assert scores.max() <= 1 + 1e-6
