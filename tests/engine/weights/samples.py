"""One and the same network in every format of weights, written by the libraries themselves where they are installed."""

import io
from importlib import import_module
from importlib.util import find_spec

import numpy as np
import pytest

from engine import Dense, Network

NEEDS = {"npz": "numpy", "safetensors": "safetensors", "torch": "torch", "keras": "h5py"}
ENDINGS = {"npz": ".npz", "safetensors": ".safetensors", "torch": ".pt", "keras": ".weights.h5"}
ACTIVATIONS = ("tanh", "relu", "softmax")


def network(sizes=(3, 5, 4, 2), dtype=np.float64):
    rng = np.random.default_rng(7)
    shapes = zip(sizes, sizes[1:], ACTIVATIONS, strict=False)
    return Network(
        tuple(Dense(rng.normal(size=(n, k)).astype(dtype), rng.normal(size=n).astype(dtype), f) for k, n, f in shapes)
    )


def npz(net):
    held = io.BytesIO()
    np.savez(
        held,
        **{f"{name}{l}": v for l, layer in enumerate(net.layers, 1) for name, v in (("W", layer.W), ("b", layer.b))},
    )
    return held.getvalue()


def state_dict(net):
    return {
        f"{2 * l}.{name}": v
        for l, layer in enumerate(net.layers)
        for name, v in (("weight", layer.W), ("bias", layer.b[:, 0]))
    }


def safetensors(net):
    return import_module("safetensors.numpy").save(
        {name: np.ascontiguousarray(value) for name, value in state_dict(net).items()}
    )


def torch(net):
    torch = import_module("torch")
    held = io.BytesIO()
    torch.save({name: torch.tensor(value) for name, value in state_dict(net).items()}, held)
    return held.getvalue()


def keras(net):
    h5py = import_module("h5py")
    held = io.BytesIO()
    with h5py.File(held, "w") as file:
        for l, layer in enumerate(net.layers):
            place = f"layers/dense{f'_{l}' if l else ''}/vars"
            file[f"{place}/0"], file[f"{place}/1"] = layer.W.T, layer.b[:, 0]
        file.create_group("layers/dropout/vars")
        file["layers/dropout/seed_generator/vars/0"] = np.zeros(2, np.uint32)
    return held.getvalue()


WRITERS = {"npz": npz, "safetensors": safetensors, "torch": torch, "keras": keras}


def written(name, net):
    """The bytes of a file in a format, or a skip where what writes it is not installed."""
    if not find_spec(NEEDS[name]):
        pytest.skip(f"{NEEDS[name]} is not installed")
    return WRITERS[name](net)
