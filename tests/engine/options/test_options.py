"""Keyword options of a pass and of a training."""

from inspect import signature

import pytest

from engine import (
    CLIPS,
    REGULARIZERS,
    GradientOptions,
    InputError,
    Network,
    PassOptions,
    StopOptions,
    SweepOptions,
    TrainOptions,
    fit,
    train,
)
from engine.mistakes import MISTAKES
from engine.options import PLAIN, is_plain, options_of
from engine.passes import trace
from engine.training import sweep

NET, X, Y = Network.random((1, 1), ("linear",), seed=1), [[1.0], [2.0]], [[2.0], [4.0]]
CALLS = {
    "trace": lambda **options: trace(NET, X, Y, **options),
    "train": lambda **options: train(NET, X, Y, epochs=1, **options),
    "fit": lambda **options: fit(NET, X, Y, epochs=1, **options),
    "sweep": lambda **options: sweep([NET], X, Y, epochs=1, **options),
}
KNOWN = {"trace": PassOptions, "train": TrainOptions, "fit": TrainOptions, "sweep": SweepOptions}
VALUES = {
    "regularizer": "l2",
    "strength": 0.5,
    "clip": "norm",
    "clip_at": 0.5,
    "mistakes": ("transposed_gradient",),
    "shuffle": False,
    "seed": 7,
    "record": "full",
    "validation": 0.5,
    "state": {},
    "start": 1,
    "target_loss": 0.5,
    "patience": 3,
    "min_improvement": 0.01,
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


def test_what_all_trainings_have_in_common_is_documented_once():
    taken = {f: signature(f).parameters for f in (train, fit)}
    assert [*taken[train].values()] == [*taken[fit].values()]
    assert (
        not {name for f in (train, fit, sweep) for name in signature(f).parameters}
        & TrainOptions.__annotations__.keys()
    )
    for name in TrainOptions.__annotations__:
        told = [
            kind
            for kind in (GradientOptions, StopOptions, SweepOptions, PassOptions, TrainOptions)
            if f"    {name} : " in kind.__doc__
        ]
        assert len(told) == 1, name


def test_a_training_has_one_mode():
    for name in ("train", "fit", "sweep"):
        with pytest.raises(TypeError, match="'training'"):
            CALLS[name](training=False)


def test_nothing_asked_for_is_plain():
    assert is_plain({"strength": 3.0, "clip_at": 2.0, "mistakes": ()})
    assert not any(map(is_plain, ({"clip": "norm"}, {"regularizer": "l1"}, {"mistakes": ("transposed_gradient",)})))
    assert options_of() == PLAIN


def test_what_is_not_done_has_no_strength_so_that_the_same_is_not_compiled_twice():
    assert options_of(strength=3.0, clip_at=0.1) == PLAIN
    assert not PLAIN.regularized
    assert not PLAIN.clipped


@pytest.mark.parametrize("name", REGULARIZERS)
def test_every_penalty_keeps_its_strength(name):
    made = options_of(regularizer=name, strength=0.25)
    assert made.regularized == (name != "none")
    assert made.strength == (0.25 if made.regularized else PLAIN.strength)


@pytest.mark.parametrize("name", CLIPS)
def test_every_way_of_clipping_keeps_its_limit(name):
    made = options_of(clip=name, clip_at=0.25)
    assert made.clipped == (name != "none")
    assert made.clip_at == (0.25 if made.clipped else PLAIN.clip_at)


@pytest.mark.parametrize(
    "wrong",
    [
        {"regularizer": "l3"},
        {"clip": "hard"},
        {"regularizer": "l2", "strength": -0.1},
        {"regularizer": "l2", "strength": float("nan")},
        {"clip": "norm", "clip_at": 0},
        {"clip": "norm", "clip_at": -1},
        {"mistakes": ("unheard",)},
    ],
    ids=str,
)
def test_what_does_not_work_is_refused(wrong):
    with pytest.raises(InputError):
        options_of(**wrong)


def test_mistakes_that_exclude_each_other_are_refused_in_either_order():
    pairs = [(a, b) for a in MISTAKES.values() for b in MISTAKES.values() if a.name != b.name and a.excludes(b)]
    assert pairs
    for a, b in pairs:
        with pytest.raises(InputError):
            options_of(mistakes=(a.name, b.name))
