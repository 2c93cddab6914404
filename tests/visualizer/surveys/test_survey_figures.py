from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from engine.settings import Task
from engine.studies import Survey, range_test, survey
from visualizer.surveys import fan_figure, final_figure, rate_figure, solved_figure
from visualizer.surveys.survey_figures import quantiles, seed_order
from visualizer.writing import palette

LANGUAGES = ["en", "zh"]
CURVE = Task("sine", size=20, hidden=(3,), activations=("tanh", "linear"), init="xavier_uniform", epochs=200)


@cache
def surveyed(task=CURVE, seeds=11, rates=(0.02, 0.1, 50.0)):
    *_, last = survey(task, range(seeds), rates)
    return last.survey


@cache
def of_classes():
    return surveyed(Task(epochs=50), 5, (0.2,))


@pytest.fixture
def made():
    """A survey of two rates and four seeds by hand; one run has diverged."""
    losses = np.array([[[1, 0.5], [1, 0.001], [1, 0.25], [1, 0.125]], [[1, np.nan], [1, 0.5], [1, 0.02], [1, 0.5]]])
    right = np.array([[False, True, False, True], [False, False, True, False]])
    return Survey(Task(), (0.1, 1.0), (3, 5, 8, 9), np.array([0, 10_000]), losses, right, 0.01)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("draw", [fan_figure, final_figure, solved_figure])
@pytest.mark.parametrize("of", [surveyed, of_classes], ids=["curve", "classes"])
def test_a_figure_speaks_the_language_and_keeps_its_height(draw, of, lang):
    figure = draw(of(), lang)
    assert figure.layout.height == draw(of_classes(), "en").layout.height
    titles = figure.layout.xaxis.title.text + figure.layout.yaxis.title.text
    assert titles.isascii() == (lang == "en" and "η" not in titles)
    assert draw(of(), "zh").layout.yaxis.title != draw(of(), "en").layout.yaxis.title


def test_quantiles_are_losses_of_seeds_and_what_diverged_is_worst():
    losses = np.arange(21.0)[:, np.newaxis][::-1]
    assert_array_equal(quantiles(losses)[:, 0], [1, 5, 10, 15, 19])
    losses[:2] = np.nan
    assert_array_equal(quantiles(losses)[:, 0], [1, 5, 10, 15, np.inf])


def test_the_fan_has_a_median_and_two_bands_for_each_rate():
    made = surveyed()
    traces = fan_figure(made, "en").data
    assert len(traces) == 3 * len(made.rates)
    for k, rate in enumerate(made.rates):
        wide, narrow, median = traces[3 * k : 3 * k + 3]
        assert {wide.legendgroup, narrow.legendgroup, median.legendgroup} == {f"η = {rate:g}"}
        if k < 2:
            five = quantiles(made.losses[k])
            assert_allclose(median.y, five[2])
            n = len(made.epochs)
            for band, low, high in ((wide, 0, 4), (narrow, 1, 3)):
                assert_allclose(band.y[:n], five[low])
                assert_allclose(band.y[n:][::-1], five[high])
                assert_array_equal(band.x[:n], made.epochs)
    assert fan_figure(made, "en").layout.yaxis.type == "log"
    assert len({trace.line.color for trace in traces[2::3]}) == len(made.rates)
    assert np.isnan(traces[-1].y[-1])


def test_what_diverges_leaves_room_for_the_rest():
    made = surveyed()
    low, high = 10 ** np.array(fan_figure(made, "en").layout.yaxis.range)
    assert low < made.final[:2].min() < made.losses[..., 0].max() < high < 100 * made.losses[..., 0].max()


def test_the_fan_says_its_values():
    made = surveyed()
    text = fan_figure(made, "en").data[2].text[-1]
    middle = np.median(made.final[0])
    assert text.startswith(f"epoch 200: median {middle:.4g}"[:24])
    assert "diverged" in fan_figure(made, "en").data[-1].text[-1]
    assert "发散" in fan_figure(made, "zh").data[-1].text[-1]


def test_the_map_has_one_seed_in_a_column_and_the_best_on_the_left(made):
    ended, gone = final_figure(made, "en").data
    order = seed_order(made)
    assert [made.seeds[k] for k in order] == [5, 8, 9, 3]
    assert_allclose(10**ended.z, made.final[:, order])
    assert_array_equal(np.isnan(gone.z), ~made.diverged[:, order])
    assert ended.text[0][0] == "η = 0.1, seed 5: 0.001"
    assert gone.text[1][3] == "η = 1, seed 3: diverged"
    assert list(ended.y) == ["0.1", "1"]


def test_the_bars_count(made):
    solved, right, gone = solved_figure(made, "en").data
    assert (list(solved.y), list(solved.text), solved.marker.color) == ([0.25, 0], ["1 of 4", "0 of 4"], palette.RIGHT)
    assert (list(right.y), list(right.text)) == ([0.5, 0.25], ["2 of 4", "1 of 4"])
    assert (list(gone.y), list(gone.text)) == ([0, 0.25], ["0 of 4", "1 of 4"])
    assert "0.01" in solved.name


def test_only_what_there_is_gets_a_bar():
    assert len(solved_figure(of_classes(), "en").data) == 2
    assert len(solved_figure(surveyed(rates=(0.02,)), "en").data) == 1


@pytest.mark.parametrize("draw", [fan_figure, final_figure, solved_figure])
@pytest.mark.parametrize("value", [np.nan, 0.0], ids=["diverged", "zero"])
def test_nothing_finite_or_nothing_left_is_drawn_all_the_same(made, draw, value):
    figure = draw(replace(made, losses=np.full_like(made.losses, value)), "en")
    assert figure.to_json()


def test_bands_are_faint_the_wider_the_fainter_and_the_median_is_a_line():
    made = surveyed()
    wide, narrow, median = fan_figure(made, "en").data[:3]
    colour = palette.ordered(len(made.rates))[0]
    rgb = ",".join(map(str, palette.channels(colour)))
    assert (wide.fillcolor, narrow.fillcolor) == (f"rgba({rgb},0.1)", f"rgba({rgb},0.22)")
    assert (median.line.color, median.line.width) == (colour, 2)
    assert (wide.fill, wide.line.width, wide.showlegend) == ("toself", 0, False)


def test_the_axis_of_the_fan_has_a_tenth_of_a_decade_around_what_is_shown(made):
    figure = fan_figure(made, "en")
    assert list(figure.layout.yaxis.range) == pytest.approx([np.log10(0.001) - 0.1, 0.1])
    assert figure.layout.yaxis.dtick == 1
    near = fan_figure(replace(made, losses=np.array([[[1, 0.5], [1, 0.25]]]), rates=(0.1,), seeds=(3, 5)), "en")
    assert list(near.layout.yaxis.range) == pytest.approx([np.log10(0.25) - 0.1, 0.1])
    assert near.layout.yaxis.dtick is None


def test_the_map_has_the_scale_of_signed_values_with_losses_beside_it(made):
    ended, gone = final_figure(made, "en").data
    assert [list(stop) for stop in ended.colorscale] == palette.SCALE
    assert {colour for _, colour in gone.colorscale} == {palette.ZERO}
    bar = ended.colorbar
    assert list(bar.tickvals) == pytest.approx(np.linspace(np.log10(0.001), np.log10(0.5), 5))
    assert (bar.ticktext[0], bar.ticktext[-1]) == ("0.001", "0.5")


def test_the_bars_have_room_for_their_counts(made):
    figure = solved_figure(made, "en")
    assert (list(figure.layout.yaxis.range), figure.layout.yaxis.tickformat) == ([0, 1.12], ".0%")
    assert [bar.marker.color for bar in figure.data] == [palette.RIGHT, palette.ZERO, palette.DIVERGED]
    assert {tuple(bar.x) for bar in figure.data} == {("0.1", "1")}


def test_the_fan_says_its_five_quantiles_each_in_its_place():
    losses = np.arange(1.0, 22.0)[np.newaxis, :, np.newaxis]
    made = Survey(Task(), (0.1,), tuple(range(21)), np.array([7]), losses, None, 0.01)
    words = "epoch 7: median 11, half of the seeds from 6 to 16, nine tenths from 2 to 20"
    assert list(fan_figure(made, "en").data[2].text) == [words]
    assert list(fan_figure(made, "zh").data[2].text) == [
        "第 7 轮：中位数 11，半数种子在 6 到 16 之间，九成在 2 到 20 之间"
    ]


def test_a_seed_that_diverged_stands_behind_one_that_ended_worst(made):
    losses = np.array([[[1, 40.0], [1, np.nan], [1, 20.0]]])
    assert list(seed_order(replace(made, rates=(0.1,), seeds=(3, 5, 8), losses=losses))) == [2, 0, 1]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_rates_that_a_range_test_tells_stand_where_they_are(lang):
    found = range_test(Task("moons", hidden=(4,), activations=("tanh", "sigmoid"), loss="binary_cross_entropy"))
    curve, *lines = rate_figure(found, 0.5, lang).data
    np.testing.assert_equal(curve.y, found.losses)
    assert [line.x[0] for line in lines] == [found.steepest, found.lowest, found.stable, 0.5]
    assert all(line.name.isascii() for line in lines) == (lang == "en")
