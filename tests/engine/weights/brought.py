"""Files of weights as people bring them, each written by the library itself in the way in which it is really used.

A file is one record: how it is written, and what comes of it, the network (3-4-2, tanh and linear unless it says
something else), or a sentence that names what is there and a way out.
"""

import io
import json
import os
import pickle
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from engine import Dense, Network

os.environ.setdefault("KERAS_BACKEND", "torch")
rng = np.random.default_rng(11)
NET = Network(
    (
        Dense(rng.normal(size=(4, 3)), rng.normal(size=4), "tanh"),
        Dense(rng.normal(size=(2, 4)), rng.normal(size=2), "linear"),
    )
)
(W1, b1), (W2, b2) = ((layer.W, layer.b[:, 0]) for layer in NET.layers)
PLAIN = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


@dataclass(frozen=True)
class File:
    """A file: its name, what writes it, the packages for that, and what comes of it.

    `refused` are the words of the refusal, `left_out` the names that are left out, `digits` how exactly the numbers
    are kept, `activations` those that stand in it, and `net` the network.
    """

    name: str
    write: Callable[[], bytes]
    needs: tuple[str, ...] = ()
    refused: str = ""
    left_out: tuple[str, ...] = ()
    digits: float = 1e-12
    activations: tuple[str, ...] = ()
    net: Network | Callable[[], Network] = NET
    layout: str = ""


def _torch() -> Any:
    return import_module("torch")


def _sequential(*layers):
    """A `torch.nn.Sequential` with the numbers of the network in its first two linear layers."""
    nn = _torch().nn
    made = nn.Sequential(*(layers or (nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 2)))).double()
    linear = [layer for layer in made.modules() if isinstance(layer, nn.Linear)]
    with _torch().no_grad():
        for layer, (W, b) in zip(linear, ((W1, b1), (W2, b2)), strict=True):
            layer.weight.copy_(_torch().tensor(W))
            layer.bias.copy_(_torch().tensor(b))
    return made


def _saved(held: Any, **how) -> bytes:
    stream = io.BytesIO()
    _torch().save(held, stream, **how)
    return stream.getvalue()


def _trained() -> tuple[Any, Any]:
    """The model and an optimizer that has memory; the numbers are those of the network all the same."""
    torch, model = _torch(), _sequential()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.0)
    model(torch.ones(1, 3).double()).sum().backward()
    optimizer.step()
    return model, optimizer


def _checkpoint(key: str) -> bytes:
    model, optimizer = _trained()
    beside = {"epoch": 7, "optimizer_state_dict": optimizer.state_dict(), "loss": 0.25, "best_acc": np.float64(0.9)}
    return _saved({"epoch": 7, key: model.state_dict(), **beside})


def _named(**modules) -> Any:
    """A module of one's own whose layers have these names."""
    nn = _torch().nn

    class Net(nn.Module):  # type: ignore[name-defined]
        def __init__(self):
            super().__init__()
            for name, module in modules.items():
                setattr(self, name, module)

    return Net().double()


def _state(names: tuple[str, str], prefix: str = "", kind: str = "float64") -> dict[str, Any]:
    torch = _torch()
    held = {}
    for name, (W, b) in zip(names, ((W1, b1), (W2, b2)), strict=True):
        held[f"{prefix}{name}.weight"] = torch.tensor(W).to(getattr(torch, kind))
        held[f"{prefix}{name}.bias"] = torch.tensor(b).to(getattr(torch, kind))
    return held


def _normalized(activation_between: bool) -> bytes:
    """A network with batch normalization whose running statistics are not trivial."""
    return _saved(_normalized_model(activation_between).state_dict())


def _normalized_model(activation_between: bool) -> Any:
    torch, nn = _torch(), _torch().nn
    middle = (nn.Tanh(), nn.BatchNorm1d(4)) if activation_between else (nn.BatchNorm1d(4), nn.Tanh())
    model = _sequential(nn.Linear(3, 4), *middle, nn.Linear(4, 2))
    norm = next(layer for layer in model if isinstance(layer, nn.BatchNorm1d))
    with torch.no_grad():
        for values, given in (
            (norm.weight, [0.5, 1.5, -1.0, 2.0]),
            (norm.bias, [0.1, 0.2, 0.3, -0.4]),
            (norm.running_mean, [0.3, -0.2, 0.1, 0.5]),
            (norm.running_var, [0.5, 1.5, 2.0, 0.7]),
        ):
            values.copy_(torch.tensor(given))
    return model.eval()


def _as_predicted(model: Any) -> Network:
    """The affine parts of a network with a normalization, found from what it predicts alone."""
    torch = _torch()
    with torch.no_grad():
        parts = list(model)
        groups = (parts[:2], parts[3:]) if isinstance(parts[1], torch.nn.BatchNorm1d) else (parts[:1], parts[2:])
        layers = []
        for group, inputs, f in zip(groups, (3, 4), ("tanh", "linear"), strict=True):
            block = torch.nn.Sequential(*group)
            b = block(torch.zeros(1, inputs).double()).numpy()[0]
            layers.append(Dense(block(torch.eye(inputs).double()).numpy().T - b[:, None], b, f))
    return Network(tuple(layers))


def _npz(**arrays) -> bytes:
    stream = io.BytesIO()
    np.savez(stream, **arrays)
    return stream.getvalue()


def _npz_of(*arrays, **named) -> bytes:
    stream = io.BytesIO()
    np.savez(stream, *arrays, **named)
    return stream.getvalue()


def _npy(array: Any) -> bytes:
    stream = io.BytesIO()
    np.save(stream, array, allow_pickle=True)
    return stream.getvalue()


def _fitted() -> Any:
    """A fitted regressor of scikit-learn with the numbers of the network."""
    model = import_module("sklearn.neural_network").MLPRegressor(
        hidden_layer_sizes=(4,), activation="tanh", solver="lbfgs"
    )
    model.max_iter = 300
    model.fit(np.linspace(-1, 1, 30).reshape(10, 3), np.linspace(0, 1, 20).reshape(10, 2))
    model.coefs_, model.intercepts_ = [W1.T, W2.T], [b1, b2]
    return model


def _keras_model(*, normalized: bool = False, biased: bool = True, compiled: bool = True) -> Any:
    keras = import_module("keras")
    layers = [keras.Input((3,)), keras.layers.Dense(4, activation=None if normalized else "tanh", use_bias=biased)]
    if normalized:
        layers += [keras.layers.BatchNormalization(), keras.layers.Activation("tanh")]
    model = keras.Sequential([*layers, keras.layers.Dropout(0.2), keras.layers.Dense(2, use_bias=biased)])
    dense = [layer for layer in model.layers if isinstance(layer, keras.layers.Dense)]
    for layer, W, b in zip(dense, (W1, W2), (b1, b2), strict=True):
        layer.set_weights([W.T, b] if biased else [W.T])
    if normalized:
        norm = next(layer for layer in model.layers if isinstance(layer, keras.layers.BatchNormalization))
        norm.set_weights([np.array(row) for row in STATISTICS])
    if compiled:
        model.compile("adam", "mse")
        model.optimizer.build(model.trainable_variables)
    return model


STATISTICS = ([0.5, 1.5, -1.0, 2.0], [0.1, 0.2, 0.3, -0.4], [0.3, -0.2, 0.1, 0.5], [0.5, 1.5, 2.0, 0.7])


def _keras_folded() -> Network:
    gamma, beta, mean, variance = (np.array(row) for row in STATISTICS)
    scale = gamma / np.sqrt(variance + 1e-3)
    return Network((Dense(W1 * scale[:, None], scale * (b1 - mean) + beta, "tanh"), Dense(W2, b2, "linear")))


def _kept(model: Any, ending: str, weights_only: bool = False) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"m{ending}"
        model.save_weights(path) if weights_only else model.save(path)
        return path.read_bytes()


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
    torch, stream = _torch(), io.BytesIO()
    torch.onnx.export(_sequential(), torch.ones(1, 3).double(), stream, dynamo=False)
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


def _json(held: Any) -> bytes:
    return json.dumps(held, default=lambda value: value.tolist()).encode()


def _printed(write: Callable[[], str]) -> Callable[[], bytes]:
    def made() -> bytes:
        with np.printoptions(precision=17, threshold=10**6):
            return write().encode()

    return made


def _printed_torch() -> str:
    _torch().set_printoptions(precision=17)
    try:
        return "\n".join(f"{name} {value}" for name, value in _sequential().named_parameters())
    finally:
        _torch().set_printoptions(profile="default")


def _savetxt() -> bytes:
    stream = io.BytesIO()
    np.savetxt(stream, W1)
    return stream.getvalue()


def _safe(kind: str) -> bytes:
    return import_module("safetensors.torch").save(_state(("0", "2"), kind=kind))


def _scripted() -> bytes:
    stream = io.BytesIO()
    _torch().jit.save(_torch().jit.trace(_sequential(), _torch().ones(1, 3).double()), stream)
    return stream.getvalue()


def _convolution() -> Any:
    keras = import_module("keras")
    layers = [keras.Input((6, 1)), keras.layers.Conv1D(2, 3), keras.layers.Flatten(), keras.layers.Dense(2)]
    return keras.Sequential(layers)


def _objects(arrays: Any) -> Any:
    held = np.empty(len(arrays), object)
    held[:] = arrays
    return held


def _dumped() -> bytes:
    stream = io.BytesIO()
    import_module("joblib").dump(_fitted(), stream)
    return stream.getvalue()


def _compressed() -> bytes:
    stream = io.BytesIO()
    np.savez_compressed(stream, **PLAIN)  # type: ignore[arg-type]
    return stream.getvalue()


def _printable() -> Any:
    return _sequential().float().state_dict()


def _sheet(between: str, sign: str) -> bytes:
    blocks = (np.atleast_2d(value) for value in PLAIN.values())
    rows = ("\n".join(between.join(f"{x:.17g}".replace(".", sign) for x in row) for row in block) for block in blocks)
    return "\n\n".join(rows).encode()


ONE = Network((Dense(W1, np.zeros(4), "linear", train_bias=False),))
UNBIASED = Network(tuple(Dense(W, np.zeros(len(W)), f, train_bias=False) for W, f in ((W1, "tanh"), (W2, "linear"))))
T, K, H = ("torch",), ("keras", "torch", "h5py"), ("h5py",)
FILES = {
    "state_dict": File("model.pt", lambda: _saved(_sequential().state_dict()), T),
    "state_dict called .bin": File("pytorch_model.bin", lambda: _saved(_sequential().state_dict()), T),
    "state_dict without an ending": File("weights", lambda: _saved(_sequential().state_dict()), T),
    "state_dict called .npz": File("weights.npz", lambda: _saved(_sequential().state_dict()), T),
    "model_state_dict": File(
        "c.tar",
        lambda: _checkpoint("model_state_dict"),
        T,
        left_out=("epoch", "optimizer_state_dict", "loss", "best_acc"),
    ),
    "state_dict in .pth.tar": File("model_best.pth.tar", lambda: _checkpoint("state_dict"), T, left_out=("epoch",)),
    "model": File("c.pth", lambda: _checkpoint("model"), T, left_out=("epoch", "loss")),
    "net": File("c.pth", lambda: _checkpoint("net"), T, left_out=("epoch",)),
    "a key of one's own": File("c.pth", lambda: _checkpoint("best_weights_so_far"), T, left_out=("epoch",)),
    "data parallel": File("p.pt", lambda: _saved(_state(("fc1", "fc2"), "module.")), T),
    "compiled": File("p.pt", lambda: _saved(_state(("fc1", "out"), "_orig_mod.")), T),
    "lightning": File(
        "last.ckpt",
        lambda: _saved(
            {
                "state_dict": _state(("net.0", "net.2"), "model."),
                "callbacks": {"Checkpoint": {"best": Path("a.ckpt")}},
                "hyper_parameters": {"lr": 0.1, "device": _torch().device("cpu")},
                "pytorch-lightning_version": "2.4",
            }
        ),
        T,
        left_out=("callbacks", "hyper_parameters", "pytorch-lightning_version"),
    ),
    "legacy": File("old.pth", lambda: _saved(_sequential().state_dict(), _use_new_zipfile_serialization=False), T),
    "legacy checkpoint": File(
        "old.pth.tar",
        lambda: _saved(
            {"epoch": 3, "state_dict": _sequential().float().state_dict()}, _use_new_zipfile_serialization=False
        ),
        T,
        left_out=("epoch",),
        digits=1e-6,
    ),
    "half": File("h.pt", lambda: _saved(_state(("0", "2"), kind="float16")), T, digits=2e-3),
    "bfloat16": File("h.pt", lambda: _saved(_state(("0", "2"), kind="bfloat16")), T, digits=2e-2),
    "gzipped": File("m.pt.gz", lambda: import_module("gzip").compress(_saved(_sequential().state_dict())), T),
    "normalized": File(
        "bn.pt", lambda: _normalized(False), T, digits=1e-6, net=lambda: _as_predicted(_normalized_model(False))
    ),
    "normalized behind the activation": File(
        "bn.pt", lambda: _normalized(True), T, digits=1e-6, net=lambda: _as_predicted(_normalized_model(True))
    ),
    "whole model": File("m.pt", lambda: _saved(_sequential()), T, refused=r"whole model.*state_dict\(\).*Sequential"),
    "whole model in a checkpoint": File(
        "m.pt",
        lambda: _saved({"epoch": 1, "model": _sequential()}),
        T,
        refused=r"whole model.*epoch, model.*Sequential",
    ),
    "two networks": File(
        "gan.pt",
        lambda: _saved({"generator": _state(("0", "2")), "discriminator": _state(("0", "2"))}),
        T,
        refused="several networks: generator, discriminator",
    ),
    "optimizer alone": File(
        "o.pt", lambda: _saved(_trained()[1].state_dict()), T, refused="no plain.*state, param_groups"
    ),
    "convolution": File(
        "c.pt",
        lambda: _saved(_named(conv=_torch().nn.Conv2d(1, 2, 3), fc=_torch().nn.Linear(4, 2)).state_dict()),
        T,
        refused=r"conv \(weight 2×1×3×3",
    ),
    "scripted": File(
        "s.pt",
        _scripted,
        T,
        refused="whole model",
    ),
    "safetensors": File("m.safetensors", lambda: _safe("float64"), ("safetensors", "torch")),
    "safetensors of half": File("m.safetensors", lambda: _safe("float16"), ("safetensors", "torch"), digits=2e-3),
    "safetensors of bfloat16": File("m.safetensors", lambda: _safe("bfloat16"), ("safetensors", "torch"), digits=2e-2),
    ".keras": File("m.keras", lambda: _kept(_keras_model(), ".keras"), K, digits=1e-6, activations=("tanh", "linear")),
    ".keras without biases": File(
        "m.keras", lambda: _kept(_keras_model(biased=False), ".keras"), K, digits=1e-6, net=UNBIASED
    ),
    ".keras normalized": File(
        "m.keras", lambda: _kept(_keras_model(normalized=True), ".keras"), K, digits=1e-5, net=_keras_folded
    ),
    ".h5 of a compiled model": File(
        "m.h5",
        lambda: _kept(_keras_model(), ".h5"),
        K,
        digits=1e-6,
        activations=("tanh", "linear"),
        left_out=("optimizer_weights",),
    ),
    ".h5 normalized": File(
        "m.h5", lambda: _kept(_keras_model(normalized=True), ".h5"), K, digits=1e-5, net=_keras_folded
    ),
    ".weights.h5": File("m.weights.h5", lambda: _kept(_keras_model(), ".weights.h5", True), K, digits=1e-6),
    ".weights.h5 normalized": File(
        "m.weights.h5",
        lambda: _kept(_keras_model(normalized=True), ".weights.h5", True),
        K,
        refused="only the model itself tells.*model.save",
    ),
    "convolution of Keras": File("c.keras", lambda: _kept(_convolution(), ".keras"), K, refused="Conv1D"),
    "coefs_ and intercepts_": File("s.npz", lambda: _npz_of(*_fitted().coefs_, *_fitted().intercepts_)),
    "intercepts_ first": File("s.npz", lambda: _npz_of(*_fitted().intercepts_, *_fitted().coefs_)),
    "coefs_ by name": File(
        "s.npz", lambda: _npz(coefs_0=W1.T, coefs_1=W2.T, intercepts_0=b1, intercepts_1=b2), layout="in_out"
    ),
    "coefs_ as objects": File(
        "s.npz", lambda: _npz(coefs_=_objects(_fitted().coefs_)), refused=r"coefs_ holds objects.*np.savez\(file, \*"
    ),
    "joblib": File("m.joblib", _dumped, ("joblib",), refused=r"whole model.*coefs_.*MLPRegressor"),
    "pickle": File("m.pkl", lambda: pickle.dumps(_fitted()), refused=r"whole model.*coefs_.*MLPRegressor"),
    "a pickled dict": File("m.pkl", lambda: pickle.dumps({"W1": [[1.0]]}), refused="no plain state_dict.*W1"),
    "scalars beside": File(
        "m.npz", lambda: _npz(**PLAIN, lr=0.1, inodes=3, epoch=7, temperature=[2.0]), left_out=("lr", "inodes", "epoch")
    ),
    "statistics beside": File(
        "m.npz", lambda: _npz(mean=np.zeros(3), std=np.ones(3), **PLAIN), left_out=("mean", "std")
    ),
    "Adam beside": File(
        "m.npz",
        lambda: _npz(**PLAIN, **{f"m_{k}": v for k, v in PLAIN.items()}, dW1=W1, db1=b1),
        left_out=("m_W1", "m_b2", "dW1"),
    ),
    "a compressed archive": File("m.npz", _compressed),
    "one matrix": File("m.npy", lambda: _npy(W1), net=ONE, layout="out_in"),
    "objects": File("m.npy", lambda: _npy(_objects([W1, W2])), refused="holds objects"),
    "a data set": File("mnist.npz", lambda: _npz(x_train=W1, y_train=b1), refused="holds data"),
    "Theta": File("ex4weights.mat", lambda: _mat(Theta1=_theta(W1, b1), Theta2=_theta(W2, b2)), ("scipy",)),
    "Theta in .npz": File("t.npz", lambda: _npz(Theta1=_theta(W1, b1), Theta2=_theta(W2, b2))),
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
    "ONNX with a step": File("m.onnx", lambda: _graph(added=True), ("onnx",), refused="no dense layer: Sin"),
    "JSON by names": File("m.json", lambda: _json(PLAIN)),
    "JSON by layers": File(
        "m.json",
        lambda: _json({"layers": [{"weights": W1, "biases": b1}, {"weights": W2, "biases": b2}], "activation": "tanh"}),
        left_out=("activation",),
    ),
    "JSON of Nielsen": File(
        "net.json",
        lambda: _json(
            {"sizes": [3, 4, 2], "weights": [W1, W2], "biases": [b1[:, None], b2[:, None]], "cost": "QuadraticCost"}
        ),
        left_out=("sizes", "cost"),
    ),
    "JSON of pairs": File("m.json", lambda: _json([[W1, b1], [W2, b2]])),
    "savetxt": File("w1.txt", _savetxt, net=ONE, layout="out_in"),
    "printed by NumPy": File("p.txt", _printed(lambda: "\n".join(f"{k} = {v!r}" for k, v in PLAIN.items()))),
    "printed without names": File("p.txt", _printed(lambda: "\n".join(f"{v}" for v in PLAIN.values()))),
    "printed by PyTorch": File("p.txt", _printed(_printed_torch), T),
    "printed state_dict": File("p.txt", _printed(lambda: f"{_printable()}"), T, digits=1e-4),
    "a listing": File("p.txt", _printed(lambda: "\n".join(f"{k} = np.{v!r}" for k, v in PLAIN.items()))),
    "rows of a sheet": File("", lambda: _sheet("\t", "."), layout="out_in"),
    "rows of a German sheet": File("", lambda: _sheet("\t", ","), layout="out_in"),
    "shortened": File("p.txt", lambda: repr(np.ones((200, 200))).encode(), refused="left out when this was printed"),
    "a web page": File("model.pt", lambda: b"<!DOCTYPE html><html>404</html>", refused="got: model.pt: a web page"),
    "a pointer of Git LFS": File(
        "model.safetensors",
        lambda: b"version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 5\n",
        refused="Git LFS",
    ),
    "a picture": File("model.png", lambda: b"\x89PNG\r\n\x1a\n" + bytes(99), refused="PNG image"),
}
