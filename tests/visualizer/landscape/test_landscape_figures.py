import json

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from engine import Text
from engine.landscape import SURFACES
from tests.visualizer.landscape.test_loss_surface import computed, of
from tests.visualizer.trials import SPIRAL
from visualizer.landscape import LandscapeSettings, Origin, known_surface, landscape_figure, network_surface
from visualizer.landscape.landscape_figures import HEIGHT, _decades
from visualizer.landscape.loss_surface import Path
from visualizer.landscape.settings import PLANES
from visualizer.writing import number, palette


def drawn(surface, lang="en", **look):
    figure = landscape_figure(surface, lang, **look)
    json.loads(figure.to_json())
    return figure


@pytest.mark.parametrize(("solid", "lang"), [(False, "zh"), (True, "en")])
@pytest.mark.parametrize("log", [False, True, None])
@pytest.mark.parametrize("name", SURFACES)
def test_a_test_surface_is_drawn_either_way_in_the_language(name, log, solid, lang):
    made = known_surface(LandscapeSettings(name))
    figure = drawn(made, lang, solid=solid, log=log)
    ground = figure.data[0]
    assert (ground.type, figure.layout.height) == ("surface" if solid else "contour", HEIGHT)
    assert_array_equal(ground.customdata, made.cost)
    if log and not solid:
        assert_allclose(10**ground.z, made.cost)
    elif log is False:
        assert_array_equal(ground.z, made.cost)
    assert figure.layout.updatemenus[0].buttons[0].label == {"en": "▷ Play", "zh": "▷ 播放"}[lang]
    words = figure.layout.yaxis2.title.text + figure.layout.xaxis2.title.text
    assert words.isascii() == (lang == "en")


@pytest.mark.parametrize("solid", [False, True])
def test_frames_move_the_paths_above_and_below(solid):
    made = known_surface(LandscapeSettings("rosenbrock", walkers=("sgd", "adam")))
    figure = drawn(made, solid=solid)
    assert [frame.name for frame in figure.frames] == [str(mark) for mark in made.marks]
    assert [step.label for step in figure.layout.sliders[0].steps] == [str(mark) for mark in made.marks]
    for frame in figure.frames[::10]:
        mark = int(frame.name)
        for place, moved in zip(frame.traces, frame.data, strict=True):
            assert figure.data[place].type == moved.type
        first, second, above, below = frame.data
        for path, line, k in zip(made.paths, (first, second), (0, 1), strict=True):
            assert len(line.x) == mark + 1
            assert_allclose([line.x[-1], line.y[-1]], path.points[mark], rtol=1e-6)
            assert_allclose([above.x[k], above.y[k]], path.points[mark], rtol=1e-6)
            assert (below.x[k], below.y[k]) == (mark, path.heights[mark])
    assert figure.layout.updatemenus[0].buttons[0].args[1]["frame"]["redraw"] == solid


@pytest.mark.parametrize("solid", [False, True])
@pytest.mark.parametrize("plane", PLANES)
@pytest.mark.parametrize("name", ["spiral", "diverged", "long"])
def test_a_network_with_its_run(name, plane, solid):
    made = of(name, plane=plane)
    figure = drawn(made, solid=solid)
    line = figure.data[-3]
    assert (line.line.color, len(line.x)) == (palette.SERIES[0], len(made.paths[0].at))
    assert len(figure.layout.sliders) == 0
    if solid and name != "diverged":  # there costs are beyond the numbers of a screen
        low, high = np.nanmin(figure.data[0].z), np.nanmax(figure.data[0].z)
        assert low <= np.nanmin(line.z) <= np.nanmax(line.z) <= high + 0.02 * (high - low)


def test_the_epoch_that_is_looked_at_is_marked():
    made = of("spiral", plane="principal")
    there = np.array([0.125, -0.25])
    *_, above, below = drawn(made, looked=(7, there)).data
    assert ([above.x[0], above.y[0]], below.x[0]) == ([0.125, -0.25], 7)


def test_while_it_is_computed_nothing_plays():
    made = network_surface(LandscapeSettings(grid=100), Origin(SPIRAL))
    assert drawn(made).frames == ()
    made.advance()
    assert drawn(made).frames == ()
    assert np.isnan(drawn(made, log=False).data[0].z).any()


def test_without_a_path_the_map_has_all_the_room():
    figure = drawn(computed(network_surface(LandscapeSettings(grid=25), Origin(SPIRAL))))
    assert figure.layout.yaxis.domain == (0, 1)
    assert "yaxis2" not in figure.layout
    assert len(known_surface(LandscapeSettings("bowl", walkers=())).paths) == 0
    assert drawn(known_surface(LandscapeSettings("bowl", walkers=()))).frames == ()


def test_what_diverges_leaves_room_for_the_rest():
    made = known_surface(LandscapeSettings("rosenbrock", walkers=("sgd", "adam"), rate=0.5))
    low, high = drawn(made).layout.yaxis2.range
    assert 10**high < 100 * made.paths[0].heights[0] < made.paths[0].heights.max()
    assert low < high


def test_fifty_frames_are_light():
    assert len(drawn(known_surface(LandscapeSettings("beale", steps=2000))).to_json()) < 1_500_000


@pytest.mark.parametrize("solid", [False, True])
def test_the_map_stands_above_the_curves(solid):
    made = known_surface(LandscapeSettings("beale", walkers=("sgd", "adam")))
    figure = drawn(made, solid=solid)
    layout = figure.layout
    upper = layout.scene.domain.y if solid else layout.yaxis.domain
    assert (tuple(upper), layout.yaxis2.domain) == ((0.36, 1), (0, 0.24))
    lines = [trace for trace in figure.data if trace.type.startswith("scatter") and trace.mode == "lines"]
    below = [line for line in lines if line.type == "scatter" and line.xaxis == "x2"]
    above = [line for line in lines if line not in below]
    assert [line.line.color for line in below] == [line.line.color for line in above] == list(palette.SERIES[:2])
    assert ({line.line.width for line in below}, {line.line.width for line in above}) == ({2}, {5 if solid else 3})
    *_, spots, dots = figure.data
    assert (spots.marker.size, dots.marker.size) == (6 if solid else 13, 9)
    last = int(made.marks[-1])
    assert layout.xaxis2.range == pytest.approx((-0.02 * last, 1.02 * last))
    assert (layout.sliders[0].active, layout.sliders[0].steps[-1].label) == (len(made.marks) - 1, str(last))


@pytest.mark.parametrize("name", SURFACES)
def test_the_minimum_of_a_test_surface_is_marked_where_it_is(name):
    for solid, kind, symbol, size in ((False, "scatter", "star", 15), (True, "scatter3d", "diamond", 5)):
        points = [
            trace for trace in drawn(known_surface(LandscapeSettings(name)), solid=solid).data if trace.type == kind
        ]
        (goal,) = (trace for trace in points if trace.marker.symbol == symbol)
        assert ([goal.x[0], goal.y[0]], goal.marker.size) == (list(SURFACES[name].minimum), size)


def test_a_map_has_its_axes_and_lines_from_end_to_end():
    made = known_surface(LandscapeSettings("bowl"))
    figure = drawn(made, log=False)
    ground = figure.data[0]
    assert list(figure.layout.xaxis.range) == [made.x[0], made.x[-1]]
    assert list(figure.layout.yaxis.range) == [made.y[0], made.y[-1]]
    lines = ground.contours
    assert (lines.start, lines.end) == (made.cost.min(), made.cost.max())
    assert lines.size == pytest.approx((made.cost.max() - made.cost.min()) / 22)
    assert [list(stop) for stop in ground.colorscale] == palette.SCALE
    assert (ground.colorbar.y, ground.colorbar.len) == (1, 0.64)


def test_a_log_scale_has_five_ticks_that_say_heights():
    made = known_surface(LandscapeSettings("rosenbrock"))
    ground = drawn(made, log=True).data[0]
    low, high = np.nanmin(ground.z), np.nanmax(ground.z)
    assert list(ground.colorbar.tickvals) == pytest.approx(np.linspace(low, high, 5))
    assert ground.colorbar.ticktext[-1] == number(10**high, 2)
    assert ground.colorbar.ticktext[0] == number(10**low, 2)


@pytest.mark.parametrize(
    ("heights", "low", "high", "ticks"),
    [
        ([100.0, 10.0, 1.0], -0.12, 2.12, ("dtick", 1)),
        ([1.0, 10.0**-9], -9.47, 0.47, ("dtick", 2)),
        ([10.0, 1.0], -0.07, 1.07, ("nticks", 4)),
        ([1.0, 1e9, np.inf, 0.0], -0.09385606, 1.57097731, ("dtick", 1)),  # thirty times the start, and room
    ],
)
def test_the_axis_of_the_curves_holds_all_but_what_diverges(heights, low, high, ticks):
    axis = _decades([Path(Text("", ""), 0, np.arange(len(heights)), np.zeros((len(heights), 2)), np.array(heights))])
    assert axis["range"] == pytest.approx([low, high])
    assert axis[ticks[0]] == ticks[1]


def test_a_height_of_nought_has_no_place_on_the_logarithmic_axis():
    made = known_surface(LandscapeSettings("bowl", walkers=("sgd",)))
    made.paths[0] = made.paths[0]._replace(heights=np.where(made.paths[0].at > 5, 0.0, 0.5))
    (line,) = (t for t in drawn(made).data if t.type == "scatter" and t.xaxis == "x2" and t.mode == "lines")
    assert_array_equal(line.y, np.where(made.paths[0].at > 5, np.nan, 0.5))
    frames = {int(frame.name): frame.data[-1] for frame in drawn(made).frames}
    early, late = min(frames), max(frames)
    assert (frames[early].y[0], np.isnan(frames[late].y[0])) == (0.5, True)
