import numpy as np
import pytest
from numpy.testing import assert_allclose

from engine import ACTIVATIONS, LOSSES, InputError
from engine.catalogue import loss_for
from tests.engine.oracles import ALLOWED, REFUSED, assert_slopes, difference, draw_targets

every_loss = pytest.mark.parametrize("loss", LOSSES.values(), ids=LOSSES)
matched = [loss for loss in LOSSES.values() if loss.matched]
every_matched = pytest.mark.parametrize("loss", matched, ids=[loss.name for loss in matched])


def probabilities(rng, shape):
    p = rng.uniform(0.05, 1, shape)
    return p / p.sum(axis=-2, keepdims=True)


@every_loss
@pytest.mark.parametrize("shape", [(1, 1), (3, 4)], ids=str)
def test_grad_is_the_gradient_of_value(loss, shape):
    rng = np.random.default_rng(1)
    a, y = rng.uniform(0.1, 0.9, shape), draw_targets(rng, loss.name, shape)
    assert_slopes(loss.grad(a, y), difference(lambda v: loss.value(v, y).sum(), a))


@every_matched
def test_matched_delta_is_the_gradient_of_the_matched_value(loss):
    rng = np.random.default_rng(2)
    z, y = rng.normal(size=(3, 4)), draw_targets(rng, loss.name, (3, 4))
    a = ACTIVATIONS[loss.matched.activation].f(z)
    assert_slopes(loss.matched.delta(a, y), difference(lambda v: loss.matched.value(v, y).sum(), z))


@every_matched
def test_matched_form_agrees_with_the_general_route(loss):
    rng = np.random.default_rng(3)
    z, y = rng.normal(size=(3, 4)), draw_targets(rng, loss.name, (3, 4))
    f = ACTIVATIONS[loss.matched.activation]
    a = f.f(z)
    assert_allclose(loss.matched.value(z, y).sum(axis=0), loss.value(a, y).sum(axis=0), rtol=1e-13)
    assert_allclose(loss.matched.delta(a, y), f.vjp(z, a, loss.grad(a, y)), rtol=1e-12, atol=1e-15)


@every_matched
@pytest.mark.parametrize("dtype", [np.float32, np.float64], ids=["float32", "float64"])
def test_matched_form_is_finite_at_any_z(loss, dtype):
    z = np.array([[1000, -1000, 0, 700], [-1000, 1000, 0, 699]], dtype)
    y = np.array([[1, 1, 1, 0], [0, 0, 0, 1]], dtype)
    with np.errstate(all="ignore"):
        a = ACTIVATIONS[loss.matched.activation].f(z)
        value, delta = loss.matched.value(z, y), loss.matched.delta(a, y)
    assert value.dtype == delta.dtype == dtype
    assert np.isfinite(value).all()
    assert np.isfinite(delta).all()
    assert value.sum(axis=0)[1] >= 2000
    assert value.sum(axis=0)[0] == 0


@every_loss
def test_every_network_of_a_stack_stands_for_itself(loss):
    rng = np.random.default_rng(6)
    z, y = rng.normal(size=(3, 2, 4)), draw_targets(rng, loss.name, (3, 2, 4))
    a = rng.uniform(0.1, 0.9, (3, 2, 4))
    functions = [(loss.value, a), (loss.grad, a)]
    functions += [(loss.matched.value, z), (loss.matched.delta, a)] if loss.matched else []
    for function, given in functions:
        assert_allclose(function(given, y)[1], function(given[1], y[1]), rtol=1e-13)


@every_loss
def test_no_output_is_better_than_the_target(loss):
    rng = np.random.default_rng(4)
    a, y = probabilities(rng, (3, 200)), probabilities(rng, (3, 200))
    assert (loss.value(y, y).sum(axis=0) <= loss.value(a, y).sum(axis=0)).all()


@pytest.mark.parametrize(
    ("name", "y", "cost"),
    [
        ("quadratic", (0, 1), 0.0625),
        ("squared_error", (0, 1), 0.125),
        ("mse", (0, 1), 0.0625),
        ("binary_cross_entropy", (0, 1), 0.5753641449035617),
        ("cross_entropy", (0, 1), 0.2876820724517809),
        ("kl_divergence", (0, 1), 0.2876820724517809),
        ("kl_divergence", (0.5, 0.5), 0.14384103622589042),
        ("kl_divergence", (0.25, 0.75), 0),
    ],
)
def test_known_costs_of_outputs_a_quarter_and_three_quarters(name, y, cost):
    a, y = np.array([[0.25], [0.75]]), np.array([y], float).T
    assert LOSSES[name].value(a, y).sum() == pytest.approx(cost, rel=1e-14)


@every_loss
def test_value_has_one_term_per_output_and_sample_in_the_number_type_of_the_data(loss):
    a = np.full((3, 4), 0.25, np.float32)
    y = np.full((3, 4), 0.5, np.float32)
    for result in (loss.value(a, y), loss.grad(a, y)):
        assert result.shape == (3, 4)
        assert result.dtype == np.float32


@pytest.mark.parametrize(("output", "loss"), ALLOWED)
def test_an_allowed_pair_is_found(output, loss):
    assert loss_for(loss, output) is LOSSES[loss]


@pytest.mark.parametrize(("output", "loss"), REFUSED)
def test_a_refused_pair_names_the_activation_that_is_needed(output, loss):
    with pytest.raises(InputError) as caught:
        loss_for(loss, output)
    assert LOSSES[loss].matched.activation in caught.value.allowed.en
    assert caught.value.received == output


def test_there_are_refused_pairs():
    assert {loss for _, loss in REFUSED} == {loss.name for loss in matched}


@pytest.mark.parametrize(
    ("loss", "wrong"),
    [
        pytest.param(loss, wrong, id=f"{loss.name}-{wrong!r}")
        for loss in matched
        for wrong in (-1e-9, 1 + 1e-9, -np.inf, np.inf, np.nan)
        if not loss.low <= wrong <= loss.high
    ],
)
def test_targets_out_of_range_are_refused(loss, wrong):
    with pytest.raises(InputError) as caught:
        loss.check_targets(np.array([[0.5, wrong]]))
    assert caught.value.received == str(wrong)


@every_matched
def test_the_first_target_out_of_range_is_named(loss):
    """Those at the ends of the range stand before it, and another wrong one behind it."""
    ends = [end for end in (loss.low, loss.high) if np.isfinite(end)]
    wrongs = [(loss.low - 1, loss.low - 2), (np.nan, loss.low - 1)]
    wrongs += [(loss.high + 1, loss.high + 2)] if np.isfinite(loss.high) else []
    for wrong, last in wrongs:
        with pytest.raises(InputError) as caught:
            loss.check_targets(np.array([[*ends, 0.5], [0.5] * len(ends) + [wrong], [last] * (len(ends) + 1)]))
        assert caught.value.received == str(float(wrong))


def test_a_loss_that_says_no_range_takes_any_target():
    assert {(loss.low, loss.high) for loss in LOSSES.values() if not loss.matched} == {(-np.inf, np.inf)}


@every_loss
def test_targets_in_range_are_accepted(loss):
    loss.check_targets(np.array([[max(loss.low, -9.0), min(loss.high, 9.0)]]))


@every_loss
def test_record_carries_its_words_and_its_name(loss):
    assert LOSSES[loss.name] is loss
    assert "<a>" in loss.tex + loss.tex_grad or "<y>" in loss.tex + loss.tex_grad or "a_k" in loss.tex
    assert all(text(lang) for text in (loss.label, loss.why) for lang in ("en", "zh"))
    assert loss.why.en != loss.why.zh
    assert not loss.matched or (loss.matched.activation in ACTIVATIONS and loss.matched.tex_value)


@pytest.mark.parametrize("name", ["Quadratic", "", None, 3, ["quadratic"]], ids=repr)
def test_an_unknown_name_lists_the_names_there_are(name):
    with pytest.raises(InputError, match=r"quadratic.*kl_divergence"):
        loss_for(name, "sigmoid")


@pytest.mark.parametrize("name", [name for name, loss in LOSSES.items() if loss.matched and loss.matched.tex_share])
def test_a_share_is_left_out_where_the_targets_of_each_sample_sum_to_one(name):
    matched = LOSSES[name].matched
    shares, others = np.array([[0.25, 1.0, 0.5], [0.75, 0.0, 0.5]]), np.array([[0.25, 0.5], [0.5, 0.5]])
    assert matched.tex_share not in matched.tex_delta_of(shares)
    assert matched.tex_delta_of(others) == matched.tex_delta  # the second sample alone sums to 1
