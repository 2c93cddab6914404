import numpy as np
import pytest

from engine.text import LANGUAGES
from tests.visualizer.trials import trial_of
from visualizer import palette
from visualizer.digits import mistakes, outputs_figure, reading, reading_tile, shown_set, weight_tiles
from visualizer.palette import GROUNDS

TRIAL = trial_of("digits")


def test_mistakes_are_all_that_is_taken_for_something_else_the_worst_first():
    name, (x, y) = shown_set(TRIAL)
    assert name.en == "held out"
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
    right = reading(TRIAL.network_at(3), x[worst.row], worst.said, worst.row)
    assert reading_tile(TRIAL, right, lang, GROUNDS["light"]).caption == str(worst.said)


def test_every_unit_of_the_first_layer_has_a_picture_of_its_weights():
    tiles = weight_tiles(TRIAL.network_at(8), (8, 8), "en")
    assert [tile.caption for tile in tiles] == [str(j) for j in range(1, 13)]
    assert len({tile.source for tile in tiles}) == 12


@pytest.mark.parametrize("outputs", [[0.1] * 9 + [0.2], [-1.0, 3.0], [np.nan, 1.0]])
def test_the_largest_output_is_marked(outputs):
    (bars,) = outputs_figure(outputs, "en").data
    assert [colour == palette.WRITE for colour in bars.marker.color] == [v == np.nanmax(outputs) for v in outputs]
    low, high = outputs_figure(outputs, "en").layout.yaxis.range
    assert low <= np.nanmin(outputs) <= np.nanmax(outputs) < high
