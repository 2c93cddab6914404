from collections import Counter

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from engine import OPTIMIZERS, Network
from engine.program import Program
from engine.program.optimize_calls import eliminate_common_calls, reuse_buffers
from engine.program.recorder import record, run

FIRST, SECOND = np.array([[1.0, -2.0], [3.0, -4.0]]), np.array([[-1.0, 5.0], [0.5, -7.0]])


def names(calls):
    return Counter(getattr(getattr(f, "func", f), "__name__", None) for f, _ in calls)


def once(*functions):
    """Record functions of one array, each into a target of its own, share equal calls, repeat them on other numbers."""
    z = FIRST.copy()
    targets = [np.empty_like(np.asarray(function(z))) for function in functions]
    apart = [call for function, to in zip(functions, targets, strict=True) for call in record(function, [z], to)]
    calls = eliminate_common_calls(apart, targets)
    z[...] = SECOND
    run(calls)
    for function, target in zip(functions, targets, strict=True):
        assert_array_equal(target, function(SECOND))
    return names(apart) - names(calls)


AGAIN = {
    "a whole expression": ([lambda z: np.exp(-z) + 1, lambda z: np.exp(-z) * 2], {"negative": 1, "exp": 1}),
    "with the same number": ([lambda z: (2 * z).sum(axis=0) + 1, lambda z: (2 * z) @ z], {"multiply": 1}),
    "over the same axis": (
        [lambda z: z - z.max(axis=0, keepdims=True), lambda z: z / z.max(axis=0, keepdims=True)],
        {"reduce": 1},
    ),
    "of a result that is kept": ([np.exp, lambda z: np.exp(z) + 1], {"exp": 1}),
    "not with another number": ([lambda z: (2 * z) @ z, lambda z: (3 * z) @ z], {}),
    "not with the other zero": ([lambda z: abs(z) * 0.0 + z, lambda z: abs(z) * -0.0 - z], {"absolute": 1}),
    "not over another axis": ([lambda z: z.sum(axis=0) * z, lambda z: z.sum(axis=1) * z], {}),
    "not in another order": ([lambda z: (z - 2 * z) + 1, lambda z: (2 * z - z) + 1], {"multiply": 1}),
    "not what is kept": ([np.exp, np.exp], {}),
    "not what is seen in two ways": ([lambda z: np.exp(z) + 1, lambda z: np.exp(z) @ np.exp(z).mT], {"exp": 1}),
}


@pytest.mark.parametrize(("functions", "left_out"), AGAIN.values(), ids=AGAIN)
def test_what_stands_in_scratch_is_not_computed_again(functions, left_out):
    assert once(*functions) == left_out


@pytest.mark.parametrize(
    ("activations", "loss", "call"),
    [(("tanh", "softmax"), "cross_entropy", "exp"), (("gelu", "linear"), "quadratic", "tanh")],
    ids=["softmax and its cost", "gelu and its slope"],
)
def test_a_pass_has_one_of_each(activations, loss, call):
    architecture = Network.random((3, 4, 2), activations).architecture
    assert names(Program(architecture, loss, 5).calls)[call] == 1


def by_laws(functions, arrays, share):
    """Record some laws over the same arrays, let them share memory or not, repeat them on other numbers."""
    arrays = {name: np.array(array) for name, array in arrays.items()}
    calls = [c for to, reads, f in functions for c in record(f, [arrays[name] for name in reads], arrays[to])]
    if share:
        calls = reuse_buffers(calls, [arrays[to] for to, _, _ in functions])
    for array in arrays.values():
        np.add(array, 0.25, out=array)
    for _ in range(3):
        run(calls)
    return arrays, calls


LAWS = {
    name: [(law.writes, law.reads, law.function) for law in optimizer.laws] for name, optimizer in OPTIMIZERS.items()
}
LAWS["the old value is read again"] = [("v", ("v", "g"), lambda v, g: (2 * v) * (g + v))]
LAWS["two that read each other"] = [
    ("v", ("v", "s"), lambda v, s: 0.5 * v + s * s),
    ("s", ("v", "s"), lambda v, s: 0.5 * s + v * (s - v)),
]
LAWS["no elementwise call"] = [("v", ("v", "g"), lambda v, g: v * g.sum(axis=0) + g)]


@pytest.mark.parametrize("name", LAWS)
def test_shared_scratch_changes_no_bit(name):
    rng = np.random.default_rng(1)
    names = sorted({n for to, reads, _ in LAWS[name] for n in (to, *reads)})
    arrays = {n: rng.random(() if n in ("scale", "epsilon", "rate") else 50) + 0.5 for n in names}
    apart, calls = by_laws(LAWS[name], arrays, share=False)
    together, shared = by_laws(LAWS[name], arrays, share=True)
    for n in names:
        assert_array_equal(apart[n], together[n])

    def memory(listed):
        vectors = [x for _, arguments in listed for x in arguments if isinstance(x, np.ndarray) and x.shape == (50,)]
        return len({x.__array_interface__["data"][0] for x in vectors})

    assert len(calls) == len(shared)
    assert memory(shared) <= memory(calls)
    if name in OPTIMIZERS:
        assert memory(shared) <= sum(array.ndim for array in arrays.values()) + 2
