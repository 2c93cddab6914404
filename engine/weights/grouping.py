"""Grouping of named arrays to dense layers, in no order yet: which are matrices or biases, and which go together."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from numpy.typing import NDArray

from engine.core import InputError, Text, echo
from engine.weights.naming import Key, comes_before, kind_of_layer, parsed

_LIST = 6  # so many layers, and arrays of each, are named in a complaint
_MOST_LAYERS = 100
_DENSE = Text("dense layers only: a matrix and a vector of biases each", "仅限全连接层：每层一个矩阵与一个偏置向量")


class Layer(NamedTuple):
    """Dense layer of a file: its matrix as it stands there, its biases (n_out,) or None, and the key of its name."""

    name: str
    W: NDArray
    key: Key
    bias: str = ""
    b: NDArray | None = None


def layers_of(arrays: Mapping[str, NDArray], in_order: bool) -> list[Layer]:
    """Return the layers that arrays make, in the order in which the matrices stand.

    Parameters
    ----------
    arrays : mapping of str to ndarray
        `0.weight` and `0.bias`, `W1` and `b1`, `fc.kernel` and `fc.bias`, `wih` and `who` and the like; where no name
        tells so, matrices, each with the vector behind it.
    in_order : bool
        Whether the place of an array tells something.

    Raises
    ------
    InputError
        Naming every layer that is not dense.
    """
    named = {name: parsed(name) for name in arrays}
    if any(found.role == "weight" for found in named.values()):
        matrices = {name: found.key for name, found in named.items() if found.role == "weight"}
        vectors = {name: found.key for name, found in named.items() if found.role == "bias"}
    else:
        matrices = {name: found.key for name, found in named.items() if arrays[name].ndim != 1}
        vectors = {name: ("vector", *found.key) for name, found in named.items() if name not in matrices}
    if not arrays:
        raise InputError(Text("the file contains no weights", "其中没有权重"), _DENSE, "")
    if len(matrices) > _MOST_LAYERS:
        raise InputError(
            Text("too many layers", "层数太多"),
            Text("at most {}", "至多 {} 层").format(_MOST_LAYERS),
            len(matrices),
        )
    pairs = _paired(matrices, vectors, list(arrays) if in_order else ())
    layers = [_layer(name, key, pairs.get(name, ""), arrays) for name, key in matrices.items()]
    right = {name for layer in layers if _is_dense(layer) for name in (layer.name, layer.bias)}
    groups = _grouped(arrays)
    if wrong := [group for group, names in groups.items() if not right.issuperset(names)]:
        raise not_dense([_described(group, groups[group], arrays) for group in wrong], len(groups))
    return [layer._replace(b=None if layer.b is None else layer.b.ravel()) for layer in layers]


def _layer(name: str, key: Key, bias: str, arrays: Mapping[str, NDArray]) -> Layer:
    return Layer(name, arrays[name], key, bias, arrays[bias] if bias else None)


def _is_dense(layer: Layer) -> bool:
    W, b = layer.W, layer.b
    fits = W.ndim == 2 and W.size > 0 and kind_of_layer({layer.name: W.shape}) is None
    return fits and (b is None or (b.ndim in (1, 2) and b.size == max(b.shape) and b.size in W.shape))


def _paired(matrices: Mapping[str, Key], vectors: Mapping[str, Key], places: Sequence[str]) -> dict[str, str]:
    """Return the vector of each matrix: by the same name, else by that of the neurons it leads to, else by its rank.

    Ranks are for names of two kinds, W_ih and b1: with names of one kind those that go together would be the same.
    """
    pairs: dict[str, str] = {}
    for fits in (_is_same, _leads_to):
        for vector, key in vectors.items():
            found = [name for name, of in matrices.items() if name not in pairs and fits(of, key)]
            if vector not in pairs.values() and len(found) == 1:
                pairs[found[0]] = vector
    rest = {name: key for name, key in matrices.items() if name not in pairs}
    lone = {name: key for name, key in vectors.items() if name not in pairs.values()}
    alike = {*map(_words, rest.values())} & {*map(_words, lone.values())}
    return pairs if alike else pairs | _by_place(rest, lone, places)


def _by_place(matrices: Mapping[str, Key], vectors: Mapping[str, Key], places: Sequence[str]) -> dict[str, str]:
    """Return as many vectors for as many matrices, in turn; of fewer, each for the matrix that it stands behind."""
    if len(matrices) == len(vectors):
        ranked = [_by_rank(names, places) for names in (matrices, vectors)]
        return dict(zip(*ranked, strict=True)) if all(ranked) else {}
    if not places or places[0] not in matrices:
        return {}
    return {before: after for before, after in pairwise(places) if before in matrices and after in vectors}


def _words(key: Key) -> Key:
    return tuple(piece for piece in key if isinstance(piece, str))


def _is_same(of: Key, key: Key) -> bool:
    return of == key


def _leads_to(of: Key, key: Key) -> bool:
    """Return whether weights lead to the neurons that a key names: those of input-hidden to hidden."""
    return 0 < len(key) < len(of) and of[-len(key) :] == key


def _by_rank(names: Mapping[str, Key], places: Sequence[str]) -> list[str]:
    """Return names in the order that they tell, else in that of the file; empty where neither tells one."""
    before = {name: sum(comes_before(key, of) for key in names.values()) for name, of in names.items()}
    if sorted(before.values()) == [*range(len(names))]:
        return sorted(names, key=before.__getitem__)
    return [name for name in places if name in names]


def not_dense(layers: Sequence[Text], of: int) -> InputError:
    """Return the error that names, one by one, the layers `of` so many that cannot be represented."""
    listed = Text("; ", "；").join(layers[:_LIST])
    more = f" … (+{len(layers) - _LIST})" if len(layers) > _LIST else ""
    problem = Text("these layers cannot be represented: {}{}", "无法表示这些层：{}{}").format(listed, more)
    return InputError(problem, _DENSE, f"{len(layers)} / {of}")


def _grouped(names: Iterable[str]) -> dict[str, list[str]]:
    """Return names grouped by the part before their last dot or slash."""
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(re.split(r"[./](?=[^./]*$)", name)[0], []).append(name)
    return groups


def _described(group: str, names: Sequence[str], arrays: Mapping[str, NDArray]) -> Text:
    """Return a layer in words: its name, its kind where that is known, and its arrays."""
    shapes = ["×".join(map(str, arrays[name].shape)) or "1" for name in names]
    kind = kind_of_layer({name: arrays[name].shape for name in names})
    named = Text("{}, {}", "{}，{}").format(echo(group), kind) if kind else Text(echo(group), echo(group))
    if [group] == names:
        return Text("{} {}", "{} {}").format(named, shapes[0])
    listed = [f"{echo(name[len(group) + 1 :])} {shape}" for name, shape in zip(names, shapes, strict=True)]
    return Text("{} ({})", "{}（{}）").format(named, ", ".join(listed[:_LIST]))
