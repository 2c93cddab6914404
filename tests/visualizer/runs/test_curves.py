from dataclasses import replace

import numpy as np
import pytest

from engine.core import LANGUAGES
from engine.studies import RunDriver
from tests.visualizer.trials import TASKS, trial_of
from visualizer.epochs.thinning import MOST_POINTS
from visualizer.runs import AXES, QUANTITIES, Look, NamedRun, curves_figure
from visualizer.runs.lines import smoothed
from visualizer.writing import palette

KEPT = [NamedRun("", trial_of(name), i) for i, name in enumerate(TASKS)]


def lines(figure):
    return [trace for trace in figure.data if trace.mode.startswith("lines") and trace.x[0] is not None]


@pytest.mark.parametrize("share", [0.1, 0.9, 0.99])
def test_smoothing_is_the_weighted_mean_of_all_points_before(share):
    curve = np.random.default_rng(1).normal(size=50)
    for i, mean in enumerate(smoothed(curve, share)):
        assert mean == pytest.approx(np.average(curve[: i + 1], weights=share ** np.arange(i, -1, -1)))


def test_every_curve_is_there_with_its_colour_and_held_out_ones_are_dashed():
    drawn = {trace.name: trace for trace in lines(curves_figure(KEPT, "en")) if trace.name}
    assert len(drawn) == sum(1 + (run.trial.held_out is not None) for run in KEPT)
    for trace in drawn.values():
        assert (trace.line.dash == "dash") == trace.name.endswith("(validation)")
        assert len(trace.x) <= MOST_POINTS
    for run, trace in zip(KEPT, [t for t in drawn.values() if t.line.dash == "solid"], strict=True):
        assert trace.line.color == palette.SERIES[run.colour]
        values = run.trial.loss[trace.x]
        np.testing.assert_equal(trace.y, np.where(np.isfinite(values), values, np.nan))


def test_beyond_the_last_colour_they_begin_again_with_other_dashes():
    first, second = lines(curves_figure([replace(KEPT[3], colour=i) for i in (1, 1 + len(palette.SERIES))], "en"))
    assert first.line.color == second.line.color
    assert first.line.dash != second.line.dash


def test_the_legend_names_a_run_once_and_says_what_dashes_mean():
    figure = curves_figure([KEPT[0]], "en")
    seen, held_out, key = figure.data
    assert (seen.showlegend, held_out.showlegend) == (True, False)
    assert seen.legendgroup == held_out.legendgroup
    assert (key.name, key.line.dash, key.x) == ("dashed: validation", held_out.line.dash, (None,))
    assert [trace.line.dash for trace in curves_figure([NamedRun("", trial_of("long"))], "en").data] == ["solid"]


def test_a_hidden_run_is_not_drawn_but_names_stay():
    both = [KEPT[0], replace(KEPT[1], hidden=True)]
    names = [trace.name for trace in lines(curves_figure(both, "en"))]
    assert [trace.name for trace in lines(curves_figure([KEPT[0], KEPT[1]], "en"))][:2] == names


def test_the_ticks_are_few_where_nothing_but_the_marked_epoch_or_a_finding_reaches_far():
    gone = [replace(run, hidden=True) for run in KEPT]
    for figure in (
        curves_figure(gone, "en", marker=31_000),
        curves_figure(gone, "en", spans=[(0, 31_000, "(1)", "#c98a00")]),
    ):
        assert figure.layout.xaxis.dtick is None
        assert figure.layout.xaxis.nticks < 10
        assert figure.layout.xaxis.range == (0, 31_000)
    assert curves_figure(gone, "en", marker=3).layout.xaxis.dtick == 1


def test_a_log_axis_has_a_place_for_zeros_and_says_what_they_are():
    trial = trial_of("table")
    cut = type(trial)(trial.segments)
    cut.__dict__["loss"] = np.array([1.0, 0.5, 0.0, np.inf])
    (trace,) = lines(curves_figure([NamedRun("", cut)], "en", look=Look(log=True)))
    np.testing.assert_equal(trace.y, [1.0, 0.5, 0.05, np.nan])
    np.testing.assert_equal(np.array(trace.customdata)[:, 1], [1.0, 0.5, 0.0, np.inf])


@pytest.mark.parametrize("log", [False, True])
def test_a_diverged_run_does_not_flatten_the_others(log):
    axis = curves_figure(KEPT, "en", look=Look(log=log)).layout.yaxis
    top = 10 ** axis.range[1] if log else axis.range[1]
    curves = [(run, curve) for run in KEPT for curve in (run.trial.loss, run.trial.held_out_loss) if curve is not None]
    highest = max(curve[0] if run.trial.stopped else curve.max() for run, curve in curves)
    assert top == pytest.approx(1.5 * highest * (10 if log else 1))


def test_the_marker_is_on_every_curve_that_reaches_its_epoch():
    *_, marks = curves_figure(KEPT, "en", marker=100).data
    wanted = [
        curve[100]
        for run in KEPT
        for curve in (run.trial.loss, run.trial.held_out_loss)
        if curve is not None and len(curve) > 100
    ]
    assert list(marks.y) == wanted
    assert set(marks.x) == {100}


@pytest.mark.parametrize("epoch", [0, 50])
def test_the_marker_is_also_on_the_first_and_on_the_last_epoch(epoch):
    run = NamedRun("", trial_of("sine"))
    assert run.trial.epochs == 50
    figure = curves_figure([run], "en", marker=epoch)
    *_, marks = figure.data
    assert list(marks.x) == [epoch, epoch]
    assert list(marks.y) == [run.trial.loss[epoch], run.trial.held_out_loss[epoch]]
    assert [(line.x0, line.x1) for line in figure.layout.shapes] == [(epoch, epoch)]


def test_no_marker_is_on_a_curve_that_ends_before():
    *_, marks = curves_figure([NamedRun("", trial_of("sine"))], "en", marker=51).data
    assert len(marks.x) == 0


@pytest.mark.parametrize("lang", LANGUAGES)
def test_changes_on_the_way_and_findings_are_marked(lang):
    figure = curves_figure(
        [NamedRun("", trial_of("changed"))], lang, spans=[(10, 20, "flat", "#c98a00"), (90, 100, "noisy", "#0d8a6a")]
    )
    (tick,) = [trace for trace in figure.data if trace.mode == "markers"]
    assert list(tick.x) == [50]
    assert "η = 0.1" in tick.text[0]
    assert [(shape.x0, shape.x1) for shape in figure.layout.shapes] == [(10, 20), (90, 100)]
    assert [shape.type for shape in figure.layout.shapes] == ["line", "line"]  # and no ground that looks like an alarm
    flat, noisy = figure.layout.annotations
    assert (flat.text, flat.x, flat.xanchor, flat.y) == ("flat", 10, "left", 1)
    assert (noisy.text, noisy.x, noisy.xanchor) == ("noisy", 100, "right")  # where there is room
    assert noisy.y < flat.y


def test_words_stand_where_there_is_room_up_to_six_tenths_of_the_longest_run():
    run = NamedRun("", trial_of("sine"))
    words = curves_figure(
        [run], "en", spans=[(29, 40, "left", "#c98a00"), (30, 40, "right", "#c98a00")]
    ).layout.annotations
    assert [(word.xanchor, word.x) for word in words] == [("left", 29), ("right", 40)]


def test_the_legend_of_some_runs_lies_below_and_of_many_beside():
    run, counts = KEPT[2], (1, 3, 4, 5, 6, 40)
    wide, narrow = ([curves_figure([run] * n, "en", narrow=told).layout for n in counts] for told in (False, True))
    assert [layout.legend.orientation for layout in wide] == ["h", "h", "h", "v", "v", "v"]
    assert {layout.legend.orientation for layout in narrow} == {"h"}
    assert np.diff([layout.margin.b for layout in narrow]).tolist() == [26, 0, 0, 26, 0]
    assert wide[4].margin.b < wide[0].margin.b  # the room below is that of the chart


def test_smoothing_keeps_the_raw_curve_behind():
    raw, smooth = lines(curves_figure([KEPT[3]], "en", look=Look(smoothing=0.9)))
    np.testing.assert_equal(raw.y, KEPT[3].trial.loss)
    np.testing.assert_allclose(smooth.y, smoothed(KEPT[3].trial.loss, 0.9))
    assert raw.line.color.startswith("rgba")


def test_no_runs_are_an_empty_figure():
    assert not curves_figure([], "en", look=Look(log=True), marker=3).data[0].x.size


@pytest.mark.parametrize("axis", AXES)
@pytest.mark.parametrize("quantity", QUANTITIES)
@pytest.mark.parametrize("log_x", [False, True])
def test_every_quantity_is_drawn_over_every_axis_of_runs_of_all_kinds(quantity, axis, log_x):
    figure = curves_figure(KEPT, "en", marker=3, spans=[(2, 9, "a", "#c98a00")], look=Look(quantity, axis, log_x))
    drawn = {id(trace) for trace in lines(figure)}
    assert len(drawn) >= len(KEPT)
    assert figure.layout.yaxis.title.text == QUANTITIES[quantity].label.en
    assert figure.layout.xaxis.title.text == AXES[axis].label.en
    for trace in lines(figure):
        assert np.all(np.diff(np.array(trace.x)) > 0)


def test_a_point_is_told_by_its_epoch_whatever_the_axis_is():
    run = NamedRun("", trial_of("spiral"))
    over_updates = lines(curves_figure([run], "en", look=Look(axis="update")))[0]
    epochs = np.array(over_updates.customdata)[:, 0].astype(int)
    assert list(over_updates.x) == [sum(len(run.trial.batches(k)) for k in range(1, epoch + 1)) for epoch in epochs]


def test_rates_penalties_and_whole_costs_are_those_of_the_run():
    trial = trial_of("spiral")
    task = replace(trial.task, regularizer="l2", strength=0.1, schedule="exponential", epochs=20)
    driver = RunDriver(task)
    while driver.advance(1.0):
        pass
    run = NamedRun("", driver.trial)
    rate, penalty, cost = (
        lines(curves_figure([run], "en", look=Look(name)))[0] for name in ("rate", "penalty", "cost")
    )
    np.testing.assert_allclose(rate.y, [task.rate(epoch) for epoch in range(1, 21)])
    last = driver.trial.network_at(20)
    expected = 0.1 * sum(0.5 * (layer.W**2).sum() for layer in last.layers)
    np.testing.assert_allclose(penalty.y[-1], expected)
    np.testing.assert_allclose(cost.y[-1], expected + driver.trial.loss[20])
