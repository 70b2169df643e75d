"""How the file of weights is laid out, all numbers little-endian:

    "E5S1", uint32 version
    int32 hidden, layers, heads, feed-forward, words, positions, types · float32 epsilon · int32 block
    int32 pieces, bos, eos, pad, unk · uint64 bytes of text
    uint32 offsets (pieces + 1) · float32 scores (pieces) · the text: the pieces in UTF-8
    int32 entries, uint32 bytes of the table of plain characters; each: uint32 character, uint8 n, n x uint32
    int32 tensors; for each: uint16 length, name, uint8 kind, uint32 count, uint64 offset, uint64 bytes

Kind 0 is float32. Kind 1 is four bits: a row is a sequence of blocks of 32 numbers, each a float16 scale and
16 bytes whose low halves are numbers 0-15 and high halves numbers 16-31, each less 8.

The functions here raise ``ValueError`` or ``struct.error`` where the file is not what it says it is.
"""

import mmap
import struct
from array import array
from dataclasses import dataclass
from itertools import pairwise

BLOCK = 32
BLOCK_BYTES = 2 + BLOCK // 2


@dataclass(frozen=True)
class Shape:
    hidden: int
    layers: int
    heads: int
    feed_forward: int
    words: int
    positions: int
    types: int
    epsilon: float
    block: int


@dataclass(frozen=True)
class Vocabulary:
    """``pieces`` maps every piece a text may hold to its id, ``scores`` an id to its log probability;
    ``plain`` maps a character (as ``str.translate`` takes it) to what it is read as.
    """

    pieces: dict[str, int]
    scores: "array[float]"
    plain: dict[int, str]
    begin: int
    end: int
    pad: int
    unknown: int


@dataclass(frozen=True)
class Tensor:
    kind: int
    count: int
    offset: int
    size: int


class Reader:
    """Takes one thing after another; running over the end is an error."""

    def __init__(self, data: mmap.mmap) -> None:
        self.data = data
        self.at = 0

    def numbers(self, form: str) -> tuple[int, ...]:
        return struct.unpack("<" + form, self.bytes(struct.calcsize("<" + form)))

    def number(self, form: str) -> int:
        return self.numbers(form)[0]

    def bytes(self, count: int) -> bytes:
        if not 0 <= count <= len(self.data) - self.at:
            raise ValueError(f"{count} bytes wanted, {len(self.data) - self.at} left")
        found = self.data[self.at : self.at + count]
        self.at += count
        return found


def read_shape(reader: Reader) -> Shape:
    if reader.bytes(4) != b"E5S1" or reader.number("I") != 1:
        raise ValueError("not a file of weights, or of a version we do not know")
    shape = Shape(*reader.numbers("7ifi"))
    if shape.block != BLOCK or min(shape.hidden, shape.layers, shape.heads, shape.feed_forward, shape.types) < 1:
        raise ValueError(f"odd {shape}")
    if shape.hidden % shape.heads or shape.hidden % BLOCK or shape.feed_forward % BLOCK:
        raise ValueError(f"odd {shape}")
    return shape


def read_vocabulary(reader: Reader, words: int) -> Vocabulary:
    count, begin, end, pad, unknown = reader.numbers("5i")
    if not all(0 <= mark < count <= words for mark in (begin, end, pad, unknown)):
        raise ValueError(f"{count} pieces for {words} words, marks {begin}, {end}, {pad}, {unknown}")
    size = reader.number("Q")
    offsets = reader.numbers(f"{count + 1}I")
    scores = array("f", reader.numbers(f"{count}f"))
    text = reader.bytes(size)
    if offsets[0] != 0 or offsets[-1] != size or any(start >= stop for start, stop in pairwise(offsets)):
        raise ValueError("the pieces do not fill their text")
    # The marks (<s>, <mask>) alone score 0. Left out, so that nobody can type them.
    pieces = {text[offsets[i] : offsets[i + 1]].decode(): i for i in range(count) if scores[i] < 0}
    return Vocabulary(pieces, scores, read_plain(reader), begin, end, pad, unknown)


def read_plain(reader: Reader) -> dict[int, str]:
    count, size = reader.numbers("iI")
    stop = reader.at + size
    plain = {}
    for _ in range(count):
        character, length = reader.numbers("IB")
        plain[character] = "".join(map(chr, reader.numbers(f"{length}I")))
    if reader.at != stop:
        raise ValueError("the table of characters has another length than it says")
    return plain


def read_directory(reader: Reader) -> dict[str, Tensor]:
    tensors = {}
    for _ in range(reader.number("i")):
        name = reader.bytes(reader.number("H")).decode()
        tensors[name] = tensor = Tensor(*reader.numbers("BIQQ"))
        if tensor.offset + tensor.size > len(reader.data):
            raise ValueError(f"tensor {name} ends behind the file")
    return tensors
