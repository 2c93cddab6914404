from itertools import product

import numpy as np
import pytest
from numpy.testing import assert_array_equal, assert_array_max_ulp

from engine import OPTIMIZERS
from engine.optimizers import UpdateRule
from engine.program import update_calls
from engine.program.recorder import RecordingError, run

SHAPES = {
    "one": ((1,), "C"),
    "a vector": ((11,), "C"),
    "one network of a stack": ((1, 11), "C"),
    "one after another": ((5, 11), "C"),
    "side by side": ((5, 11), "F"),
    "narrow": ((5, 1), "F"),
}
RATES = {
    "a number": lambda shape: 0.1,
    "a number that changes": lambda shape: np.array(0.1),
    "one for each network": lambda shape: np.linspace(0.1, 0.3, shape[0])[:, np.newaxis] if len(shape) > 1 else 0.1,
    "one for each parameter": lambda shape: np.linspace(0, 0.2, np.prod(shape)).reshape(shape),
}


@pytest.fixture
def block(request, monkeypatch):
    monkeypatch.setattr("engine.program.block_updates._BLOCK", request.param)


def vectors(names, shape, order="C", dtype=np.float64):
    rng = np.random.default_rng(1)
    return {name: np.array(rng.random(shape) + 0.5, dtype, order=order) for name in names}


def own(name, reads, function):
    return UpdateRule(name, reads, "", function)


@pytest.mark.parametrize("block", [4, 1000], indirect=True)
@pytest.mark.parametrize("optimizer", OPTIMIZERS.values(), ids=OPTIMIZERS)
@pytest.mark.usefixtures("block")
def test_blocks_come_to_the_same_as_the_laws_on_all_at_once(optimizer):
    for layout, rate in product(SHAPES, RATES):
        shape, order = SHAPES[layout]
        values = vectors(["theta", "g", *(name for name in optimizer.slots if name != "t")], shape, order)
        values |= {"rate": RATES[rate](shape)} | {name: np.array(0.5) for name in optimizer.corrections}
        calls = update_calls(optimizer.laws, values)
        for corrections in ((0.7, 0.3), (0.3, 0.7)):
            for name, number in zip(optimizer.corrections, corrections, strict=False):
                values[name].fill(number)
            expected = {name: np.copy(value) for name, value in values.items()}
            for law in optimizer.laws:
                expected[law.writes] = law.function(*(expected[name] for name in law.reads))
            run(calls)
            for name in values:
                assert_array_equal(values[name], expected[name], f"{name}: {layout}, {rate}")


OWN = {
    "the larger of two": [own("v", ("v", "g"), lambda v, g: np.maximum(0.9 * v, g))],
    "the same again": [own("v", ("v", "g"), lambda v, g: g), own("theta", ("theta", "v"), lambda theta, v: theta - v)],
    "powers": [own("theta", ("theta", "g"), lambda theta, g: theta**2 - g**3)],
    "a comparison": [own("theta", ("theta", "g"), lambda theta, g: theta * (g > 0.9))],
}


@pytest.mark.parametrize("block", [4], indirect=True)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("laws", OWN.values(), ids=OWN)
@pytest.mark.usefixtures("block")
def test_laws_may_be_whatever_works_element_by_element(laws, dtype):
    values = vectors(["theta", "g", "v"], (11,), dtype=dtype)
    expected = {name: value.copy() for name, value in values.items()}
    calls = update_calls(laws, values)
    for _ in range(2):
        for law in laws:
            expected[law.writes] = law.function(*(expected[name] for name in law.reads))
        run(calls)
    for name in values:  # a power of four numbers may end in another digit than one of eleven
        assert_array_max_ulp(values[name], expected[name], 2, dtype)


REFUSED = {
    "a sum": lambda theta, g: theta - g / g.sum(),
    "a product of vectors": lambda theta, g: theta - g @ g,
    "neighbours": lambda theta, g: theta - g[::-1],
    "neighbours of what it computes": lambda theta, g: theta - (2 * g)[::-1],
    "the first": lambda theta, g: theta - g[:1],
}


@pytest.mark.parametrize("function", REFUSED.values(), ids=REFUSED)
def test_a_law_that_puts_elements_together_is_refused_because_blocks_would_change_it(function):
    with pytest.raises(RecordingError, match="element by element"):
        update_calls([own("theta", ("theta", "g"), function)], vectors(["theta", "g"], (11,)))


def scratch(calls, values):
    arrays = [x for f, arguments in calls for x in (*arguments, *(getattr(f, "keywords", {}).values()))]
    given = [value for value in values.values() if isinstance(value, np.ndarray)]
    return [x for x in arrays if x.ndim and not any(np.shares_memory(x, value) for value in given)]


@pytest.mark.parametrize("block", [4], indirect=True)
@pytest.mark.parametrize("order", ["C", "F"])
@pytest.mark.usefixtures("block")
def test_all_blocks_share_their_scratch_and_it_lies_as_they_do(order):
    adam = OPTIMIZERS["adam"]
    values = vectors(["theta", "g", "m", "v"], (4, 6), order)
    values |= {"rate": 0.1} | {name: np.array(0.5) for name in adam.corrections}
    found = scratch(update_calls(adam.laws, values), values)
    assert {x.shape for x in found} == {(1, 4), (1, 2)}
    assert len({(x.shape, x.__array_interface__["data"][0]) for x in found}) == 2

    wide = vectors(["theta", "g", "m", "v"], (2, 2), order) | {k: v for k, v in values.items() if np.ndim(v) == 0}
    assert all(x.flags[f"{order}_CONTIGUOUS"] for x in scratch(update_calls(adam.laws, wide), wide))
