from math import erf

import numpy as np
import onnx
import pytest

from goodword.platform.embedding.encoder import Encoder
from goodword.platform.embedding.graph import build


@pytest.fixture(scope="module")
def whole(weights):
    return Encoder(weights, build(weights), threads=1)


@pytest.fixture(scope="module")
def exact(weights):
    return Encoder(weights, build(weights, quantised=False), threads=1)


def test_the_graph_is_standard_onnx(weights):
    model = onnx.load_from_string(build(weights))
    onnx.checker.check_model(model, full_check=True)
    assert {(each.domain, each.version) for each in model.opset_import} == {("", 20)}


def test_the_same_weights_give_the_same_bytes(weights):
    assert build(weights) == build(weights)


def test_whole_numbers_stay_close_to_real_ones(whole, exact, lines):
    near = [
        float((whole.vectors([ids]) @ exact.vectors([ids]).T).item())
        for line in lines
        for ids in (whole.query_ids(line), whole.passage_ids(line))
    ]
    assert min(near) >= 0.998


def test_the_graph_does_what_the_published_encoder_does(weights, exact):
    """Word for word in numpy, from the paper: post-norm transformer, exact GELU, mean over the tokens."""
    ids = exact.query_ids("Where is my order?")
    assert exact.vectors([ids])[0] @ by_hand(weights, ids) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("encoder", ["whole", "exact"])
def test_company_leaves_no_trace_in_a_vector(request, encoder, lines):
    chosen = request.getfixturevalue(encoder)
    batch = [chosen.query_ids(line) for line in lines]
    alone = np.concatenate([chosen.vectors([ids]) for ids in batch])
    assert np.abs(chosen.vectors(batch) - alone).max() < 1e-5


def by_hand(weights, ids):
    def linear(x, name, wide, out):
        return x @ weights.matrix(name + ".w", out, wide).T + weights.vector(name + ".b", out)

    def norm(x, name):
        centred = x - x.mean(axis=1, keepdims=True)
        scaled = centred / np.sqrt(centred.var(axis=1, keepdims=True) + 1e-12)
        return scaled * weights.vector(name + ".w", 384) + weights.vector(name + ".b", 384)

    def attention(x, at):
        q, k, v = (linear(x, at + part, 384, 384).reshape(-1, 12, 32) for part in "qkv")
        scores = np.einsum("ihd,jhd->hij", q, k) / np.sqrt(32)
        shares = np.exp(scores - scores.max(axis=2, keepdims=True))
        shares /= shares.sum(axis=2, keepdims=True)
        return linear(np.einsum("hij,jhd->ihd", shares, v).reshape(-1, 384), at + "ao", 384, 384)

    gelu = np.vectorize(lambda value: value * (1 + erf(value / 2**0.5)) / 2)
    x = weights.words(np.array(ids)) + weights.table("emb.pos", 512, 384)[: len(ids)]
    x = norm(x + weights.table("emb.type", 2, 384)[0], "emb.ln")
    for layer in range(12):
        at = f"l{layer}."
        x = norm(x + attention(x, at), at + "aln")
        x = norm(x + linear(gelu(linear(x, at + "fi", 384, 1_536)), at + "fo", 1_536, 384), at + "oln")
    return x.mean(axis=0) / np.linalg.norm(x.mean(axis=0))
