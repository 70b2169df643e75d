import asyncio
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import goodword
from goodword.platform.embedding import Embedder, EmbeddingUnavailable, LocalE5, NoEmbedder
from goodword.platform.embedding.e5 import REMEMBERED

ARTICLES = [
    "Delivery: parcels leave our warehouse within a day. Follow yours with the tracking number in the mail.",
    "Returns: send any tool back within thirty days. We refund the price and pay the postage.",
    "Connecting the Sprig planter to the app: hold the leaf button until the light blinks blue.",
    "Caring for carbon steel knives: wash by hand, dry at once, oil now and then against rust.",
    "Invoices: download a VAT invoice for a past order from your account page.",
]
QUESTIONS = {
    "en": [
        "Where is my package?",
        "I want my money back",
        "My planter won't pair with my phone",
        "Rust on my blade",
        "I need a bill for my accountant",
    ],
    "fr": [
        "Où est mon colis ?",
        "Je veux être remboursé",
        "Ma jardinière ne se connecte pas au téléphone",
        "Ma lame rouille",
        "Il me faut une facture pour mon comptable",
    ],
    "ko": [
        "제 택배는 어디에 있나요?",
        "환불받고 싶어요",
        "화분을 앱에 연결할 수 없어요",
        "칼날에 녹이 슬었어요",
        "회계 처리를 위한 세금계산서가 필요해요",
    ],
    "zh-Hans": ["我的包裹到哪里了？", "我要退款", "花盆连不上手机", "刀刃生锈了", "我需要一张发票给会计"],
    "zh-Hant": ["我的包裹到哪裡了？", "我要退款", "花盆連不上手機", "刀刃生鏽了", "我需要一張發票給會計"],
}


def test_it_keeps_the_promise_of_an_embedder(embedder):
    promised: Embedder = embedder
    vectors = asyncio.run(promised.query(["Where is my order?", "", "我的订单在哪里？"]))
    assert vectors.shape == (3, promised.dimension) == (3, 384)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("language", QUESTIONS)
def test_a_question_finds_the_english_article_that_answers_it(embedder, language):
    async def scores():
        return await embedder.query(QUESTIONS[language]) @ (await embedder.passages(ARTICLES)).T

    assert asyncio.run(scores()).argmax(axis=1).tolist() == [0, 1, 2, 3, 4]


def test_the_same_complaint_in_five_languages_is_one_meaning(embedder):
    questions = asyncio.run(embedder.query([text for five in QUESTIONS.values() for text in five]))
    near = (questions @ questions.T).reshape(5, 5, 5, 5)  # language, topic, language, topic
    for language in range(1, 5):
        assert near[0, :, language, :].argmax(axis=1).tolist() == [0, 1, 2, 3, 4]


def test_hostile_text_has_a_vector_like_any_other(embedder, hostile):
    query = asyncio.run(embedder.query([hostile]))
    passage = asyncio.run(embedder.passages([hostile]))
    assert np.linalg.norm(query) == pytest.approx(1, abs=1e-5)
    assert np.linalg.norm(passage) == pytest.approx(1, abs=1e-5)


def test_answers_come_in_the_order_of_the_texts(embedder):
    texts = ["kettle " * (1 + 7 * n % 40) for n in range(60)]

    async def both():
        return await embedder.passages(texts), [await embedder.passages([text]) for text in texts]

    together, alone = asyncio.run(both())
    assert np.abs(together - np.concatenate(alone)).max() < 1e-5
    assert asyncio.run(embedder.passages([])).shape == (0, 384)
    assert asyncio.run(embedder.query([])).shape == (0, 384)


def test_a_question_does_not_wait_for_a_heap_of_passages(embedder):
    async def meet():
        heap = asyncio.create_task(embedder.passages(["The kettle leaks at the spout. " * 4] * 300))
        await asyncio.sleep(0)
        await embedder.query(["Is anybody there?"])
        overtaken = not heap.done()
        heap.cancel()
        return overtaken

    assert asyncio.run(meet())


def test_the_event_loop_turns_while_vectors_are_made(embedder):
    async def count():
        turns, work = 0, asyncio.create_task(embedder.passages(["The kettle leaks at the spout. " * 8] * 16))
        while not work.done():
            turns += 1
            await asyncio.sleep(0)
        return turns

    assert asyncio.run(count()) > 100


def test_a_question_asked_again_is_remembered_and_cannot_be_spoilt(cache):
    async def ask():
        embedder = LocalE5(cache)
        first = await embedder.query(["tea?", "tea?"])
        kept = first.copy()
        first[:] = 0
        again = await embedder.query(["tea?"])
        await embedder.query([f"tea {n}?" for n in range(REMEMBERED + 5)])
        remembered = len(embedder._recent)
        await embedder.close()
        return kept, again, remembered

    kept, again, remembered = asyncio.run(ask())
    assert np.array_equal(kept[0], kept[1])
    assert np.array_equal(kept[0], again[0])
    assert remembered == REMEMBERED


def test_a_remembered_answer_outlives_its_being_forgotten(cache):
    """While a new question is worked on, others may push the remembered one out."""

    async def ask():
        embedder = LocalE5(cache)
        (first,) = await embedder.query(["tea?"])
        others = [f"tea {n}?" for n in range(REMEMBERED)]
        _, both = await asyncio.gather(embedder.query(others), embedder.query(["tea?", "tea or coffee? " * 20]))
        await embedder.close()
        return first, both[0]

    first, again = asyncio.run(ask())
    assert np.array_equal(first, again)


def test_closing_refuses_who_waits_and_who_comes(cache):
    async def leave():
        embedder = LocalE5(cache)
        embedder.warm()
        waiting = asyncio.create_task(embedder.passages(["kettle " * 200] * 200))
        await asyncio.sleep(0)
        await embedder.close()
        with pytest.raises(EmbeddingUnavailable, match="closed"):
            await waiting
        with pytest.raises(EmbeddingUnavailable, match="closed"):
            await embedder.query(["tea?"])
        embedder.warm()
        await embedder.close()

    asyncio.run(leave())


def test_a_damaged_model_in_the_cache_is_built_again(tmp_path):
    async def vector():
        embedder = LocalE5(tmp_path)
        try:
            return await embedder.query(["tea?"])
        finally:
            await embedder.close()

    first = asyncio.run(vector())
    (model,) = tmp_path.glob("*.onnx")
    whole = model.read_bytes()
    model.write_bytes(whole[:5_000_000])
    assert np.array_equal(asyncio.run(vector()), first)
    assert model.read_bytes() == whole


def test_weights_that_are_not_there_are_said_so_at_once(tmp_path):
    with pytest.raises(EmbeddingUnavailable, match="cannot be read"):
        LocalE5(tmp_path, weights=tmp_path / "absent.bin")


def test_weights_that_are_damaged_fail_every_question(tmp_path):
    async def ask():
        (tmp_path / "weights.bin").write_bytes(b"E5S1" + bytes(5_000))
        embedder = LocalE5(tmp_path, weights=tmp_path / "weights.bin")
        embedder.warm()
        for _ in range(2):
            with pytest.raises(EmbeddingUnavailable, match=r"weights\.bin"):
                await embedder.query(["tea?"])
        await embedder.close()

    asyncio.run(ask())


def test_the_name_tells_other_weights_apart(tmp_path, embedder):
    (tmp_path / "weights.bin").write_bytes(b"E5S1" + bytes(5_000))
    assert LocalE5(tmp_path, weights=tmp_path / "weights.bin").name != embedder.name
    assert LocalE5(tmp_path).name == embedder.name


def test_the_heavy_parts_are_not_imported_before_they_are_used():
    program = "import sys, goodword.platform.embedding; sys.exit(not {'onnx', 'onnxruntime'}.isdisjoint(sys.modules))"
    source = Path(next(iter(goodword.__path__))).parent
    assert subprocess.run([sys.executable, "-c", program], env={"PYTHONPATH": str(source)}).returncode == 0


def test_without_an_embedder_every_question_says_why():
    nobody: Embedder = NoEmbedder("too little memory")
    with pytest.raises(EmbeddingUnavailable, match="too little memory"):
        asyncio.run(nobody.query(["tea?"]))
    with pytest.raises(EmbeddingUnavailable, match="too little memory"):
        asyncio.run(nobody.passages(["tea"]))
