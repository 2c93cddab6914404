"""Arrays that stand beside the layers in a file: rates, sizes, statistics, gradients, the memory of an optimizer, data.

They are left out and named. What could be a parameter of some layer is never left out.
"""

from collections.abc import Mapping

from numpy.typing import NDArray

from engine.untrusted import Arrays
from engine.weights.naming import Name, parsed

_PARAMETERS = {  # a word that says that an array takes part in what a layer computes
    *("weight", "weights", "kernel", "bias", "gamma", "beta", "alpha", "scale", "shift", "proj", "emb", "embedding"),
    *("running", "moving", "recurrent", "ih", "hh", "w", "b", "u", "v"),
}
_DATA = {"x", "y", "data", "inputs", "targets", "labels", "train", "test", "val", "valid", "history", "losses", "loss"}


def parted(arrays: Mapping[str, NDArray]) -> tuple[Arrays, tuple[str, ...]]:
    """Return the arrays that may be layers, and the names of those that stand beside them.

    Examples
    --------
    >>> import numpy as np
    >>> kept, beside = parted({"W1": np.ones((2, 3)), "dW1": np.ones((2, 3)), "lr": np.array(0.1)})
    >>> list(kept), beside
    (['W1'], ('dW1', 'lr'))
    """
    named = {name: parsed(name) for name in arrays}
    known = [name for name, found in named.items() if found.role]
    if not any(named[name].role == "weight" for name in known):
        beside = [name for name, array in arrays.items() if not array.ndim]
    else:
        groups = {_group(name) for name in known}
        beside = [
            name for name in arrays if name not in known and _stands_beside(name, named[name], arrays, known, groups)
        ]
    return {name: array for name, array in arrays.items() if name not in beside}, tuple(beside)


def _group(name: str) -> str:
    return name.replace("/", ".").rpartition(".")[0]


def _stands_beside(name: str, found: Name, arrays: Mapping[str, NDArray], known: list[str], groups: set[str]) -> bool:
    """Return whether an array without a role is none of a layer."""
    array = arrays[name]
    if any(other in name and other != name and array.shape == arrays[other].shape for other in known):
        return True
    words = {str(piece) for piece in found.key}
    if _group(name) and _group(name) in groups:  # it belongs to a layer: the running mean of a normalization
        return array.size == 1 and "tracked" in words
    if words & _PARAMETERS:
        return False
    return array.ndim < 2 or array.size == 1 or words <= _DATA
