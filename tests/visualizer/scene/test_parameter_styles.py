from dataclasses import replace

import numpy as np
import pytest

from engine import Ref
from tests.visualizer.oracles import LARGE, MODELS, builder_of, drawn
from visualizer.drawing import CHARACTERS
from visualizer.equations import Access
from visualizer.lecture import Values
from visualizer.scene import scene_builder
from visualizer.scene.parameter_styles import ParameterStyles, largest, right_of, tag
from visualizer.scene.styles import WRONG
from visualizer.writing import number, palette, plain

NET = drawn((3, 4, 2), "tanh", "sigmoid")


def looks_at(builder, address, ref, dense=False):
    """Looks of every entry of a weight matrix after a step."""
    parameters = ParameterStyles(builder.lecture, Values(builder.trace), dense)
    moment = builder.lecture.moment(builder.lecture.position(address))
    shape = builder.trace.value(*ref).shape
    access = Access(builder.lecture, moment)
    return parameters, {i: parameters.look(ref, i, moment, access) for i in np.ndindex(shape)}


@pytest.mark.parametrize("dense", [False, True])
def test_an_edge_is_as_thick_as_its_weight_is_large_beside_the_largest_of_all(dense):
    builder = builder_of(NET)
    most = max(np.abs(layer.W).max() for layer in builder.trace.given.layers)
    most = max(most, *(np.abs(layer.b).max() for layer in builder.trace.given.layers))
    thickest = 3.0 if dense else 7.0
    for l, layer in enumerate(builder.trace.given.layers, 1):
        _, looks = looks_at(builder, "0", Ref("W", l), dense)
        for place, look in looks.items():
            expected = 1.4 + (thickest - 1.4) * abs(layer.W[place]) / most
            assert look.width == pytest.approx(expected, abs=0.006)


def test_what_is_negative_is_dashed_and_has_the_colour_of_its_side():
    builder = builder_of(NET)
    for l, layer in enumerate(builder.trace.given.layers, 1):
        for place, look in looks_at(builder, "0", Ref("W", l))[1].items():
            assert look.dashed == (layer.W[place] < 0)
            assert look.colour != palette.diverging(-layer.W[place], 1.0)


@pytest.mark.parametrize(("address", "shown"), [("0", "W"), ("bp2.1", "W"), ("bp4.1", "dW"), ("update", "W_new")])
def test_a_weight_shows_itself_then_its_gradient_then_what_became_of_it(address, shown):
    builder = builder_of(NET)
    _, looks = looks_at(builder, address, Ref("W", 1))
    assert {place: look.name for place, look in looks.items()} == {
        place: plain(Ref(shown, 1), *place) for place in looks
    }
    assert all(look.label.startswith("∂") == (shown == "dW") for look in looks.values())


@pytest.mark.parametrize("name", [*MODELS, "5-6-3"])
def test_no_weight_and_no_gradient_is_longer_than_its_plate(name):
    builder = builder_of((MODELS | LARGE)[name])
    for position in range(builder.lecture.phases()[-1][1]):
        looks = builder.scene(position).looks
        assert all(len(looks[line].label) <= CHARACTERS for line in builder.drawing.lines)


@pytest.mark.parametrize("name", MODELS)
def test_what_comes_to_stand_beside_a_parameter_ends_with_its_new_value(name):
    builder = builder_of(MODELS[name])
    parameters = ParameterStyles(builder.lecture, Values(builder.trace), False)
    for l in range(1, len(builder.trace.given.sizes)):
        refs = parameters.refs(Ref("W", l))
        assert (refs[0], refs[-1]) == (Ref("W", l), Ref("W_new", l))
        assert len(set(refs)) == len(refs)
        assert Ref("dW", l) in refs


def test_beside_a_wrong_number_stands_the_right_one():
    model = replace(NET, mistakes=("no_slope",))
    right = model.right.trace()
    builder = scene_builder(model.trace(), "layer", "en", right=right)
    parameters = ParameterStyles(builder.lecture, Values(builder.trace), False, Values(right))
    moment = builder.lecture.moment(builder.lecture.position("bp4.1"))
    look = parameters.look(Ref("W", 1), (0, 0), moment, Access(builder.lecture, moment))
    assert look.label.startswith(f"{WRONG}∂")
    assert float(look.right.replace("−", "-")) == pytest.approx(right.value("dW", 1)[0, 0], rel=1e-2)
    before = parameters.look(
        Ref("W", 1), (0, 0), builder.lecture.moment(0), Access(builder.lecture, builder.lecture.moment(0))
    )
    assert (before.right, WRONG in before.label) == ("", False)


def test_numbers_that_agree_but_for_rounding_are_not_told_apart():
    trace = NET.trace()
    nearly = replace(NET, net=tuple(np.array(NET.net) * (1 + 1e-12))).trace()
    other = replace(NET, net=tuple(np.array(NET.net) * 1.01)).trace()
    values = Values(trace)
    assert right_of(values, None, Ref("W", 1), (0, 0)) is None
    assert right_of(values, Values(nearly), Ref("W", 1), (0, 0)) is None
    assert right_of(values, Values(other), Ref("W", 1), (0, 0)) == other.value("W", 1)[0, 0]


def test_the_largest_of_what_is_not_finite_is_no_scale():
    trace = NET.trace()
    assert largest(trace, [Ref("W", 1), Ref("W", 2)]) == max(np.abs(trace.value("W", l)).max() for l in (1, 2))
    assert largest(trace, []) == 0
    endless = replace(NET, x=((1e308,) * 3,), net=tuple(np.array(NET.net) * 1e200), activations=("linear", "linear"))
    with np.errstate(all="ignore"):
        assert largest(endless.trace(), [Ref("z", 1)]) == 0


@pytest.mark.parametrize("value", [0.123456789, -1234.5678, 1e-30, 0.0])
@pytest.mark.parametrize("mark", ["", "∂", "γ "])
def test_a_number_behind_its_mark_has_the_room_that_is_left(value, mark):
    text = tag(value, number, mark)
    assert text.startswith(mark)
    assert len(text) <= CHARACTERS
