from dataclasses import replace

import numpy as np
import pytest

from engine import Ref
from tests.visualizer.oracles import LARGE, MODELS, builder_of, drawn
from visualizer.equations import Access
from visualizer.lecture import LARGEST, WRONG, Placeholder, Source, Values, beside, filled
from visualizer.scene import scene_builder
from visualizer.scene.parameter_templates import ParameterTemplates
from visualizer.scene.templates import edge_style, thickest
from visualizer.writing import CHARACTERS, palette, plain

NET = drawn((3, 4, 2), "tanh", "sigmoid")


def looks_at(builder, address, ref, dense=False):
    """Looks of every entry of a weight matrix after a step."""
    parameters, values = ParameterTemplates(builder.lecture), Values(builder.trace)
    moment = builder.lecture.moment(builder.lecture.position(address))
    shape = builder.trace.value(*ref).shape
    access = Access(builder.lecture, moment)
    templates = {i: parameters.look(ref, i, moment, access) for i in np.ndindex(shape)}
    return {i: edge_style(template, values.of, thickest(dense)) for i, template in templates.items()}


@pytest.mark.parametrize("dense", [False, True])
def test_an_edge_is_as_thick_as_its_weight_is_large_beside_the_largest_of_all(dense):
    builder = builder_of(NET)
    most = max(np.abs(layer.W).max() for layer in builder.trace.given.layers)
    most = max(most, *(np.abs(layer.b).max() for layer in builder.trace.given.layers))
    thick = 3.0 if dense else 7.0
    for l, layer in enumerate(builder.trace.given.layers, 1):
        looks = looks_at(builder, "0", Ref("W", l), dense)
        for place, look in looks.items():
            expected = 1.4 + (thick - 1.4) * abs(layer.W[place]) / most
            assert look.width == pytest.approx(expected, abs=0.006)


def test_what_is_negative_is_dashed_and_has_the_colour_of_its_side():
    builder = builder_of(NET)
    for l, layer in enumerate(builder.trace.given.layers, 1):
        for place, look in looks_at(builder, "0", Ref("W", l)).items():
            assert look.dashed == (layer.W[place] < 0)
            assert look.colour != palette.diverging(-layer.W[place], 1.0)


@pytest.mark.parametrize(("address", "shown"), [("0", "W"), ("bp2.1", "W"), ("bp4.1", "dW"), ("update", "W_new")])
def test_a_weight_shows_itself_then_its_gradient_then_what_became_of_it(address, shown):
    builder = builder_of(NET)
    looks = looks_at(builder, address, Ref("W", 1))
    assert {place: look.name for place, look in looks.items()} == {
        place: plain(Ref(shown, 1), *place) for place in looks
    }
    assert all(look.label.startswith("∂") == (shown == "dW") for look in looks.values())


@pytest.mark.parametrize("name", [*MODELS, "5-6-3"])
def test_no_weight_and_no_gradient_is_longer_than_its_plate(name):
    builder = builder_of((MODELS | LARGE)[name])
    for position in range(builder.lecture.phases()[-1][1]):
        looks = builder.scene(position).looks
        assert all(len(looks[edge].label) <= CHARACTERS for edge in builder.drawing.edges)


@pytest.mark.parametrize("name", MODELS)
def test_what_comes_to_stand_beside_a_parameter_ends_with_its_new_value(name):
    builder = builder_of(MODELS[name])
    parameters = ParameterTemplates(builder.lecture)
    for l in range(1, len(builder.trace.given.sizes)):
        refs = parameters.refs(Ref("W", l))
        assert (refs[0], refs[-1]) == (Ref("W", l), Ref("W_new", l))
        assert len(set(refs)) == len(refs)
        assert Ref("dW", l) in refs


def test_beside_a_wrong_number_stands_the_right_one():
    model = replace(NET, mistakes=("no_slope",))
    right = model.right.trace()
    builder = scene_builder(model.trace(), "layer", "en", right=right)
    edge = next(edge for edge in builder.drawing.edges if edge.id == "W.1.1.1")
    look = builder.scene(builder.lecture.position("bp4.1")).looks[edge]
    assert look.label.startswith(f"{WRONG}∂")
    assert float(look.right.replace("−", "-")) == pytest.approx(right.value("dW", 1)[0, 0], rel=1e-2)
    before = builder.scene(0).looks[edge]
    assert (before.right, WRONG in before.label) == ("", False)


def test_numbers_that_agree_but_for_rounding_are_not_told_apart():
    def found(factor):
        other = replace(NET, net=tuple(np.array(NET.net) * factor)).trace()
        values, place = Values(NET.trace(), 0, other), Ref("W", 1)
        return beside(Placeholder("label", (Source(place, (0, 0)),)), Source(place, (0, 0), right=True), values.of)

    assert found(1 + 1e-12) is None
    wrong, right = found(1.01)
    assert wrong.startswith(WRONG)
    assert right != wrong.removeprefix(WRONG)


def test_the_largest_of_what_is_not_finite_is_no_scale():
    trace = NET.trace()
    weights = [trace.value(p, l) for l in (1, 2) for p in "Wb"]
    assert Values(trace).at(LARGEST["weight"]) == max(np.abs(value).max() for value in weights)
    assert Values(trace).at(LARGEST["error"]) == max(np.abs(trace.value("delta", l)).max() for l in (1, 2))
    endless = replace(NET, x=((1e308,) * 3,), net=tuple(np.array(NET.net) * 1e200), activations=("linear", "linear"))
    with np.errstate(all="ignore"):
        assert Values(endless.trace()).at(LARGEST["error"]) == 0


@pytest.mark.parametrize("value", [0.123456789, -1234.5678, 1e-30, 0.0])
@pytest.mark.parametrize("mark", ["", "∂", "γ "])
def test_a_number_behind_its_mark_has_the_room_that_is_left(value, mark):
    text = filled(Placeholder("label", (Source(Ref("W", 1), (0, 0)),), mark), lambda _: value)
    assert text.startswith(mark)
    assert len(text) <= CHARACTERS
