from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from engine import ACTIVATIONS, InputError
from engine.examples import EXAMPLES
from engine.layers import count_parameters
from engine.options import setting_names
from engine.passes import trace
from engine.settings import Model, model, model_from_query, model_to_query


def test_an_iteration_is_the_training_loop_replayed():
    made, problems = model_from_query({"example": "mazur", "iteration": "6"})
    assert problems == []
    e = EXAMPLES["mazur"]
    network = e.network
    for _ in range(5):
        network = trace(network, e.x, e.y, e.loss, e.optimizer, e.learning_rate).network
    assert_array_equal(made.trace().given.theta, network.theta)
    assert made.trace().update is not None


def test_biases_are_trained_or_not_as_the_link_says():
    trained, _ = model_from_query({"example": "mazur", "biases": "1"})
    assert trained.trace().value("b_new", 1)[0, 0] != 0.35
    assert model_from_query({"example": "mazur"})[0].trace().value("b_new", 1)[0, 0] == 0.35
    fixed, _ = model_from_query({"example": "xor", "biases": "0"})
    assert_array_equal(fixed.trace().value("b_new", 1), fixed.trace().value("b", 1))


def test_an_edited_network_travels_in_the_link_and_starts_anew():
    original = replace(Model.of_example("mazur"), iteration=7)
    edited = original.edited(original.network().with_weight(1, 0, 1, 0.1 + 0.2))
    assert edited.iteration == 1
    back, problems = model_from_query(model_to_query(edited))
    assert problems == []
    assert back.network().layers[0].W[0, 1] == 0.1 + 0.2
    assert back.edited(EXAMPLES["mazur"].network) == Model.of_example("mazur")


def test_models_are_values():
    first, second = (model_from_query({"sizes": "2-3-1", "seed": "5"})[0] for _ in range(2))
    assert first == second
    assert hash(first) == hash(second)
    assert first != model_from_query({"sizes": "2-3-1", "seed": "6"})[0]


OTHER = {str: "other", bool: False, int: 7, float: 0.125, tuple: (-2.0,)}
ONE = Model("mazur", (2, 2), ("tanh",), "zeros", 1, "mse", "sgd", 0.5, ((0.1,),), ((0.2,),), True, (-1.0,), 2)


@pytest.mark.parametrize("name", setting_names(Model))
def test_a_model_with_any_other_field_is_another(name):
    now = getattr(ONE, name)
    other = not now if isinstance(now, bool) else OTHER[type(now) if now is not None else tuple]
    assert replace(ONE, **{name: other}) != ONE
    assert replace(ONE, **{name: now}) == ONE


def test_weights_of_the_same_hash_make_models_of_their_own():
    assert hash(-1.0) == hash(-2.0)
    first, second = (replace(ONE, net=(weight, 0.5)) for weight in (-1.0, -2.0))
    assert first != second
    assert first.digest != second.digest


def test_the_digest_of_a_model_is_computed_once(monkeypatch):
    made = []
    monkeypatch.setattr(model, "digest", lambda values: made.append(values) or "the digest")
    one = replace(ONE)
    assert one == one  # noqa: PLR0124
    assert hash(one) == hash(one)
    assert one == replace(ONE)
    assert len(made) == 2


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_model_of_an_example_runs_what_the_example_says(name):
    e = EXAMPLES[name]
    expected = trace(e.network, e.x, e.y, e.loss, e.optimizer, e.learning_rate)
    assert_array_equal(Model.of_example(name).trace().network.theta, expected.network.theta)


@given(
    st.lists(st.integers(1, 5), min_size=2, max_size=4), st.sampled_from(list(ACTIVATIONS)), st.integers(0, 2**32 - 1)
)
def test_a_drawn_model_works_with_every_output(sizes, output, seed):
    made = Model.drawn(tuple(sizes), ("tanh",) * (len(sizes) - 2) + (output,), "xavier_uniform", seed)
    made.check()
    assert made.trace().first_not_finite is None
    assert np.abs(made.x).max() <= 1


def test_drawing_needs_one_activation_per_layer():
    with pytest.raises(InputError, match="2 for these sizes"):
        Model.drawn((2, 3, 1), ("tanh",), "zeros", 1)


def test_parameters_are_weights_and_biases():
    assert count_parameters((3, 4, 2)) == 4 * 3 + 4 + 2 * 4 + 2


@pytest.mark.parametrize("eta", [-1.0, float("nan"), float("inf")])
def test_a_learning_rate_that_does_not_work_is_found_by_the_check(eta):
    with pytest.raises(InputError, match="learning rate"):
        replace(Model.of_example("mazur"), eta=eta).check()


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_costs_are_those_of_every_iteration_so_far(name):
    model = replace(Model.of_example(name), iteration=4)
    assert model.costs() == tuple(replace(model, iteration=i).trace().loss for i in (1, 2, 3, 4))


def test_penalty_and_clipping_are_part_of_every_iteration():
    options = {"regularizer": "l2", "strength": 0.1, "clip": "norm", "clip_at": 0.05}
    model = replace(Model.of_example("mazur"), iteration=3, **options)
    network, state = model.network(), None
    for _ in range(2):
        done = trace(network, model.x, model.y, model.loss, model.optimizer, model.eta, state, **options)
        network, state = done.network, done.state
    np.testing.assert_array_equal(model.trace().given.theta, network.theta)
    assert [step.rule.key for step in model.trace().steps if not step.layer] == [
        "penalty",
        "regularize",
        "clip",
        "update",
    ]


@pytest.mark.parametrize(
    "changes", [{"regularizer": "x"}, {"strength": -1.0}, {"clip": "x"}, {"clip": "norm", "clip_at": 0.0}]
)
def test_options_that_do_not_work_are_found_by_the_check(changes):
    with pytest.raises(InputError):
        replace(Model.of_example("mazur"), **changes).check()


OWN = Model.drawn((2, 3, 2), ("tanh", "sigmoid"), "xavier_uniform", 5)


def test_a_norm_needs_a_batch_and_finds_one():
    normed = OWN.with_settings(batch_norm=True)
    assert (normed.x[:1], normed.y[:1], len(normed.x)) == (OWN.x, OWN.y, 4)
    normed.check()
    assert normed.network().architecture.norms == (True, False)
    assert OWN.with_settings(training=False).with_settings(batch_norm=True).x == OWN.x
    assert len(OWN.with_settings(training=False, batch_norm=True).with_settings(training=True).x) == 4
    with pytest.raises(InputError, match="cannot be normalized"):
        replace(OWN, batch_norm=True).check()


def test_the_numbers_of_a_norm_come_and_go_with_it_and_may_be_left_out():
    edited = OWN.with_settings(batch_norm=True)
    edited = edited.edited(edited.network().with_norm("beta", 1, 2, 0.5))
    assert edited.network().layers[0].batch_norm.beta[2, 0] == 0.5
    assert len(edited.net) == 9 + 8 + 4 * 3
    plain = edited.with_settings(batch_norm=False)
    assert len(plain.net) == 9 + 8
    short = replace(edited, net=plain.net)
    short.check()
    assert short.network().layers[0].batch_norm.beta[2, 0] == 0
    with pytest.raises(InputError, match="do not fit"):
        replace(edited, net=edited.net[:-1]).check()
    with pytest.raises(InputError):
        OWN.network().with_norm("gamma", 1, 0, 1.0)


def test_every_iteration_has_masks_of_its_own_and_an_edit_keeps_those_of_the_present_one():
    dropped = replace(OWN, dropout=0.5, masks=(7, 3, 2))
    masks = [replace(dropped, iteration=i).trace().key for i in (1, 2, 3)]
    assert masks == [(7, 3, 2), (7, 4, 2), (7, 5, 2)]
    third = replace(dropped, iteration=3)
    assert third.edited(third.trace().given.with_bias(1, 0, 0.25)).masks == (7, 5, 2)
    assert replace(OWN, iteration=3).edited(OWN.network()).masks == OWN.masks
    with pytest.raises(InputError, match="dropout"):
        replace(OWN, dropout=1.0).check()
