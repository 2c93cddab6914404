"""The figure of loss curves: all runs on top of each other."""

from collections.abc import Callable, Sequence
from itertools import accumulate
from math import log10
from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from engine import Text
from visualizer.epochs import HEIGHT, thinned
from visualizer.outside import OutsideCurve
from visualizer.runs.outside import outside_traces, outside_values
from visualizer.runs.runs import AXES, HELD_OUT, QUANTITIES, NamedRun, change_words, labels, places
from visualizer.scene import faint
from visualizer.writing import CLEAR, in_figure, palette, whole_numbers

_BELOW, _LEGEND_ROW, _MOST_ROWS = 62, 20, 4  # pixels; below the axis its title; the legend scrolls
_DASHED = Text("dashed: validation", "虚线：验证集")
_DASHES = (("solid", "dash"), ("dashdot", "dot"), ("longdashdot", "8px,8px"))
_RAW, _SHADE = 0.3, 0.75  # how faint the curve behind a smoothed one is, and the bar of a finding
_LINE, _BAR = 0.075, 3  # from one finding to the next, as a share of the height; pixels of its bar
_ROOM = 1.5  # how far a diverging curve may stretch the axis beyond the others
Span = tuple[int, int, str, str]  # first and last epoch, words, colour
Traces = list[dict[str, Any]]
_LEFT = 0.6  # words of what begins before this share of the axis have room on the right
_UNSEEN = {  # markers that can be clicked, on a line that cannot
    "marker": {"opacity": 0, "size": 8},
    "selected": {"marker": {"opacity": 0}},
    "unselected": {"marker": {"opacity": 0}},
}


class Look(NamedTuple):
    """Choice of what is drawn over what: keys of `QUANTITIES` and `AXES`, and whether the latter is logarithmic."""

    quantity: str = "loss"
    axis: str = "epoch"
    log_x: bool = False


_USUAL = Look()


def curves_figure(
    runs: Sequence[NamedRun],
    lang: str,
    log: bool = False,
    smoothing: float = 0,
    marker: int | None = None,
    spans: Sequence[Span] = (),
    reach: int = 0,
    look: Look = _USUAL,
    outside: Sequence[OutsideCurve] = (),
) -> go.Figure:
    """Return the loss of every run that is not hidden over the epochs.

    Parameters
    ----------
    runs : sequence of NamedRun
    lang : str
    log : bool
        Whether the axis of the loss is logarithmic; zeros then lie at its lower end, and hovering tells what they are.
    smoothing : float
        The share, from 0 and below 1, that each point of a moving average keeps of the one before.
    marker : int, optional
        An epoch to be marked on every curve that reaches it.
    spans : sequence of (int, int, str, str)
        First and last epoch of what is bracketed, its words, and its colour.
    reach : int
        An epoch that the axis reaches at least, though no curve does yet.
    look : Look
        What is drawn over what.
    outside : sequence of OutsideCurve
        Losses that another program has logged; drawn where their log has this axis.
    """
    names = map(in_figure, labels(runs, lang))
    shown = [(run, name) for run, name in zip(runs, names, strict=True) if not run.hidden]
    outside = outside if look.quantity == "loss" else ()
    beside = outside_values(outside, look.axis)
    drawn = [curve for run, _ in shown for _, _, curve in _curves(run, look)]
    floor = _floor([*drawn, *(values for _, values in beside)]) if log else None
    traces = [trace for run, name in shown for trace in _of_run(run, name, lang, smoothing, floor, look)]
    if look.quantity == "loss" and any(run.trial.held_out is not None for run, _ in shown):
        traces.append(_key(lang))
    traces += outside_traces(outside, look.axis, lang, floor)
    ticks = [_changes(run, lang, floor, look) for run, _ in shown if any(run.trial.changes.values())]
    runs = [run for run, _ in shown]
    marks = [] if marker is None else [_marks(runs, marker, floor, look)]
    at = _along(runs, look)
    bars = [(at(first), at(end), words, shade) for first, end, words, shade in spans]
    line = None if marker is None else at(marker)
    last = max(
        1,
        *(int(x.max()) for x, _ in beside if len(x)),
        at(reach),
        line or 0,
        *(at(run.trial.epochs) for run in runs),
        *(end for _, end, _, _ in bars),
    )
    fixed = bool(reach) or not (runs or beside)  # a mark alone would be an axis by itself
    layout = _layout(len(runs) + len(outside), lang, floor, last, look, fixed)
    layout["yaxis"] |= _reach(runs, floor, look)
    layout |= {"shapes": _shapes(line, bars), "annotations": _words(bars, last, look)}
    return go.Figure({"data": [*traces, *ticks, *marks], "layout": layout})


def _along(runs: Sequence[NamedRun], look: Look) -> Callable[[int], int]:
    """Return a function that gives the place of an epoch on the axis, by the run that came furthest."""
    if look.axis == "epoch" or not runs:
        return lambda epoch: epoch
    along = places(max(runs, key=lambda run: run.trial.epochs).trial, look.axis)
    each = int(along[-1]) // max(1, len(along) - 1) or 1
    return lambda epoch: int(along[epoch]) if epoch < len(along) else epoch * each


def colour(run: NamedRun) -> str:
    """Return the colour of a run."""
    return palette.SERIES[run.colour % len(palette.SERIES)]


def _curves(run: NamedRun, look: Look) -> list[tuple[NDArray, NDArray, NDArray]]:
    """Return epochs, places on the axis, and values of each curve of a run."""
    along = places(run.trial, look.axis)
    found = QUANTITIES[look.quantity].curves(run.trial)
    return [(epochs, along[np.minimum(epochs, len(along) - 1)], values) for epochs, values in found]


def _of_run(run: NamedRun, name: str, lang: str, smoothing: float, floor: float | None, look: Look) -> Traces:
    dashes = _DASHES[run.colour // len(palette.SERIES) % len(_DASHES)]
    traces = []
    names = (name, HELD_OUT.format(name)(lang))
    for (epochs, x, curve), dash, called in zip(_curves(run, look), dashes, names, strict=False):
        line = {"color": colour(run), "width": 2, "dash": dash}
        first = {"name": called, "line": line, "legendgroup": str(id(run)), "showlegend": called == name}
        if smoothing:
            behind = {"color": faint(colour(run), _RAW), "width": 1, "dash": dash}
            traces.append(_line(epochs, x, curve, floor) | {"line": behind, "hoverinfo": "skip", "showlegend": False})
            traces[-1] |= {"legendgroup": str(id(run))}
        traces.append(_line(epochs, x, smoothed(curve, smoothing) if smoothing else curve, floor) | first)
        said = f"{called}<br>{AXES['epoch'](lang)} %{{customdata[0]}}: %{{customdata[1]:.6g}}<extra></extra>"
        traces[-1] |= {"hovertemplate": said, "mode": "lines+markers", **_UNSEEN}
    return traces


def _line(epochs: NDArray, x: NDArray, curve: NDArray, floor: float | None) -> dict[str, Any]:
    at = thinned(curve)
    line = {"type": "scatter", "mode": "lines", "x": x[at], "y": _heights(curve[at], floor)}
    told = np.column_stack((epochs[at], curve[at])).tolist()  # of a list a browser makes one again, when it is clicked
    return line | {"customdata": told}


def _heights(values: NDArray, floor: float | None) -> NDArray:
    """Return the heights of values: none where they are not finite; on a log axis, zeros lie at its end."""
    finite = np.where(np.isfinite(values), values, np.nan)
    return finite if floor is None else np.maximum(finite, floor)


def _floor(curves: Sequence[NDArray]) -> float:
    """Return the lower end of a log axis: below everything that has a place on it."""
    smallest = [curve[(curve > 0) & np.isfinite(curve)].min(initial=np.inf) for curve in curves]
    least = min(smallest, default=np.inf)
    some_zero = any((curve <= 0).any() for curve in curves)
    return float(least / 10 if some_zero else least) if np.isfinite(least) else 1e-16


def smoothed(curve: NDArray, share: float) -> NDArray:
    """Return the exponential moving average, each point weighted as if there had been nothing before the first."""
    sums = np.fromiter(
        accumulate(curve.tolist(), lambda mean, new: share * mean + (1 - share) * new, initial=0.0), float
    )
    return sums[1:] / (1 - share ** np.arange(1.0, len(curve) + 1))


def _height_at(run: NamedRun, epoch: int, look: Look) -> list[float]:
    """Return the height of each curve of a run at an epoch, or at the nearest one that has a value."""
    return [float(values[np.abs(epochs - epoch).argmin()]) for epochs, _, values in _curves(run, look)]


def _changes(run: NamedRun, lang: str, floor: float | None, look: Look) -> dict[str, Any]:
    """Return tall marks where settings were changed in the middle of a run; hovering names them."""
    changes = {epoch: changed for epoch, changed in run.trial.changes.items() if changed}
    heights = np.array([_height_at(run, epoch, look)[0] for epoch in changes])
    return {
        "type": "scatter",
        "mode": "markers",
        "x": places(run.trial, look.axis)[np.array(list(changes), int)],
        "y": _heights(heights, floor),
        "text": [change_words(epoch, changed, lang) for epoch, changed in changes.items()],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {
            "symbol": "diamond-tall",
            "size": 16,
            "color": colour(run),
            "line": {"color": palette.ZERO, "width": 2},
        },
        "legendgroup": str(id(run)),
        "showlegend": False,
    }


def _marks(runs: Sequence[NamedRun], epoch: int, floor: float | None, look: Look) -> dict[str, Any]:
    """Return the marker on every curve that reaches an epoch."""
    points = [
        (places(run.trial, look.axis)[epoch], value, colour(run))
        for run in runs
        if epoch <= run.trial.epochs
        for value in _height_at(run, epoch, look)
    ]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": np.array([x for x, _, _ in points], int),
        "y": _heights(np.array([value for _, value, _ in points], float), floor),
        "hoverinfo": "skip",
        "marker": {
            "color": [shade for _, _, shade in points],
            "size": 10,
            "line": {"color": palette.ZERO, "width": 1.5},
        },
        "showlegend": False,
    }


def _key(lang: str) -> dict[str, Any]:
    """Return an entry of the legend for the meaning of dashes."""
    line = {"color": palette.ZERO, "width": 2, "dash": _DASHES[0][1]}
    return {"type": "scatter", "mode": "lines", "x": [None], "y": [None], "name": _DASHED(lang), "line": line}


def _shapes(marker: int | None, spans: Sequence[Span]) -> Traces:
    """Return a bar above the stretch of each finding, and the line through the marked epoch."""
    bars: Traces = []
    for i, (first, last, _, shade) in enumerate(spans):
        height = 1 - _LINE * i
        place = {"type": "line", "yref": "paper", "y0": height, "y1": height, "layer": "below"}
        bars.append(place | {"x0": first, "x1": last, "line": {"color": faint(shade, _SHADE), "width": _BAR}})
    upright = {"type": "rect", "yref": "paper", "y0": 0, "y1": 1, "layer": "below"}
    line = {"color": palette.ZERO, "width": 1, "dash": "dot"}
    return bars if marker is None else [*bars, upright | {"x0": marker, "x1": marker, "line": line}]


def _words(spans: Sequence[Span], last: int, look: Look) -> Traces:
    """Return the words of the findings, each below its bar, and on the side where there is room."""
    words = []
    for i, (first, end, text, shade) in enumerate(spans):
        left = first < _LEFT * last
        x = first if left else end
        place: dict[str, Any] = {"x": log10(max(x, 1)) if look.log_x else x, "xanchor": "left" if left else "right"}
        place |= {"y": 1 - _LINE * i, "yref": "paper", "yanchor": "top", "showarrow": False}
        words.append({**place, "text": text, "font": {"size": 12, "color": shade}})
    return words


def _layout(names: int, lang: str, floor: float | None, last: int, look: Look, fixed: bool) -> dict[str, Any]:
    rows = min(_MOST_ROWS, -(-names // 3))
    below = _BELOW + _LEGEND_ROW * rows
    log = floor is not None
    vertical: dict[str, Any] = {
        "title": {"text": QUANTITIES[look.quantity].label(lang)},
        "type": "log" if log else "linear",
        "uirevision": f"log {log}",
    }
    across = whole_numbers(last) | ({"range": [0, last]} if fixed else {})
    if look.log_x:
        across = {"type": "log", "range": [0, log10(max(last, 2))], "dtick": 1}
    vertical |= {"exponentformat": "power", "zeroline": False} if log else {"rangemode": "tozero"}
    return {
        "height": HEIGHT,
        "margin": {"l": 62, "r": 12, "t": 12, "b": below},
        **CLEAR,
        "hovermode": "closest",
        "uirevision": f"curves {look}",
        "xaxis": {"title": {"text": AXES[look.axis](lang)}, "hoverformat": "d", "zeroline": False, **across},
        "yaxis": vertical,
        "legend": {"orientation": "h", "y": -48 / (HEIGHT - below - 12), "yanchor": "top", "x": 0, "maxheight": 0.22},
    }


def _reach(runs: Sequence[NamedRun], floor: float | None, look: Look) -> dict[str, Any]:
    """Return a range that a diverging run does not stretch until the others lie flat; empty where none diverges."""
    if look.quantity == "rate" or not any(run.trial.stopped == "diverged" for run in runs):
        return {}
    tops = [
        curve[0] if run.trial.stopped == "diverged" else curve.max()
        for run in runs
        for _, _, curve in _curves(run, look)
    ]
    top = _ROOM * float(max(tops))
    return {"range": [0, top] if floor is None else [log10(floor), log10(max(top, floor)) + 1]}
