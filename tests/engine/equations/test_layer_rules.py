import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from engine import BatchNorm, Dense, InputError, Network, Ref, check_gradients, train
from engine.equations import layer_rules
from engine.passes import trace
from engine.program import Program
from engine.program.recorder import run
from tests.engine.oracles import ALLOWED, assert_slopes, difference, draw_targets
from tests.together import together

RNG = np.random.default_rng(3)
X, Y = RNG.normal(size=(12, 3)), np.eye(2)[RNG.integers(0, 2, 12)]
SIZES, FUNCTIONS = (3, 6, 5, 2), ("tanh", "relu", "softmax")


def drawn(norms=False, dropout=0.0, seed=1, functions=FUNCTIONS, dtype=np.float64):
    net = Network.random(SIZES, functions, seed=seed, batch_norm=norms, dropout=dropout)
    theta = np.random.default_rng(seed).uniform(0.2, 1.2, net.theta.shape)
    theta[: net.architecture.blocks[-1][0].stop] -= 0.7
    return net.with_theta(theta).astype(dtype)


KINDS = {
    "normalized": {"norms": True},
    "all normalized": {"norms": (True, True, True)},
    "dropout": {"dropout": 0.4},
    "both": {"norms": (True, False, True), "dropout": (0.25, 0.5, 0.0)},
}
every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)


def alone(operation, *values):
    """An operation on stacked values, which for each network of the stack is the one on its own."""
    found = operation.function(*values)
    for k in range(2):
        own = operation.function(*(v[k] if np.ndim(v) else v for v in values))
        assert_allclose(found[k], own, rtol=1e-12, atol=1e-14)
    return found


def test_each_way_back_is_the_slope_of_its_way_there_whatever_mean_and_variance_are():
    """With numbers that are no batch's mean and variance no term is 0, and the small variances make ε count."""
    rng, m = np.random.default_rng(8), 5
    z, d = rng.normal(size=(2, 3, m)), rng.normal(size=(2, 3, m))
    mu, var = rng.normal(size=(2, 3, 1)), rng.uniform(1e-5, 1e-4, (2, 3, 1))
    mean, hat = alone(layer_rules.MEAN, z, m), alone(layer_rules.HAT, z, mu, var)
    spread = alone(layer_rules.VARIANCE, z, mu, m)
    assert_allclose(mean, np.mean(z, axis=2)[..., None], rtol=1e-13)
    assert_allclose(spread, np.mean((z - mu) ** 2, axis=2)[..., None], rtol=1e-13)
    assert_allclose(hat, (z - mu) / (var + 1e-5) ** 0.5, rtol=1e-13)

    def cost(z=z, mu=mu, var=var):
        return (d * layer_rules.HAT.function(z, mu, var)).sum()

    d_var = alone(layer_rules.DELTA_VAR, d, z, mu, var)
    d_mu = alone(layer_rules.DELTA_MU, d, d_var, z, mu, var, m)
    through_var = difference(lambda mu: (d_var * layer_rules.VARIANCE.function(z, mu, m)).sum(), mu)
    assert_allclose(d_var, difference(lambda var: cost(var=var), var, h=1e-9), rtol=1e-6)
    assert_allclose(d_mu, difference(lambda mu: cost(mu=mu), mu) + through_var, rtol=1e-6)
    spreads = difference(lambda z: (d_var * layer_rules.VARIANCE.function(z, mu, m)).sum(), z)
    means = difference(lambda z: (d_mu * layer_rules.MEAN.function(z, m)).sum(), z)
    through = alone(layer_rules.THROUGH, d, d_var, d_mu, z, mu, var, m)
    assert_allclose(through, difference(lambda z: cost(z=z), z) + spreads + means, rtol=1e-6)
    running = alone(layer_rules.THROUGH_RUNNING, d, var)
    assert_allclose(running, difference(lambda z: cost(z=z), z), rtol=1e-6)


def test_scale_shift_and_their_gradients_are_those_of_each_network():
    rng, m = np.random.default_rng(9), 5
    gamma, beta, mean, var = rng.uniform(0.5, 2, (4, 2, 3, 1))
    d, zhat = rng.normal(size=(2, 2, 3, m))
    assert_allclose(alone(layer_rules.SHIFT, gamma, zhat, beta), gamma * zhat + beta, rtol=1e-14)
    assert_allclose(alone(layer_rules.D_GAMMA, d, zhat, m), np.mean(d * zhat, axis=2)[..., None], rtol=1e-12)
    assert_allclose(alone(layer_rules.D_BETA, d, m), np.mean(d, axis=2)[..., None], rtol=1e-12)
    assert_allclose(alone(layer_rules.DELTA_HAT, gamma, d), np.multiply(gamma, d), rtol=1e-14)
    assert_allclose(alone(layer_rules.RUN_MEAN, mean, beta), 0.9 * mean + 0.1 * beta, rtol=1e-14)
    assert_allclose(alone(layer_rules.RUN_VARIANCE, var, gamma, m), 0.9 * var + 0.1 * 1.25 * gamma, rtol=1e-14)
    small = 1e-5 * var
    rows = d - np.mean(d, axis=2)[..., None] - zhat * np.mean(d * zhat, axis=2)[..., None]
    compact = alone(layer_rules.COMPACT, gamma, d, zhat, small, m)
    assert_allclose(compact, gamma * rows / (small + 1e-5) ** 0.5, rtol=1e-11)


@together({name: [(kind, i % 2, *pair) for i, pair in enumerate(ALLOWED)] for name, kind in KINDS.items()})
def test_the_gradient_of_the_whole_cost_checks_out(kind, seed, output, loss):
    y = draw_targets(np.random.default_rng(1), loss, (12, 2))
    net = drawn(**kind, seed=seed, functions=("tanh", "gelu", output))
    for training in (True, False):
        settings = {"regularizer": ("l1", "l2")[seed], "strength": 0.3, "training": training, "mask_seed": seed}
        check = check_gradients(net, X, y, loss, **settings)
        assert check.passed, check.worst
        assert len(check.parameters) == net.architecture.parameters
        assert sum(p.verdict == "ok" for p in check.parameters) > 0.9 * len(check.parameters)


@pytest.mark.parametrize("seed", range(12))
def test_the_gradient_of_any_network_s_whole_cost_checks_out(seed):
    rng = np.random.default_rng(seed)
    sizes = rng.integers(1, 5, rng.integers(3, 6)).tolist()
    output, loss = ALLOWED[seed % len(ALLOWED)]
    hidden = rng.choice(["tanh", "sigmoid", "gelu", "softplus"], len(sizes) - 2).tolist()
    techniques = {"batch_norm": bool(seed % 2), "dropout": float(rng.choice([0, 0.3, 0.6]))}
    net = Network.random(sizes, (*hidden, output), "normal", seed, **techniques)
    x, y = rng.normal(size=(6, sizes[0])), draw_targets(rng, loss, (6, sizes[-1]))
    penalty = {"regularizer": str(rng.choice(["none", "l1", "l2", "elastic"])), "strength": 0.2}
    for training in (True, False):
        check = check_gradients(net, x, y, loss, **penalty, training=training, mask_seed=seed)
        assert check.passed, check.worst


@every_kind
def test_the_values_are_those_of_the_equations(kind):
    net = drawn(**kind)
    t = trace(net, X, Y, "cross_entropy", mask_seed=5)
    for l, layer in enumerate(net.layers, 1):
        z = layer.W @ t.value("a", l - 1) + layer.b
        assert_allclose(t.value("z", l), z, rtol=1e-12, atol=1e-14)
        u = z
        if layer.batch_norm:
            gamma, beta, mean, variance = layer.batch_norm
            u = gamma * (z - z.mean(axis=1, keepdims=True)) / np.sqrt(z.var(axis=1, keepdims=True) + 1e-5) + beta
            assert_allclose(t.value("u", l), u, rtol=1e-11, atol=1e-13)
            assert_allclose(t.value("mean_new", l), 0.9 * mean + 0.1 * z.mean(axis=1, keepdims=True), rtol=1e-12)
            fair = z.var(axis=1, keepdims=True, ddof=1)
            assert_allclose(t.value("variance_new", l), 0.9 * variance + 0.1 * fair, rtol=1e-12)
        if layer.dropout:
            mask = t.value("mask", l)
            assert set(np.unique(mask)) == {0, 1 / (1 - layer.dropout)}
            assert_array_equal(t.value("a", l), t.value("h", l) * mask)
            assert (t.value("delta_u" if layer.batch_norm else "delta", l)[mask == 0] == 0).all()


@pytest.mark.parametrize("kind", ["normalized", "all normalized", "both"])
def test_the_three_ways_back_are_the_compact_formula(kind):
    net = drawn(**KINDS[kind])
    t = trace(net, X, Y, "cross_entropy")
    for l, layer in enumerate(net.layers, 1):
        if layer.batch_norm:
            assert_allclose(t.value("compact_delta", l), t.value("delta", l), rtol=1e-9, atol=1e-14)
            assert np.abs(t.value("delta", l)).max() > 1e-4


def test_the_steps_stand_between_those_of_the_plain_pass():
    plain = [step.address for step in trace(drawn(), X, Y, "cross_entropy").steps]
    for kind in KINDS.values():
        addresses = [step.address for step in trace(drawn(**kind), X, Y, "cross_entropy").steps]
        assert [address for address in addresses if address in plain] == plain
        assert len(set(addresses)) == len(addresses)
    t = trace(drawn(**KINDS["both"]), X, Y, "cross_entropy", "sgd", 0.1)
    addresses = [step.address for step in t.steps]
    assert addresses[:8] == ["z.1", "mu.1", "var.1", "zhat.1", "u.1", "running.1", "a.1", "drop.1"]
    end = addresses.index("bp2.1")
    assert addresses[end + 1 : end + 9] == [
        *(f"{name}.1" for name in ("dgamma", "dbeta", "delta_hat", "delta_var", "delta_mu", "delta")),
        "bp3.1",
        "bp4.1",
    ]
    for step in t.steps:
        values = step.value if isinstance(step.value, tuple) else (step.value,)
        assert len(values) == len(step.writes)
        for name, value in zip(step.writes, values, strict=True):
            assert_array_equal(t.value(*name), value)
        for name in step.reads:
            t.value(*name)
    assert {Ref("dgamma", 1), Ref("beta", 3)} <= set(t.steps[-1].reads)
    assert Ref("gamma_new", 3) in t.steps[-1].writes
    assert not any(name == "gamma" and l == 2 for name, l in t.steps[-1].reads)


@every_kind
def test_in_inference_nothing_depends_on_the_batch_or_a_seed(kind):
    net = drawn(**kind)
    t = trace(net, X, Y, "cross_entropy", training=False)
    assert_allclose(t.value("a").T, net.predict(X), rtol=1e-13)
    for x, row in zip(X, net.predict(X), strict=True):
        assert_allclose(net.predict(x), row, rtol=1e-12)
    addresses = {step.rule.key for step in t.steps}
    assert not addresses & {"mu", "var", "running", "drop", "delta_mu"}
    assert (
        trace(net, X, Y, "cross_entropy", "sgd", 0.1, training=False).network.layers[0].batch_norm is None
        or (
            trace(net, X, Y, "cross_entropy", "sgd", 0.1, training=False).network.layers[0].batch_norm.mean
            == net.layers[0].batch_norm.mean
        ).all()
    )


@every_kind
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("stack", [(), (3,)], ids=str)
def test_a_program_repeats_its_equations_on_other_data(kind, dtype, stack):
    nets = [drawn(**kind, seed=seed, dtype=dtype) for seed in range(3)]
    thetas = np.array([net.theta for net in nets])
    program = Program(nets[0].architecture, "cross_entropy", 12, stack)
    program.draw((4,))
    for factor in (1, 2):
        program.load(thetas if stack else thetas[2], (factor * X).astype(dtype), Y.astype(dtype))
        run(program.calls)
        t = trace(nets[2], factor * X, Y, "cross_entropy", mask_seed=4)
        for name in ("delta", "dW", "db", "u", "dgamma", "mean_new", "h"):
            if Ref(name, 1) in program.layout.record:
                found = program.value(Ref(name, 1))
                assert found.dtype == t.value(name, 1).dtype == dtype
                tolerance = 1e-11 if dtype == np.float64 else 1e-3
                assert_allclose(found[2] if stack else found, t.value(name, 1), rtol=tolerance, atol=tolerance / 10)


def test_a_network_keeps_its_numbers_through_every_change():
    net = drawn(**KINDS["both"])
    for other in (net.with_theta(net.theta), net.with_train_bias(True), net.astype(np.float64), Network(net.layers)):
        assert_array_equal(other.theta, net.theta)
        assert other.architecture == net.architecture
    assert len(net.theta) == net.architecture.numbers == net.architecture.parameters + 2 * (6 + 2)
    small = net.astype(np.float32)
    assert {column.dtype for column in small.layers[0].batch_norm} == {np.dtype(np.float32)}
    assert net.with_weight(1, 0, 0, 5.0).layers[0].W[0, 0] == 5
    assert Network.random((2, 3, 1), ("tanh", "linear")).architecture.has_modes is False
    mixed = Network.random(
        (2, 3, 1), ("tanh", "linear"), batch_norm=np.array([True, False]), dropout=np.array([0.5, 0])
    )
    assert (mixed.architecture.norms, mixed.architecture.dropouts) == ((True, False), (0.5, 0.0))


def test_a_check_names_scales_and_shifts():
    names = {(p.name, p.layer) for p in check_gradients(drawn(**KINDS["both"]), X, Y, "cross_entropy").parameters}
    assert {("gamma", 1), ("beta", 3), ("W", 2), ("b", 1)} <= names
    assert ("gamma", 2) not in names


def test_running_averages_are_no_parameters():
    net = drawn(norms=True)
    t = trace(net, X, Y, "cross_entropy", "adamw", 0.5)
    assert_array_equal(t.network.layers[0].batch_norm.mean, t.value("mean_new", 1))
    assert_array_equal(t.network.layers[1].batch_norm.variance, t.value("variance_new", 2))
    assert len(t.gradient) == len(t.state["m"]) == net.architecture.parameters
    assert_allclose(t.value("m_gamma_new", 1), 0.1 * t.value("dgamma", 1), rtol=1e-12)
    with pytest.raises(InputError, match="no such value"):
        t.value("m_mean_new", 1)


@pytest.mark.parametrize(
    "call",
    [
        lambda: trace(drawn(norms=True), X[0], Y[0], "cross_entropy"),
        lambda: train(drawn(norms=True), X, Y, "cross_entropy", batch_size=11),
        lambda: Dense([[1.0]], [0.0], "tanh", dropout=1.0),
        lambda: Dense([[1.0]], [0.0], "tanh", dropout=-0.1),
        lambda: Dense([[1.0]], [0.0], "tanh", dropout="half"),
        lambda: Dense([[1.0]], [0.0], "tanh", batch_norm="yes"),
        lambda: Dense([[1.0]], [0.0], "tanh", batch_norm=BatchNorm([1.0], [0.0], [0.0], [-1.0])),
        lambda: Dense([[1.0]], [0.0], "tanh", batch_norm=BatchNorm([1.0, 2.0], [0.0], [0.0], [1.0])),
        lambda: Dense([[1.0]], [0.0], "tanh", batch_norm=BatchNorm([np.nan], [0.0], [0.0], [1.0])),
        lambda: Network((Dense([[1.0]], [0.0], "tanh", dropout=0.5),)),
        lambda: Network.random((2, 3, 1), ("tanh", "tanh"), dropout=(0.5,)),
        lambda: Network.random((2, 3, 1), ("tanh", "tanh"), batch_norm=(True,) * 3),
        lambda: trace(drawn(dropout=0.5), X, Y, "cross_entropy", mask_seed="a"),
        lambda: trace(drawn(dropout=0.5), X, Y, "cross_entropy", mask_seed=(0, -1)),
    ],
)
def test_what_cannot_be_is_told(call):
    with pytest.raises(InputError) as caught:
        call()
    assert all(part("zh") and part("en") for part in (caught.value.problem, caught.value.allowed))


def test_the_rules_name_what_their_operations_use():
    for rule in vars(layer_rules).values():
        if isinstance(rule, layer_rules.Rule) and rule.operations and rule is not layer_rules.BP2:
            used = {name for operation in rule.operations for name in operation.reads} - {"m", "f", "a"}
            assert used <= {*rule.reads, *rule.writes}, rule.key


@every_kind
@pytest.mark.parametrize("training", [True, False])
def test_the_gradient_of_the_inputs_goes_through_norm_and_mask(kind, training):
    net, settings = drawn(**kind), {"training": training, "mask_seed": 3}
    slopes = trace(net, X, Y, "cross_entropy", **settings).input_gradient
    numeric = difference(lambda x: len(X) * trace(net, x, Y, "cross_entropy", **settings).loss, np.array(X, float))
    assert_slopes(slopes.T, numeric)
