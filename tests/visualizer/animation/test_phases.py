from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest

from engine import Ref
from engine.equations import PHASES
from tests.visualizer.oracles import CASES, LARGE, MODELS, builder_of, drawn, number_of, told
from visualizer.drawing import DENSE
from visualizer.equations.layer_terms import STEPS
from visualizer.writing import number, signed

every_case = pytest.mark.parametrize(("name", "grain"), CASES)


@lru_cache
def plays(name, grain):
    """The step, the animation phases and the moves of every position."""
    builder = builder_of((MODELS | LARGE)[name], grain)
    lecture = builder.lecture
    found = []
    for position in range(1, len(lecture) + 1):
        beats = builder.scene(position).beats
        moves = [move for beat in beats for move in beat.moves]
        found.append((builder.trace.steps[lecture.moment(position).step], beats, moves))
    return builder, found


@every_case
def test_forward_is_to_the_right_and_backward_to_the_left(name, grain):
    _, found = plays(name, grain)
    for step, _, moves in found:
        ways = {move.stop > move.start for move in moves}
        expected = {"forward": {True}, "cost": {True}, "backward": {False}, "update": set()}[step.rule.phase]
        if step.rule.key == "bp4":  # a comes from one end and δ from the other
            expected = {True, False}
        if step.rule.key in STEPS:  # between a neuron and its γ and β: sums go there, and are brought back
            expected = {step.rule.key not in ("mu", "var", "dgamma", "dbeta", "delta_var", "delta_mu")}
        still = ("a", "penalty", "regularize", "clip", "running", "drop")
        assert ways == (set() if step.rule.key in still else expected), step.address
    assert {step.rule.phase for step, _, _ in found} == set(PHASES)


@every_case
def test_nothing_plays_before_the_first_step(name, grain):
    builder, _ = plays(name, grain)
    assert builder.scene(0).beats == []


@every_case
def test_every_step_says_something_at_what_it_writes_or_sends_something_there(name, grain):
    builder, found = plays(name, grain)
    ids = {item.id for item in builder.items}
    ends = {edge.id: {edge.id, edge.source, edge.target} for edge in builder.drawing.edges}
    for position, (step, beats, _) in enumerate(found, 1):
        looks = builder.scene(position).looks
        written = {item.id for item, look in looks.items() if look.state == "write"}
        notes = {place for beat in beats for place in beat.notes}
        reached = set().union(*(ends[edge] for beat in beats for move in beat.moves for edge in move.texts))
        assert written <= notes | reached, step.address
        assert notes <= written, step.address
        assert notes | {edge for beat in beats for move in beat.moves for edge in move.texts} <= ids


@every_case
def test_what_travels_is_what_the_step_reads(name, grain):
    builder, found = plays(name, grain)
    edges = {edge.id: edge for edge in builder.drawing.edges}
    for (step, _, moves), (_, _, needed) in zip(found, told(builder.trace, grain)[1:], strict=True):
        if step.rule.key in ("z", "bp2", "bp4") and moves:
            letter, side, away = {"z": ("a", 1, 1), "bp2": ("delta", 0, 0), "bp4": ("a", 1, 1)}[step.rule.key]
            for edge, text in moves[0].texts.items():
                source = (Ref(letter, edges[edge].ref.layer - away), (edges[edge].indices[side],))
                assert source in needed
                assert text == number(number_of(builder.trace, *source), 3)


@every_case
def test_what_arrives_at_a_sum_is_weight_times_value(name, grain):
    builder, found = plays(name, grain)
    edges = {edge.id: edge for edge in builder.drawing.edges}
    for step, _, moves in found:
        if step.rule.key in ("z", "bp2"):
            for edge, text in moves[1].texts.items():
                (_, layer), (j, k) = edges[edge].ref, edges[edge].indices
                carried = (Ref("a", layer - 1), (k,)) if step.rule.key == "z" else (Ref("delta", layer), (j,))
                product = number_of(builder.trace, Ref("W", layer), (j, k)) * number_of(builder.trace, *carried)
                assert text == number(product, 3)


OPTIMIZED = {  # what is told of a weight while each value is made of it, and by which letters
    "momentum": {"v": [("", "dW"), ("v", "v_W")], "step": [("v", "v_W_new")], "update": None},
    "adam": {
        "m": [("", "dW"), ("m", "m_W")],
        "v": [("", "dW"), ("v", "v_W")],
        "mhat": [("m", "m_W_new")],
        "vhat": [("v", "v_W_new")],
        "step": [("m̂", "mhat_W"), ("v̂", "vhat_W")],
        "update": None,
    },
}


@pytest.mark.parametrize("clip", ["none", "norm"])
@pytest.mark.parametrize("optimizer", OPTIMIZED)
def test_what_an_optimizer_remembers_is_told_by_its_letter_and_a_gradient_by_its_number(optimizer, clip):
    builder = builder_of(replace(MODELS["nesterov"], optimizer=optimizer, clip=clip, clip_at=0.01))
    edge = next(edge for edge in builder.drawing.edges if edge.id.startswith("W.1.1.1"))
    for address, read in OPTIMIZED[optimizer].items():
        told = [beat.notes[edge.id] for beat in builder.scene(builder.lecture.position(address)).beats]
        if read is None:
            old, new = (number_of(builder.trace, Ref(name, 1), (0, 0)) for name in ("W", "W_new"))
            assert told == [signed(new - old, 2)]
            continue
        names = [(letter, "cW" if name == "dW" and clip != "none" else name) for letter, name in read]
        texts = [
            f"{letter} {number(number_of(builder.trace, Ref(name, 1), (0, 0)), 3)}".strip() for letter, name in names
        ]
        assert told == texts


def test_values_meet_in_the_middle_of_their_way():
    _, found = plays("3-4-2", "layer")
    ways = {step.rule.key: [(move.start, move.stop) for move in moves] for step, _, moves in found}
    assert ways["z"] == [(0, 0.5), (0.5, 1), (0, 1)]
    assert ways["c"] == [(0, 1), (0, 1)]
    assert ways["bp1"] == [(1, 0), (1, 0)]
    assert ways["bp2"] == [(1, 0.5), (0.5, 0)]
    assert ways["bp3"] == [(1, 0)]
    assert ways["bp4"] == [(0, 0.44), (1, 0.56)]


def test_a_crowded_drawing_has_dots_and_no_words_and_never_too_many():
    builder, found = plays("8-16-16-4", "layer")
    assert builder.drawing.detail == DENSE
    for _, beats, moves in found:
        assert all(text == "" for move in moves for text in move.texts.values())
        assert all(not beat.notes for beat in beats)
        assert all(sum(len(move.texts) for move in beat.moves) <= 300 for beat in beats)
    assert any(moves for _, _, moves in found)


@pytest.mark.parametrize(("mistakes", "said"), [((), "Σ / m"), (("sum_over_batch",), "Σ")])
def test_of_a_batch_the_mean_is_said_to_be_taken_only_where_it_is(mistakes, said):
    builder = builder_of(replace(MODELS["three samples"], mistakes=mistakes))
    for address in ("c", "bp3.2", "bp4.1"):
        assert set(builder.scene(builder.lecture.position(address)).beats[-1].notes.values()) == {said}


@pytest.mark.parametrize(
    ("changes", "said"),
    [({}, "a − y"), ({"y": ((1.0, 1.0),)}, "a · Σy − y"), ({"mistakes": ("log2",)}, "k (a − y)")],
)
def test_a_matched_pair_is_said_to_come_to_what_it_comes_to(changes, said):
    model = replace(drawn((2, 2, 2), "tanh", "softmax", loss="cross_entropy"), y=((1.0, 0.0),))
    builder = builder_of(replace(model, **changes))
    notes = builder.scene(builder.lecture.position("bp1")).beats[-1].notes
    assert set(notes.values()) == {said}
    a, y, delta = (builder.trace.value(name) for name in ("a", "y", "delta"))
    assert np.allclose(delta, {"a − y": a - y, "a · Σy − y": a * y.sum() - y, "k (a − y)": (a - y) / np.log(2)}[said])
