from dataclasses import replace
from functools import lru_cache
from itertools import combinations

import numpy as np
import pytest

from engine import ACTIVATIONS, Ref
from engine.equations import PHASES
from engine.mistakes import MISTAKES
from tests.visualizer.oracles import CASES, LARGE, MODELS, builder_of, drawn, number_of
from visualizer.drawing import DENSE, DESK, HALL, drawing
from visualizer.equations import named
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
        animation = builder.scene(position).animation
        moves = [move for phase in animation for move in phase.moves]
        found.append((builder.trace.steps[lecture.moment(position).step], animation, moves))
    return builder, found


def _is_to_the_right(phase, move):
    """Whether a number travels to the right; where it meets another is in the middle of the edge."""
    start, stop = (0.5 if share is None else share for share in (move.start, move.stop))
    return stop > start


@every_case
def test_forward_is_to_the_right_and_backward_to_the_left(name, grain):
    builder, found = plays(name, grain)
    for step, animation, _ in found:
        ways = {_is_to_the_right(phase, move) for phase in animation for move in phase.moves}
        expected = {"forward": {True}, "cost": {True}, "backward": {False}, "update": set()}[step.rule.phase]
        if step.rule.key == "bp4":  # a comes to the δ that is there; in a crowd both meet
            expected = {True, False} if builder.drawing.detail == DENSE else {True}
        if step.rule.key in STEPS:  # between a neuron and its γ and β: sums go there, and are brought back
            expected = {step.rule.key not in ("mu", "var", "dgamma", "dbeta", "delta_var", "delta_mu")}
        still = ("a", "penalty", "regularize", "clip", "running", "drop")
        assert ways == (set() if step.rule.key in still else expected), step.address
    assert {step.rule.phase for step, _, _ in found} == set(PHASES)


@every_case
def test_nothing_plays_before_the_first_step(name, grain):
    builder, _ = plays(name, grain)
    assert builder.scene(0).animation == []


@every_case
def test_every_step_says_something_at_what_it_writes_or_sends_something_there(name, grain):
    builder, found = plays(name, grain)
    ids = {item.id for item in builder.items}
    ends = {edge.id: {edge.id, edge.source, edge.target} for edge in builder.drawing.edges}
    for position, (step, animation, _) in enumerate(found, 1):
        looks = builder.scene(position).looks
        written = {item.id for item, look in looks.items() if look.state == "write"}
        notes = {place for phase in animation for place in phase.notes}
        reached = set().union(*(ends[edge] for phase in animation for move in phase.moves for edge in move.texts))
        assert written <= notes | reached, step.address
        assert notes <= {item.id for item, look in looks.items() if look.state}, step.address
        assert notes | {edge for phase in animation for move in phase.moves for edge in move.texts} <= ids


def neurons(builder, step, animation):
    """The phases of each neuron of a step, up to where its number arrives."""
    found, own = [], []
    for phase in animation:
        own.append(phase)
        if phase.arrive:
            found.append(own)
            own = []
    assert own == [], step.address
    return found


def of_weights(builder, side, layer, unit):
    edges = [edge for edge in builder.drawing.edges if edge.ref == Ref("W", layer)]
    return [edge for edge in edges if edge.indices[side] == unit]


@every_case
def test_products_appear_on_their_edges_and_add_up_at_their_neuron(name, grain):
    builder, found = plays(name, grain)
    if builder.drawing.detail == DENSE:
        return
    for step, animation, _ in found:
        if step.rule.key not in ("z", "bp2"):
            continue
        side = int(step.rule.key == "bp2")
        layer = step.layer + side
        for i, own in enumerate(neurons(builder, step, animation)):
            ((neuron,),) = {phase.arrive for phase in own if phase.arrive}
            unit = int(neuron.split(".")[-1]) - 1
            edges = of_weights(builder, side, layer, unit)
            carried = Ref("delta", layer) if side else Ref("a", layer - 1)
            weights = [number_of(builder.trace, Ref("W", layer), edge.indices) for edge in edges]
            values = [number_of(builder.trace, carried, edge.indices[1 - side : 2 - side]) for edge in edges]
            lead = i == 0
            meets, becomes = own[lead : lead + 2]
            pairs = zip(weights, values, strict=True)
            assert list(meets.notes.values()) == [f"{number(w, 3)} × {number(a, 3)}" for w, a in pairs]
            products = [w * a for w, a in zip(weights, values, strict=True)]
            assert list(becomes.notes.values()) == [number(product, 3) for product in products]
            assert list(meets.notes) == list(becomes.notes) == [edge.id for edge in edges]
            assert all(phase.side == side for phase in own if phase.moves and neuron not in str(phase.moves))
            if not lead:
                continue
            assert list(own[0].moves[0].texts.values()) == [number(value, 3) for value in values]
            steps = own[3 : 3 + len(edges)]
            assert [list(phase.moves[0].texts.values()) for phase in steps] == [[number(p, 3)] for p in products]
            so_far = [f"Σ {number(sum(products[:k]), 3)}" for k in range(1, len(edges))]
            assert [phase.notes[neuron] for phase in steps[1:]] == so_far


@every_case
def test_a_slope_comes_out_of_the_curve_of_its_neuron_and_is_multiplied(name, grain):
    builder, found = plays(name, grain)
    if builder.drawing.detail == DENSE:
        return
    for step, animation, _ in found:
        activation = builder.trace.given.activations[step.layer - 1] if step.layer else ""
        if step.rule.key not in ("bp1", "bp2") or not ACTIVATIONS[activation].elementwise:
            continue
        if step.rule.key == "bp1" and builder.trace.loss_function.matched:
            continue
        for own in neurons(builder, step, animation):
            *_, curve, last = own
            ((neuron, point),) = curve.curves.items()
            unit = (int(neuron.split(".")[-1]) - 1,)
            assert point.name == activation
            given, slope = named(builder.trace, step.layer, "z"), named(builder.trace, step.layer, "slope")
            assert point.at.value == Ref(given, step.layer)
            told_ = number(number_of(builder.trace, Ref(slope, step.layer), unit), 3)
            assert curve.notes[neuron] == f"σ′ {told_}"
            assert last.notes[neuron].endswith(f" × {told_}")
            assert last.arrive == (neuron,)


@every_case
def test_a_gradient_is_seen_as_the_product_of_its_two_ends(name, grain):
    builder, found = plays(name, grain)
    edges = {edge.id: edge for edge in builder.drawing.edges}
    if builder.drawing.detail == DENSE:
        return
    for step, animation, _ in found:
        if step.rule.key != "bp4":
            continue
        for _, meets, becomes, *_ in neurons(builder, step, animation):
            for name_, text in meets.notes.items():
                j, k = edges[name_].indices
                a = number_of(builder.trace, Ref("a", step.layer - 1), (k,))
                delta = number_of(builder.trace, Ref("delta", step.layer), (j,))
                assert text == f"{number(a, 3)} × {number(delta, 3)}"
                assert becomes.notes[name_] == number(a * delta, 3)


@every_case
def test_every_number_arrives_once_and_the_first_neuron_has_most_of_the_time(name, grain):
    builder, found = plays(name, grain)
    for position, (step, animation, _) in enumerate(found, 1):
        arrived = [name_ for phase in animation for name_ in phase.arrive]
        assert len(arrived) == len(set(arrived)), step.address
        looks = builder.scene(position).looks
        written = {item.id for item, look in looks.items() if look.state == "write"}
        assert set(arrived) <= written, step.address
        if step.rule.key in ("z", "a", "bp1", "bp2", "update") and builder.drawing.detail != DENSE:
            assert set(arrived) == written, step.address
        assert sum(phase.pace for phase in animation if phase.pace < 1) <= 4 + 1e-9
        assert [phase.pace for phase in animation] == sorted((phase.pace for phase in animation), reverse=True)


def test_an_update_says_the_old_number_what_the_equation_does_with_it_and_by_how_much():
    builder, found = plays("3-4-2", "layer")
    ((step, animation, _),) = [one for one in found if one[0].rule.key == "update"]
    trace = builder.trace
    old, new, slope = (number_of(trace, Ref(name, 1), (0, 0)) for name in ("W", "W_new", "dW"))
    rule, change = animation[:2]
    assert rule.notes["W.1.1.1"] == f"{number(old, 3)} − η · {number(slope, 3)}"
    assert change.notes["W.1.1.1"] == f"{number(old, 3)} {signed(new - old, 2)}"
    assert change.arrive == tuple(change.notes)
    assert len(neurons(builder, step, animation)) == 6


def test_who_does_not_train_biases_is_not_told_that_they_move():
    builder = builder_of(replace(MODELS["3-4-2"], train_bias=False))
    animation = builder.scene(len(builder.lecture)).animation
    assert not any("η" in text for phase in animation for name, text in phase.notes.items() if name.startswith("b."))
    assert any("η" in text for phase in animation for text in phase.notes.values())


NETWORKS = {
    "3-4-2": MODELS["3-4-2"],
    "tanh": drawn((3, 4, 2), "tanh", "tanh", loss="quadratic"),
    "square": drawn((3, 3, 3), "sigmoid", "sigmoid", loss="quadratic"),
}


def worth(text, activation):
    """The number that a note comes to; nothing where it names a function."""
    written = text.replace("−", "-").replace(" × ", "*").replace("²", "**2")
    slope = {"sigmoid": lambda z: np.exp(-z) / (1 + np.exp(-z)) ** 2, "tanh": lambda z: 1 - np.tanh(z) ** 2}
    return eval(written.replace("σ′", "slope"), {"slope": slope[activation]})


def mistaken_steps(mistake):
    """The steps of some networks that a mistake changes, each with its position and the scene builder."""
    for model in NETWORKS.values():
        try:
            builder = builder_of(replace(model, mistakes=(mistake,)))
        except ValueError:
            continue
        for position in range(1, len(builder.lecture) + 1):
            step = builder.trace.steps[builder.lecture.moment(position).step]
            if step.rule.element:
                yield builder, position, step


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_step_with_a_mistake_plays_what_the_mistake_makes(mistake):
    for builder, position, step in mistaken_steps(mistake):
        animation = builder.scene(position).animation
        assert animation, step.address
        items = {item.id: item for item in builder.items}
        arrived = {name_: phase.notes.get(name_) for phase in animation for name_ in phase.arrive}
        ref = step.writes[0]
        activation = builder.trace.given.activations[step.layer - 1]
        for name_, text in arrived.items():
            if text is None:  # its numbers stand nowhere on the edges
                assert not any(phase.notes for phase in animation)
                continue
            shown = number_of(builder.trace, ref, items[name_].indices)
            assert worth(text, activation) == pytest.approx(shown, rel=0.03, abs=2e-3), (step.address, text)


@pytest.mark.parametrize("mistake", ["slope_of_a", "elementwise", "gradient_for_error", "no_bias", "first_error"])
def test_products_of_a_mistake_are_seen_where_it_multiplies(mistake):
    seen = 0
    for builder, position, step in mistaken_steps(mistake):
        notes = [(n, text) for phase in builder.scene(position).animation for n, text in phase.notes.items()]
        products = [text for n, text in notes if n.startswith("W.") and " × " in text]
        seen += len(products)
        assert products or step.rule.key == "bp1"
    assert seen


@pytest.mark.parametrize("form", [DESK, HALL])
@pytest.mark.parametrize("sizes", [(2, 2, 2), (3, 4, 2), (4, 3, 2), (2, 3, 2), (2, 2, 1)])
def test_products_of_one_neuron_do_not_cover_each_other(sizes, form):
    shape = drawing(sizes, tuple(tuple(range(n)) for n in sizes), (), form)
    for side in (0, 1):
        for layer in range(1, len(sizes)):
            for unit in range(sizes[layer - side]):
                edges = [e for e in shape.edges if e.ref == Ref("W", layer) and e.indices[side] == unit]
                places = [_place(edge.ends, edge.meet[side]) for edge in edges]
                for (x1, y1), (x2, y2) in combinations(places, 2):
                    assert abs(x1 - x2) >= shape.meeting.width or abs(y1 - y2) >= shape.meeting.height


def _place(ends, share):
    x1, y1, x2, y2 = ends
    return x1 + share * (x2 - x1), y1 + share * (y2 - y1)


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
        animation = builder.scene(builder.lecture.position(address)).animation
        told = [phase.notes[edge.id] for phase in animation if edge.id in phase.notes]
        if read is None:
            old, new = (number_of(builder.trace, Ref(name, 1), (0, 0)) for name in ("W", "W_new"))
            assert told == [f"{number(old, 3)} {signed(new - old, 2)}"]
            continue
        names = [(letter, "cW" if name == "dW" and clip != "none" else name) for letter, name in read]
        texts = [
            f"{letter} {number(number_of(builder.trace, Ref(name, 1), (0, 0)), 3)}".strip() for letter, name in names
        ]
        assert told == texts


def test_a_crowded_drawing_has_dots_and_no_words_and_never_too_many():
    builder, found = plays("8-16-16-4", "layer")
    assert builder.drawing.detail == DENSE
    for _, animation, moves in found:
        assert all(text == "" for move in moves for text in move.texts.values())
        assert all(not phase.notes for phase in animation)
        assert all(sum(len(move.texts) for move in phase.moves) <= 300 for phase in animation)
    assert any(moves for _, _, moves in found)


@pytest.mark.parametrize(("mistakes", "said"), [((), "Σ / m"), (("sum_over_batch",), "Σ")])
def test_of_a_batch_the_mean_is_said_to_be_taken_only_where_it_is(mistakes, said):
    builder = builder_of(replace(MODELS["three samples"], mistakes=mistakes))
    for address in ("c", "bp3.2", "bp4.1"):
        assert set(builder.scene(builder.lecture.position(address)).animation[-1].notes.values()) == {said}


@pytest.mark.parametrize(
    ("changes", "said"),
    [({}, None), ({"y": ((1.0, 1.0),)}, "a · Σy − y"), ({"mistakes": ("log2",)}, "k (a − y)")],
)
def test_a_matched_pair_is_said_to_come_to_what_it_comes_to(changes, said):
    model = replace(drawn((2, 2, 2), "tanh", "softmax", loss="cross_entropy"), y=((1.0, 0.0),))
    builder = builder_of(replace(model, **changes))
    animation = builder.scene(builder.lecture.position("bp1")).animation
    notes = [phase.notes for phase in animation if phase.notes]
    a, y, delta = (builder.trace.value(name) for name in ("a", "y", "delta"))
    expected = [said or f"{number(float(a[i, 0]), 3)} − {number(float(y[i, 0]), 3)}" for i in range(2)]
    assert [text for each in notes for text in each.values()] == expected
    comes_to = {None: a - y, "a · Σy − y": a * y.sum() - y, "k (a − y)": (a - y) / np.log(2)}
    assert np.allclose(delta, comes_to[said])
