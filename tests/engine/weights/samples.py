"""One network in every format of weights, written by the libraries themselves where they are installed."""

import io
import json
import zipfile
from importlib import import_module
from importlib.util import find_spec

import numpy as np
import pytest

from engine import Dense, Network

NEEDS = {"npz": "numpy", "safetensors": "safetensors", "torch": "torch", "keras": "h5py"}
NEEDS |= {"matlab": "scipy", "json": "json", "text": "numpy"}
ENDINGS = {"npz": ".npz", "safetensors": ".safetensors", "torch": ".pt", "keras": ".weights.h5"}
ENDINGS |= {"matlab": ".mat", "json": ".json", "text": ".txt"}
ACTIVATIONS = ("tanh", "relu", "softmax")


def network(sizes=(3, 5, 4, 2), dtype=np.float64):
    rng = np.random.default_rng(7)
    shapes = zip(sizes, sizes[1:], ACTIVATIONS, strict=False)
    return Network(
        tuple(Dense(rng.normal(size=(n, k)).astype(dtype), rng.normal(size=n).astype(dtype), f) for k, n, f in shapes)
    )


def numbered(net):
    return {f"{name}{l}": getattr(layer, name) for l, layer in enumerate(net.layers, 1) for name in "Wb"}


def npz(net):
    return _npz(numbered(net))


def matlab(net):
    held = io.BytesIO()
    import_module("scipy.io").savemat(held, numbered(net))
    return held.getvalue()


def json_lists(net):
    return json.dumps({name: value.tolist() for name, value in numbered(net).items()}).encode()


def text(net):
    return "\n".join(f"{name} = {value.tolist()}" for name, value in numbered(net).items()).encode()


def _npz(arrays):
    held = io.BytesIO()
    np.savez(held, **arrays)
    return held.getvalue()


def state_dict(net):
    return {
        f"{2 * l}.{name}": v
        for l, layer in enumerate(net.layers)
        for name, v in (("weight", layer.W), ("bias", layer.b[:, 0]))
    }


def safetensors(net):
    return _safetensors(state_dict(net))


def _safetensors(arrays):
    return import_module("safetensors.numpy").save({name: np.ascontiguousarray(v) for name, v in arrays.items()})


def torch(net):
    return _torch(state_dict(net))


def _torch(arrays):
    torch = import_module("torch")
    held = io.BytesIO()
    torch.save({name: torch.tensor(value) for name, value in arrays.items()}, held)
    return held.getvalue()


def nested_tuples(levels, end=b"."):
    """A state_dict one of whose keys is a tuple of two equal ones, and so on: it takes 2^levels steps to hash it."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("archive/version", "3\n")
        archive.writestr("archive/byteorder", "little")
        archive.writestr("archive/data.pkl", b"\x80\x02})" + b"q\x00h\x00\x86" * levels + b"K\x01s" + end)
    return held.getvalue()


def keras(net, **how):
    h5py = import_module("h5py")
    held = io.BytesIO()
    with h5py.File(held, "w") as file:
        for l, layer in enumerate(net.layers):
            place = f"layers/dense{f'_{l}' if l else ''}/vars"
            for name, value in (("0", layer.W.T), ("1", layer.b[:, 0])):
                file.create_dataset(f"{place}/{name}", data=value, **how)
        file.create_group("layers/dropout/vars")
        file["layers/dropout/seed_generator/vars/0"] = np.zeros(2, np.uint32)
    return held.getvalue()


def _keras(arrays):
    """Arrays by their names, as a layer of Keras has its kernel and its bias."""
    h5py = import_module("h5py")
    held = io.BytesIO()
    with h5py.File(held, "w") as file:
        for name, value in arrays.items():
            file[name.replace(".", "/").replace("weight", "kernel")] = value.T
    return held.getvalue()


ARRAYS = {"npz": _npz, "safetensors": _safetensors, "torch": _torch, "keras": _keras}  # what writes arrays as they are
WRITERS = {"npz": npz, "safetensors": safetensors, "torch": torch, "keras": keras}
WRITERS |= {"matlab": matlab, "json": json_lists, "text": text}
TYPED = ("npz", "safetensors", "torch", "keras", "matlab")  # what tells numbers of 32 bits from those of 64


def needed(name):
    """Skip where the library that writes a format is not installed."""
    if not find_spec(NEEDS[name]):
        pytest.skip(f"{NEEDS[name]} is not installed")


def written(name, net):
    """The bytes of a file in a format, or a skip where the library that writes it is not installed."""
    needed(name)
    return WRITERS[name](net)
