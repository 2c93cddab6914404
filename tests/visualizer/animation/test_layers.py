import re

import numpy as np
import pytest

from engine import OPTIMIZERS
from tests.visualizer.oracles import builder_of, drawn
from visualizer.animation.layers import LAYER_ANIMATIONS
from visualizer.equations.layer_terms import STEPS
from visualizer.writing import number, parameter

NORMED = drawn((2, 3, 1), "tanh", "sigmoid", samples=3).with_settings(batch_norm=True)
TOLD = [name for name, optimizer in OPTIMIZERS.items() if optimizer.explained or optimizer.slots]


def plays(model, key, grain="layer"):
    """The step of a key, and its phases, layer by layer."""
    builder = builder_of(model, grain)
    for position in range(1, len(builder.lecture) + 1):
        step = builder.trace.steps[builder.lecture.moment(position).step]
        if step.rule.key == key:
            yield builder, step, builder.scene(position).animation


def number_in(text):
    found = re.search(r"-?[\d.]+(e-?\d+)?", text.replace("−", "-").replace("·10", "e"))
    return float(found[0]) if found else None


def test_every_step_of_a_normalized_layer_has_a_play_of_its_own():
    assert set(STEPS) <= set(LAYER_ANIMATIONS)


@pytest.mark.parametrize("key", ["mu", "var", "dgamma", "dbeta"])
def test_a_sum_over_the_batch_gathers_a_number_from_every_neuron_and_is_said_once_for_each(key):
    for builder, step, animation in plays(NORMED, key):
        travels, said = animation
        (move,) = travels.moves
        assert (move.start, move.stop) == (1, 0)
        assert len(move.texts) == len(said.notes) == builder.trace.given.sizes[step.layer]


@pytest.mark.parametrize("key", ["zhat", "u"])
def test_what_the_batch_has_in_common_goes_to_every_neuron_from_two_sides(key):
    for builder, step, animation in plays(NORMED, key):
        moves = [move for phase in animation for move in phase.moves]
        assert [(move.start, move.stop) for move in moves] == [(0, 1)] * 2
        assert all(len(move.texts) == builder.trace.given.sizes[step.layer] for move in moves)


@pytest.mark.parametrize("optimizer", TOLD)
@pytest.mark.parametrize("clip", ["none", "norm"])
def test_a_law_says_on_every_edge_all_that_it_reads_there_one_after_the_other(optimizer, clip):
    model = drawn((2, 2, 1), "tanh", "sigmoid").with_settings(optimizer=optimizer, clip=clip, clip_at=0.05)
    builder = builder_of(model)
    found = 0
    for position in range(1, len(builder.lecture) + 1):
        step = builder.trace.steps[builder.lecture.moment(position).step]
        if step.rule.phase != "update" or step.rule.key == "update":
            continue
        animation, edges = builder.scene(position).animation, [edge for edge in builder.drawing.edges if edge.ref]
        for edge in edges:
            own = [r for r in sorted(step.reads) if (r.layer, parameter(r.name)) == (edge.ref.layer, edge.ref.name)]
            notes = [phase.notes[edge.id] for phase in animation if edge.id in phase.notes]
            assert len(notes) == len(own)
            for ref, note in zip(own, notes, strict=True):
                value = float(builder.trace.value(*ref)[edge.indices])
                assert note.endswith(number(value, 3))
                has_letter = note != number(value, 3)
                assert has_letter == (ref.name not in ("W", "dW", "cW")), (ref, note)
                found += 1
    assert found


def test_what_dropout_leaves_is_said_with_its_factor():
    model = drawn((2, 4, 1), "tanh", "sigmoid").with_settings(dropout=0.5)
    for builder, step, animation in plays(model, "drop"):
        mask = builder.trace.value("mask", step.layer)[:, 0]
        (phase,) = animation
        factors = [number_in(phase.notes[f"a.{step.layer}.{j + 1}"]) for j in range(len(mask))]
        assert np.allclose(factors, mask)
        assert {0.0, 2.0} >= set(factors)


def test_nothing_is_played_for_what_is_not_there():
    model = drawn((2, 2, 1), "tanh", "sigmoid")
    assert [list(plays(model, key)) for key in LAYER_ANIMATIONS if key != "delta"] == [[]] * (len(LAYER_ANIMATIONS) - 1)
