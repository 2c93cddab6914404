import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from engine import ACTIVATIONS, InputError
from engine.catalogue import activation, remarks
from tests.engine.oracles import assert_slopes, difference, off_zero

every_activation = pytest.mark.parametrize("f", ACTIVATIONS.values(), ids=ACTIVATIONS)
columns = st.lists(st.lists(st.floats(-700, 700), min_size=3, max_size=3), min_size=1, max_size=5).map(np.array)


@every_activation
@pytest.mark.parametrize("shape", [(1, 1), (4, 3), (2, 3, 2)], ids=str)
def test_vjp_is_the_gradient_of_any_weighted_sum_of_the_outputs(f, shape):
    rng = np.random.default_rng(1)
    z, g = off_zero(rng, shape), rng.normal(size=shape)
    assert_slopes(f.vjp(z, f.f(z), g), difference(lambda v: (g * f.f(v)).sum(), z))


@every_activation
def test_jacobian_has_the_slope_of_every_output_with_every_input(f):
    z = off_zero(np.random.default_rng(2), (3, 2))
    jacobian = f.jacobian(z)
    for j in range(3):
        assert_slopes(jacobian[j], difference(lambda v, j=j: f.f(v)[j].sum(), z))


@every_activation
def test_df_is_the_diagonal_of_the_jacobian(f):
    z = off_zero(np.random.default_rng(3), (3, 2))
    assert_allclose(f.df(z), np.einsum("jjm->jm", f.jacobian(z)), rtol=1e-15)


@every_activation
def test_elementwise_says_whether_the_jacobian_is_diagonal(f):
    jacobian = f.jacobian(off_zero(np.random.default_rng(4), (3, 2)))
    off_diagonal = jacobian[~np.eye(3, dtype=bool)]
    assert (off_diagonal == 0).all() == f.elementwise


@every_activation
def test_kink_says_whether_the_slope_jumps_at_zero(f):
    below, above = f.df(np.array([[-1e-9], [0.5]])), f.df(np.array([[1e-9], [0.5]]))
    assert (abs(above[0, 0] - below[0, 0]) > 1e-6) == f.kink


@every_activation
def test_every_network_of_a_stack_and_every_sample_stands_for_itself(f):
    rng = np.random.default_rng(5)
    z, g = rng.normal(size=(2, 3, 4)), rng.normal(size=(2, 3, 4))
    a = f.f(z)
    assert_allclose(a[1][:, [2]], f.f(z[1][:, [2]]), rtol=1e-14)
    assert_allclose(f.vjp(z, a, g)[1][:, [2]], f.vjp(z[1][:, [2]], a[1][:, [2]], g[1][:, [2]]), rtol=1e-14)


@every_activation
@pytest.mark.parametrize("dtype", [np.float32, np.float64], ids=["float32", "float64"])
def test_number_type_stays_and_large_inputs_give_finite_outputs(f, dtype):
    z = np.array([[-1000.0, 0.0, 1000.0], [1000.0, -1000.0, 0.0], [-80.0, 80.0, -1e-30]], dtype)
    with np.errstate(all="ignore"):
        a = f.f(z)
        results = a, f.vjp(z, a, np.ones_like(z)), f.df(z), f.jacobian(z)
    assert all(result.dtype == dtype and np.isfinite(result).all() for result in results)


@every_activation
def test_record_carries_its_words_and_its_name(f):
    assert ACTIVATIONS[f.name] is f is activation(f.name)
    assert f.tex
    assert f.tex_df
    assert all(text(lang) for text in (f.label, f.why) for lang in ("en", "zh"))
    assert f.why.en != f.why.zh


@pytest.mark.parametrize(
    ("name", "z", "a", "slope"),
    [
        ("linear", -1.5, -1.5, 1),
        ("sigmoid", 1, 0.7310585786300049, 0.19661193324148185),
        ("tanh", 1, 0.7615941559557649, 0.41997434161402614),
        ("relu", -2, 0, 0),
        ("relu", 0, 0, 0),
        ("relu", 2, 2, 1),
        ("leaky_relu", -2, -0.02, 0.01),
        ("leaky_relu", 0, 0, 0.01),
        ("elu", -1, -0.6321205588285577, 0.36787944117144233),
        ("elu", 2, 2, 1),
        ("softplus", 1, 1.3132616875182228, 0.7310585786300049),
        ("silu", 1, 0.7310585786300049, 0.9276705118714869),
        ("gelu", 1, 0.8411919906082768, 1.0829640838457826),
    ],
)
def test_known_values(name, z, a, slope):
    z = np.array([[float(z)]])
    assert_allclose(ACTIVATIONS[name].f(z), [[a]], rtol=1e-14)
    assert_allclose(ACTIVATIONS[name].df(z), [[slope]], rtol=1e-14)


def test_softmax_of_one_two_three():
    a = ACTIVATIONS["softmax"].f(np.array([[1.0], [2.0], [3.0]]))
    assert_allclose(a.ravel(), [0.09003057317038046, 0.24472847105479767, 0.6652409557748219], rtol=1e-14)


@given(columns, st.floats(-500, 500))
def test_softmax_gives_probabilities_that_a_common_shift_leaves_alone(z, shift):
    a = ACTIVATIONS["softmax"].f(z)
    assert (a >= 0).all()
    assert_allclose(a.sum(axis=0), 1, rtol=1e-14)
    assert_allclose(ACTIVATIONS["softmax"].f(z + shift), a, rtol=1e-11, atol=1e-15)


def test_samples_far_apart_have_probabilities_too():
    a = ACTIVATIONS["softmax"].f(np.array([[700.0, -700.0], [700.0, -700.0]]))
    assert_array_equal(a, np.full((2, 2), 0.5))


@given(columns)
def test_tanh_is_a_stretched_sigmoid(z):
    with np.errstate(over="ignore"):
        assert_allclose(ACTIVATIONS["tanh"].f(z), 2 * ACTIVATIONS["sigmoid"].f(2 * z) - 1, atol=1e-15)


def test_an_alias_names_the_same_record():
    assert activation("identity") is ACTIVATIONS["linear"]
    for record in ACTIVATIONS.values():
        assert not record.alias or activation(record.alias) is record


@pytest.mark.parametrize("name", ["Sigmoid", "", None, 3, ["relu"]], ids=repr)
def test_an_unknown_name_lists_the_names_there_are(name):
    with pytest.raises(InputError, match=r"sigmoid.*relu.*softmax"):
        activation(name)


@pytest.mark.parametrize("f", [f for f in ACTIVATIONS.values() if f.elementwise], ids=lambda f: f.name)
def test_df_of_elementwise_functions_takes_any_shape(f):
    z = np.array([-1.5, 0.5, 2.0])
    assert_allclose(f.df(z), f.df(z[:, None])[:, 0], rtol=1e-15)


@every_activation
def test_a_layer_of_one_unit_is_remarked_on_where_nothing_gets_through_it(f):
    z = np.linspace(-3.0, 3.0, 9)[None]
    moves = np.ptp(f.f(z)) > 0 or np.abs(f.vjp(z, f.f(z), np.ones_like(z))).max() > 0
    assert bool(remarks([1], [f.name])) == bool(f.alone) == (not moves)
    assert remarks([2, 3], [f.name] * 2) == ()


def test_a_remark_names_its_layer():
    assert [said.en[:16] for said in remarks((2, 1, 1), ("tanh", "softmax", "softmax"))] == [
        "Layer 2: Softmax",
        "Layer 3: Softmax",
    ]
    assert remarks((1,), ("sigmoid", "softmax")) == ()
