import json
from itertools import combinations

import numpy as np
import pytest

from engine.settings import Task
from tests.visualizer.trials import SPIRAL
from visualizer.drawing import HEIGHT, drawing
from visualizer.landscape import drawn_units, offered_places, picker_figure
from visualizer.writing import palette

BIG = Task(data="moons", hidden=(60, 3), activations=("tanh", "tanh", "sigmoid"))


def drawn(task):
    network = task.network()
    return network, drawn_units(network, task)


@pytest.mark.parametrize("task", [Task(), SPIRAL, BIG], ids=["xor", "spiral", "large"])
def test_every_offered_parameter_is_a_point_of_its_own(task):
    network, shown = drawn(task)
    offered = offered_places(shown)
    points = picker_figure(network, shown, (offered[0], offered[1])).data[-1]
    assert sorted(map(str, points.customdata)) == sorted(str(list(place)) for place in offered)
    for place in offered:
        network.index(*place)
    where = np.column_stack([points.x, points.y])
    assert min(np.abs(a - b).max() for a, b in combinations(where, 2)) > 1
    assert {name[0] for name in points.hovertext} == {"w", "b"}


def test_the_two_chosen_ones_are_marked_and_signs_are_told_apart():
    network, shown = drawn(Task())
    first, second = (1, 0, 1), (2, 0, None)
    figure = picker_figure(network, shown, (first, second))
    points = figure.data[-1]
    marked = [
        tuple(place)
        for place, colour in zip(points.customdata, points.marker.color, strict=True)
        if colour == palette.WRITE
    ]
    assert set(marked) == {first, second}
    positive, negative, chosen = figure.data[:3]
    weights = np.concatenate([layer.W.ravel() for layer in network.layers])
    assert (len(positive.x) // 3, len(negative.x) // 3) == ((weights >= 0).sum(), (weights < 0).sum())
    assert len(chosen.x) == 3
    json.loads(figure.to_json())


@pytest.mark.parametrize("task", [Task(), SPIRAL], ids=["xor", "spiral"])
def test_a_point_stands_on_its_edge_the_further_along_the_further_down_that_ends(task):
    network, shown = drawn(task)
    shape = drawing(network.sizes, shown)
    points = picker_figure(network, shown, ((1, 0, 0), (1, 0, 1))).data[-1]
    where = {tuple(place): at for place, *at in zip(points.customdata, points.x, points.y, strict=True)}
    for edge in (edge for edge in shape.edges if edge.ref):
        l, (j, k) = edge.ref.layer, edge.indices
        units = shown[l]
        share = 0.15 + 0.7 * (units.index(j) / (len(units) - 1) if len(units) > 1 else 0)
        x1, y1, x2, y2 = edge.ends
        assert where[l, j, k] == pytest.approx([x1 + share * (x2 - x1), y1 + share * (y2 - y1)])
    for node in shape.nodes.values():
        if node.kind == "bias":
            assert where[node.ref.layer, *node.indices, None] == [node.x, node.y]


def test_what_is_chosen_is_larger_and_thicker_and_biases_are_diamonds():
    network, shown = drawn(Task())
    figure = picker_figure(network, shown, ((1, 0, 1), (2, 0, None)))
    positive, negative, chosen, neurons, points = figure.data
    assert [trace.line.color for trace in (positive, negative)] == [palette.POSITIVE, palette.NEGATIVE]
    assert [trace.line.width for trace in (positive, negative, chosen)] == [1, 1, 4]
    looks = zip(points.customdata, points.marker.size, points.marker.symbol, strict=True)
    for place, size, symbol in looks:
        assert size == (14 if tuple(place) in ((1, 0, 1), (2, 0, None)) else 8)
        assert symbol == ("diamond" if place[2] is None else "circle")
    assert (list(neurons.marker.symbol), neurons.marker.size) == (["square"] * 2 + ["circle"] * 3, 13)


def test_a_weight_of_nought_is_drawn_with_the_positive_ones():
    network, shown = drawn(Task())
    network = network.with_weight(1, 0, 0, 0.0).with_weight(1, 0, 1, -1.0)
    positive, negative, *_ = picker_figure(network, shown, ((1, 0, 1), (2, 0, None))).data
    (edge,) = (edge for edge in drawing(network.sizes, shown).edges if edge.id.startswith("W.1.1.1"))
    assert [edge.ends[0], edge.ends[2], None] in [list(positive.x[i : i + 3]) for i in range(0, len(positive.x), 3)]
    assert (len(positive.x) + len(negative.x)) // 3 == 6


def test_all_of_the_drawing_up_to_the_outputs_is_seen_and_it_stands_upright():
    network, shown = drawn(Task())
    figure = picker_figure(network, shown, ((1, 0, 1), (2, 0, None)))
    outputs = max(x for trace in figure.data for x in trace.x if x is not None)
    assert list(figure.layout.xaxis.range) == [0, outputs + 60]
    assert list(figure.layout.yaxis.range) == [HEIGHT, 0]
    assert figure.layout.height == 300
