"""A scene as a Plotly figure, for notebooks, images and pages beside the stage: the stage's picture, standing still.

Scene -> parts -> traces -> layout. What is drawn alike is one trace, given as a plain dict, because one trace per edge
is slow to build. Every colour with a meaning is given, so that no template changes it.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from math import ceil
from typing import TYPE_CHECKING, Any

from engine import InputError, Text, Trace
from engine.core import LANGUAGES, lookup
from visualizer.drawing import HEIGHT, WIDTH
from visualizer.scene.figure_parts import RIM, Label, Parts, Point, Shape, Stroke, cross, outline, parts
from visualizer.scene.plan import DROPPED, LEGEND
from visualizer.scene.still import step_scene
from visualizer.scene.styles import Scene
from visualizer.stage import FONT
from visualizer.writing import Ground, palette

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

_LEGEND_ROW, _TITLE_HEIGHT = 44, 40
_COLUMNS, _COLUMN = 5, 190  # of the legend
_WIDTHS = 4  # widths of an edge are distinguished to a quarter of a pixel
_SWATCH = 28
Traces = list[dict[str, Any]]


def network_figure(
    scene: Scene, lang: str = "en", theme: str = "light", width: int = WIDTH, title: str = "", legend: bool = True
) -> "Figure":
    """Return a scene as a figure of a fixed size, with the words of its legend in `lang`.

    Parameters
    ----------
    scene : Scene
    lang : str
        A name in `engine.core.text.LANGUAGES`.
    theme : str
        The ground it is drawn for, a name in `palette.GROUNDS`: `light` or `dark`.
    width : int
        In pixels; the height follows, and type and lines grow with it.
    title : str
        A heading, where one is wanted.
    legend : bool
        Whether it is said what the stage's colours mean.

    Examples
    --------
    >>> from engine import Dense, Network, trace
    >>> from visualizer import scene_builder
    >>> t = trace(Network((Dense([[0.5, -0.3]], [0.1], "sigmoid"),)), [1, 2], [0])
    >>> figure = network_figure(scene_builder(t, "layer", "en").scene(3), theme="dark", width=600)
    >>> figure.layout.width
    600
    """
    from plotly.graph_objects import Figure  # noqa: PLC0415  # takes long to load, and the live stage needs none

    lookup(Text("language", "语言"), LANGUAGES, lang)
    if not width > 0:
        raise InputError(Text("invalid width", "宽度无效"), Text("pixels above 0", "大于 0 的像素数"), width)
    ground = lookup(Text("theme", "配色"), palette.GROUNDS, theme)
    scale = width / WIDTH
    made = parts(scene, ground)
    marks = LEGEND | ({"dropped": DROPPED} if made.crosses else {})
    explained = _legend(marks, lang, ground, scale) if legend else ()
    traces = [*_picture(made, scale), *explained, _hovers(made.points, scale)]
    rows = ceil(len(marks) / _COLUMNS) if legend else 1
    return Figure({"data": traces, "layout": _layout(ground, scale, title, rows)})


def step_figure(
    trace: Trace,
    step: str | int,
    granularity: str = "layer",
    lang: str = "en",
    sample: int = 0,
    theme: str = "light",
    width: int = WIDTH,
) -> "Figure":
    """Return one step of a pass as a figure, with its title.

    Parameters
    ----------
    trace : Trace
    step : str or int
        The step's address, such as `bp2.1`, or how many have happened: 0 is what was given.
    granularity : str
        A name in `visualizer.lecture.GRANULARITIES`.
    lang, theme, width
        As in `network_figure`.
    sample : int
        Which sample is drawn, from 0.

    Examples
    --------
    >>> from engine import Dense, Network, trace
    >>> t = trace(Network((Dense([[0.5, -0.3]], [0.1], "sigmoid"),)), [1, 2], [0])
    >>> step_figure(t, "bp1").layout.title.text
    'The error of the output layer'
    """
    scene, title = step_scene(trace, step, granularity, lang, sample)
    return network_figure(scene, lang, theme, width, title)


def _picture(made: Parts, scale: float) -> Traces:
    """Return the traces of the picture, those below first."""
    strokes = (*_strokes(made.halos, scale), *_strokes(made.strokes, scale))
    shapes = (*_shapes(made.nodes, scale), *_shapes(made.plates, scale))
    return [*strokes, *shapes, *_strokes(made.crosses, scale), _labels(made.labels, scale)]


def _strokes(strokes: Iterable[Stroke], scale: float) -> Traces:
    """Return one trace for all strokes of one style; it has the style of the one in their middle."""

    def alike(stroke: Stroke) -> tuple[Any, ...]:
        translucent = stroke.colour if stroke.colour.startswith("rgba") else ""
        return stroke.dash, translucent, round(stroke.width * _WIDTHS)

    traces = []
    for _, group in groupby(sorted(strokes, key=lambda stroke: (*alike(stroke), stroke.width)), alike):
        members = list(group)
        middle = members[len(members) // 2]
        xs = [x for stroke in members for x in (stroke.ends[0], stroke.ends[2], None)]
        ys = [y for stroke in members for y in (stroke.ends[1], stroke.ends[3], None)]
        traces.append(_drawn(xs, ys, middle.colour, middle.width * scale, middle.dash))
    return traces


def _shapes(shapes: Iterable[Shape], scale: float) -> Traces:
    """Return one trace for all shapes of one style."""

    def alike(shape: Shape) -> tuple[Any, ...]:
        return shape.fill, shape.rim, shape.width

    traces = []
    for (fill, rim, width), group in groupby(sorted(shapes, key=alike), alike):
        outlines = [outline(shape) for shape in group]
        xs = [x for xs, _ in outlines for x in (*xs, None)]
        ys = [y for _, ys in outlines for y in (*ys, None)]
        traces.append(_drawn(xs, ys, rim, width * scale) | {"fill": "toself", "fillcolor": fill})
    return traces


def _drawn(xs: Sequence[Any], ys: Sequence[Any], colour: str, width: float, dash: str = "solid") -> dict[str, Any]:
    line = {"color": colour, "width": width, "dash": dash, "simplify": False}  # or circles get corners
    return {"type": "scatter", "mode": "lines", "x": xs, "y": ys, "line": line, "hoverinfo": "skip"}


def _labels(labels: Iterable[Label], scale: float) -> dict[str, Any]:
    """Return one trace for all texts."""
    shown = [label for label in labels if label.text]
    font = {
        "size": [label.size * scale for label in shown],
        "weight": [label.weight for label in shown],
        "color": [label.colour for label in shown],
    }
    words = {"text": [label.text for label in shown], "textfont": font}
    return {"type": "scatter", "mode": "text", **_places(shown), **words, "hoverinfo": "skip"}


def _places(items: Sequence[Label | Point]) -> dict[str, list[float]]:
    return {"x": [item.x for item in items], "y": [item.y for item in items]}


def _hovers(points: Sequence[Point], scale: float) -> dict[str, Any]:
    """Return one invisible trace of the hover texts."""
    marker = {"size": [point.size * scale for point in points], "opacity": 0}
    hover = {"hovertext": [point.text for point in points], "hoverinfo": "text"}
    return {"type": "scatter", "mode": "markers", **_places(points), "marker": marker, **hover}


def _legend(marks: Mapping[str, Text], lang: str, ground: Ground, scale: float) -> Traces:
    """Return the traces of the legend below the picture: the marks in it, row by row, each with its words."""
    places = {kind: _place(i) for i, kind in enumerate(marks)}
    texts = {
        "type": "scatter",
        "mode": "text",
        "x": [x + _SWATCH + 8 for x, _ in places.values()],
        "y": [y for _, y in places.values()],
        "text": [words(lang) for words in marks.values()],
        "textposition": "middle right",
        "textfont": {"size": 14 * scale, "color": ground.text},
        "hoverinfo": "skip",
    }
    x, y = places["negative"]
    negative = _drawn([x, x + _SWATCH], [y, y], palette.NEGATIVE, 3 * scale, "6px,4px")
    rims = {**RIM, "dropped": (palette.ZERO, 2.0)}
    frames = [_frame(*places[kind], *rims[kind], scale) for kind in ("read", "write", "dropped") if kind in places]
    x, y = places.get("dropped", (0, 0))
    crosses = cross((x + _SWATCH / 2, y), _SWATCH / 2, _SWATCH / 4, ground) if x else []
    return [_scales(places, scale), negative, *frames, *_strokes(crosses, scale), texts]


def _place(i: int) -> tuple[float, float]:
    """Return the place of the swatch of an entry of the legend: its left end, and its middle from top to bottom."""
    row, column = divmod(i, _COLUMNS)
    return 24 + _COLUMN * column, HEIGHT + _LEGEND_ROW * (row + 0.5)


def _frame(x: float, y: float, colour: str, width: float, scale: float) -> dict[str, Any]:
    """Return the swatch of the frame around numbers that a step reads or writes."""
    xs, half = (x, x + _SWATCH), _SWATCH / 4
    corners = [(xs[i], y + side * half) for i, side in ((0, -1), (1, -1), (1, 1), (0, 1), (0, -1))]
    return _drawn([x for x, _ in corners], [y for _, y in corners], colour, width * scale)


def _scales(places: Mapping[str, tuple[float, float]], scale: float) -> dict[str, Any]:
    """Return the swatches of the colour scale, a thick one and a thin one, as a row of squares each."""
    kinds = [(*places["gradient"], 5.0), (*places["weight"], 2.0)]
    steps = [
        (x + i, y, size, palette.diverging(2 * i / _SWATCH - 1, 1)) for x, y, size in kinds for i in range(_SWATCH + 1)
    ]
    xs, ys, sizes, colours = zip(*steps, strict=True)
    marker = {"symbol": "square", "size": [size * scale for size in sizes], "color": colours, "line": {"width": 0}}
    return {"type": "scatter", "mode": "markers", "x": xs, "y": ys, "marker": marker, "hoverinfo": "skip"}


def _layout(ground: Ground, scale: float, title: str, rows: int) -> dict[str, Any]:
    """Return a layout without axes, in which a unit of the drawing is as wide as it is high; y grows downwards.

    Below the picture the legend has so many `rows`.
    """
    bottom = HEIGHT + _LEGEND_ROW * rows
    top, height = (_TITLE_HEIGHT if title else 0) * scale, bottom * scale
    axis = {"visible": False, "fixedrange": True}
    heading = {"text": title, "x": 0.024, "y": 1, "yref": "container", "yanchor": "top", "pad": {"t": 12 * scale}}
    return {
        "template": "none",
        "width": round(WIDTH * scale),
        "height": round(height + top),
        "margin": {"l": 0, "r": 0, "t": round(top), "b": 0},
        "xaxis": {**axis, "range": [0, WIDTH]},
        "yaxis": {**axis, "range": [bottom, 0], "scaleanchor": "x"},
        "showlegend": False,
        "hovermode": "closest",
        "dragmode": False,
        "modebar": {"remove": ["select2d", "lasso2d"]},
        "paper_bgcolor": ground.background,
        "plot_bgcolor": ground.background,
        "font": {"family": FONT, "color": ground.text},
        "hoverlabel": {"bgcolor": ground.raised, "bordercolor": palette.ZERO, "font": {"color": ground.text}},
        **({"title": heading | {"font": {"size": 20 * scale, "weight": 600}}} if title else {}),
    }
