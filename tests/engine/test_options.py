"""The keyword arguments of a pass and of a training."""

import pytest

from engine import GradientOptions, Network, PassOptions, TrainOptions, fit, sweep, trace, train
from engine.options import PLAIN, is_plain, options_of

NET, X, Y = Network.random((1, 1), ("linear",), seed=1), [[1.0], [2.0]], [[2.0], [4.0]]
CALLS = {
    "trace": lambda **options: trace(NET, X, Y, **options),
    "train": lambda **options: train(NET, X, Y, epochs=1, **options),
    "fit": lambda **options: fit(NET, X, Y, epochs=1, **options),
    "sweep": lambda **options: sweep([NET], X, Y, epochs=1, **options),
}
KNOWN = {"trace": PassOptions, "train": TrainOptions, "fit": TrainOptions, "sweep": GradientOptions}
VALUES = {
    "regularizer": "l2",
    "strength": 0.5,
    "clip": "norm",
    "clip_at": 0.5,
    "mistakes": ("transposed_gradient",),
    "start": 1,
    "target_loss": 0.5,
    "patience": 3,
    "schedule": "cosine",
}


@pytest.mark.parametrize("name", CALLS)
def test_each_takes_what_is_documented(name):
    CALLS[name](**{keyword: VALUES[keyword] for keyword in KNOWN[name].__annotations__})


@pytest.mark.parametrize("name", CALLS)
def test_an_unknown_keyword_is_refused_by_the_name_of_the_function(name):
    for keyword in ("momentum", "dtype"):
        with pytest.raises(TypeError, match=rf"^{name}\(\) got an unexpected keyword argument '{keyword}'$"):
            CALLS[name](**{keyword: 0.9})


def test_a_training_has_one_mode():
    for name in ("train", "fit", "sweep"):
        with pytest.raises(TypeError, match="'training'"):
            CALLS[name](training=False)


def test_nothing_asked_for_is_plain():
    assert is_plain({"strength": 3.0, "clip_at": 2.0, "mistakes": ()})
    assert not any(map(is_plain, ({"clip": "norm"}, {"regularizer": "l1"}, {"mistakes": ("transposed_gradient",)})))
    assert options_of() == PLAIN
