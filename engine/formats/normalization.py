"""Normalizations of a trained network, worked into its dense layers: batch normalization, and that of weights.

Batch normalization is affine, as the layer beside it is, and so are the two: a network that only
predicts normalizes by the running mean μ and variance s: γ (z − μ)/√(s + ε) + β.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from engine.core import Text, echo, names
from engine.formats.record import Contents
from engine.untrusted import Arrays

_EPSILON = 1e-5  # of PyTorch, whose files do not tell it
_MEAN, _VARIANCE = "running_mean", "running_var"
_FOLDED = Text(
    "The batch normalization {} was folded into {}, with its running averages of mean and variance: the network "
    "predicts the same.",
    "批量归一化 {} 已按其滑动均值与方差并入 {}，网络的预测不变。",
)
_LENGTHS = re.compile(r"(?P<path>.*?)(?:(?P<old>weight_g)|parametrizations\.weight\.original0)")
_PLAIN = Text(
    "The weight normalization of {} was multiplied out: g v/‖v‖.",
    "{} 的权重归一化已按 g v/‖v‖ 算成普通权重。",
)
_COUNTED = ("num_batches_tracked",)


def affine(values: Mapping[str, NDArray], epsilon: float) -> tuple[NDArray, NDArray]:
    """Return the factors and the offsets of a normalization, from its gamma, beta, mean and variance."""
    mean, variance = np.asarray(values["mean"], np.float64), np.asarray(values["variance"], np.float64)
    scale = np.asarray(values.get("gamma", np.ones_like(mean)), np.float64) / np.sqrt(variance + epsilon)
    return scale, np.asarray(values.get("beta", np.zeros_like(mean)), np.float64) - scale * mean


def folded(W: NDArray, b: NDArray | None, scale: NDArray, offset: NDArray, *, behind: bool) -> tuple[NDArray, NDArray]:
    """Return weights (n_out, n_in) and biases with a normalization behind them folded in, or with one before them."""
    b = np.zeros(len(W)) if b is None else b.reshape(-1)
    if behind:
        return W * scale[:, None], scale * b + offset
    return W * scale, b + W @ offset


def said_of(path: str, matrix: str) -> Text:
    """Return the remark on a normalization that was folded in."""
    return _FOLDED.format(echo(path), names([echo(matrix)]))


def folded_by_names(contents: Contents) -> Contents:
    """Contents of a file of PyTorch with the normalizations folded in, where their names tell to which layer.

    That is `1` behind `0`, and `bn1` behind `fc1`; in a `Sequential` with an activation between, `2`, the layer after.
    """
    contents = _with_plain_weights(contents)
    arrays, said = dict(contents.arrays), contents.said
    for path in [name.removesuffix(_MEAN) for name in arrays if name.endswith(_MEAN)]:
        found = _neighbour(arrays, path)
        if found is None or f"{path}{_VARIANCE}" not in arrays:
            continue
        layer, behind = found
        taken = {"gamma": "weight", "beta": "bias", "mean": _MEAN, "variance": _VARIANCE}
        values = {role: arrays.pop(path + name) for role, name in taken.items() if path + name in arrays}
        scale, offset = affine(values, _EPSILON)
        W, b = arrays[f"{layer}weight"], arrays.pop(f"{layer}bias", None)
        if len(scale) != W.shape[0 if behind else 1]:
            return contents
        arrays |= dict(zip((f"{layer}weight", f"{layer}bias"), folded(W, b, scale, offset, behind=behind), strict=True))
        said += (said_of(path.strip("."), f"{layer}weight"),)
    counted = [name for name in arrays if name.endswith(_COUNTED)]
    if not said:
        return contents
    for name in counted:
        del arrays[name]
    return replace(contents, arrays=arrays, said=said)


def _with_plain_weights(contents: Contents) -> Contents:
    """Contents with the weights that a weight normalization keeps as lengths g and directions v: g v/‖v‖."""
    arrays, said = dict(contents.arrays), contents.said
    for name, g in contents.arrays.items():
        match = _LENGTHS.fullmatch(name)
        if match is None:
            continue
        directions = match["path"] + ("weight_v" if match["old"] else "parametrizations.weight.original1")
        v = arrays.get(directions)
        if v is None or v.ndim != 2 or g.shape != (len(v), 1):
            continue
        del arrays[name], arrays[directions]
        weight = f"{match['path']}weight"
        v = np.asarray(v, np.float64)
        lengths = np.linalg.norm(v, axis=1, keepdims=True)
        arrays[weight] = np.asarray(g, np.float64) * np.divide(v, lengths, out=np.zeros_like(v), where=lengths > 0)
        said += (_PLAIN.format(echo(weight)),)
    return replace(contents, arrays=arrays, said=said) if said != contents.said else contents


def _neighbour(arrays: Arrays, path: str) -> tuple[str, bool] | None:
    """Return the path of the dense layer of a normalization, and whether the layer stands before it."""
    parted = re.fullmatch(r"(.*?)(\D*)(\d{1,9})\.", path)
    if not parted:
        return None
    start, word, number = parted[1], parted[2], int(parted[3])
    numbered = start + word
    dense = {
        name.removesuffix("weight") for name, array in arrays.items() if name.endswith("weight") and array.ndim == 2
    }
    if word.rpartition(".")[2]:  # a word of its own, as in bn1 beside fc1
        same = [
            at for at in dense if re.fullmatch(rf"{re.escape(numbered.rpartition('.')[0])}\.?[^.\d]+{number}\.", at)
        ]
        return (same[0], True) if len(same) == 1 else None
    if f"{numbered}{number - 1}." in dense:
        return f"{numbered}{number - 1}.", True
    after = f"{numbered}{number + 1}."
    return (after, False) if f"{numbered}{number - 2}." in dense and after in dense else None
