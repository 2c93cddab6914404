import math
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from visualizer.writing import palette

NAMES = ["NEGATIVE", "ZERO", "POSITIVE", "READ", "WRITE"]
MARKS = ["NEGATIVE", "POSITIVE", "READ", "WRITE", "RIGHT", "WRONG", "DIVERGED"]
# the share of the largest value, and its colour: with the exponent 0.6, half of the largest has 66 % of the colour
ANCHORS = {
    -1: "#2f6db5",
    -0.5: "#537fb2",
    -0.1: "#7f94ae",
    0: "#9aa1ab",
    0.1: "#a88d8b",
    0.5: "#bf6e56",
    1: "#d2532a",
}
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


def contrast(colour, other):
    """The ratio of two luminances, or of those of two colours."""
    sides = (side if isinstance(side, float) else luminance(side) for side in (colour, other))
    bright, dark = sorted(sides, reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def too_weak(colours, ground, least):
    """Those colours that do not stand out enough, each with its ratio."""
    ratios = {f"{name} {colour} on {ground}": contrast(colour, ground) for name, colour in colours.items()}
    return {name: round(ratio, 2) for name, ratio in ratios.items() if ratio < least}


@pytest.mark.parametrize("ground", [0.0, 1.0], ids=["black", "white"])
def test_colours_with_a_meaning_hold_on_black_and_on_white(ground):
    assert too_weak({name: getattr(palette, name) for name in MARKS}, ground, 3) == {}


@pytest.mark.parametrize("name", palette.GROUNDS)
def test_words_and_marks_hold_on_their_ground(name):
    ground = palette.GROUNDS[name]
    assert too_weak({"text": ground.text}, ground.background, 7) == {}
    assert too_weak({"text": ground.text}, ground.raised, 7) == {}
    assert too_weak({"accent": ground.accent}, ground.background, 4.5) == {}
    assert too_weak({name: getattr(palette, name) for name in MARKS}, ground.background, 3) == {}
    assert too_weak(dict(enumerate(palette.SERIES)), ground.background, 3) == {}


@pytest.mark.parametrize("sight", BLIND)
@pytest.mark.parametrize("pair", [("NEGATIVE", "POSITIVE"), ("READ", "WRITE")], ids="-".join)
def test_colours_are_told_apart_by_colour_blind_eyes(pair, sight):
    def seen(name):
        return [sum(w * c for w, c in zip(row, light(getattr(palette, name)), strict=True)) for row in BLIND[sight]]

    assert math.dist(seen(pair[0]), seen(pair[1])) > 0.15


def test_the_scale_is_the_one_that_is_written_down():
    assert {share: palette.diverging(2 * share, 2) for share in ANCHORS} == ANCHORS
    assert (ANCHORS[-1], ANCHORS[0], ANCHORS[1]) == (palette.NEGATIVE, palette.ZERO, palette.POSITIVE)


def between(place):
    """The colour that a figure has at a place of the scale, from 0 to 1, by going straight from stop to stop."""
    places, colours = zip(*palette.SCALE, strict=True)
    return [np.interp(place, places, channel) for channel in zip(*map(channels, colours), strict=True)]


@given(st.floats(-1, 1))
def test_figures_have_the_same_scale_with_the_same_bend(share):
    assert np.abs(np.subtract(between((1 + share) / 2), channels(palette.diverging(share, 1)))).max() <= 8


def test_the_scale_of_figures_goes_from_end_to_end():
    (first, low), *_, (last, high) = palette.SCALE
    assert (first, low, last, high) == (0, palette.NEGATIVE, 1, palette.POSITIVE)
    assert palette.SCALE[len(palette.SCALE) // 2] == [0.5, palette.ZERO]


@pytest.mark.parametrize("count", [1, 2, 3, 4, 7])
def test_things_in_an_order_begin_and_end_with_its_colours(count):
    colours = palette.ordered(count)
    assert len(set(colours)) == count
    assert (colours[0], colours[-1]) == (palette.ORDERED[0], palette.ORDERED[0 if count == 1 else -1])


def test_things_in_an_order_pass_each_of_its_colours_and_lie_half_way_between():
    assert palette.ordered(len(palette.ORDERED)) == list(palette.ORDERED)
    first, second = palette.ORDERED[:2]
    assert palette.ordered(2 * len(palette.ORDERED) - 1)[1] == palette.mix(first, second, 0.5)


def test_no_figure_has_a_scale_or_a_verdict_of_its_own():
    """A scale is typed by its ends; what is told apart from right is no end of it."""
    files = Path(palette.__file__).parents[1].glob("**/*.py")
    sources = {path.name: path.read_text(encoding="utf-8") for path in files}
    scales = {name for name, text in sources.items() if re.search(r"\[0, *palette\.(NEGATIVE|POSITIVE)", text)}
    assert scales == set()
    used = {name for name, text in sources.items() if re.search(r"palette\.(NEGATIVE|POSITIVE)", text)}
    # signs; classes, which are at its ends; the legend
    assert used == {"edge_picker.py", "prediction_figures.py", "network_figure.py"}


def test_no_style_sheet_and_no_script_has_a_colour_of_the_palette():
    """Colours are filled in: the palette is the one place in which one is changed."""
    own = "|".join(getattr(palette, name) for name in (*NAMES, "PEN", "POINTER"))
    files = [path for path in Path(palette.__file__).parents[1].glob("**/*") if path.suffix in (".css", ".js", ".html")]
    assert files
    assert [path.name for path in files if re.search(own, path.read_text(encoding="utf-8"))] == []


@given(st.floats(0, 1), st.floats(0, 1), st.sampled_from([1, -1]))
def test_a_larger_value_has_a_stronger_colour(one, other, sign):
    weak, strong = sorted((one, other))
    near, far = away(palette.diverging(sign * weak, 1)), away(palette.diverging(sign * strong, 1))
    assert np.less_equal(near, far).all(), (near, far)


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
