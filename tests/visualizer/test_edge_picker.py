import json
from itertools import combinations

import numpy as np
import pytest

from engine.task import Task
from tests.visualizer.trials import SPIRAL
from visualizer import palette
from visualizer.edge_picker import drawn_units, offered_places, picker_figure

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
