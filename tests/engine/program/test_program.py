import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from engine import Network
from engine.equations import Ref
from engine.passes import trace
from engine.program import TO_THE_COST, WHOLE_PASS, Program, program_for
from engine.program.recorder import run
from tests.engine.oracles import ALLOWED, draw_case

NET = Network.random((3, 4, 2), ("tanh", "sigmoid"), seed=1)


def test_an_edited_weight_compiles_nothing():
    edited = NET.with_weight(1, 0, 0, 9.0)
    assert program_for(NET.architecture, "quadratic", 5) is program_for(edited.architecture, "quadratic", 5)


@pytest.mark.parametrize(
    "other",
    [
        (NET.astype(np.float32).architecture, "quadratic", 5),
        (NET.architecture, "mse", 5),
        (NET.architecture, "quadratic", 4),
        (NET.architecture, None, 5),
        (NET.architecture, "quadratic", 5, (2,)),
        (NET.architecture, "quadratic", 5, (), TO_THE_COST),
        (Network.random((3, 4, 2), ("relu", "sigmoid")).architecture, "quadratic", 5),
    ],
    ids=["number type", "loss", "samples", "no loss", "stack", "forward only", "activation"],
)
def test_what_changes_the_calls_has_its_own_program(other):
    assert program_for(NET.architecture, "quadratic", 5) is not program_for(*other)


def test_a_large_batch_is_not_kept():
    assert program_for(NET.architecture, "quadratic", 5000) is not program_for(NET.architecture, "quadratic", 5000)


@pytest.mark.parametrize(("output", "loss"), ALLOWED)
def test_a_stack_runs_each_network_on_its_own_data(output, loss):
    rng = np.random.default_rng(1)
    net, x, y = draw_case(rng, output, loss, layers=2)
    nets = [net.with_theta(rng.normal(size=net.theta.shape)) for _ in range(3)]
    xs, ys = [x, x + 0.5, x * 2], [y, y, y[::-1]]
    program = Program(net.architecture, loss, len(x), (3,))
    program.load(np.array([n.theta for n in nets]), np.array(xs), np.array(ys))
    with np.errstate(all="ignore"):
        run(program.calls)
    for i in range(3):
        alone = trace(nets[i], xs[i], ys[i], loss)
        for name in (("C", 2), ("delta", 1), ("dW|db", 1), ("dW|db", 2)):
            assert_allclose(program.value(Ref(*name))[i], alone.value(*name), rtol=1e-11, atol=1e-14)


def test_forward_only_programs_stop_at_the_cost():
    forward, whole = (Program(NET.architecture, "mse", 2, (), phases) for phases in (TO_THE_COST, WHOLE_PASS))
    assert {rule.phase for rule, _ in forward.rules} == {"forward", "cost"}
    assert Ref("dW", 1) not in forward.layout.record
    assert len(forward.calls) < len(whole.calls)


def test_the_gradients_stand_first_in_the_record_in_the_order_of_theta():
    program = Program(NET.architecture, "quadratic", 2)
    program.record[: len(NET.theta)] = np.arange(len(NET.theta))
    program.theta[...] = np.arange(len(NET.theta))
    for l in (1, 2):
        assert_array_equal(program.value(Ref("dW", l)), program.value(Ref("W", l)))
        assert_array_equal(program.value(Ref("db", l)), program.value(Ref("b", l)))


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("stack", [(), (3,)], ids=str)
def test_data_that_are_not_finite_are_noticed(bad, stack):
    program = Program(NET.architecture, "quadratic", 4, stack)
    theta, x, y = np.zeros(len(NET.theta)), np.full((*stack, 4, 3), 1e308), np.full((*stack, 4, 2), -1e308)
    program.load(theta, x, y)
    assert program.finite_data()
    for array in (x, y):
        kept, array[..., -1, -1] = array[..., -1, -1].copy(), bad
        program.load(theta, x, y)
        with np.errstate(invalid="ignore"):
            assert not program.finite_data()
        array[..., -1, -1] = kept
