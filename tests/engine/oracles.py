"""Oracles for the engine: printed digits, difference quotients, and the equations interpreted one by one."""

from typing import Any

import numpy as np
from numpy.testing import assert_allclose

from engine import ACTIVATIONS, LOSSES, Dense, Network
from engine.equations import Ref, pass_rules, ref

ALLOWED = [
    (name, loss.name)
    for loss in LOSSES.values()
    for name in ACTIVATIONS
    if loss.matched is None or loss.matched.activation == name
]
REFUSED = [(name, loss) for loss in LOSSES for name in ACTIVATIONS if (name, loss) not in ALLOWED]


def in_torch(registry):
    """The names of the registry entries that PyTorch has a counterpart of; an entry without one says so itself."""
    return [name for name, record in registry.items() if record.elsewhere.torch]


def assert_digits(computed, printed):
    """Assert that every printed digit is correct: `printed` are numbers in one text, in the order of the values."""
    texts = printed.split()
    half_a_digit = [0.5000001 * 10.0 ** -len(text.partition(".")[2]) for text in texts]
    computed = np.ravel(computed)
    assert computed.shape == (len(texts),)
    assert (np.abs(computed - [float(text) for text in texts]) <= half_a_digit).all(), (computed, printed)


def difference(function, at, h=1e-6):
    """The gradient of a number-valued function by central differences, one entry at a time."""
    slope = np.empty_like(at)
    for i in np.ndindex(at.shape):
        up, down = at.copy(), at.copy()
        up[i] += h
        down[i] -= h
        slope[i] = (function(up) - function(down)) / (up[i] - down[i])
    return slope


def assert_slopes(analytic, numeric):
    assert_allclose(analytic, numeric, rtol=2e-7, atol=2e-8)


def off_zero(rng, shape):
    """Numbers between 0.1 and 2.5 in size and of both signs: no difference quotient crosses a corner at 0."""
    return rng.choice([-1, 1], shape) * rng.uniform(0.1, 2.5, shape)


def draw_targets(rng, loss, shape):
    """Rows of targets in the range of the loss, some of them at its lower end."""
    low, high = max(LOSSES[loss].low, -2), min(LOSSES[loss].high, 2)
    return np.where(rng.random(shape) < 0.2, low, rng.uniform(low, high, shape))


def draw_network(rng, sizes, activations, dtype=np.float64):
    """A network with random biases too."""
    return Network(
        tuple(
            Dense(rng.normal(size=(n_out, n_in)).astype(dtype), rng.normal(size=n_out).astype(dtype), f)
            for n_in, n_out, f in zip(sizes[:-1], sizes[1:], activations, strict=True)
        )
    )


def draw_case(rng, output, loss, layers=None, hidden=tuple(ACTIVATIONS)):
    """A network of up to five layers of up to six neurons, and up to seven samples for it."""
    layers = layers or rng.integers(1, 6)
    sizes = rng.integers(1, 7, layers + 1).tolist()
    names = rng.choice(hidden, layers - 1).tolist()
    m = rng.integers(1, 8)
    network = draw_network(rng, sizes, [*names, output])
    return network, rng.normal(size=(m, sizes[0])), draw_targets(rng, loss, (m, sizes[-1]))


def interpreted(architecture, loss, theta, x, y):
    """All values of a pass, each operation of the rules called on fresh arrays: no program, no buffers."""
    last = len(architecture.activations)
    values: dict[tuple[str, int], Any] = {Ref("y", last): np.ascontiguousarray(y.mT)}
    _keep_outputs(values, 0, x.mT)
    for l, (part, shape) in enumerate(architecture.blocks, 1):
        values["W|b", l] = theta[..., part].reshape(theta.shape[:-1] + shape)
        values["W", l] = values["W|b", l][..., :-1]
    constants = {"loss": LOSSES[loss], "m": x.shape[-2]}
    for rule, l in pass_rules(last, LOSSES[loss]):
        for operation in rule.operations:
            known = constants | {"f": ACTIVATIONS[architecture.activations[l - 1]]}
            reads = [known[name] if name in known else values[ref(name, l)] for name in operation.reads]
            values[operation.writes, l] = operation.function(*reads)
        if rule.key == "a":
            _keep_outputs(values, l, values["a", l])
    return values


def _keep_outputs(values, l, a):
    values["a|1", l] = np.concatenate((a, np.ones_like(a[..., :1, :])), axis=-2)
    values["a", l] = values["a|1", l][..., :-1, :]
