"""Oracles for the visualizer: a pass described once more, event by event, without the lecture."""

from dataclasses import replace
from functools import cache
from itertools import combinations, pairwise
from typing import Any
from xml.etree import ElementTree

import numpy as np

from engine import BatchNorm, Dense, Network, Ref
from engine.equations import names_in_layer
from engine.examples import EXAMPLES
from engine.passes import trace
from engine.settings import Model
from visualizer.drawing import FULL
from visualizer.lecture import GRANULARITIES
from visualizer.scene import scene_builder
from visualizer.writing import mathml


def drawn(sizes, *activations, loss=None, samples=1, seed=3):
    """A model with random weights, biases, inputs and targets, so that no two of its values look alike."""
    model = Model.drawn(sizes, activations, "normal", 1)
    rng = np.random.default_rng(seed)
    x, y = (tuple(map(tuple, rng.uniform(0.1, 0.9, (samples, n)).round(3).tolist())) for n in (sizes[0], sizes[-1]))
    net = tuple(rng.normal(size=sum((n_in + 1) * n_out for n_in, n_out in pairwise(sizes))).tolist())
    return replace(model, x=x, y=y, net=net, loss=loss or model.loss)


_ALIKE: dict[
    tuple[Any, ...], tuple[str, Model]
] = {}  # examples that differ in nothing but numbers: the first stands for all
for _name in EXAMPLES:
    _model = Model.of_example(_name)
    _ALIKE.setdefault((_model.sizes, _model.activations, _model.loss, len(_model.x)), (_name, _model))

MODELS = dict(_ALIKE.values()) | {
    "3-4-2": drawn((3, 4, 2), "tanh", "sigmoid"),
    "softmax inside": drawn((2, 3, 3, 2), "softmax", "tanh", "linear"),
    "three samples": drawn((2, 3, 2), "gelu", "softmax", loss="cross_entropy", samples=3),
    "clipped": replace(drawn((2, 1, 1), "tanh", "sigmoid"), clip="value", clip_at=0.01, train_bias=False),
    "L1": replace(drawn((2, 1, 1), "tanh", "sigmoid", samples=2), regularizer="l1", strength=0.3, optimizer="adam"),
    "elastic, clipped": replace(
        drawn((2, 1, 1), "tanh", "linear"), regularizer="elastic", strength=0.2, clip="norm", clip_at=0.1
    ),
    "1-1": drawn((1, 1), "sigmoid", loss="binary_cross_entropy"),
    "normalized": drawn((2, 2, 1), "tanh", "sigmoid", samples=3).with_settings(batch_norm=True),
    "normalized, clipped": replace(
        drawn((1, 1, 1), "tanh", "linear", samples=3).with_settings(batch_norm=True), clip="norm", train_bias=False
    ),
    "inference": replace(
        drawn((1, 2, 1), "relu", "sigmoid"), training=False, batch_norm=True, regularizer="l2", optimizer="adam"
    ),
    "dropout": replace(drawn((2, 4, 1), "tanh", "sigmoid"), dropout=0.5, optimizer="momentum"),
    "softmax inside, dropped": replace(
        drawn((2, 3, 1), "softmax", "sigmoid", samples=2).with_settings(batch_norm=True), dropout=0.4, optimizer="adamw"
    ),
    "nesterov": replace(drawn((2, 1, 1), "tanh", "sigmoid"), optimizer="nesterov", iteration=2, train_bias=False),
    "rmsprop": replace(drawn((2, 1, 1), "tanh", "sigmoid"), optimizer="rmsprop", iteration=2),
}
LARGE = {
    "8-16-16-4": drawn((8, 16, 16, 4), "tanh", "tanh", "softmax"),
    "784-128-128-10": drawn((784, 128, 128, 10), "relu", "relu", "softmax"),
    "5-6-3": drawn((5, 6, 3), "tanh", "sigmoid"),
    "20-5-2": drawn((20, 5, 2), "tanh", "sigmoid"),
    "2-7-1 normalized": drawn((2, 7, 1), "tanh", "sigmoid", samples=3).with_settings(batch_norm=True, dropout=0.5),
}
GRAINS = list(GRANULARITIES)
_THROUGH = ("relu_softmax", "3-4-2", "three samples", "elastic, clipped", "softmax inside, dropped")  # in every grain
CASES = [  # the others in turn
    (name, grain)
    for i, name in enumerate(MODELS)
    for grain in (GRAINS if name in _THROUGH else [GRAINS[i % len(GRAINS)]])
]
SMALL = [(1, 1), (1, 1, 1), (2, 2, 2), (2, 2, 1), (3, 4, 2), (3, 2, 4, 1), (4, 5, 3), (2, 3, 3, 3, 2), (1, 6, 1)]


def builder_of(model, grain="layer", lang="en", sample=0, unfolded=None):
    return scene_builder(model.trace(), grain, lang, sample, unfolded)


def network_of(rng, sizes, activations):
    return Network(
        tuple(
            Dense(rng.normal(size=(n_out, n_in)), rng.normal(size=n_out), name)
            for (n_in, n_out), name in zip(pairwise(sizes), activations, strict=True)
        )
    )


def trace_of(sizes, activations, loss, samples=1, seed=3, optimizer="sgd"):
    """A second pass of a random network with its update; the targets lie in the range of every loss."""
    rng = np.random.default_rng(seed)
    network = network_of(rng, sizes, activations)
    y = rng.uniform(0.05, 0.95, (samples, sizes[-1]))
    x = rng.normal(size=(samples, sizes[0]))
    first = trace(network, x, y, loss, optimizer, 0.05)
    return trace(first.network, x, y, loss, optimizer, 0.5, first.state)


def events(trace, grain):
    """Yield for every position the values that become known and those needed for it, as sets of (Ref, indices)."""
    sizes, last = trace.given.sizes, len(trace.given.layers)
    softmax = [None, *(name == "softmax" for name in trace.given.activations)]

    def whole(name, l):
        return {(Ref(name, l), (j,)) for j in range(sizes[l])}

    def weights(name, l, js=None, ks=None):
        rows, columns = (range(sizes[l]) if js is None else js), (range(sizes[l - 1]) if ks is None else ks)
        return {(Ref(name, l), (j, k)) for j in rows for k in columns}

    def own(name, l, j):
        return whole(name, l) if softmax[l] else {(Ref(name, l), (j,))}

    def step(parts):
        parts = list(parts)
        return parts if grain != "layer" else [tuple(set().union(*some) for some in zip(*parts, strict=True))]

    for l in range(1, last + 1):
        yield from step(
            ({(Ref("z", l), (j,))}, weights("W", l, [j]) | whole("a", l - 1) | {(Ref("b", l), (j,))})
            for j in range(sizes[l])
        )
        yield from _activated(trace, l, own, step)
    matched = trace.loss_function.matched
    outputs = whole("a", last) | whole("y", last)
    yield {(Ref("C", last), ())}, outputs | (whole("z", last) if matched else set())
    yield from _penalties(trace, last)
    for l in range(last, 0, -1):
        if l == last:
            used = ("a", "y") if matched else ("a", "y", "z")
            needed = [set().union(*(own(name, l, j) for name in used)) for j in range(sizes[l])]
        else:
            all_deltas = whole("delta", l + 1)
            columns = [None if softmax[l] else [j] for j in range(sizes[l])]
            needed = [
                weights("W", l + 1, None, columns[j])
                | all_deltas
                | own(_names(trace, l).get("z", "z"), l, j)
                | _mask(trace, l, j)
                for j in range(sizes[l])
            ]
        error = _names(trace, l).get("delta", "delta")
        yield from step(({(Ref(error, l), (j,))}, needed[j]) for j in range(sizes[l]))
        yield from _through_norm(trace, l, step)
        yield from step(({(Ref("db", l), (j,))}, {(Ref("delta", l), (j,))}) for j in range(sizes[l]))
        entries = [[k] for k in range(sizes[l - 1])] if grain == "weight" else [range(sizes[l - 1])]
        yield from step(
            (weights("dW", l, [j], ks), {(Ref("delta", l), (j,))} | {(Ref("a", l - 1), (k,)) for k in ks})
            for j in range(sizes[l])
            for ks in entries
        )
    yield from _through_all(trace, grain, weights, step)


def _names(trace, l):
    """The names of the input and the output of an activation, and of the error of its input, in a layer."""
    return names_in_layer(trace.given.architecture.is_normed(l), _drops(trace, l))


def _given(trace, l):
    return _names(trace, l).get("z", "z")


def _drops(trace, l):
    return trace.options.training and trace.given.architecture.dropout(l) > 0


def _mask(trace, l, j):
    return {(Ref("mask", l), (j,))} if _drops(trace, l) else set()


def _activated(trace, l, own, step):
    yield from _normalized(trace, l, step)
    h = _names(trace, l).get("a", "a")
    yield from step(({(Ref(h, l), (j,))}, own(_given(trace, l), l, j)) for j in range(trace.given.sizes[l]))
    if _drops(trace, l):
        yield from _each(trace, l, step, ["a"], ["h", "mask"])


def _each(trace, l, step, written, read):
    """One step of a normalized layer: each neuron reads and writes its own."""
    units = range(trace.given.sizes[l])
    return step(tuple({(Ref(name, l), (j,)) for name in names} for names in (written, read)) for j in units)


def _normalized(trace, l, step):
    if not trace.given.architecture.is_normed(l):
        return
    if trace.options.training:
        yield from _each(trace, l, step, ["mu"], ["z"])
        yield from _each(trace, l, step, ["var"], ["z", "mu"])
        yield from _each(trace, l, step, ["zhat"], ["z", "mu", "var"])
    else:
        yield from _each(trace, l, step, ["zhat"], ["z", "mean", "variance"])
    yield from _each(trace, l, step, ["u"], ["gamma", "zhat", "beta"])
    if trace.options.training:
        yield from _each(trace, l, step, ["mean_new", "variance_new"], ["mean", "variance", "mu", "var"])


def _through_norm(trace, l, step):
    if not trace.given.architecture.is_normed(l):
        return
    yield from _each(trace, l, step, ["dgamma"], ["delta_u", "zhat"])
    yield from _each(trace, l, step, ["dbeta"], ["delta_u"])
    yield from _each(trace, l, step, ["delta_hat"], ["gamma", "delta_u"])
    if trace.options.training:
        yield from _each(trace, l, step, ["delta_var"], ["var", "delta_hat", "z", "mu"])
        yield from _each(trace, l, step, ["delta_mu"], ["var", "delta_hat", "delta_var", "z", "mu"])
        yield from _each(trace, l, step, ["delta"], ["delta_hat", "var", "delta_var", "z", "mu", "delta_mu"])
    else:
        yield from _each(trace, l, step, ["delta"], ["delta_hat", "variance"])


def _penalties(trace, last):
    if trace.options.regularized:
        everything = {item for item in given(trace) if item[0].name == "W"}
        yield {(Ref("penalty", 0), ()), (Ref("J", 0), ())}, everything | {(Ref("C", last), ())}


def _through_all(trace, grain, weights, step):
    """Yield the events of the steps that go through all parameters."""
    sizes = trace.given.sizes
    letters = ["d", *("g" for _ in range(trace.options.regularized)), *("c" for _ in range(trace.options.clipped))]

    def passed(written, *read):
        """The entries of a step; the names have a place for that of the parameter, and of the first only weights do."""
        rows = [written, *read]
        return [pair for l in range(1, len(sizes)) for pair in _entries(trace, l, grain, weights, rows)]

    if trace.options.regularized:
        yield from step(passed("g{}", "W", "d{}"))
    if trace.options.clipped:
        old = letters[-2]
        (new, _), *more = pairs = passed("c{}", f"{old}{{}}")
        yield from step([(new | {(Ref("norm", 0), ())}, set().union(*(read for _, read in pairs))), *more])
    g = f"{letters[-1]}{{}}"
    for written, *read in LAWS[trace.update.optimizer.name]:
        yield from step(passed(written, *(g if name == "g" else name for name in read)))


LAWS: dict[str, list[tuple[str, ...]]] = {  # what each law of an optimizer writes and reads
    "sgd": [("{}_new", "{}", "g")],
    "momentum": [("v_{}_new", "v_{}", "g"), ("step_{}", "v_{}_new"), ("{}_new", "{}", "step_{}")],
    "nesterov": [("v_{}_new", "v_{}", "g"), ("step_{}", "v_{}_new", "g"), ("{}_new", "{}", "step_{}")],
    "rmsprop": [("s_{}_new", "s_{}", "g"), ("step_{}", "s_{}_new", "g"), ("{}_new", "{}", "step_{}")],
    "adam": [
        *(("m_{}_new", "m_{}", "g"), ("v_{}_new", "v_{}", "g"), ("mhat_{}", "m_{}_new"), ("vhat_{}", "v_{}_new")),
        *(("step_{}", "mhat_{}", "vhat_{}"), ("{}_new", "{}", "step_{}")),
    ],
}
LAWS["adamw"] = [*LAWS["adam"][:4], ("step_{}", "{}", "mhat_{}", "vhat_{}"), LAWS["adam"][-1]]


def _entries(trace, l, grain, weights, names):
    """Yield the entries that a step through all parameters writes and reads, row by row or entry by entry."""
    sizes, others = trace.given.sizes, ["b", *(["gamma", "beta"] if trace.given.architecture.is_normed(l) else [])]

    def sets(p, j, ks):
        """Of weights the entries `ks` of a row; a name without a place is that of weights, which others do not have."""
        if p == "W":
            return [weights(name.format("W"), l, [j], ks) for name in names]
        return [{(Ref(name.format(p), l), (j,))} if "{}" in name else set() for name in names]

    for j in range(sizes[l]):
        if grain == "weight":
            units = [[sets("W", j, [k])] for k in range(sizes[l - 1])] + [[sets(p, j, None)] for p in others]
        else:
            units = [[sets(p, j, range(sizes[l - 1])) for p in ("W", *others)]]
        for unit in units:
            written, read = [some for some, *_ in unit], [some for _, *parts in unit for some in parts]
            yield set().union(*written), set().union(*read)


def given(trace):
    """The values known before the first step."""
    sizes, last = trace.given.sizes, len(trace.given.layers)
    known: set[tuple[Ref, tuple[int, ...]]] = set()
    known |= {(Ref("a", 0), (k,)) for k in range(sizes[0])} | {(Ref("y", last), (j,)) for j in range(sizes[-1])}
    for l in range(1, last + 1):
        known |= {(Ref("b", l), (j,)) for j in range(sizes[l])}
        if trace.given.architecture.is_normed(l):
            known |= {(Ref(name, l), (j,)) for name in BatchNorm._fields for j in range(sizes[l])}
        if _drops(trace, l):
            known |= {(Ref("mask", l), (j,)) for j in range(sizes[l])}
        known |= {(Ref("W", l), (j, k)) for j in range(sizes[l]) for k in range(sizes[l - 1])}
    slots = {name for name, *_ in LAWS[trace.update.optimizer.name] if name.endswith("_{}_new")}
    moved = [(ref, indices) for ref, indices in known if ref.name in ("W", "b", "gamma", "beta")]
    return known | {(Ref(f"{slot[0]}_{ref.name}", ref.layer), indices) for slot in slots for ref, indices in moved}


def told(trace, grain):
    """Return for every position, 0 included, what is known, what has just become so, and what was needed for it."""
    known: set[Any] = given(trace)
    moments: list[tuple[set[Any], set[Any], set[Any]]] = [(known, set(), set())]
    for new, needed in events(trace, grain):
        known = known | new
        moments.append((known, new, needed))
    return moments


def number_of(trace, ref, indices, sample=0):
    value = trace.value(*ref)
    if not indices:
        return float(value)
    column = indices[1] if len(indices) > 1 else 0 if value.shape[1] == 1 else sample
    return float(value[indices[0], column])


def box(node, shape):
    """The middle and half the width and height of a node."""
    flat = shape.tag.height / 2 if shape.detail == FULL else node.r
    height = {"neuron": node.r, "cost": node.r, "bias": flat}.get(node.kind, 0.82 * node.r)
    return node.x, node.y, node.r, height


def boxes(shape):
    """The place of everything that covers what is below it; of edges the room reserved for their numbers."""
    room = shape.tag.width / 2, shape.tag.height / 2
    labels = {f"label {edge.id}": (*edge.label, *room) for edge in shape.edges if edge.label}
    return {s.id: box(s, shape) for s in shape.nodes.values()} | labels


def overlaps(places):
    """Every two places that cover each other by more than the rounding of their coordinates."""

    def cover(one, other):
        return all(abs(one[i] - other[i]) < one[i + 2] + other[i + 2] - 0.15 for i in (0, 1))

    return [pair for pair in combinations(places, 2) if cover(*(places[item] for item in pair))]


@cache
def unread(tex):
    """The parts of a formula's MathML that stand there as in TeX: commands or signs that nobody knew."""
    texts = [node.text or "" for node in ElementTree.fromstring(mathml(tex)).iter()]
    return [text for text in texts if text and ("\\" in text or text in "}&")]  # a brace opens cases
