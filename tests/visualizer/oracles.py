"""What the tests compare with: a pass told once more, event by event, without the lecture."""

from dataclasses import replace
from itertools import combinations, pairwise

import numpy as np

from engine import Dense, Network, Ref, trace
from engine.examples import EXAMPLES
from engine.model import Model
from visualizer.graph import FULL
from visualizer.lecture import GRANULARITIES
from visualizer.scene import stagehand


def drawn(sizes, *activations, loss=None, samples=1, seed=3):
    """A model with random weights, biases, inputs and targets, so that no two of its values look alike."""
    model = Model.drawn(sizes, activations, "normal", 1)
    rng = np.random.default_rng(seed)
    x, y = (tuple(map(tuple, rng.uniform(0.1, 0.9, (samples, n)).round(3).tolist())) for n in (sizes[0], sizes[-1]))
    net = tuple(rng.normal(size=sum((n_in + 1) * n_out for n_in, n_out in pairwise(sizes))).tolist())
    return replace(model, x=x, y=y, net=net, loss=loss or model.loss)


MODELS = {name: Model.of_example(name) for name in EXAMPLES} | {
    "3-4-2": drawn((3, 4, 2), "tanh", "sigmoid"),
    "softmax inside": drawn((2, 3, 3, 2), "softmax", "tanh", "linear"),
    "three samples": drawn((2, 3, 2), "gelu", "softmax", loss="cross_entropy", samples=3),
    "clipped": replace(drawn((2, 1, 1), "tanh", "sigmoid"), clip="value", clip_at=0.01, train_bias=False),
    "L1": replace(drawn((2, 1, 1), "tanh", "sigmoid", samples=2), regularizer="l1", strength=0.3, optimizer="adam"),
    "elastic, clipped": replace(
        drawn((2, 1, 1), "tanh", "linear"), regularizer="elastic", strength=0.2, clip="norm", clip_at=0.1
    ),
    "1-1": drawn((1, 1), "sigmoid", loss="binary_cross_entropy"),
}
LARGE = {
    "8-16-16-4": drawn((8, 16, 16, 4), "tanh", "tanh", "softmax"),
    "784-128-128-10": drawn((784, 128, 128, 10), "relu", "relu", "softmax"),
    "5-6-3": drawn((5, 6, 3), "tanh", "sigmoid"),
    "20-5-2": drawn((20, 5, 2), "tanh", "sigmoid"),
}
GRAINS = list(GRANULARITIES)
SMALL = [(1, 1), (1, 1, 1), (2, 2, 2), (2, 2, 1), (3, 4, 2), (3, 2, 4, 1), (4, 5, 3), (2, 3, 3, 3, 2), (1, 6, 1)]


def hand_of(model, grain="layer", lang="en", sample=0, unfolded=None):
    return stagehand(model.trace(), grain, lang, sample, unfolded)


def network_of(rng, sizes, activations):
    return Network(
        Dense(rng.normal(size=(n_out, n_in)), rng.normal(size=n_out), name)
        for (n_in, n_out), name in zip(pairwise(sizes), activations, strict=True)
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
    """Yield for every position what becomes known with it and what is needed for it, as sets of (Ref, indices)."""
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
        yield from step(({(Ref("a", l), (j,))}, own("z", l, j)) for j in range(sizes[l]))
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
            needed = [weights("W", l + 1, None, columns[j]) | all_deltas | own("z", l, j) for j in range(sizes[l])]
        yield from step(({(Ref("delta", l), (j,))}, needed[j]) for j in range(sizes[l]))
        yield from step(({(Ref("db", l), (j,))}, {(Ref("delta", l), (j,))}) for j in range(sizes[l]))
        entries = [[k] for k in range(sizes[l - 1])] if grain == "weight" else [range(sizes[l - 1])]
        yield from step(
            (weights("dW", l, [j], ks), {(Ref("delta", l), (j,))} | {(Ref("a", l - 1), (k,)) for k in ks})
            for j in range(sizes[l])
            for ks in entries
        )
    yield from _through_all(trace, grain, weights, step)


def _penalties(trace, last):
    if trace.options.regularized:
        everything = {item for item in given(trace) if item[0].name == "W"}
        yield {(Ref("penalty", 0), ()), (Ref("J", 0), ())}, everything | {(Ref("C", last), ())}


def _through_all(trace, grain, weights, step):
    """Yield the same of the steps that go through all parameters."""
    sizes = trace.given.sizes
    letters = ["d", *("g" for _ in range(trace.options.regularized)), *("c" for _ in range(trace.options.clipped))]

    def passed(*names):
        return [pair for l in range(1, len(sizes)) for pair in _entries(sizes, l, grain, weights, *names)]

    if trace.options.regularized:
        yield from step(passed(("gW", "W", "dW"), ("gb", "db")))
    if trace.options.clipped:
        old = letters[-2]
        (new, _), *more = pairs = passed(("cW", f"{old}W"), ("cb", f"{old}b"))
        yield from step([(new | {(Ref("norm", 0), ())}, set().union(*(read for _, read in pairs))), *more])
    yield from step(passed(("W_new", "W", f"{letters[-1]}W"), ("b_new", "b", f"{letters[-1]}b")))


def _entries(sizes, l, grain, weights, of_weights, of_biases):
    """Yield what a step through all parameters writes, the first of the names, and reads, the others."""
    for j in range(sizes[l]):
        new, *old = ({(Ref(name, l), (j,))} for name in of_biases)
        parts = [[k] for k in range(sizes[l - 1])] if grain == "weight" else [range(sizes[l - 1])]
        rows = [[weights(name, l, [j], ks) for name in of_weights] for ks in parts]
        if grain == "weight":
            yield from ((written, set().union(*read)) for written, *read in rows)
            yield new, set().union(*old)
        else:
            (written, *read), *_ = rows
            yield written | new, set().union(*read, *old)


def given(trace):
    """What is known before the first step."""
    sizes, last = trace.given.sizes, len(trace.given.layers)
    known = {(Ref("a", 0), (k,)) for k in range(sizes[0])} | {(Ref("y", last), (j,)) for j in range(sizes[-1])}
    for l in range(1, last + 1):
        known |= {(Ref("b", l), (j,)) for j in range(sizes[l])}
        known |= {(Ref("W", l), (j, k)) for j in range(sizes[l]) for k in range(sizes[l - 1])}
    return known


def told(trace, grain):
    """Return for every position, 0 included, what is known, what has just become so, and what was needed for it."""
    known, moments = given(trace), [(given(trace), set(), set())]
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


def box(spot, shape):
    """The middle and half the width and height of a spot."""
    flat = shape.tag.height / 2 if shape.detail == FULL else spot.r
    height = {"neuron": spot.r, "cost": spot.r, "bias": flat}.get(spot.kind, 0.82 * spot.r)
    return spot.x, spot.y, spot.r, height


def boxes(shape):
    """The place of everything that covers what is below it; of edges the room that is kept for their numbers."""
    room = shape.tag.width / 2, shape.tag.height / 2
    labels = {f"label {line.id}": (*line.label, *room) for line in shape.lines if line.label}
    return {s.id: box(s, shape) for s in shape.spots.values()} | labels


def overlaps(places):
    """Every two places that cover each other by more than the rounding of their coordinates."""

    def cover(one, other):
        return all(abs(one[i] - other[i]) < one[i + 2] + other[i + 2] - 0.15 for i in (0, 1))

    return [pair for pair in combinations(places, 2) if cover(*(places[item] for item in pair))]
