from itertools import product

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from engine import ACTIVATIONS, LOSSES, Network
from engine.program import Program
from engine.program.recorder import RecordingError, record, run
from tests.engine.oracles import ALLOWED, draw_targets, interpreted

FIRST, SECOND = np.array([[1.0, -2.0], [3.0, -4.0]]), np.array([[-1.0, 5.0], [0.5, -7.0]])
KINDS = list(product((np.float32, np.float64), ((), (3,))))  # of numbers, and of one network or a stack


def hidden_and_output():
    """Each activation in a hidden layer, and each allowed pair in the output layer."""
    return [(list(ACTIVATIONS)[i % len(ACTIVATIONS)], *pair) for i, pair in enumerate(ALLOWED)]


def fill(rng, architecture, loss, stack, m):
    theta = rng.normal(size=(*stack, architecture.blocks[-1][0].stop)).astype(architecture.dtype)
    x = rng.normal(size=(*stack, m, architecture.sizes[0])).astype(architecture.dtype)
    y = draw_targets(rng, loss, (*stack, m, architecture.sizes[-1])).astype(architecture.dtype)
    return theta, x, y


def buffers(program):
    for function, arguments in program.calls:
        keywords = getattr(function, "keywords", {})
        yield from (x for x in (*arguments, *keywords.values()) if isinstance(x, np.ndarray))


@pytest.mark.parametrize(("hidden", "output", "loss"), hidden_and_output())
def test_a_program_repeats_the_equations_bit_for_bit_on_other_data(hidden, output, loss):
    for dtype, stack in KINDS:
        architecture = Network.random((3, 4, 2), (hidden, output)).astype(dtype).architecture
        program = Program(architecture, loss, 5, stack)
        assert {x.dtype for x in buffers(program)} <= {np.dtype(dtype), np.dtype(bool)}
        rng = np.random.default_rng(1)
        for _ in range(2):
            data = fill(rng, architecture, loss, stack, 5)
            program.load(*data)
            with np.errstate(all="ignore"):
                run(program.calls)
                expected = interpreted(architecture, loss, *data)
            assert {("z", 1), ("z", 2), ("delta", 1), ("delta", 2), ("dW|db", 1), ("C", 2)} <= set(expected)
            for name in expected.keys() & program.layout.record.keys():
                assert_array_equal(program.value(name), expected[name], f"{name}: {dtype.__name__}, {stack}")


def repeated(function):
    """Record on one array, fill it with another, repeat; return the result and the function's own."""
    with np.errstate(all="ignore"):
        expected = np.asarray(function(SECOND.copy()))
        z, target = FIRST.copy(), np.empty_like(expected)
        calls = record(function, [z], target)
        z[...] = SECOND
        run(calls)
    return target, expected


def normalised(z):
    e = np.exp(z)
    return e / e.sum()


def assigned(z):
    e = z * 2
    e[0] = 0
    return e * 3


@pytest.mark.parametrize("f", ACTIVATIONS.values(), ids=ACTIVATIONS)
def test_every_activation_is_repeated_bit_for_bit(f):
    assert_array_equal(*repeated(f.f))
    assert_array_equal(*repeated(lambda z: f.vjp(z, f.f(z), z * z)))


@pytest.mark.parametrize("loss", LOSSES.values(), ids=LOSSES)
def test_every_loss_is_repeated_bit_for_bit(loss):
    assert_array_equal(*repeated(lambda a: loss.value(a, a * a)))
    assert_array_equal(*repeated(lambda a: loss.grad(a, a * a)))
    if loss.matched:
        assert_array_equal(*repeated(lambda z: loss.matched.value(z, z * z)))
        assert_array_equal(*repeated(lambda a: loss.matched.delta(a, a * a)))


EXPRESSIONS = {
    "the input itself": lambda z: z,
    "a transposed view": lambda z: z.mT,
    "a slice": lambda z: z[:1] * z[1:],
    "a reversed slice": lambda z: z[::-1] + z,
    "powers": lambda z: z**2 + z**3,
    "times one": lambda z: 1 * z * 1,
    "a number times a comparison": lambda z: z * (0.5 * (z > 0)),
    "a number plus a comparison": lambda z: z * ((z > 0) + 2),
    "comparisons that are counted": lambda z: z * ((z > -9) * 1 + (z < 9) * 1),
    "the number of comparisons": lambda z: z / (z > -9).sum(axis=0, keepdims=True),
    "one over": lambda z: 1 / z,
    "minus": lambda z: -z,
    "maximum": lambda z: np.maximum(z, 0.5),
    "minimum last": lambda z: np.minimum(np.exp(z), 1),
    "clip": lambda z: z.clip(0, 1),
    "sum": lambda z: z - z.sum(axis=0, keepdims=True),
    "sum of all": lambda z: z / z.sum(),
    "max": lambda z: z - z.max(axis=-2, keepdims=True),
    "product": lambda z: z @ z.mT @ z,
    "comparison": lambda z: z * (z > 0),
    "two comparisons": lambda z: z * ((z > 0) * (z < 3)),
    "a result that is not the last": lambda z: [z + 1, z * 2][0],
    "one value read twice": normalised,
}


@pytest.mark.parametrize("function", EXPRESSIONS.values(), ids=EXPRESSIONS)
def test_plain_expressions_are_repeated_bit_for_bit(function):
    assert_array_equal(*repeated(function))


@pytest.mark.parametrize("target", [np.empty((2, 2), order="F"), np.empty((2, 3))[:, :2]], ids=["columns", "part"])
def test_the_target_may_lie_in_memory_as_it_likes(target):
    z = FIRST.copy()
    calls = record(lambda z: z @ z, [z], target)
    z[...] = SECOND
    run(calls)
    assert_array_equal(target, SECOND @ SECOND)


REFUSED = {
    "np.where": lambda z: np.where(z > 0, z, 0),
    "np.sum": lambda z: z - np.sum(z),
    "np.sort": np.sort,
    "copy": lambda z: z.copy() * 2,
    "astype": lambda z: z.astype(np.float64) * 2,
    "ravel of a transposed": lambda z: z * z.mT.ravel().reshape(2, 2),
    "fancy index": lambda z: z[[1, 0]] * 2,
    "mask": lambda z: z * z[z > 0].sum(),
    "a constant array": lambda z: z + np.ones((2, 2)),
    "only a constant": lambda z: np.ones((2, 2)),
    "if": lambda z: z if (z > 0).any() else -z,
    "bool": lambda z: z * bool(z[:1, :1]),
    "accumulate": np.add.accumulate,
    "outer": lambda z: np.multiply.outer(z, z)[0, 0],
    "at": lambda z: np.add.at(z, 0, 1.0),
    "out": lambda z: np.exp(z, out=np.empty_like(SECOND)),
    "in place": lambda z: z.__iadd__(1),
    "initial": lambda z: z - z.max(axis=0, initial=2.0),
    "where": lambda z: z - z.sum(axis=0, keepdims=True, where=z > 0),
    "where of a call": lambda z: np.exp(z, where=z > 0),
    "assignment": assigned,
    "two results": lambda z: np.divmod(z, 2)[1],
    "a single element": lambda z: z * z[0, 0],
    "a float": lambda z: z * float(z.sum()),
    "a whole number": lambda z: z * int(z.sum()),
    "item": lambda z: z * z.item(0),
    "tolist": lambda z: z * z[0].tolist(),
    "entries one by one": lambda z: z * sum(z[0]),
    "a shape that does not fit": lambda z: z * 2 if type(z) is np.ndarray else z[:1] * 2,
    "a type that does not fit": lambda z: z * 2 if type(z) is np.ndarray else z > 0,
}


@pytest.mark.parametrize("function", REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_repeated_is_refused_in_a_sentence(function):
    with pytest.raises(RecordingError) as caught:
        record(function, [FIRST.copy()], np.empty_like(FIRST))
    assert len(str(caught.value).split()) > 4
