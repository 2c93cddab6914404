from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from tests.visualizer.runs.test_groups import RUNS
from visualizer.runs import AXES, Look, curves_figure
from visualizer.writing import palette

BY_RATE = Look(group="eta")


def parts(figure):
    """Single curves, means and bands."""
    singles = [trace for trace in figure.data if trace.mode == "lines+markers"]
    bands = [trace for trace in figure.data if trace.fill == "toself"]
    means = [trace for trace in figure.data if trace.mode == "lines" and trace.fill is None and trace.text]
    return singles, means, bands


@pytest.mark.parametrize("axis", AXES)
def test_a_group_is_a_mean_with_a_band_and_the_single_ones_behind(axis):
    singles, means, bands = parts(curves_figure(RUNS, "en", look=replace_look(axis=axis)))
    assert (len(singles), len(means), len(bands)) == (6, 3, 3)
    assert [mean.name for mean in means] == [f"η = {eta} (2 runs)" for eta in (0.1, 0.5, 2)]
    assert all(mean.showlegend for mean in means)
    assert not any(trace.showlegend for trace in (*singles, *bands))
    assert all(trace.line.color.startswith("rgba") and trace.line.width < 2 for trace in singles)
    for mean, around in zip(means, bands, strict=True):
        assert mean.legendgroup == around.legendgroup
        assert len(around.x) == 2 * len(mean.x)


def replace_look(**changes):
    return BY_RATE._replace(**changes)


def test_means_and_bands_are_those_of_the_losses():
    _, means, bands = parts(curves_figure(RUNS, "en", look=BY_RATE))
    for k, pair in enumerate(([2, 3], [4, 5], [0, 1])):
        both = np.array([RUNS[i].trial.loss for i in pair])
        assert_allclose(means[k].y, both.mean(axis=0))
        assert_allclose(bands[k].y[: both.shape[1]], both.mean(axis=0) + both.std(axis=0, ddof=1))
        assert_allclose(bands[k].y[both.shape[1] :][::-1], both.mean(axis=0) - both.std(axis=0, ddof=1))


def test_on_a_log_axis_a_band_ends_where_the_axis_does():
    figure = curves_figure(RUNS, "en", look=BY_RATE._replace(log=True))
    lowest = min(run.trial.loss.min() for run in RUNS)
    assert all((np.array(around.y) >= lowest).all() for around in parts(figure)[2])


def test_a_point_tells_its_epoch_its_value_and_its_run_and_a_mean_is_none():
    singles, means, _ = parts(curves_figure(RUNS, "en", look=BY_RATE._replace(axis="update")))
    for run, line in zip(RUNS, singles, strict=True):
        told = np.array(line.customdata)
        assert_array_equal(told, np.column_stack((np.arange(13), run.trial.loss, np.full(13, run.colour))))
    assert {len(point) for mean in means for point in mean.customdata} == {2}


def test_runs_are_coloured_by_a_setting():
    singles, means, _ = parts(curves_figure(RUNS, "en", look=Look(shade="optimizer")))
    assert means == []
    assert [line.line.color for line in singles] == [palette.SERIES[i] for i in (0, 0, 1, 1, 0, 0)]


def test_a_pinned_run_is_wider_above_the_others_and_marked():
    pinned = [replace(RUNS[0], pinned=True), *RUNS[1:]]
    singles, _, _ = parts(curves_figure(pinned, "en"))
    assert singles[-1].name.startswith("★ ")
    assert singles[-1].line.width > max(line.line.width for line in singles[:-1])
    assert_array_equal(singles[-1].y, RUNS[0].trial.loss)


def test_hovering_tells_of_one_run_or_lists_all():
    one, all_runs = (curves_figure(RUNS, "en", look=Look(listed=listed)) for listed in (False, True))
    assert (one.layout.hovermode, all_runs.layout.hovermode) == ("closest", "x unified")
    assert all("epoch" in line.hovertemplate for line in parts(one)[0])
    assert all(line.hovertemplate.startswith(f"{line.name}: ") for line in parts(all_runs)[0])


def test_over_seconds_the_places_are_those_of_this_machine():
    singles, _, _ = parts(curves_figure(RUNS, "en", look=Look(axis="second", log_x=True)))
    for run, line in zip(RUNS, singles, strict=True):
        assert_allclose(line.x, np.concatenate(([0], np.cumsum(run.trial.segments[0].history.seconds))))
        assert (np.diff(line.x) > 0).all()
