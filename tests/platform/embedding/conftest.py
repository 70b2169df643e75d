import asyncio
import os
from pathlib import Path

import pytest

from goodword.platform.embedding import LocalE5
from goodword.platform.embedding.tokens import Tokens
from goodword.platform.embedding.weights import Weights, installed_weights, read_weights

LINES = [
    "Where is my order? I have been waiting for eleven days and nobody answers the telephone.",
    "The kettle leaks at the spout — can I send it back, and who pays the postage?",
    "Hi! My Sprig won't connect to the app (error E-42). I've tried 3x…",
    "Où en est ma commande ? J’attends depuis onze jours et personne ne répond au téléphone.",
    "Le couteau est arrivé ébréché ; je voudrais être remboursée, s'il vous plaît.",
    "주문한 주전자가 언제 도착하나요? 열하루째 기다리고 있습니다.",
    "앱에서 화분이 연결되지 않아요. 어떻게 해야 하나요?",
    "我的订单在哪里？我已经等了十一天了，没有人接电话。",
    "这把刀到货时已经有缺口了，我想退货退款。",
    "請問水壺什麼時候會到貨？我已經等了十一天。",
    "花盆一直連不上 App，怎麼辦？謝謝！",
    "Full‐width：ＡＢＣ１２３　ｶﾀｶﾅ ﬁne ½ ㎏ №",
    "Café décomposé : Cafe\u0301 de\u0301compose\u0301",
    "한글 자모로 쓴 문장: \u1112\u1161\u11ab\u1100\u1173\u11af",
    "tabs\tand\nnew lines \r\n  and   many   spaces ",
    "👩‍👩‍👧 thanks 🙏🏽 ☕",
    "الطلب لم يصل بعد \u200fأين هو؟",
    "https://shop.fennel-oak.example/orders/FO-10482?utm=mail&x=1#top",
]

HOSTILE = {
    "nothing": "",
    "spaces": " \t\n\u3000" * 50,
    "nul": "Where is\x00 my\x00order\x00",
    "control characters": "".join(map(chr, range(32))) * 20,
    "lone surrogates": "\ud800 order \udfff\ud83d" * 10,
    "a pair in two halves": "\ud83d\ude00",
    "nine ligatures": "\ufdfa" * 9,
    "twenty thousand ligatures": "\ufdfa" * 20_000,
    "two hundred thousand letters": "a" * 200_000,
    "characters nobody has": "\U000e0101\U0001f6d7\u0378" * 5_000,
    "zero width": "\u200b\u200c\u200d\ufeff" * 5_000,
    "right to left": "\u202e\u2067\u200f" * 5_000,
    "a family": "👨‍👩‍👧‍👦" * 5_000,
    "a pile of marks": "e" + "\u0301\u0327\u0323\u0308" * 25_000,
    "marks of the model": "<s></s><mask><pad><unk>" * 500,
    "its own space": "▁" * 5_000,
}


@pytest.fixture(scope="session")
def weights() -> Weights:
    return read_weights(installed_weights())


@pytest.fixture(scope="session")
def tokens(weights) -> Tokens:
    return Tokens(weights.vocabulary)


@pytest.fixture(scope="session")
def cache(tmp_path_factory) -> Path:
    chosen = os.environ.get("GOODWORD_TEST_CACHE")
    return Path(chosen) if chosen else tmp_path_factory.mktemp("embedding")


@pytest.fixture(scope="session")
def embedder(cache):
    embedder = LocalE5(cache)
    yield embedder
    asyncio.run(embedder.close())


@pytest.fixture(scope="session")
def lines() -> list[str]:
    return LINES


@pytest.fixture(params=list(HOSTILE.values()), ids=list(HOSTILE))
def hostile(request) -> str:
    return request.param
