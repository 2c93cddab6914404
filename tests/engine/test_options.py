import pytest

from engine import CLIPS, REGULARIZERS, InputError
from engine.mistakes import MISTAKES
from engine.options import PLAIN, options_of


def test_what_is_not_done_has_no_strength_so_that_the_same_is_not_compiled_twice():
    assert options_of(strength=3.0, clip_at=0.1) == PLAIN
    assert not PLAIN.regularized
    assert not PLAIN.clipped


@pytest.mark.parametrize("name", REGULARIZERS)
def test_every_penalty_keeps_its_strength(name):
    made = options_of(regularizer=name, strength=0.25)
    assert made.regularized == (name != "none")
    assert made.strength == 0.25 * made.regularized


@pytest.mark.parametrize("name", CLIPS)
def test_every_way_of_clipping_keeps_its_limit(name):
    made = options_of(clip=name, clip_at=0.25)
    assert made.clipped == (name != "none")
    assert made.clip_at == 0.25 * made.clipped


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
