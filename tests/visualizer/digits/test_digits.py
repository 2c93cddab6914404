import numpy as np
import pytest

from engine import Dense, Network
from engine.core import LANGUAGES
from tests.visualizer.trials import trial_of
from visualizer.digits import ink, mistakes, outputs_figure, reading, reading_tile, shown_set, weight_tiles
from visualizer.digits.pixels import signed
from visualizer.writing import GROUNDS, palette

TRIAL = trial_of("digits")
NAMES = "abcdefghij"


def test_mistakes_are_all_that_is_taken_for_something_else_the_worst_first():
    name, (x, y) = shown_set(TRIAL)
    assert name.en == "validation set"
    found = mistakes(TRIAL, 3)
    outputs = TRIAL.network_at(3).predict(x)
    wrong = np.flatnonzero(outputs.argmax(axis=1) != y.argmax(axis=1))
    assert sorted(each.row for each in found) == wrong.tolist()
    assert len(wrong) > 2
    gaps = [outputs[each.row, each.said] - outputs[each.row, each.truth] for each in found]
    assert gaps == pytest.approx(sorted(gaps, reverse=True))
    assert all(each.truth == y[each.row].argmax() for each in found)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_picture_says_what_it_was_taken_for(lang):
    worst = mistakes(TRIAL, 3)[0]
    tile = reading_tile(TRIAL, worst, lang, GROUNDS["dark"])
    assert all(str(number) in tile.alt for number in (worst.row + 1, worst.truth, worst.said))
    assert all(str(number) in tile.caption for number in (worst.truth, worst.said))
    x = shown_set(TRIAL)[1][0]
    assert reading(TRIAL.network_at(3), x[0], 0).row == 0
    right = reading(TRIAL.network_at(3), x[worst.row], worst.said, worst.row)
    assert reading_tile(TRIAL, right, lang, GROUNDS["light"]).caption == str(worst.said)


def test_every_unit_of_the_first_layer_has_a_picture_of_its_weights():
    tiles = weight_tiles(TRIAL.network_at(8), (8, 8), "en")
    assert [tile.caption for tile in tiles] == [str(j) for j in range(1, 13)]
    assert len({tile.source for tile in tiles}) == 12


@pytest.mark.parametrize("outputs", [[0.1] * 9 + [0.2], [-1.0, 3.0], [np.nan, 1.0]])
def test_the_largest_output_is_marked(outputs):
    (bars,) = outputs_figure(outputs, NAMES, "en").data
    assert [colour == palette.WRITE for colour in bars.marker.color] == [v == np.nanmax(outputs) for v in outputs]
    low, high = outputs_figure(outputs, NAMES, "en").layout.yaxis.range
    assert low <= np.nanmin(outputs) <= np.nanmax(outputs) < high


@pytest.mark.parametrize(
    ("outputs", "texts", "axis"),
    [([0.25, 0.75], ["25%", "75%"], (0, 1.15)), ([-1.0, 3.0], ["-100%", "300%"], (-1, 3.6))],
)
def test_a_bar_stands_at_its_digit_and_all_have_room_for_their_numbers(outputs, texts, axis):
    figure = outputs_figure(outputs, NAMES, "en")
    (bars,) = figure.data
    assert (list(bars.x), list(bars.y), list(bars.text)) == (list(range(len(outputs))), outputs, texts)
    assert list(figure.layout.yaxis.range) == pytest.approx(axis)
    assert (figure.layout.xaxis.ticktext[1], figure.layout.height) == ("b", 240)


def test_of_a_wide_layer_the_first_units_are_shown_by_the_scale_of_nearly_all_their_weights():
    W = np.random.default_rng(1).normal(size=(130, 9))
    W[0, 0] = 1000.0
    network = Network((Dense(W, np.zeros(130), "tanh"),))
    tiles = weight_tiles(network, (3, 3), "en")
    assert [tile.caption for tile in tiles] == [str(j) for j in range(1, 129)]
    assert (tiles[0].alt, tiles[-1].alt) == ("weights into neuron 1", "weights into neuron 128")
    top = np.quantile(np.abs(W[:128]), 0.99)
    assert tiles[5].source == signed(W[5], (3, 3), top)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_image_is_counted_from_one_in_its_set(lang):
    x = shown_set(TRIAL)[1][0]
    tile = reading_tile(TRIAL, reading(TRIAL.network_at(3), x[0], 0, 0), lang, GROUNDS["light"])
    assert {"en": "image 1 of validation set", "zh": "验证集第 1 张"}[lang] in tile.alt
    assert tile.source == ink(x[0], (8, 8), GROUNDS["light"])
