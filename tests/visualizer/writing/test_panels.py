import plotly.graph_objects as go
import pytest

from visualizer.writing import Panel, on, panels, whole_numbers

PARTS = [
    Panel(f"picture {i}", (i / 3, (i + 1) / 3 - 0.05), (0.1, 0.9), {"title": {"text": f"x {i}"}}, {"range": [0, i + 1]})
    for i in range(3)
]


def test_every_panel_has_axes_of_its_own_in_its_part_of_the_figure():
    layout = go.Figure(layout=panels(PARTS)).layout
    for i, part in enumerate(PARTS):
        across, up = (layout[on(i)[axis].replace(axis[0], axis, 1)] for axis in ("xaxis", "yaxis"))
        assert (across.domain, up.domain) == (part.x, part.y)
        assert (across.anchor, up.anchor) == (on(i)["yaxis"], on(i)["xaxis"])
        assert (across.title.text, up.range) == (f"x {i}", (0, i + 1))


def test_every_panel_has_its_title_above_its_left_end():
    for part, title in zip(PARTS, panels(PARTS)["annotations"], strict=True):
        assert (title["text"], title["x"], title["y"]) == (part.title, part.x[0], part.y[1])


def test_a_trace_on_a_panel_is_drawn_by_its_axes():
    assert [on(i)["xaxis"] for i in range(3)] == ["x", "x2", "x3"]
    figure = go.Figure([{"type": "scatter", "y": [1], **on(i)} for i in range(3)], panels(PARTS))
    assert {trace.yaxis for trace in figure.data} == {"y", "y2", "y3"}


@pytest.mark.parametrize("last", range(1, 12))
def test_epochs_have_whole_numbers_and_no_more_than_a_few(last):
    ticks = whole_numbers(last)
    assert ticks["tickformat"] == "d"
    assert ("dtick" in ticks) == (last <= 6)
    assert last / ticks.get("dtick", last / ticks.get("nticks", 1)) <= 6
