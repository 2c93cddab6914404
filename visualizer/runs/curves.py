"""The figure of loss curves: all runs on top of each other."""

from collections.abc import Callable, Sequence
from math import log10
from typing import Any

import numpy as np
import plotly.graph_objects as go

from engine import Text
from visualizer.epochs import HEIGHT
from visualizer.outside import OutsideCurve
from visualizer.runs.groups import colours, groups
from visualizer.runs.lines import DASHES, Traces, floor_of, heights, lines_of, lines_of_group
from visualizer.runs.look import Look, curves_of
from visualizer.runs.outside import outside_traces, outside_values
from visualizer.runs.quantities import AXES, QUANTITIES
from visualizer.runs.runs import NamedRun, change_words, labels
from visualizer.scene import faint
from visualizer.writing import CLEAR, in_figure, palette, whole_numbers

_BELOW, _LEGEND_ROW, _MOST_ROWS = 62, 26, 3  # pixels; below the axis its title; the legend scrolls
_MOST_BELOW = 5  # names that stand below the chart; more of them are a list beside it
_DASHED = Text("dashed: validation", "虚线：验证集")
_PINNED = Text("★ {}", "★ {}")
_SHADE = 0.75  # how faint the bar of a finding is
_LINE, _BAR = 0.075, 3  # from one finding to the next, as a share of the height; pixels of its bar
_ROOM = 1.5  # how far a diverging curve may stretch the axis beyond the others
_TWICE = log10(2)  # what a logarithmic axis reaches at least
_LEFT = 0.6  # words of what begins before this share of the axis have room on the right
Span = tuple[int, int, str, str]  # first and last epoch, words, colour
Bar = tuple[float, float, str, str]  # the same along the axis
Shaded = list[tuple[NamedRun, str]]  # runs that are drawn, with their colours
_USUAL = Look()


def curves_figure(
    runs: Sequence[NamedRun],
    lang: str,
    marker: int | None = None,
    spans: Sequence[Span] = (),
    reach: int = 0,
    look: Look = _USUAL,
    outside: Sequence[OutsideCurve] = (),
    narrow: bool = False,
) -> go.Figure:
    """Return the loss of every run that is not hidden over the epochs.

    Parameters
    ----------
    runs : sequence of NamedRun
    lang : str
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
    narrow : bool
        Whether there is no room for a list of the runs beside the chart, however many they are.
    """
    named = dict(zip(map(id, runs), map(in_figure, labels(runs, lang)), strict=True))
    runs = sorted((run for run in runs if not run.hidden), key=lambda run: run.pinned)  # the last lie above the others
    outside = outside if look.quantity == "loss" else ()
    beside = outside_values(outside, look.axis)
    shaded = list(zip(runs, colours(runs, look.group or look.shade), strict=True))
    drawn = [curve.y for run in runs for curve in curves_of(run.trial, look)]
    floor = floor_of([*drawn, *(values for _, values in beside)]) if look.log else None
    traces: Traces = []
    for run, shade in shaded:
        name = _PINNED.format(named[id(run)])(lang) if run.pinned else named[id(run)]
        traces += lines_of(run, name, shade, lang, floor, look)
    for group in groups(runs, look.group) if look.group else ():
        traces += lines_of_group(group, lang, floor, look)
    if look.quantity == "loss" and any(run.trial.held_out is not None for run in runs):
        traces.append(_key(lang))
    traces += outside_traces(outside, look.axis, lang, floor)
    traces += [_changes(run, shade, lang, floor, look) for run, shade in shaded if any(run.trial.changes.values())]
    traces += [] if marker is None else [_marks(shaded, marker, floor, look)]
    at = _along(runs, look)
    bars = [(at(first), at(end), words, shade) for first, end, words, shade in spans]
    line = None if marker is None else at(marker)
    ends = (at(reach), line or 0, *(at(run.trial.epochs) for run in runs), *(end for _, end, _, _ in bars))
    last = max(1 if AXES[look.axis].whole else 0, *ends, *(int(x.max()) for x, _ in beside if len(x)))
    fixed = bool(reach) or not (runs or beside)  # a mark alone would be an axis by itself
    layout = _layout(lang, floor, last, look, fixed) | _legend(traces, narrow)
    layout["xaxis"] |= _along_log(runs, last, look) if look.log_x else {}
    layout["yaxis"] |= _reach(runs, floor, look)
    layout |= {"shapes": _shapes(line, bars), "annotations": _words(bars, last, look)}
    return go.Figure({"data": traces, "layout": layout})


def _along(runs: Sequence[NamedRun], look: Look) -> Callable[[int], float]:
    """Return a function that gives the place of an epoch on the axis, by the run that came furthest."""
    if look.axis == "epoch" or not runs:
        return lambda epoch: epoch
    along = AXES[look.axis].places(max(runs, key=lambda run: run.trial.epochs).trial)
    each = along[-1].item() / max(1, len(along) - 1) or 1
    return lambda epoch: along[epoch].item() if epoch < len(along) else epoch * each


def _height_at(run: NamedRun, epoch: int, look: Look) -> list[float]:
    """Return the height of each curve of a run at an epoch, or at the nearest one that has a value."""
    return [float(curve.y[np.abs(curve.epochs - epoch).argmin()]) for curve in curves_of(run.trial, look)]


def _changes(run: NamedRun, shade: str, lang: str, floor: float | None, look: Look) -> dict[str, Any]:
    """Return tall marks where settings were changed in the middle of a run; hovering names them."""
    changes = {epoch: changed for epoch, changed in run.trial.changes.items() if changed}
    values = np.array([_height_at(run, epoch, look)[0] for epoch in changes])
    return {
        "type": "scatter",
        "mode": "markers",
        "x": AXES[look.axis].places(run.trial)[np.array(list(changes), int)],
        "y": heights(values, floor),
        "text": [change_words(epoch, changed, lang) for epoch, changed in changes.items()],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {
            "symbol": "diamond-tall",
            "size": 16,
            "color": shade,
            "line": {"color": palette.ZERO, "width": 2},
        },
        "legendgroup": str(id(run)),
        "showlegend": False,
    }


def _marks(shaded: Shaded, epoch: int, floor: float | None, look: Look) -> dict[str, Any]:
    """Return the marker on every curve that reaches an epoch."""
    points = [
        (AXES[look.axis].places(run.trial)[epoch], value, shade)
        for run, shade in shaded
        if epoch <= run.trial.epochs
        for value in _height_at(run, epoch, look)
    ]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": np.array([x for x, _, _ in points]),
        "y": heights(np.array([value for _, value, _ in points], float), floor),
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
    line = {"color": palette.ZERO, "width": 2, "dash": DASHES[0][1]}
    return {"type": "scatter", "mode": "lines", "x": [None], "y": [None], "name": _DASHED(lang), "line": line}


def _shapes(marker: float | None, spans: Sequence[Bar]) -> Traces:
    """Return a bar above the stretch of each finding, and the line through the marked epoch."""
    bars: Traces = []
    for i, (first, last, _, shade) in enumerate(spans):
        height = 1 - _LINE * i
        place = {"type": "line", "yref": "paper", "y0": height, "y1": height, "layer": "below"}
        bars.append(place | {"x0": first, "x1": last, "line": {"color": faint(shade, _SHADE), "width": _BAR}})
    upright = {"type": "rect", "yref": "paper", "y0": 0, "y1": 1, "layer": "below"}
    line = {"color": palette.ZERO, "width": 1, "dash": "dot"}
    return bars if marker is None else [*bars, upright | {"x0": marker, "x1": marker, "line": line}]


def _words(spans: Sequence[Bar], last: float, look: Look) -> Traces:
    """Return the words of the findings, each below its bar, and on the side where there is room."""
    words = []
    for i, (first, end, text, shade) in enumerate(spans):
        left = first < _LEFT * last
        x = first if left else end
        place: dict[str, Any] = {"x": log10(max(x, 1)) if look.log_x else x, "xanchor": "left" if left else "right"}
        place |= {"y": 1 - _LINE * i, "yref": "paper", "yanchor": "top", "showarrow": False}
        words.append({**place, "text": text, "font": {"size": 12, "color": shade}})
    return words


def _legend(traces: Traces, narrow: bool) -> dict[str, Any]:
    """Return the legend with the room that it needs: below a chart of some runs, a list beside one of many."""
    names = sum(trace.get("showlegend", True) for trace in traces)
    if names > _MOST_BELOW and not narrow:
        legend = {"orientation": "v", "x": 1.02, "xanchor": "left", "y": 1, "yanchor": "top", "font": {"size": 11}}
        legend["tracegroupgap"] = 0  # else a list of nine needs to be scrolled
        return {"margin": {"l": 62, "r": 12, "t": 12, "b": _BELOW}, "legend": legend}
    below = _BELOW + _LEGEND_ROW * min(_MOST_ROWS, -(-names // 3))
    legend = {"orientation": "h", "y": -48 / (HEIGHT - below - 12), "yanchor": "top", "x": 0, "maxheight": 0.25}
    return {"margin": {"l": 62, "r": 12, "t": 12, "b": below}, "legend": legend}


def _layout(lang: str, floor: float | None, last: float, look: Look, fixed: bool) -> dict[str, Any]:
    log = floor is not None
    vertical: dict[str, Any] = {
        "title": {"text": QUANTITIES[look.quantity].label(lang)},
        "type": "log" if log else "linear",
        "uirevision": f"log {log}",
    }
    whole = AXES[look.axis].whole
    across: dict[str, Any] = whole_numbers(last) if whole else {}
    across |= {"range": [0, last]} if fixed else {}
    vertical |= {"exponentformat": "power", "zeroline": False} if log else {"rangemode": "tozero"}
    return {
        "height": HEIGHT,
        **CLEAR,
        "hovermode": "x unified" if look.listed else "closest",
        "hoverlabel": {"align": "left"},
        "uirevision": f"curves {look.quantity} {look.axis} {look.log_x}",
        "xaxis": {
            "title": {"text": AXES[look.axis].label(lang)},
            "hoverformat": "d" if whole else ".3g",
            "zeroline": False,
            **across,
        },
        "yaxis": vertical,
    }


def _first(runs: Sequence[NamedRun], look: Look) -> float:
    """Return the first place above 0 along an axis, where a logarithmic one begins."""
    along = [AXES[look.axis].places(run.trial) for run in runs]
    return min((float(places[places > 0][0]) for places in along if places[-1] > 0), default=1.0)


def _along_log(runs: Sequence[NamedRun], last: float, look: Look) -> dict[str, Any]:
    """Return a logarithmic axis along which the curves begin at the left edge."""
    first = 0.0 if AXES[look.axis].whole else log10(_first(runs, look))
    return {"type": "log", "range": [first, max(log10(max(last, 1e-9)), first + _TWICE)], "dtick": 1}


def _reach(runs: Sequence[NamedRun], floor: float | None, look: Look) -> dict[str, Any]:
    """Return a range that a diverging run does not stretch until the others lie flat; empty where none diverges."""
    if look.quantity == "rate" or not any(run.trial.stopped == "diverged" for run in runs):
        return {}
    tops = [
        curve.y[0] if run.trial.stopped == "diverged" else curve.y.max()
        for run in runs
        for curve in curves_of(run.trial, look)
    ]
    top = _ROOM * float(max(tops))
    return {"range": [0, top] if floor is None else [log10(floor), log10(max(top, floor)) + 1]}
