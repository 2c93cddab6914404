import numpy as np
import pytest
from numpy.testing import assert_allclose

from engine import InputError, Network
from engine.examples import EXAMPLES
from engine.passes import all_nudges, costs, nudge, trace
from engine.settings import Model


def of(example):
    return Model.of_example(example).trace()


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_small_nudge_changes_the_cost_as_delta_says(example):
    t = of(example)
    for told in all_nudges(t, 1e-6, 60):
        assert told.predicted == pytest.approx(told.change, rel=1e-3, abs=1e-10)


def test_a_large_nudge_is_told_by_hand():
    told = nudge(of("homework"), 1, 0, 1.0)  # a¹₁ 1.32 → 2.32, so that the output is 1.36, and C = ½ 0.36²
    assert told.delta == pytest.approx(-0.144)
    assert told.change == pytest.approx(0.0648 - 0.0288)


def test_a_batch_is_nudged_in_every_sample():
    t = of("xor")
    moved = trace(
        t.given.with_bias(1, 1, t.given.layers[0].b[1, 0] + 0.3), t.value("a", 0).T, t.value("y").T, t.loss_name
    )
    assert_allclose(costs(t, 1, 1, [0.3]), [moved.loss])


def test_the_curve_goes_through_the_cost():
    t = of("mazur")
    assert_allclose(costs(t, 2, 0, np.array([-1.0, 0.0, 1.0]))[1], t.loss)


def test_dead_neurons_leave_the_demon_helpless():
    hidden = all_nudges(of("homework_dead_hidden"), 0.1, 60)
    assert [told.helpless for told in hidden] == [False, True, False]
    assert hidden[1].slope == hidden[1].change == 0
    assert all(told.helpless for told in all_nudges(of("homework_dead_output"), 0.1, 60))


def test_a_saturated_neuron_leaves_the_demon_helpless_however_wrong_it_is():
    (told,) = all_nudges(of("saturated"), 1.0, 60)
    assert told.helpless
    assert of("saturated").value("a").item() > 0.999
    assert told.slope < 1e-3


def test_of_many_neurons_only_the_first_are_told():
    t = trace(Network.random((2, 30, 30, 1), ["tanh"] * 3), [1.0, 2.0], [0.5])
    assert len(all_nudges(t, 0.1, 40)) == 40


@pytest.mark.parametrize(("layer", "j"), [(0, 0), (3, 0), (1, 2), (1, -1)])
def test_where_there_is_no_neuron_it_is_said(layer, j):
    with pytest.raises(InputError):
        nudge(of("mazur"), layer, j, 0.1)
