"""Staging: what the first part of a step has of its time, and the others."""

from visualizer.animation.context import AnimationPhase
from visualizer.animation.staging import by_neuron, staged
from visualizer.drawing import drawing


def play(part, lead):
    return [AnimationPhase(notes={part: str(lead)}) for _ in range(2)]


def test_the_first_part_is_played_as_usual_and_all_others_together_take_no_longer_than_four_phases():
    phases = staged("abcdefghij", play)
    assert [list(phase.notes) for phase in phases] == [[part] for part in "aabbccddeeffgghhiijj"]
    assert [phase.notes["a"] for phase in phases[:2]] == ["True", "True"]
    assert {text for phase in phases[2:] for text in phase.notes.values()} == {"False"}
    assert [phase.pace for phase in phases[:2]] == [1, 1]
    assert abs(sum(phase.pace for phase in phases[2:]) - 4) < 1e-9
    assert [phase.pace for phase in staged("ab", play)] == [1, 1, 0.5, 0.5]
    assert staged("", play) == []


def test_parameters_are_grouped_by_their_neuron_layer_by_layer():
    shape = drawing((2, 3, 1), ((0, 1), (0, 1, 2), (0,)))
    edges = [edge for edge in shape.edges if edge.ref]
    groups = by_neuron([*reversed(edges), shape.nodes["b.1.2"]])
    assert [sorted(item.id for item in group) for group in groups] == [
        ["W.1.1.1", "W.1.1.2"],
        ["W.1.2.1", "W.1.2.2", "b.1.2"],
        ["W.1.3.1", "W.1.3.2"],
        ["W.2.1.1", "W.2.1.2", "W.2.1.3"],
    ]
