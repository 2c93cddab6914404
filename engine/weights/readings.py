"""Readings of a file of weights: all ways in which its layers make a network, and those that the file determines.

Layers make a network where each takes as many inputs as the one before has neurons. The order is that of the names
where they tell one, else that of the file where it keeps one. Several ways that are left are a question, and so is one
that contradicts the names: nothing is guessed.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import islice, pairwise
from typing import NamedTuple

from numpy.typing import NDArray

from engine.core import InputError, Text, echo, first_few, lookup, names
from engine.formats import Contents
from engine.weights.augmented import is_theta, with_biases_apart
from engine.weights.beside import parted
from engine.weights.grouping import Layer, layers_of
from engine.weights.naming import LAYOUTS, comes_before, layout_told
from engine.weights.stack import Part, Weights

MOST_READINGS = 24
_MOST_STEPS, _LIST = 5_000, 4  # of a search; readings that are named in a complaint
_BY_NAMES = Text("The layers are in the order of their names.", "各层按名称排序。")
_BY_FILE = Text("The layers are in the order of the file.", "各层按文件中的次序。")
_BY_MODEL = Text("The model itself states the order and the layout.", "顺序与朝向由模型自身说明。")
_BY_SIZES = Text("Names and sizes fit only in this order.", "只有这个顺序与名称、大小都相符。")
_USUAL = Text("As is usual for such names or files, {}.", "按此类名称或文件的惯例，{}。")
_ONE_WAY = Text("The sizes fit only in this orientation: {}.", "只有这种朝向大小相配：{}。")
_NOT_TOLD = Text(
    "the file does not specify the order or the orientation of its matrices", "文件没有说明各矩阵的顺序或朝向"
)
_CONTRADICTION = Text("names, order and sizes of the layers contradict each other", "各层的名称、顺序与大小互相矛盾")
_MISFIT = Text("the layers do not fit each other", "各层互不匹配")
_CHAIN = Text("each layer takes as many inputs as the previous one has neurons", "每层的输入数等于前一层的神经元数")
_TOO_MANY = Text("the matrices fit in too many ways", "矩阵的拼接方式太多")
_NAMES = Text("names that show the order, such as W1, W2, W3", "能说明顺序的名称，如 W1、W2、W3")
Way = tuple[str, tuple[int, ...]]  # the layout, and which layer follows which
Ends = Sequence[tuple[int, ...]]  # inputs and neurons of each layer
Orders = Callable[[Ends], Iterator[tuple[int, ...]]]


class Readings(NamedTuple):
    """Readings of a file, those first that it determines.

    `told` is how many it determines: one, several, which is a question, or none, where it contradicts itself.
    """

    found: tuple[Weights, ...]
    told: int

    def the_one(self) -> Weights:
        """Return the only reading that the file determines.

        Raises
        ------
        InputError
            Where there is another, or none, with those there are.
        """
        if self.told == 1:
            return self.found[0]
        listed = [_named(weights) for weights in self.found[: self.told or None]]
        more = f"; … (+{len(listed) - _LIST})" if len(listed) > _LIST else ""
        allowed = Text("order=… and layout=… for one of these: {}", "用 order=… 与 layout=… 指定其一：{}")
        shown = allowed.format("; ".join(listed[:_LIST]) + more)
        raise InputError(_NOT_TOLD if self.told else _CONTRADICTION, shown, _shapes(self.found[0].parts))


def readings_of(
    arrays: Mapping[str, NDArray],
    *,
    in_order: bool = False,
    usual: str = "",
    order: Sequence[str] | None = None,
    layout: str | None = None,
) -> Readings:
    """Return the ways in which named arrays make a network.

    Parameters
    ----------
    arrays : mapping of str to ndarray
        As `layers_of` takes them.
    in_order : bool
        Whether they stand in the order in which they were made.
    usual : str
        The layout of such files, where there is one; else the names may tell.
    order : sequence of str, optional
        The names of the matrices in the order of the layers, where that is known.
    layout : str, optional
        One of `LAYOUTS`, where that is known.

    Raises
    ------
    InputError
        Naming every layer that is not dense, or where the layers do not fit each other.
    """
    if layout is not None:
        lookup(Text("layout", "矩阵朝向"), LAYOUTS, layout)
    layers = layers_of(arrays, in_order)
    apart = _with_biases_apart(layers, in_order, order, layout) if is_theta(layers) else None
    if apart is not None and apart.told == 1:
        return apart
    try:
        return _of_layers(layers, in_order, usual, order, layout)
    except InputError:
        apart = _with_biases_apart(layers, in_order, order, layout)
        if apart is None:
            raise
        return apart


def _with_biases_apart(
    layers: Sequence[Layer], in_order: bool, order: Sequence[str] | None, layout: str | None
) -> Readings | None:
    """Return the readings of matrices that have their biases in a line of their own; None where none fits.

    Under the name that is usual for it, the first column is meant wherever it fits.
    """
    found: list[tuple[Readings, Text]] = []
    usual, sure = layout_told([layer.name for layer in layers])
    layout = layout or (usual if sure else None)
    for way in (name for name in LAYOUTS if layout in (None, name)):
        for split, words in with_biases_apart(layers, way):
            with suppress(InputError):
                found.append((_of_layers(split, in_order, "", order, way), words))
    if not found:
        return None
    readings = [replace(weights, said=(*weights.said, words)) for read, words in found for weights in read.found]
    counted = [read.told for read, _ in found]
    return Readings(
        tuple(readings[:MOST_READINGS]), counted[0] if is_theta(layers) else min(sum(counted), MOST_READINGS)
    )


def _of_layers(
    layers: Sequence[Layer], in_order: bool, usual: str, order: Sequence[str] | None, layout: str | None
) -> Readings:
    """Return the ways in which layers make a network, or raise `InputError` where there is none."""
    ways = [name for name in LAYOUTS if layout in (None, name)]
    if order is None:
        told, why = _told(layers, in_order, ways)
        rest = _all_that_fit(layers, ways)
    else:
        told, why, rest = _fitting(layers, ways, _only(_places(layers, order))), None, []
    if not told and not rest:
        raise InputError(_MISFIT, _CHAIN, _shapes(layers))
    kept = _as_usual(layers, usual, told, rest)
    if len(kept) > MOST_READINGS:
        raise _too_many(layers)
    said = _said(kept, told, why if len(layers) > 1 else None, layout)
    shown = list(dict.fromkeys((*kept, *told, *rest)))[:MOST_READINGS]
    return Readings(tuple(_weights(layers, way, said if [way] == kept else ()) for way in shown), len(kept))


def readings_in(
    contents: Contents,
    *,
    order: Sequence[str] | None = None,
    layout: str | None = None,
    dropped: Collection[str] = (),
) -> Readings:
    """Return the ways in which what a file holds makes a network, without those arrays that a reader has dropped.

    What the file says of order, layout, activations and loss is taken as it is, unless an argument says otherwise.
    """
    kept, beside = parted({name: array for name, array in contents.arrays.items() if name not in dropped})
    told = [name for name in contents.order if name in kept] if order is None else order
    layout = layout or contents.layout or None
    read = readings_of(kept, in_order=contents.in_order, order=told or None, layout=layout)
    says = (_BY_MODEL,) if contents.order and order is None else ()
    left_out = (*dropped, *contents.left_out, *beside)

    def with_words(weights: Weights) -> Weights:
        parts = tuple(part._replace(activation=contents.activations.get(part.name)) for part in weights.parts)
        said = (*weights.said, *says, *contents.said)
        return replace(weights, parts=parts, loss=contents.loss or None, said=said, left_out=left_out)

    return Readings(tuple(map(with_words, read.found)), read.told)


def _as_usual(layers: Sequence[Layer], usual: str, told: Sequence[Way], rest: Sequence[Way]) -> Sequence[Way]:
    """Return the determined ways that have the usual layout; none where only another order would have it."""
    usual, sure = (usual, True) if usual else layout_told([layer.name for layer in layers])
    kept = [way for way in told if way[0] == usual]
    contradicted = sure and any(way[0] == usual for way in rest)
    return kept if kept or contradicted else told


def _told(layers: Sequence[Layer], in_order: bool, ways: Sequence[str]) -> tuple[list[Way], Text]:
    """Return the ways that fit an order by names and file, else one that names allow; and a remark on it."""
    earlier = [{i for i, one in enumerate(layers) if comes_before(one.key, layer.key)} for layer in layers]
    if sorted(map(len, earlier)) == [*range(len(layers))]:
        by_names = sorted(range(len(layers)), key=lambda i: len(earlier[i]))
        return _fitting(layers, ways, _only(tuple(by_names))), _BY_NAMES
    if in_order and not any(max(before, default=-1) > i for i, before in enumerate(earlier)):
        told = _fitting(layers, ways, _only(tuple(range(len(layers)))))
        if told:
            return told, _BY_FILE
    return _fitting(layers, ways, partial(_search, layers, earlier)), _BY_SIZES


def _fitting(layers: Sequence[Layer], ways: Sequence[str], orders: Orders) -> list[Way]:
    """Return the layouts and orders that fit, of each layout one more than may be asked about."""
    return [(way, order) for way in ways for order in islice(orders(_ends(layers, way)), MOST_READINGS + 1)]


def _only(order: tuple[int, ...]) -> Orders:
    """Return a search that lets one order pass, where it fits."""

    def orders(ends: Ends) -> Iterator[tuple[int, ...]]:
        if ends and all(ends[one][1] == ends[other][0] for one, other in pairwise(order)):
            yield order

    return orders


def _all_that_fit(layers: Sequence[Layer], ways: Sequence[str]) -> list[Way]:
    """Return all ways that the sizes allow, whatever the names say, as far as there is time for it."""
    found: list[Way] = []
    for way in ways:
        with suppress(InputError):
            orders = _search(layers, [set()] * len(layers), _ends(layers, way))
            found.extend((way, order) for order in islice(orders, MOST_READINGS))
    return found


def _ends(layers: Sequence[Layer], layout: str) -> Ends:
    """Numbers of inputs and neurons of each layer, where the biases fit such a layout."""
    ends = [layer.W.shape[:: -1 if layout == "out_in" else 1] for layer in layers]
    fits = all(layer.b is None or len(layer.b) == n_out for layer, (_, n_out) in zip(layers, ends, strict=True))
    return ends if fits else []


def _search(layers: Sequence[Layer], earlier: Sequence[set[int]], ends: Ends) -> Iterator[tuple[int, ...]]:
    """Yield every order in which each layer takes what the one before gives, and comes after those that are earlier."""
    begun: list[tuple[int, ...]] = [()] if ends else []
    for _ in range(_MOST_STEPS):
        if not begun:
            return
        order = begun.pop()
        if len(order) == len(layers):
            yield order
        placed, width = set(order), ends[order[-1]][1] if order else None
        left = (i for i in reversed(range(len(layers))) if i not in placed and earlier[i] <= placed)
        begun += [(*order, i) for i in left if width in (None, ends[i][0])]
    raise _too_many(layers)


def _places(layers: Sequence[Layer], order: Sequence[str]) -> tuple[int, ...]:
    """Return the places of the layers that are named in an order."""
    matrices = [layer.name for layer in layers]
    if sorted(map(str, order)) != sorted(matrices):
        problem = Text("not an order of the layers", "这不是各层的一个顺序")
        raise InputError(problem, names(map(echo, matrices)), ", ".join(map(str, order)))
    return tuple(map(matrices.index, order))


def _said(kept: Sequence[Way], told: Sequence[Way], why: Text | None, layout: str | None) -> tuple[Text, ...]:
    """Return remarks on where layout and order come from, where the caller did not choose them."""
    if layout is not None:
        return (why,) if why else ()
    about = (_ONE_WAY if len(told) == 1 else _USUAL).format(LAYOUTS[kept[0][0]].label) if kept else None
    return tuple(words for words in (about, why) if words)


def _weights(layers: Sequence[Layer], way: Way, said: tuple[Text, ...]) -> Weights:
    layout, order = way
    stands = [layers[i] for i in order]
    return Weights(
        tuple(Part(each.name, each.W if layout == "out_in" else each.W.T, each.b, bias=each.bias) for each in stands),
        layout=layout,
        said=said,
    )


def _named(weights: Weights) -> str:
    order = first_few(map(echo, weights.order), _LIST)
    return f"{' → '.join(order)}, {weights.layout} ({'-'.join(map(str, weights.sizes))})"


def _too_many(layers: Sequence[Layer]) -> InputError:
    return InputError(_TOO_MANY, _NAMES, _shapes(layers))


def _shapes(layers: Iterable[Layer | Part]) -> str:
    return ", ".join(f"{layer.name} {'×'.join(map(str, layer.W.shape))}" for layer in layers)
