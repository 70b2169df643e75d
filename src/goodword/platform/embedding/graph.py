"""The encoder as an ONNX graph of standard operators, its matrices in whole numbers.

Inputs: ``words`` float32 (batch, tokens, hidden), looked up outside; ``positions`` int64 (tokens); ``mask``
float32 (batch, tokens), 1 for a token and 0 for padding. Output: ``vectors`` float32 (batch, hidden), of unit
length.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

from goodword.platform.embedding.weights import Weights

FLOAT = TensorProto.FLOAT
OPSET, IR = 20, 10
# Seven bits: products of eight overflow the 16-bit sums of processors without VNNI; they would gain 0.0003.
LARGEST = 63
MIDDLE = np.array(128, np.uint8)
FAR_BELOW = -10_000.0


def build(weights: Weights, quantised: bool = True) -> bytes:
    """The serialised model; the same weights give the same bytes. Not ``quantised``: the float32 original."""
    return bytes(Graph(weights, quantised).model().SerializeToString(deterministic=True))


class Graph:
    def __init__(self, weights: Weights, quantised: bool) -> None:
        self.weights = weights
        self.shape = weights.shape
        self.quantised = quantised
        self.nodes: list[NodeProto] = []
        self.constants: list[TensorProto] = []

    def model(self) -> ModelProto:
        self.result("vectors", self.normalised(self.mean(self.encoded())))
        inputs = [
            helper.make_tensor_value_info("words", FLOAT, ["batch", "tokens", self.shape.hidden]),
            helper.make_tensor_value_info("positions", TensorProto.INT64, ["tokens"]),
            helper.make_tensor_value_info("mask", FLOAT, ["batch", "tokens"]),
        ]
        outputs = [helper.make_tensor_value_info("vectors", FLOAT, ["batch", self.shape.hidden])]
        graph = helper.make_graph(self.nodes, "multilingual-e5-small", inputs, outputs, self.constants)
        return helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR)

    def encoded(self) -> str:
        shape = self.shape
        positions = self.weights.table("emb.pos", shape.positions, shape.hidden)
        first_type = self.weights.table("emb.type", shape.types, shape.hidden)[0]
        placed = self.op("Gather", self.constant(positions + first_type), "positions")
        x = self.layer_norm("emb.ln", self.op("Add", "words", placed))
        ignored = self.ignoring_padding()
        for layer in range(shape.layers):
            x = self.layer(f"l{layer}.", x, ignored)
        return x

    def ignoring_padding(self) -> str:
        present = self.op("Unsqueeze", "mask", self.integers(1, 2))
        absent = self.op("Sub", self.scalar(1.0), present)
        return self.op("Mul", absent, self.scalar(FAR_BELOW))

    def layer(self, at: str, x: str, ignored: str) -> str:
        hidden, feed_forward = self.shape.hidden, self.shape.feed_forward
        seen = self.attention(at, x, ignored)
        x = self.layer_norm(at + "aln", self.op("Add", x, self.linear(at + "ao", seen, hidden, hidden)))
        thought = self.op("Gelu", self.linear(at + "fi", x, hidden, feed_forward))
        return self.layer_norm(at + "oln", self.op("Add", x, self.linear(at + "fo", thought, feed_forward, hidden)))

    def attention(self, at: str, x: str, ignored: str) -> str:
        hidden, heads = self.shape.hidden, self.shape.heads
        width = hidden // heads
        asked, offered, told = self.linears([at + "q", at + "k", at + "v"], x, hidden, hidden)
        scaled = self.op("Mul", asked, self.scalar(width**-0.5))
        scores = self.op("MatMul", self.by_head(scaled, (0, 2, 1, 3)), self.by_head(offered, (0, 2, 3, 1)))
        shares = self.op("Softmax", self.op("Add", scores, ignored), axis=-1)
        mixed = self.op("MatMul", shares, self.by_head(told, (0, 2, 1, 3)))
        return self.op("Reshape", self.op("Transpose", mixed, perm=[0, 2, 1, 3]), self.integers(0, 0, hidden))

    def by_head(self, x: str, order: tuple[int, ...]) -> str:
        heads = self.shape.heads
        parted = self.op("Reshape", x, self.integers(0, 0, heads, self.shape.hidden // heads))
        return self.op("Transpose", parted, perm=list(order))

    def linear(self, name: str, x: str, wide: int, out: int) -> str:
        return self.linears([name], x, wide, out)[0]

    def linears(self, names: list[str], x: str, wide: int, out: int) -> list[str]:
        """Several products of one ``x``, which is rounded only once."""
        if not self.quantised:
            return [self.real_product(name, x, wide, out) for name in names]
        rounded, scale = self.rounded(x, wide)
        return [self.whole_product(name, rounded, scale, wide, out) for name in names]

    def real_product(self, name: str, x: str, wide: int, out: int) -> str:
        matrix = self.constant(self.weights.matrix(name + ".w", out, wide).T)
        return self.op("Add", self.op("MatMul", x, matrix), self.bias(name, out))

    def rounded(self, x: str, wide: int) -> tuple[str, str]:
        """Bytes around 128, shape (batch x tokens, wide), and what one step of each row is worth, a column.

        A scale for every token rather than one for all: nearer to the original, and company leaves no trace.
        """
        rows = self.op("Reshape", x, self.integers(-1, wide))
        largest = self.op("ReduceMax", self.op("Abs", rows), self.integers(1), keepdims=0)
        scale = self.op("Mul", self.op("Max", largest, self.scalar(1e-12)), self.scalar(1 / 127))
        middle = self.op("Expand", self.constant(MIDDLE), self.op("Shape", scale))
        rounded = self.op("QuantizeLinear", rows, scale, middle, axis=0)
        return rounded, self.op("Unsqueeze", scale, self.integers(1))

    def whole_product(self, name: str, rounded: str, scale: str, wide: int, out: int) -> str:
        matrix = self.weights.matrix(name + ".w", out, wide).T
        step = np.maximum(np.abs(matrix).max(axis=0), np.float32(1e-12)) / np.float32(LARGEST)
        levels = self.constant(np.rint(matrix / step).astype(np.int8))
        summed = self.op("Cast", self.op("MatMulInteger", rounded, levels, self.constant(MIDDLE)), to=FLOAT)
        real = self.op("Mul", self.op("Mul", summed, scale), self.constant(step))
        shape = self.op("Concat", self.op("Shape", "mask"), self.integers(out), axis=0)
        return self.op("Reshape", self.op("Add", real, self.bias(name, out)), shape)

    def bias(self, name: str, out: int) -> str:
        return self.constant(self.weights.vector(name + ".b", out))

    def layer_norm(self, name: str, x: str) -> str:
        gain = self.constant(self.weights.vector(name + ".w", self.shape.hidden))
        shift = self.constant(self.weights.vector(name + ".b", self.shape.hidden))
        return self.op("LayerNormalization", x, gain, shift, axis=-1, epsilon=self.shape.epsilon)

    def mean(self, x: str) -> str:
        present = self.op("Mul", x, self.op("Unsqueeze", "mask", self.integers(2)))
        total = self.op("ReduceSum", present, self.integers(1), keepdims=0)
        return self.op("Div", total, self.op("ReduceSum", "mask", self.integers(1), keepdims=1))

    def normalised(self, x: str) -> str:
        return self.op("LpNormalization", x, axis=-1, p=2)

    def result(self, name: str, x: str) -> None:
        self.nodes.append(helper.make_node("Identity", [x], [name]))

    def op(self, kind: str, *inputs: str, **attributes: Any) -> str:
        return self.ops(kind, 1, *inputs, **attributes)[0]

    def ops(self, kind: str, count: int, *inputs: str, **attributes: Any) -> list[str]:
        outputs = [f"{kind}.{len(self.nodes)}.{i}" for i in range(count)]
        self.nodes.append(helper.make_node(kind, list(inputs), outputs, **attributes))
        return outputs

    def scalar(self, value: float) -> str:
        return self.constant(np.array(value, np.float32))

    def integers(self, *values: int) -> str:
        return self.constant(np.array(values, np.int64))

    def constant(self, values: npt.NDArray[np.generic]) -> str:
        name = f"constant.{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name
