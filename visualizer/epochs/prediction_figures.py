"""Plots of a network's predictions over the data: a surface, a fitted curve, or outputs against targets.

Each of `KINDS` has the traces of the network, those of the data, and axes that stay while the network moves.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine import Network, Text
from engine.data import MOST_SAMPLES
from engine.studies import RunRecord
from engine.training import classes
from visualizer.writing import in_figure, palette

GRID, LINE_POINTS = 60, 240  # of a surface along each side, and of a fitted curve
MOST_DRAWN = 3_000  # samples
_CHUNK, _EDGE = 256, 0.08
_MOST_LOOKED_AT = 4096
_HAZE = 0.6  # how much of its colour a surface keeps, so that the points on it stand out
_X, _TARGET, _SAID = Text("input x", "输入 x"), Text("target y", "目标 y"), Text("output a", "输出 a")
_CLASS, _POINTS = Text("class {}", "类别 {}"), Text("samples", "样本")
_HELD, _FITTED = Text("{}, validation", "{}，验证集"), Text("network", "网络")
_HOLLOW = Text("hollow: validation", "空心：验证集")
_MEANT = Text("class {}, output for {}", "类别 {}，{} 的输出")
_MEAN, _IS = Text("mean output for", "各类的平均输出"), Text("class", "实际类别")
_OUTPUT, _IDEAL = Text("output {}", "输出 {}"), Text("output = target", "输出 = 目标")
Traces = list[dict[str, Any]]


class Kind(NamedTuple):
    """Kind of plot: the traces of a network, those that stay, and the axes."""

    network: Callable[[RunRecord, Network, str], Traces]
    data: Callable[[RunRecord, str], Traces]
    axes: Callable[[RunRecord, str], dict[str, Any]]


def kind_of(trial: RunRecord) -> str:
    """Return the name of the kind of plot, in `KINDS`, that suits this run."""
    inputs, outputs = trial.data[0].shape[1], trial.data[1].shape[1]
    if inputs == 2 and (outputs == 1 or (outputs == 2 and trial.task.classes)):
        return "surface"
    if outputs > 2 and trial.task.classes:
        return "classes"
    return "curve" if inputs == 1 else "scatter"


def parts_of(trial: RunRecord) -> list[tuple[NDArray, NDArray, bool]]:
    """Return the rows of x and y to draw, training rows and held-out ones, each with whether it is held out."""
    parts = [(*trial.data, False), *([(*trial.held_out, True)] if trial.held_out else [])]
    step = -(-sum(len(x) for x, _, _ in parts) // MOST_DRAWN)
    return [(x[::step], y[::step], held) for x, y, held in parts]


def looked_at(rows: tuple[NDArray, NDArray]) -> tuple[NDArray, NDArray]:
    """Return a part of rows of x and y: all, or of a set that is larger than a drawn one can be, evenly spaced ones."""
    x, y = rows
    step = -(-len(x) // _MOST_LOOKED_AT) if len(x) > MOST_SAMPLES else 1
    return x[::step], y[::step]


def predicted(network: Network, rows: NDArray) -> NDArray:
    """Return a network's outputs, computed some rows at a time, as many as have a cached program."""
    return np.concatenate([network.predict(rows[i : i + _CHUNK]) for i in range(0, len(rows), _CHUNK)])


def axis_of(trial: RunRecord, column: int, points: int = GRID) -> NDArray:
    """Return the places along an input where predictions are made: a little beyond the samples on both sides."""
    values = np.concatenate([x[:, column] for x, _, _ in parts_of(trial)])
    low, high = float(values.min()), float(values.max())
    edge = _EDGE * (high - low) or 1.0
    return np.linspace(low - edge, high + edge, points)


def surface(trial: RunRecord, network: Network, points: int = GRID) -> NDArray:
    """Return the heights of the surface at [i, j], place i of the second and place j of the first input."""
    first, second = axis_of(trial, 0, points), axis_of(trial, 1, points)
    grid = np.column_stack([side.ravel() for side in np.meshgrid(first, second)])
    said = predicted(network, grid)
    return (said[:, -1] - (said[:, 0] if said.shape[1] == 2 else 0)).reshape(points, points)


def scale_of(trial: RunRecord) -> tuple[float, float]:
    """Return the ends of the surface's colour scale; in its middle the decision changes."""
    y = trial.data[1]
    if y.shape[1] == 2:
        return -1.0, 1.0
    low, high = (0.0, 1.0) if trial.task.classes else (float(y.min()), float(y.max()))
    return (low, high) if high > low else (low - 1, high + 1)


def scaled(trial: RunRecord) -> dict[str, Any]:
    """Return the colour scale of heights, the same in every picture of a run."""
    low, high = scale_of(trial)
    return {"colorscale": palette.SCALE, "zmin": low, "zmax": high, "opacity": _HAZE}


def _surface(trial: RunRecord, network: Network, lang: str) -> Traces:
    low, high = scale_of(trial)
    middle = (low + high) / 2
    border = {"start": middle, "end": middle, "size": high - low, "coloring": "heatmap"}
    heights = surface(trial, network)
    field = {"type": "contour", "x": axis_of(trial, 0), "y": axis_of(trial, 1), "z": heights, **scaled(trial)}
    field |= {"contours": border, "line": {"color": palette.WRITE, "width": 2.5}, "name": _SAID(lang)}
    title = {"text": "a" if trial.data[1].shape[1] == 1 else "a₂ − a₁", "side": "right"}
    field["colorbar"] = {"thickness": 8, "xpad": 3, "ypad": 0, "x": 1, "nticks": 5, "title": title}
    return [field | {"hovertemplate": "x₁ %{x:.4g}, x₂ %{y:.4g}: %{z:.6g}<extra></extra>"}]


def points_of_surface(trial: RunRecord, lang: str) -> Traces:
    """Return the samples on the plane of two inputs: classes by colour and shape, held-out ones hollow."""
    traces = []
    for x, y, held in parts_of(trial):
        if not trial.task.classes:
            low, high = scale_of(trial)
            shades = {"color": y[:, 0], "colorscale": scaled(trial)["colorscale"], "cmin": low, "cmax": high}
            traces.append(_points(x[:, 0], x[:, 1], _POINTS(lang), "circle", held, lang, shades))
            continue
        of_class = classes(y)
        for number, symbol in enumerate(("circle", "square")):
            rows = x[of_class == number]
            shades = {"color": (palette.NEGATIVE, palette.POSITIVE)[number]}
            name = _CLASS.format(in_figure(trial.class_names[number]))(lang)
            traces.append(_points(rows[:, 0], rows[:, 1], name, symbol, held, lang, shades))
    return traces


def _points(
    x: NDArray, y: NDArray, name: str, symbol: str, held: bool, lang: str, shades: dict[str, Any]
) -> dict[str, Any]:
    """Return samples as points; held-out ones are hollow."""
    rim = {"width": 2 if held else 1} | ({} if held else {"color": palette.GROUNDS["light"].background})
    marker = {"symbol": symbol + "-open" * held, "size": 8 if held else 7, "line": rim, **shades}
    called = _HELD.format(name)(lang) if held else name
    trace: dict[str, Any] = {"type": "scatter", "mode": "markers", "x": x, "y": y, "name": called, "marker": marker}
    trace["showlegend"] = not held  # one entry stands for all hollow ones: `hollow`
    return trace | {"hovertemplate": "%{x:.4g}, %{y:.4g}<extra>%{fullData.name}</extra>"}


def hollow(lang: str) -> Traces:
    """Return the entry of a legend that says which samples are hollow."""
    marker = {"symbol": "circle-open", "size": 8, "color": palette.ZERO, "line": {"width": 2}}
    return [{"type": "scatter", "mode": "markers", "x": [None], "y": [None], "name": _HOLLOW(lang), "marker": marker}]


def plane(trial: RunRecord, _lang: str) -> dict[str, Any]:
    """Axes of a plane of two inputs, each on a scale of its own, as inputs differ in their units."""
    sides = [axis_of(trial, column)[[0, -1]].tolist() for column in (0, 1)]
    first, second = ({"range": side, "zeroline": False, "showgrid": False, "nticks": 5} for side in sides)
    titles = ({"title": {"text": name, "standoff": 10}} for name in ("x₁", "x₂"))
    return {"xaxis": first | next(titles), "yaxis": second | next(titles)}


def fitted(trial: RunRecord, network: Network, lang: str) -> Traces:
    """Return the curve of each output over the only input."""
    x = axis_of(trial, 0, LINE_POINTS)
    return [
        {"type": "scatter", "mode": "lines", "x": x, "y": column, "line": {"color": shade(i), "width": 3}}
        | {"name": _FITTED(lang), "hovertemplate": "x %{x:.4g}: a %{y:.6g}<extra></extra>", "showlegend": not i}
        for i, column in enumerate(predicted(network, x[:, None]).T)
    ]


def points_of_curve(trial: RunRecord, lang: str) -> Traces:
    """Return the samples as targets over the only input."""
    return [
        _points(x[:, 0], column, _POINTS(lang), "circle", held, lang, {"color": shade(i)})
        | {"showlegend": not i and not held}
        for x, y, held in parts_of(trial)
        for i, column in enumerate(y.T)
    ]


def line_axes(trial: RunRecord, lang: str) -> dict[str, Any]:
    """Return the axes of a fitted curve; they stay as they are while it moves."""
    y = np.concatenate([y.ravel() for _, y, _ in parts_of(trial)])
    edge = 0.25 * float(np.ptp(y)) or 1.0
    heights = {"range": [float(y.min()) - edge, float(y.max()) + edge], "title": {"text": _TARGET(lang)}}
    return {"xaxis": {"range": axis_of(trial, 0, 2).tolist(), "title": {"text": _X(lang)}}, "yaxis": heights}


def said(trial: RunRecord, network: Network, lang: str) -> Traces:
    """Return each output of each sample against its target."""
    traces = []
    for x, y, held in parts_of(trial):
        outputs = predicted(network, x)
        for i in range(y.shape[1]):
            name = _OUTPUT.format(in_figure(trial.output_names[i]))(lang)
            traces.append(_points(y[:, i], outputs[:, i], name, _SYMBOLS[i % 4], held, lang, {"color": shade(i)}))
    return traces


def by_class(trial: RunRecord, network: Network, lang: str) -> Traces:
    """Return the mean outputs for the samples of each class, a row; of the held-out ones, where there are some."""
    x, y, _ = parts_of(trial)[-1]
    outputs, members = predicted(network, x), y.argmax(axis=1)[:, np.newaxis] == np.arange(y.shape[1])
    with np.errstate(all="ignore"):
        means = members.T @ outputs / members.sum(axis=0)[:, np.newaxis]
    places, names = list(range(len(means))), list(map(in_figure, trial.class_names))
    words = [[_MEANT.format(one, other)(lang) for other in names] for one in names]
    cells = {
        "type": "heatmap",
        "x": places,
        "y": places,
        "text": words,
        "z": means,
        "zmin": 0,
        "zmax": 1,
        "showscale": False,
    }
    cells |= {"colorscale": [[0, palette.ZERO], [1, palette.READ]], "xgap": 1, "ygap": 1, "name": _MEAN(lang)}
    return [cells | {"hovertemplate": "%{text}: %{z:.4g}<extra></extra>"}]


def class_axes(trial: RunRecord, lang: str) -> dict[str, Any]:
    """Return the axes of the mean outputs of each class."""
    names = list(map(in_figure, trial.class_names))
    count = len(names)
    shown = range(0, count, -(-count // _MOST_NAMED))
    side = {"tickvals": [*shown], "ticktext": [names[k] for k in shown], "showgrid": False, "zeroline": False}
    across = side | {"range": [-0.5, count - 0.5], "title": {"text": _MEAN(lang)}}
    return {"xaxis": across, "yaxis": side | {"range": [count - 0.5, -0.5], "title": {"text": _IS(lang)}}}


def ideal(trial: RunRecord, lang: str) -> Traces:
    """Return the line on which every point of a perfect network lies."""
    ends = scatter_range(trial)
    line = {"color": palette.ZERO, "width": 1.5, "dash": "dot"}
    return [{"type": "scatter", "mode": "lines", "x": ends, "y": ends, "line": line, "name": _IDEAL(lang)}]


def scatter_range(trial: RunRecord) -> list[float]:
    """Return the range of the targets, a little widened."""
    y = trial.data[1]
    edge = 0.15 * float(np.ptp(y)) or 1.0
    return [float(y.min()) - edge, float(y.max()) + edge]


def square(trial: RunRecord, lang: str) -> dict[str, Any]:
    """Return the axes of outputs against targets."""
    ends = scatter_range(trial)
    return {
        "xaxis": {"range": ends, "title": {"text": _TARGET(lang)}},
        "yaxis": {"range": ends, "title": {"text": _SAID(lang)}},
    }


def shade(i: int) -> str:
    """Return the colour of an output or a layer, counted from 0."""
    return palette.SERIES[i % len(palette.SERIES)]


_MOST_NAMED = 32
_SYMBOLS = ("circle", "square", "diamond", "triangle-up")
KINDS = {
    "surface": Kind(_surface, points_of_surface, plane),
    "curve": Kind(fitted, points_of_curve, line_axes),
    "classes": Kind(by_class, lambda trial, lang: [], class_axes),
    "scatter": Kind(said, ideal, square),
}
