"""More trainings with a known cause, on other data and with other methods; records as those of `known.py`."""

import numpy as np

from engine.settings import Task
from tests.visualizer.findings.known import (
    BCE,
    SQUARES,
    Known,
    classes,
    curve,
    far,
    kept,
    line,
    standardized,
    table,
    written,
)


def cars(seed: int, count: int = 80) -> np.ndarray:
    """Return mass in kilograms, power in kilowatts and age in years, and the consumption."""
    draw = np.random.default_rng(seed)
    mass, power, age = draw.uniform(800, 2500, count), draw.uniform(40, 300, count), draw.uniform(0, 20, count)
    return np.column_stack((mass, power, age, mass / 1000 + power / 100 + age / 20))


def dates(seed: int, count: int = 60) -> np.ndarray:
    """Return years of the calendar and a share, and whether both together are above a line."""
    draw = np.random.default_rng(seed)
    year, share = draw.integers(1950, 2025, count), draw.uniform(0, 1, count)
    return np.column_stack((year, share, (year - 1988) / 40 + share > 0.5))


def ages(seed: int, count: int = 90) -> np.ndarray:
    """Return one input and a count from 0 to 5."""
    x = np.random.default_rng(seed).uniform(-2, 2, count)
    return np.column_stack((x, np.clip(np.round(1.25 * x + 2.5), 0, 5)))


def flipped(seed: int, share: float, count: int = 120) -> np.ndarray:
    """Return two inputs and their side of a line, a share of the answers turned round."""
    draw = np.random.default_rng(seed)
    x = draw.normal(size=(count, 2))
    right = x[:, 0] + x[:, 1] > 0
    return np.column_stack((x, right ^ (draw.uniform(size=count) < share)))


def ring(seed: int, count: int = 100) -> np.ndarray:
    """Return points and whether they lie in a ring."""
    x = np.random.default_rng(seed).normal(size=(count, 2))
    return np.column_stack((x, np.hypot(*x.T) > 1.1))


def _standard(rows: np.ndarray) -> str:
    return written(standardized(rows))


MORE: tuple[Known, ...] = (
    kept("step, a small rate", "rate_small", curve(data="step", eta=0.001, epochs=400), eta=0.1),
    kept("blobs, RMSprop with a tiny rate", "rate_small", classes("blobs", optimizer="rmsprop", eta=1e-6), eta=0.01),
    kept(
        "circle, a small rate",
        "rate_small",
        classes("circle", (12,), "relu", init="he_uniform", eta=0.002, epochs=500),
        eta=0.5,
    ),
    kept(
        "a ring, Nesterov with a small rate",
        "rate_small",
        table(ring(1), optimizer="nesterov", eta=1e-4, epochs=400),
        eta=0.05,
    ),
    kept("step, a rate that leaves the numbers", "rate_large", curve((12,), data="step", eta=2.0), eta=0.1),
    kept("ages, the rate diverges", "rate_large", table(ages(1), (), output="linear", loss="mse", eta=1.2), eta=0.1),
    kept(
        "step, momentum swings",
        "rate_large",
        curve((12,), data="step", optimizer="momentum", eta=0.6, epochs=400),
        eta=0.02,
    ),
    kept("sine, squares halved, swings", "rate_large", curve((16,), loss="quadratic", eta=2.2, epochs=400), eta=0.2),
    kept(
        "a ring, exponential",
        "schedule",
        table(ring(2), eta=0.5, schedule="exponential", epochs=1500),
        schedule="constant",
    ),
    kept(
        "wide sine, steps of the rate",
        "schedule",
        curve((16,), eta=0.03, schedule="step", epochs=1200),
        schedule="constant",
    ),
    kept(
        "moons, exponential with momentum",
        "schedule",
        classes(optimizer="momentum", eta=0.1, schedule="exponential", epochs=600),
        schedule="constant",
    ),
    kept(
        "XOR of eight, exponential",
        "schedule",
        Task(hidden=(8,), eta=0.5, schedule="exponential", epochs=4000),
        schedule="constant",
    ),
    kept(
        "blobs, L1", "penalty", classes("blobs", (6,), regularizer="l1", strength=0.03, epochs=800), regularizer="none"
    ),
    kept("step, L2", "penalty", curve(data="step", regularizer="l2", strength=0.03, epochs=1500), regularizer="none"),
    kept(
        "a ring, L2 with momentum",
        "penalty",
        table(ring(3), (12,), optimizer="momentum", eta=0.05, regularizer="l2", strength=0.02, epochs=600),
        regularizer="none",
    ),
    kept(
        "sine, elastic net with Adam",
        "penalty",
        curve((16,), optimizer="adam", eta=0.01, regularizer="elastic", strength=0.02, epochs=1500),
        regularizer="none",
    ),
    kept(
        "circle, sigmoid units far out",
        "saturated",
        classes("circle", (4,), "sigmoid", net=far(25.0), epochs=800),
        net=(),
        eta=2.0,
    ),
    kept(
        "step, ReLU thrown far off",
        "rate_large",
        curve(data="step", f="relu", eta=1.2, init="he_uniform"),
        ("dead",),
        eta=0.05,
    ),
    kept(
        "moons, ReLUs given below zero",
        "dead",
        classes(
            "moons",
            (4,),
            "relu",
            net=(0.3, 0.2, -40, -0.2, 0.3, -40, 0.1, 0.3, -40, -0.3, 0.1, -40, 0.5, -0.5, 0.5, 0.5, 0),
            epochs=800,
        ),
        net=(),
        init="he_uniform",
    ),
    kept(
        "step from equal weights",
        "alike",
        curve((8,), data="sine", init="constant", optimizer="adam", eta=0.02, epochs=800),
        init="xavier_uniform",
    ),
    kept("a ring from zeros", "alike", table(ring(5), (6,), init="zeros", epochs=600), init="xavier_uniform"),
    kept(
        "spiral from equal weights",
        "alike",
        classes("moons", (8, 8), init="constant", optimizer="momentum", eta=0.1, epochs=800),
        init="xavier_uniform",
    ),
    kept(
        "cars in kilograms",
        "scale",
        table(cars(1), output="linear", loss="mse", eta=0.02, epochs=600),
        ("saturated", "rate_large"),
        rows=_standard(cars(1)),
    ),
    kept(
        "cars in kilograms, ReLU",
        "scale",
        table(cars(2), (8,), "relu", output="linear", loss="mse", init="he_uniform", eta=0.01, epochs=600),
        ("saturated", "rate_large", "dead"),
        rows=_standard(cars(2)),
    ),
    kept(
        "years of the calendar",
        "scale",
        table(dates(1), eta=0.1, epochs=800),
        ("saturated", "rate_large"),
        rows=_standard(dates(1)),
    ),
    kept(
        "years of the calendar, momentum",
        "scale",
        table(dates(2), optimizer="momentum", eta=0.02, epochs=500),
        ("saturated", "rate_large"),
        rows=_standard(dates(2)),
    ),
    kept(
        "ages under a sigmoid",
        "range",
        table(ages(2), loss="mse", eta=0.1, epochs=500),
        ("saturated",),
        activations=("tanh", "linear"),
    ),
    kept(
        "a line below zero under a ReLU",
        "range",
        table(line(-2, 2), output="relu", loss="mse", eta=0.05, epochs=600),
        ("dead",),
        activations=("tanh", "linear"),
    ),
    kept(
        "ages under tanh, Adam",
        "range",
        table(ages(3), output="tanh", loss="mse", optimizer="adam", eta=0.01, epochs=500),
        ("saturated",),
        activations=("tanh", "linear"),
    ),
    kept(
        "squared error of blobs, far off",
        "wrong_loss",
        classes("blobs", (), loss="quadratic", net=(0.4, -0.3, 9.0), noise=0.3, epochs=600),
        ("saturated",),
        loss=BCE,
    ),
    kept(
        "squared error of AND, far off",
        "wrong_loss",
        Task("and", hidden=(), activations=("sigmoid",), loss=SQUARES, net=(0.5, 0.5, 9.0), eta=1.0, epochs=1000),
        ("saturated",),
        loss=BCE,
    ),
    kept(
        "answers turned round",
        "noise",
        table(flipped(1, 0.25), (4,), eta=0.2, epochs=500),
        rows=written(flipped(1, 0.0)),
    ),
    kept(
        "blobs in each other, momentum",
        "noise",
        classes("blobs", (6,), noise=2.5, optimizer="momentum", eta=0.02, epochs=300),
        noise=0.3,
    ),
    kept(
        "a third turned round",
        "noise",
        table(flipped(2, 0.33), (6,), "relu", init="he_uniform", eta=0.05, epochs=500),
        rows=written(flipped(2, 0.0)),
    ),
    kept("a ring, few epochs", "few_epochs", table(ring(6), eta=1.0, epochs=30), ("rate_small",), epochs=2000),
    kept(
        "step, few epochs",
        "few_epochs",
        curve((12,), data="sine", optimizer="adam", eta=0.02, epochs=30),
        ("rate_small",),
        epochs=1500,
    ),
    kept(
        "digits, an epoch and a half",
        "few_epochs",
        Task().with_data("digits").drawn(optimizer="sgd", eta=0.02, epochs=2),
        ("rate_small",),
        epochs=40,
    ),
    kept(
        "answers turned round, by heart",
        "overfitting",
        table(flipped(3, 0.2, 60), (32,), optimizer="adam", eta=0.03, held=50, epochs=1000),
        epochs=10,
    ),
    kept(
        "noisy step by heart",
        "overfitting",
        curve((48,), data="step", size=24, noise=0.8, optimizer="adam", eta=0.02, held=50, epochs=3000),
        epochs=30,
    ),
    kept(
        "noisy moons by heart, deep",
        "overfitting",
        classes(
            "moons",
            (24, 24),
            "relu",
            init="he_uniform",
            size=60,
            noise=0.4,
            optimizer="adam",
            eta=0.01,
            held=50,
            epochs=800,
        ),
        epochs=20,
    ),
    kept(
        "moons, the slope of a",
        "mistake",
        classes("moons", epochs=800).with_options(mistakes=("slope_of_a",)),
        ("rate_large", "saturated"),
        mistakes=(),
    ),
    kept(
        "step, the sum over a batch",
        "mistake",
        curve(data="step").with_options(mistakes=("sum_over_batch",)),
        ("rate_large", "saturated"),
        mistakes=(),
    ),
    kept(
        "a ring, uphill",
        "mistake",
        table(ring(7)).with_options(mistakes=("uphill",)),
        ("rate_large", "saturated"),
        mistakes=(),
    ),
    kept(
        "a ring without a hidden layer",
        "small",
        table(ring(8), (), epochs=600),
        hidden=(8,),
        activations=("tanh", "sigmoid"),
    ),
    kept(
        "a ring with one unit",
        "small",
        table(ring(9), (1,), optimizer="adam", eta=0.05, epochs=600),
        ("noise",),
        hidden=(8,),
    ),
    kept("sine with one unit", "small", curve((1,), optimizer="adam", eta=0.05, epochs=1000), hidden=(8,)),
    kept(
        "XOR with two tanh, a bad start",
        "minimum",
        Task(activations=("tanh", "sigmoid"), loss=BCE, optimizer="adam", eta=0.05, epochs=1500, seed=10),
        seed=2,
    ),
    kept("XOR with Nesterov, the published start", "minimum", Task(optimizer="nesterov", eta=0.1, epochs=5000), seed=2),
    kept(
        "eight layers of sigmoids for a ring",
        "vanishing",
        table(ring(10), (8,) * 8, "sigmoid", eta=0.1, epochs=300),
        ("few_epochs", "rate_small"),
        activations=("relu",) * 8 + ("sigmoid",),
        init="he_uniform",
    ),
    kept(
        "step, nine layers of sigmoids",
        "vanishing",
        curve((6,) * 9, "sigmoid", data="step", eta=0.05, epochs=400),
        ("few_epochs", "rate_small"),
        activations=("tanh",) * 9 + ("linear",),
    ),
    kept("a ring, clipped short", "clip", table(ring(11), clip="norm", clip_at=0.003), ("few_epochs",), clip="none"),
    kept(
        "step, clipped by value", "clip", curve(data="step", clip="value", clip_at=0.001), ("few_epochs",), clip="none"
    ),
    kept(
        "a ring, three samples at a time",
        "batch_noise",
        table(flipped(4, 0.15), (12,), eta=4.0, batch=3, epochs=60),
        ("rate_large", "saturated", "noise"),
        batch=0,
        epochs=1000,
    ),
    kept(
        "step, one sample at a time",
        "batch_noise",
        curve((12,), data="step", noise=0.4, eta=0.3, batch=1, epochs=100),
        ("rate_large",),
        batch=0,
        epochs=2000,
    ),
    kept("OR", "none", Task("or", hidden=(), activations=("sigmoid",), loss=BCE, eta=2.0, epochs=2000)),
    kept("a ring with Adam", "none", table(ring(12), (12,), optimizer="adam", eta=0.02, epochs=800)),
    kept(
        "cars, standardized",
        "none",
        table(standardized(cars(3)), output="linear", loss="mse", optimizer="adam", eta=0.02, epochs=800),
    ),
    kept(
        "blobs, softmax and momentum",
        "none",
        classes(
            "blobs",
            (6,),
            output="softmax",
            loss="cross_entropy",
            noise=0.3,
            optimizer="momentum",
            eta=0.05,
            batch=20,
            epochs=80,
        ),
    ),
    kept(
        "digits without a hidden layer, RMSprop",
        "none",
        Task().with_data("digits").drawn(hidden=(), activations=("softmax",), optimizer="rmsprop", eta=0.02, epochs=12),
    ),
    kept("moons, held out", "none", classes("moons", (12,), optimizer="adam", eta=0.02, held=25, epochs=800)),
)
