"""Arrays that NumPy and scikit-learn write, with all that stands beside weights in them."""

import io
import pickle
from importlib import import_module
from typing import Any

import numpy as np

from tests.engine.weights.brought_files import ONE, PLAIN, W1, W2, File, b1, b2, npz


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


T = ("torch",)
ARRAYS = {
    "coefs_ and intercepts_": File("s.npz", lambda: _npz_of(*_fitted().coefs_, *_fitted().intercepts_)),
    "intercepts_ first": File("s.npz", lambda: _npz_of(*_fitted().intercepts_, *_fitted().coefs_)),
    "coefs_ by name": File(
        "s.npz", lambda: npz(coefs_0=W1.T, coefs_1=W2.T, intercepts_0=b1, intercepts_1=b2), layout="in_out"
    ),
    "coefs_ as objects": File(
        "s.npz",
        lambda: npz(coefs_=_objects(_fitted().coefs_)),
        refused=r"coefs_ contains Python objects.*np.savez\(file, \*",
    ),
    "joblib": File("m.joblib", _dumped, ("joblib",), refused=r"whole model.*coefs_.*MLPRegressor"),
    "pickle": File("m.pkl", lambda: pickle.dumps(_fitted()), refused=r"whole model.*coefs_.*MLPRegressor"),
    "a pickled dict": File(
        "m.pkl", lambda: pickle.dumps({"W1": [[1.0]]}), refused=r"a plain state_dict.*numpy\.savez.*W1"
    ),
    "scalars beside": File(
        "m.npz", lambda: npz(**PLAIN, lr=0.1, inodes=3, epoch=7, temperature=[2.0]), left_out=("lr", "inodes", "epoch")
    ),
    "statistics beside": File(
        "m.npz", lambda: npz(mean=np.zeros(3), std=np.ones(3), **PLAIN), left_out=("mean", "std")
    ),
    "Adam beside": File(
        "m.npz",
        lambda: npz(**PLAIN, **{f"m_{k}": v for k, v in PLAIN.items()}, dW1=W1, db1=b1),
        left_out=("m_W1", "m_b2", "dW1"),
    ),
    "a compressed archive": File("m.npz", _compressed),
    "one matrix": File("m.npy", lambda: _npy(W1), net=ONE, layout="out_in"),
    "objects": File("m.npy", lambda: _npy(_objects([W1, W2])), refused="contains Python objects"),
    "a data set": File("mnist.npz", lambda: npz(x_train=W1, y_train=b1), refused="contains data"),
}
