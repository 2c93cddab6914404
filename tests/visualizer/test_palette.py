import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visualizer import palette

NAMES = ["NEGATIVE", "ZERO", "POSITIVE", "READ", "WRITE"]
# linear-light matrices of colour-blind sight (Machado, Oliveira & Fernandes 2009, severity 1)
BLIND = {
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
}


def channels(colour):
    assert re.fullmatch(r"#[0-9a-f]{6}", colour)
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]


def light(colour):
    return [(c / 255 / 12.92) if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in channels(colour)]


def luminance(colour):
    return sum(share * c for share, c in zip((0.2126, 0.7152, 0.0722), light(colour), strict=True))


def away(colour):
    return [abs(a - b) for a, b in zip(channels(colour), channels(palette.ZERO), strict=True)]


@pytest.mark.parametrize("ground", [0.0, 1.0], ids=["black", "white"])
@pytest.mark.parametrize("name", ["NEGATIVE", "POSITIVE", "READ", "WRITE"])
def test_colours_with_a_meaning_hold_on_black_and_on_white(name, ground):
    bright, dark = sorted((luminance(getattr(palette, name)), ground), reverse=True)
    assert (bright + 0.05) / (dark + 0.05) >= 3


@pytest.mark.parametrize("name", palette.GROUNDS)
def test_words_and_marks_hold_on_their_ground(name):
    ground = palette.GROUNDS[name]

    def contrast(colour, other):
        bright, dark = sorted((luminance(colour), luminance(other)), reverse=True)
        return (bright + 0.05) / (dark + 0.05)

    assert contrast(ground.text, ground.background) >= 7
    assert contrast(ground.text, ground.raised) >= 7
    assert contrast(ground.accent, ground.background) >= 4.5
    assert all(contrast(getattr(palette, mark), ground.background) >= 3 for mark in NAMES if mark != "ZERO")


@pytest.mark.parametrize("sight", BLIND)
@pytest.mark.parametrize("pair", [("NEGATIVE", "POSITIVE"), ("READ", "WRITE")], ids="-".join)
def test_colours_are_told_apart_by_colour_blind_eyes(pair, sight):
    def seen(name):
        return [sum(w * c for w, c in zip(row, light(getattr(palette, name)), strict=True)) for row in BLIND[sight]]

    assert math.dist(seen(pair[0]), seen(pair[1])) > 0.15


def test_the_scale_begins_at_grey_and_ends_in_its_colours():
    assert palette.diverging(0, 2) == palette.ZERO
    assert palette.diverging(2, 2) == palette.POSITIVE
    assert palette.diverging(-2, 2) == palette.NEGATIVE


@given(st.floats(0, 1), st.floats(0, 1), st.sampled_from([1, -1]))
def test_a_larger_value_has_a_stronger_colour(one, other, sign):
    weak, strong = sorted((one, other))
    near, far = away(palette.diverging(sign * weak, 1)), away(palette.diverging(sign * strong, 1))
    assert all(a <= b for a, b in zip(near, far, strict=True))


def test_a_hundred_values_have_a_hundred_steps_of_strength():
    strengths = [sum(away(palette.diverging(i / 100, 1))) for i in range(101)]
    assert strengths == sorted(strengths)
    assert len(set(strengths)) > 80


@pytest.mark.parametrize(
    ("value", "largest", "name"),
    [(5, 1, "POSITIVE"), (-5, 1, "NEGATIVE"), (math.inf, 1, "POSITIVE"), (3, 0, "ZERO"), (math.nan, 0, "ZERO")],
)
def test_values_beyond_the_scale_end_with_it(value, largest, name):
    assert palette.diverging(value, largest) == getattr(palette, name)


def test_no_two_meanings_have_the_same_colour():
    assert len({getattr(palette, name) for name in NAMES}) == len(NAMES)


@pytest.mark.parametrize("name", palette.GROUNDS)
def test_lines_side_by_side_hold_on_both_grounds(name):
    ground = luminance(palette.GROUNDS[name].background)
    for colour in palette.SERIES:
        bright, dark = sorted((luminance(colour), ground), reverse=True)
        assert (bright + 0.05) / (dark + 0.05) >= 3


def _as_seen(colour, sight):
    """A colour as an eye sees it, in coordinates in which equal distances look alike (Ottosson 2020, OKLab)."""
    rgb = [sum(w * c for w, c in zip(row, light(colour), strict=True)) for row in sight]
    to_cones = ((0.4122215, 0.5363325, 0.0514460), (0.2119035, 0.6806995, 0.1073970), (0.0883025, 0.2817188, 0.6299787))
    to_lab = (
        (0.2104543, 0.7936178, -0.0040720),
        (1.9779985, -2.4285922, 0.4505937),
        (0.0259040, 0.7827718, -0.8086758),
    )
    cones = [math.cbrt(sum(w * max(0, min(1, c)) for w, c in zip(row, rgb, strict=True))) for row in to_cones]
    return [sum(w * c for w, c in zip(row, cones, strict=True)) for row in to_lab]


@pytest.mark.parametrize("sight", [((1, 0, 0), (0, 1, 0), (0, 0, 1)), *BLIND.values()], ids=["full", *BLIND])
def test_no_two_lines_look_alike(sight):
    seen = [_as_seen(colour, sight) for colour in palette.SERIES]
    apart = [[math.dist(a, b) for b in seen[:i]] for i, a in enumerate(seen)]
    assert min(min(row) for row in apart[1:]) > 0.09
    assert min(min(row) for row in apart[1:4]) > 0.11
