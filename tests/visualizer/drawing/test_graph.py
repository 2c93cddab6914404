import os
import subprocess
import sys
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from engine.examples import EXAMPLES
from tests.visualizer.oracles import SMALL, box, boxes, overlaps, trace_of
from visualizer.drawing import DENSE, FULL, HEIGHT, WIDTH, drawing, shown_units
from visualizer.drawing.graph import COMPACT

ROOT = Path(__file__).parents[3]
SIZES = [*SMALL, (8, 16, 16, 4), (16,) * 9, (16, 1, 16), (7, 8, 9), (2,) * 11]
WIDE = [(784, 128, 128, 10), (20, 5, 2), (2, 17, 1), (1024, 2), (2, 1024), (60,) * 8, (20,) * 11]


def whole(sizes):
    return drawing(sizes, tuple(tuple(range(n)) for n in sizes))


def folded(sizes):
    """The drawing of a random network, with as much folded as it needs."""
    return drawing(sizes, shown_units(trace_of(sizes, ["tanh"] * (len(sizes) - 1), "quadratic")))


@pytest.mark.parametrize("sizes", SMALL, ids=str)
def test_nothing_covers_anything_in_a_small_network(sizes):
    shape = whole(sizes)
    assert shape.detail == FULL
    assert overlaps(boxes(shape)) == []


@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_no_neuron_covers_another(sizes):
    shape = whole(sizes)
    assert overlaps({s.id: box(s, shape) for s in shape.nodes.values() if s.kind != "bias"}) == []


def test_an_overlap_is_seen():
    assert overlaps({"a": (0, 0, 5, 5), "b": (9, 9, 5, 5), "c": (30, 0, 5, 5)}) == [("a", "b")]


@pytest.mark.parametrize("sizes", [*SIZES, *WIDE], ids=str)
def test_everything_is_inside_the_picture(sizes):
    for x, y, w, h in boxes(folded(sizes)).values():
        assert w <= x <= WIDTH - w
        assert h <= y <= HEIGHT - h


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_weight_of_an_example_has_room_for_its_number(name):
    assert [edge.id for edge in whole(EXAMPLES[name].network.sizes).edges if edge.ref and not edge.label] == []


@pytest.mark.parametrize("sizes", [sizes for sizes in SIZES if len(sizes) <= 9], ids=str)
def test_up_to_eight_layers_of_sixteen_are_drawn_in_full(sizes):
    shown = shown_units(trace_of(sizes, ["tanh"] * (len(sizes) - 1), "quadratic"))
    assert shown == tuple(tuple(range(n)) for n in sizes)
    assert not [node for node in folded(sizes).nodes.values() if node.kind == "fold"]


@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_every_value_that_was_given_has_its_place(sizes):
    shape, last = whole(sizes), len(sizes) - 1
    kinds = [node.kind for node in shape.nodes.values()]
    neurons = sum(sizes[1:])
    counts = {"input": sizes[0], "neuron": neurons, "bias": neurons, "target": sizes[-1], "cost": 1}
    assert {kind: kinds.count(kind) for kind in counts} == counts
    assert len(kinds) == sum(counts.values())
    weights = {(edge.ref.layer, *edge.indices) for edge in shape.edges if edge.ref}
    assert weights == {(l, j, k) for l in range(1, last + 1) for j in range(sizes[l]) for k in range(sizes[l - 1])}


@pytest.mark.parametrize("sizes", WIDE, ids=str)
def test_wide_layers_are_folded_and_say_how_many_units_are(sizes):
    shape = folded(sizes)
    assert sum(edge.ref is not None for edge in shape.edges) <= 150
    units = [node for node in shape.nodes.values() if node.kind in ("input", "neuron")]
    missing = {node.ref.layer: node.indices[0] for node in shape.nodes.values() if node.kind == "fold"}
    assert missing
    for l, size in enumerate(sizes):
        assert sum(node.ref.layer == l for node in units) + missing.get(l, 0) == size


def test_the_units_with_the_largest_errors_are_drawn():
    trace = trace_of((30, 40, 20), ["tanh", "tanh"], "quadratic")
    for l, shown in enumerate(shown_units(trace)):
        size = np.abs(trace.value("delta" if l else "a", l)).max(axis=1)
        hidden = np.setdiff1d(np.arange(len(size)), shown)
        assert size[list(shown)].min() >= size[hidden].max()
        assert list(shown) == sorted(shown)


@pytest.mark.parametrize("sizes", [*SIZES, *WIDE], ids=str)
def test_columns_stand_from_left_to_right_and_units_in_their_order(sizes):
    shape = folded(sizes)
    columns = {}
    for node in shape.nodes.values():
        if node.kind in ("input", "neuron", "target"):
            columns.setdefault((node.kind == "target", node.ref.layer), []).append(node)
    xs = [{node.x for node in nodes} for _, nodes in sorted(columns.items())]
    assert all(len(x) == 1 for x in xs)
    assert all(min(left) < min(right) for left, right in pairwise([*xs, {shape.nodes["C"].x}]))
    for nodes in columns.values():
        ordered = sorted(nodes, key=lambda node: node.indices)
        assert [node.y for node in ordered] == sorted(node.y for node in nodes)


@pytest.mark.parametrize("sizes", SMALL, ids=str)
def test_lines_end_at_the_rims_of_what_they_join(sizes):
    shape = whole(sizes)
    for edge in shape.edges:
        for node, x, y in ((edge.source, *edge.ends[:2]), (edge.target, *edge.ends[2:])):
            stand = shape.nodes[node]
            assert np.hypot(x - stand.x, y - stand.y) == pytest.approx(stand.r, abs=0.15)


def test_detail_goes_down_as_the_layers_grow():
    details = [whole((2, n, 2)).detail for n in range(1, 17)]
    order = [FULL, COMPACT, DENSE]
    assert [order.index(detail) for detail in details] == sorted(order.index(detail) for detail in details)
    assert set(details) == set(order)


@pytest.mark.parametrize("sizes", [(3, 4, 2), (784, 128, 128, 10)], ids=str)
def test_identifiers_are_unique(sizes):
    shape = folded(sizes)
    ids = [*shape.nodes, *(edge.id for edge in shape.edges)]
    assert len(set(ids)) == len(ids)


PICTURES = """
import json
from tests.visualizer.oracles import LARGE, MODELS, builder_of
from visualizer.scene import keyframes
made = [keyframes(builder_of(model).plan).data for model in (MODELS["relu_softmax"], LARGE["20-5-2"])]
print(json.dumps([each.pop("geometry") for each in made]))
print(json.dumps(made))
"""


@lru_cache
def pictures():
    """Geometry and frames of two networks, as two processes with different hash seeds write them."""
    environments = [{**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)} for seed in "12"]
    command = [sys.executable, "-c", PICTURES]
    running = [subprocess.Popen(command, env=env, cwd=ROOT, stdout=subprocess.PIPE) for env in environments]
    return [process.communicate()[0].splitlines() for process in running]


@pytest.mark.parametrize("part", [0, 1], ids=["geometry", "frames"])
def test_pictures_do_not_depend_on_the_hash_seed(part):
    first, second = (written[part] for written in pictures())
    assert len(first) > 5_000
    assert first == second
