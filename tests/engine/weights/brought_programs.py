"""Files of weights of other programs: MATLAB, Octave and ONNX."""

import io
from importlib import import_module
from typing import Any

import numpy as np

from tests.engine.weights.brought_files import PLAIN, W1, W2, File, b1, b2, npz, sequential, torch_


def _mat(**variables) -> bytes:
    stream = io.BytesIO()
    import_module("scipy.io").savemat(stream, variables)
    return stream.getvalue()


def _mat_73() -> bytes:
    """As MATLAB 7.3 writes it: HDF5 behind 512 bytes, every matrix turned."""
    h5py, stream = import_module("h5py"), io.BytesIO()
    with h5py.File(stream, "w", userblock_size=512) as file:
        for name, value in PLAIN.items():
            file[name] = np.atleast_2d(value).T if value.ndim > 1 else value[None]
    data = bytearray(stream.getvalue())
    head = b"MATLAB 7.3 MAT-file, Platform: GLNXA64"
    data[: len(head)] = head
    return bytes(data)


def _theta(W: Any, b: Any) -> Any:
    return np.hstack([b[:, None], W])


def _cells(*matrices) -> Any:
    cells = np.empty((1, len(matrices)), object)
    for place, matrix in enumerate(matrices):
        cells[0, place] = matrix
    return cells


def _exported() -> bytes:
    torch, stream = torch_(), io.BytesIO()
    torch.onnx.export(sequential(), torch.ones(1, 3).double(), stream, dynamo=False)
    return stream.getvalue()


def _graph(*, added: bool) -> bytes:
    """A graph as converters write it: MatMul and Add, with neurons in columns."""
    onnx = import_module("onnx")
    node, number = onnx.helper.make_node, onnx.numpy_helper.from_array
    nodes = [
        node("MatMul", ["x", "coefficient"], ["m1"]),
        node("Add", ["m1", "intercepts"], ["z1"]),
        node("Tanh", ["z1"], ["a1"]),
        node("MatMul", ["a1", "coefficient1"], ["m2"]),
        node("Add", ["m2", "intercepts1"], ["z2"]),
        *([node("Sin", ["z2"], ["s"])] if added else []),
    ]
    value = onnx.helper.make_tensor_value_info
    ends = [value("x", 11, [None, 3])], [value("s" if added else "z2", 11, [None, 2])]
    held = {"coefficient": W1.T, "intercepts": b1[None], "coefficient1": W2.T, "intercepts1": b2[None]}
    graph = onnx.helper.make_graph(nodes, "g", *ends, [number(np.ascontiguousarray(v), k) for k, v in held.items()])
    return onnx.helper.make_model(graph).SerializeToString()


H = ("h5py",)
T = ("torch",)
PROGRAMS = {
    "Theta": File("ex4weights.mat", lambda: _mat(Theta1=_theta(W1, b1), Theta2=_theta(W2, b2)), ("scipy",)),
    "Theta in .npz": File("t.npz", lambda: npz(Theta1=_theta(W1, b1), Theta2=_theta(W2, b2))),
    "Theta in cells": File(
        "t.mat", lambda: _mat(Theta=_cells(_theta(W1, b1), _theta(W2, b2)), lambda_=0.1), ("scipy",)
    ),
    "MATLAB": File(
        "m.mat",
        lambda: _mat(**{k: np.atleast_2d(v) for k, v in PLAIN.items()}, note="x", eta=0.1),
        ("scipy",),
        left_out=("note", "eta"),
    ),
    "MATLAB 7.3": File("m.mat", _mat_73, H),
    "ONNX of PyTorch": File("m.onnx", _exported, ("onnx", "torch"), activations=("tanh", "linear")),
    "ONNX of MatMul": File("m.onnx", lambda: _graph(added=False), ("onnx",), activations=("tanh", "linear")),
    "ONNX with a step": File("m.onnx", lambda: _graph(added=True), ("onnx",), refused="not part of a dense layer: Sin"),
}
