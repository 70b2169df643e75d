import asyncio
import json

import httpx
import numpy as np
import pytest

from goodword.platform.embedding import Embedder, EmbeddingUnavailable, HttpEmbedder


class Endpoint(httpx.AsyncBaseTransport):
    """Answers every text with the direction (its length, 1); keeps what it was asked."""

    def __init__(self, status=200, body=None, headers=None, error=None):
        self.asked = []
        self.status, self.body, self.headers, self.error = status, body, headers, error

    async def handle_async_request(self, request):
        if self.error:
            raise self.error
        self.asked.append((str(request.url), request.headers.get("Authorization"), json.loads(await request.aread())))
        texts = self.asked[-1][2]["input"]
        rows = [{"index": i, "embedding": [len(text), 1]} for i, text in enumerate(texts)]
        body = {"data": rows[::-1]} if self.body is None else self.body
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return httpx.Response(self.status, headers=self.headers, content=content)


def ask(endpoint, texts=("tea", "kettle"), **options):
    async def run():
        embedder: Embedder = HttpEmbedder(
            "https://models.example/v1/", "sk-1", "small", 2, transport=endpoint, **options
        )
        try:
            return await embedder.query(list(texts))
        finally:
            await embedder.close()

    return asyncio.run(run())


def refused(endpoint):
    with pytest.raises(EmbeddingUnavailable) as caught:
        ask(endpoint)
    return caught.value


def test_rows_come_back_in_the_order_of_the_texts_and_of_unit_length():
    endpoint = Endpoint()
    vectors = ask(endpoint)
    assert vectors.dtype == np.float32
    assert vectors[:, 0] / vectors[:, 1] == pytest.approx([3, 6])
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1)
    body = {"model": "small", "input": ["tea", "kettle"], "encoding_format": "float"}
    assert endpoint.asked == [("https://models.example/v1/embeddings", "Bearer sk-1", body)]


def test_many_texts_go_in_several_requests():
    endpoint = Endpoint()
    assert ask(endpoint, ["x" * (n + 1) for n in range(150)]).shape == (150, 2)
    assert [len(asked[2]["input"]) for asked in endpoint.asked] == [64, 64, 22]
    assert ask(endpoint, []).shape == (0, 2)


def test_questions_and_passages_carry_their_prefixes():
    async def run(endpoint):
        embedder = HttpEmbedder(
            "http://tei:80",
            "",
            "e5",
            2,
            query_prefix="query: ",
            passage_prefix="passage: ",
            transport=endpoint,
        )
        await embedder.query(["tea"])
        await embedder.passages(["kettle"])
        await embedder.close()

    endpoint = Endpoint()
    asyncio.run(run(endpoint))
    assert [asked[2]["input"] for asked in endpoint.asked] == [["query: tea"], ["passage: kettle"]]
    assert [asked[1] for asked in endpoint.asked] == [None, None], "no key, no header"


def test_hostile_text_is_sent_bounded_and_whole(hostile):
    endpoint = Endpoint()
    assert ask(endpoint, [hostile]).shape == (1, 2)
    (sent,) = endpoint.asked[0][2]["input"]
    assert 1 <= len(sent) <= 2_000
    sent.encode()


@pytest.mark.parametrize("status", [400, 401, 403, 404, 413, 422])
def test_a_refusal_is_for_good(status):
    error = refused(Endpoint(status, {"error": {"message": "no such model"}}))
    assert error.retry_after is None
    assert str(status) in str(error)
    assert "no such model" in str(error)


@pytest.mark.parametrize(
    ("status", "header", "seconds"),
    [
        (429, "30", 30),
        (429, "", 5),
        (500, "inf", 5),
        (503, "-4", 0),
        (503, "999999", 3600),
        (502, "Tue, 1 Jan", 5),
    ],
)
def test_being_away_is_passing(status, header, seconds):
    assert refused(Endpoint(status, {}, {"Retry-After": header})).retry_after == seconds


@pytest.mark.parametrize("error", [httpx.ConnectError("refused"), httpx.ReadTimeout("slow")])
def test_no_answer_is_passing(error):
    assert refused(Endpoint(error=error)).retry_after == 5


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"<html>", id="no json"),
        pytest.param(b"\xff\xfe", id="no text"),
        pytest.param({"data": []}, id="too few"),
        pytest.param({"data": [{"index": 0, "embedding": [1, 2]}] * 2}, id="one of them twice"),
        pytest.param({"data": [{"index": i, "embedding": [1, 2, 3]} for i in range(2)]}, id="another size"),
        pytest.param({"data": [{"index": i, "embedding": [0, 0]} for i in range(2)]}, id="no direction"),
        pytest.param({"data": [{"index": i, "embedding": ["a", "b"]} for i in range(2)]}, id="no numbers"),
        pytest.param({"data": [{"index": i, "embedding": [1e300, 1]} for i in range(2)]}, id="too large"),
    ],
)
def test_an_answer_that_is_none_is_never_taken_for_vectors(body):
    assert refused(Endpoint(body=body)).retry_after is None


def test_the_name_tells_models_sizes_and_prefixes_apart():
    names = {
        HttpEmbedder("https://a.example/v1", "k", "m", 2).name,
        HttpEmbedder("https://b.example/v1", "k", "m", 2).name,
        HttpEmbedder("https://a.example/v1", "k", "n", 2).name,
        HttpEmbedder("https://a.example/v1", "k", "m", 3).name,
        HttpEmbedder("https://a.example/v1", "k", "m", 2, query_prefix="query: ").name,
        HttpEmbedder("https://a.example/v1", "k", "m", 2, passage_prefix="query: ").name,
    }
    assert len(names) == 6
    assert HttpEmbedder("https://a.example/v1", "other key", "m", 2).name in names
