"""Marks in a scene: colours and dashes of edges, what a step reads and writes, and the words of the legend."""

from functools import cache

import numpy as np
import pytest

from engine import Ref
from engine.core import LANGUAGES
from engine.program import OF_SAMPLES
from tests.visualizer.oracles import CASES, LARGE, MODELS, builder_of, number_of, told
from tests.visualizer.scene.test_scene import every_hand, moments, names, staged
from visualizer.drawing import DENSE, Edge
from visualizer.scene import scene_builder
from visualizer.scene.plan import LEGEND
from visualizer.writing import PARAMETERS, palette, parameter


@every_hand
def test_an_edge_has_the_colour_and_the_dashes_of_the_number_on_it(name, grain):
    builder = staged(name, grain)
    meaning = names(builder)
    layers = range(1, len(builder.trace.given.layers) + 1)
    written = {ref.name for step in builder.trace.steps for ref in step.writes}
    gradients = [name for name in ("cW", "gW", "dW") if name in written]

    def largest(*names):
        return max(
            np.abs(builder.trace.value(part, l)).max()
            for w in names
            for part in (w, w.replace("W", "b"))
            for l in layers
        )

    largest = dict.fromkeys(("W", "W_new"), largest("W")) | dict.fromkeys(gradients, largest(*gradients))
    for _, scene, known in moments(builder):
        for edge in filter(lambda edge: edge.ref, builder.drawing.edges):
            look = scene.looks[edge]
            name = meaning[look.name][0].name
            if name not in largest:  # of what an optimizer keeps: that of the gradient
                name = next(n for n in gradients if (Ref(n, edge.ref.layer), edge.indices) in known)
            amount = number_of(builder.trace, Ref(name, edge.ref.layer), edge.indices)
            assert look.dashed == (amount < 0)
            assert look.colour == palette.diverging(amount, largest[name])
            share = min(1, abs(amount) / largest[name]) if largest[name] else 0
            assert look.width == pytest.approx(1.4 + (7 - 1.4) * share, abs=0.006)


@pytest.mark.parametrize(("name", "thick"), [("8-16-16-4", 3), ("5-6-3", 7)])
def test_the_widest_edge_is_as_wide_as_the_drawing_has_room_for(name, thick):
    builder = builder_of(LARGE[name])
    assert (builder.drawing.detail == DENSE) == (thick == 3)
    weights = [abs(layer.W).max() for layer in builder.trace.given.layers]
    biases = [abs(layer.b).max() for layer in builder.trace.given.layers]
    assert max(biases) < max(weights)
    looks = builder.scene(0).looks
    assert max(looks[edge].width for edge in builder.drawing.edges if edge.ref) == thick


def test_the_width_of_an_edge_grows_with_its_size():
    builder = staged("3-4-2", "layer")
    edges = [edge for edge in builder.drawing.edges if edge.ref]
    for position, name in ((0, "W"), (builder.lecture.position("bp4.1"), "dW"), (len(builder.lecture), "W_new")):
        looks = builder.scene(position).looks
        sizes = [abs(number_of(builder.trace, Ref(name, edge.ref.layer), edge.indices)) for edge in edges]
        widths = [looks[edge].width for _, edge in sorted(zip(sizes, edges, strict=True), key=lambda pair: pair[0])]
        assert widths == sorted(widths)
        assert widths[-1] > 2 * widths[0]


@every_hand
def test_what_a_step_reads_and_writes_is_marked(name, grain):
    builder = staged(name, grain)
    for position, (_, new, needed) in enumerate(told(builder.trace, grain)):
        looks = builder.scene(position).looks
        for item in builder.items:
            shown = _elements(item)
            state = "write" if shown & new else "read" if shown & needed else ""
            assert looks[item].state == state, (position, item.id)


@every_hand
def test_a_gradient_never_looks_like_a_weight(name, grain):
    """A ∂ stands before its number, on an edge and on a bias, and before nothing else."""
    builder = staged(name, grain)
    meaning, seen = names(builder), set()
    for _, scene, _ in moments(builder):
        for item, look in scene.looks.items():
            if item.ref and item.ref.name in PARAMETERS and look[1]:
                ref, _ = meaning[look.name]
                is_gradient = ref.name in {f"{letter}{item.ref.name}" for letter in "dgc"}
                assert look[1].startswith("∂") == is_gradient, (item.id, look)
                seen.add((isinstance(item, Edge), is_gradient))
    assert seen == {(is_edge, is_gradient) for is_edge in (True, False) for is_gradient in (True, False)}


@cache
def letters_of_parameters():
    """The names of all that is read or written anywhere, without what optimizers remember."""
    traces = [staged(*case).trace for case in CASES]
    names = {ref.name for trace in traces for step in trace.steps for ref in (*step.reads, *step.writes)}
    return names - {
        ref.name for trace in traces for ref, _ in told(trace, "layer")[0][0] if ref.name[:2] in ("m_", "v_", "s_")
    }


GAMMAS, BETAS = ["mu", "mean", "mean_new", "delta_mu"], ["var", "variance", "variance_new", "delta_var"]


def _elements(item):
    """The elements that a node or edge of the drawing stands for."""
    if item.ref is None:
        return set()
    if item.ref.name == "C":
        return {(item.ref, ()), (Ref("J", 0), ()), (Ref("penalty", 0), ())}
    neuron = not isinstance(item, Edge) and item.kind == "neuron"
    letters = (*OF_SAMPLES, "a") if neuron else (item.ref.name,)
    if item.ref.name in PARAMETERS:
        letters = [name for name in letters_of_parameters() if parameter(name) == item.ref.name]
        letters += {"gamma": GAMMAS, "beta": BETAS}.get(item.ref.name, [])
    return {(Ref(name, item.ref.layer), item.indices) for name in letters}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_legend_has_words_for_every_mark(lang):
    legend = builder_of(MODELS["mazur"], lang=lang).plan.legend()
    assert [entry["kind"] for entry in legend] == [*LEGEND, "edit"]
    assert len({entry["text"] for entry in legend}) == len(LEGEND) + 1
    kinds = [entry["kind"] for entry in builder_of(MODELS["dropout"], lang=lang).plan.legend()]
    assert kinds == [*LEGEND, "dropped", "edit"]


def test_a_neuron_that_is_switched_off_is_crossed_out_from_then_on():
    builder = builder_of(MODELS["dropout"])
    mask = builder.trace.value("mask", 1)[:, 0]
    assert 0 < (mask == 0).sum() < len(mask)
    for position in range(len(builder.lecture) + 1):
        looks = builder.scene(position).looks
        done = position >= builder.lecture.position("drop.1")
        for node in builder.drawing.nodes.values():
            off = node.kind == "neuron" and node.ref.layer == 1 and mask[node.indices[0]] == 0
            assert getattr(looks[node], "crossed", False) == (done and off)


@every_hand
def test_while_the_next_step_is_asked_for_its_reads_and_writes_are_marked_and_its_result_is_not_there(name, grain):
    asking, moments = (
        scene_builder(staged(name, grain).trace, grain, "en", asking=True),
        told(staged(name, grain).trace, grain),
    )
    meaning = names(asking)
    for position in range(len(asking.lecture)):
        (known, _, _), (_, new, needed) = moments[position : position + 2]
        looks = asking.scene(position).looks
        for item in asking.items:
            shown = _elements(item)
            state = "write" if shown & new else "read" if shown & needed else ""
            assert looks[item].state == state, (position, item.id)
            if item.ref and looks[item][1]:
                assert meaning[looks[item].name] in known, "the answer is told"
                if state == "read":
                    assert meaning[looks[item].name] in needed
    last = len(asking.lecture)
    assert asking.scene(last) == staged(name, grain).scene(last)._replace(animation=asking.scene(last).animation)
