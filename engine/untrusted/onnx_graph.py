"""Reader of ONNX graphs that are chains of dense layers, by the package onnx: only in a process of its own.

Nothing is loaded from beside the file.
"""

from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.core import InputError, Text
from engine.untrusted.archives import Arrays

_ACTIVATIONS = {
    "Relu": "relu",
    "Sigmoid": "sigmoid",
    "Tanh": "tanh",
    "Softmax": "softmax",
    "Softplus": "softplus",
    "Identity": "",
    "Flatten": "",
    "Dropout": "",
    "Reshape": "",
    "Cast": "",
}
_CHAIN = Text(
    "dense layers in a chain: Gemm, or MatMul and Add, with activations between",
    "由全连接层组成的链：Gemm 或 MatMul 加 Add，其间为激活函数",
)
_OTHER = Text(
    "this ONNX graph has a step that is not part of a dense layer: {}",
    "这个 ONNX 图中有一步不属于全连接层：{}",
)
_ELSEWHERE = Text(
    "the numbers of this ONNX file are stored in another file",
    "这个 ONNX 文件的数值存放在另一个文件中",
)
_ONE_FILE = Text(
    "a file with its numbers in it: onnx.save(model, name, save_as_external_data=False)",
    "包含数值的文件：onnx.save(model, name, save_as_external_data=False)",
)
_LEAKY, _ELU = 0.01, 1.0  # the constants of the activations here


def contents_of(data: bytes) -> tuple[Arrays, dict[str, Any]]:
    """Return the matrices with neurons in rows, the biases, and what the graph says: the order and the activations."""
    onnx = import_module("onnx")
    graph = onnx.load_model_from_string(data).graph
    held = _Chain(onnx, graph)
    for node in graph.node:
        held.take(node)
    order = list(held.activations)
    return held.arrays, {"order": order, "layout": "out_in", "activations": held.activations}


def _called(node: Any) -> str:
    """Kind of a node, and its name where it has one."""
    return f"{node.op_type} {node.name}".strip()[:60]


class _Chain:
    """Layers of a graph, collected node by node."""

    def __init__(self, onnx: Any, graph: Any) -> None:
        self._onnx = onnx
        if any(tensor.data_location == onnx.TensorProto.EXTERNAL for tensor in graph.initializer):
            raise InputError(_ELSEWHERE, _ONE_FILE, ".onnx")
        self._stored = {tensor.name: tensor for tensor in graph.initializer}
        self._made: dict[str, NDArray] = {}
        self.arrays: Arrays = {}
        self.activations: dict[str, str] = {}

    def take(self, node: Any) -> None:
        """Take the next node of the graph, or raise `InputError` where it is none of a chain."""
        kind, told = node.op_type, {each.name: self._onnx.helper.get_attribute_value(each) for each in node.attribute}
        if kind == "Constant" and "value" in told:
            if told["value"].data_location == self._onnx.TensorProto.EXTERNAL:
                raise InputError(_ELSEWHERE, _ONE_FILE, ".onnx")
            self._made[node.output[0]] = self._onnx.numpy_helper.to_array(told["value"])
        elif kind == "Transpose" and self._number(node.input[0]) is not None:
            self._made[node.output[0]] = np.ascontiguousarray(self._number(node.input[0]).T)  # type: ignore[union-attr]
        elif kind in ("Gemm", "MatMul"):
            self._layer(node, told)
        elif kind == "Add" and self.activations:
            self._bias(node)
        elif self._activation(kind, told) is None:
            raise InputError(_OTHER.format(_called(node)), _CHAIN, kind)

    def _number(self, name: str) -> NDArray | None:
        stored = self._stored.get(name)
        return self._made.get(name) if stored is None else self._onnx.numpy_helper.to_array(stored)

    def _layer(self, node: Any, told: dict[str, Any]) -> None:
        W = self._number(node.input[1])
        plain = told.get("alpha", 1.0) == told.get("beta", 1.0) == 1.0 and not told.get("transA", 0)
        name = node.input[1][:80]
        if W is None or W.ndim != 2 or not plain or name in self.arrays:
            raise InputError(_OTHER.format(_called(node)), _CHAIN, node.op_type)
        self.arrays[name] = W if told.get("transB", 0) else np.ascontiguousarray(W.T)
        self.activations[name] = "linear"
        if len(node.input) > 2:
            self._add(node.input[2])

    def _bias(self, node: Any) -> None:
        given = next((name for name in node.input if self._number(name) is not None), None)
        last = list(self.activations)[-1]
        if given is None or self.activations[last] != "linear" or f"{last}.bias" in self.arrays:
            raise InputError(_OTHER.format(_called(node)), _CHAIN, "Add")
        self._add(given)

    def _add(self, given: str) -> None:
        b, last = self._number(given), list(self.activations)[-1]
        if b is None or b.size != len(self.arrays[last]):
            raise InputError(_OTHER.format(given[:60]), _CHAIN, given)
        self.arrays[f"{last}.bias"] = b.reshape(-1)

    def _activation(self, kind: str, told: dict[str, Any]) -> str | None:
        """Return the activation of a node, taken for the last layer; nothing for a node that does nothing to a row."""
        name = _ACTIVATIONS.get(kind)
        if kind == "LeakyRelu" and np.isclose(told.get("alpha", 0.01), _LEAKY):
            name = "leaky_relu"
        if kind == "Elu" and told.get("alpha", 1.0) == _ELU:
            name = "elu"
        if name and self.activations:
            last = list(self.activations)[-1]
            if self.activations[last] != "linear":
                return None
            self.activations[last] = name
        return name
