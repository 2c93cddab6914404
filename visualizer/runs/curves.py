"""The figure of loss curves: all runs on top of each other."""

from collections.abc import Sequence
from itertools import accumulate
from math import log10
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from engine import Text
from visualizer.runs.runs import HELD_OUT, NamedRun, change_words, labels
from visualizer.scene import faint
from visualizer.writing import CLEAR, in_figure, palette, whole_numbers

MOST_POINTS = 800  # of a curve; a screen has not many more columns
HEIGHT, _BELOW, _LEGEND_ROW, _MOST_ROWS = 400, 62, 20, 4  # pixels; below the axis its title; the legend scrolls
_EPOCH, _LOSS = Text("epoch", "轮"), Text("loss C", "损失 C")
_DASHED = Text("dashed: validation", "虚线：验证集")
_DASHES = (("solid", "dash"), ("dashdot", "dot"), ("longdashdot", "8px,8px"))
_RAW, _SHADE = 0.3, 0.14  # how faint the curve behind a smoothed one is, and the ground of a finding
_ROOM = 1.5  # how far a diverging curve may stretch the axis beyond the others
Span = tuple[int, int, str]
Traces = list[dict[str, Any]]


def curves_figure(
    runs: Sequence[NamedRun],
    lang: str,
    log: bool = False,
    smoothing: float = 0,
    marker: int | None = None,
    spans: Sequence[Span] = (),
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
    spans : sequence of (int, int, str)
        First and last epoch of what is shaded, and its words.
    """
    names = map(in_figure, labels(runs, lang))
    shown = [(run, name) for run, name in zip(runs, names, strict=True) if not run.hidden]
    floor = _floor([curve for run, _ in shown for curve in _curves(run)]) if log else None
    traces = [trace for run, name in shown for trace in _of_run(run, name, lang, smoothing, floor)]
    if any(run.trial.held_out is not None for run, _ in shown):
        traces.append(_key(lang))
    ticks = [_changes(run, lang, floor) for run, _ in shown if any(run.trial.changes.values())]
    runs = [run for run, _ in shown]
    marks = [] if marker is None else [_marks(runs, marker, floor)]
    last = max(1, marker or 0, *(run.trial.epochs for run in runs), *(end for _, end, _ in spans))
    layout = _layout(runs, lang, floor, last)
    layout |= {"shapes": _shapes(marker, spans), "annotations": _words(spans, last)}
    return go.Figure({"data": [*traces, *ticks, *marks], "layout": layout})


def colour(run: NamedRun) -> str:
    """Return the colour of a run."""
    return palette.SERIES[run.colour % len(palette.SERIES)]


def _curves(run: NamedRun) -> list[NDArray]:
    held_out = run.trial.held_out_loss
    return [run.trial.loss] if held_out is None else [run.trial.loss, held_out]


def _of_run(run: NamedRun, name: str, lang: str, smoothing: float, floor: float | None) -> Traces:
    dashes = _DASHES[run.colour // len(palette.SERIES) % len(_DASHES)]
    traces = []
    for curve, dash, called in zip(_curves(run), dashes, (name, HELD_OUT.format(name)(lang)), strict=False):
        line = {"color": colour(run), "width": 2, "dash": dash}
        first = {"name": called, "line": line, "legendgroup": str(id(run)), "showlegend": called == name}
        if smoothing:
            behind = {"color": faint(colour(run), _RAW), "width": 1, "dash": dash}
            traces.append(_line(curve, floor) | {"line": behind, "hoverinfo": "skip", "showlegend": False})
            traces[-1] |= {"legendgroup": str(id(run))}
        traces.append(_line(smoothed(curve, smoothing) if smoothing else curve, floor) | first)
        traces[-1]["hovertemplate"] = f"%{{{'y' if floor is None else 'customdata'}:.6g}}"
    return traces


def _line(curve: NDArray, floor: float | None) -> dict[str, Any]:
    at = thinned(curve)
    line = {"type": "scatter", "mode": "lines", "x": at, "y": _heights(curve[at], floor)}
    return line if floor is None else line | {"customdata": curve[at]}


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


def thinned(curve: NDArray, most: int = MOST_POINTS) -> NDArray:
    """Indices of the points of a curve to draw: lowest and highest of every stretch, the first and the last."""
    count = len(curve)
    if count <= most:
        return np.arange(count)
    stretches = most // 2 - 1
    width = -(-count // stretches)
    padded = np.full(stretches * width, np.nan)
    padded[:count] = np.where(np.isfinite(curve), curve, np.nan)
    rows = padded.reshape(stretches, width)
    starts = np.arange(0, stretches * width, width)
    lowest = starts + np.where(np.isnan(rows), np.inf, rows).argmin(axis=1)
    highest = starts + np.where(np.isnan(rows), -np.inf, rows).argmax(axis=1)
    kept = np.unique(np.concatenate([[0, count - 1], lowest, highest]))
    return kept[kept < count]


def smoothed(curve: NDArray, share: float) -> NDArray:
    """Return the exponential moving average, each point weighted as if there had been nothing before the first."""
    sums = np.fromiter(
        accumulate(curve.tolist(), lambda mean, new: share * mean + (1 - share) * new, initial=0.0), float
    )
    return sums[1:] / (1 - share ** np.arange(1.0, len(curve) + 1))


def _changes(run: NamedRun, lang: str, floor: float | None) -> dict[str, Any]:
    """Return tall marks where settings were changed in the middle of a run; hovering names them."""
    changes = {epoch: changed for epoch, changed in run.trial.changes.items() if changed}
    at = np.array(list(changes), int)
    return {
        "type": "scatter",
        "mode": "markers",
        "x": at,
        "y": _heights(run.trial.loss[at], floor),
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


def _marks(runs: Sequence[NamedRun], epoch: int, floor: float | None) -> dict[str, Any]:
    """Return the marker on every curve that reaches an epoch."""
    points = [(curve[epoch], colour(run)) for run in runs if epoch <= run.trial.epochs for curve in _curves(run)]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": np.full(len(points), epoch),
        "y": _heights(np.array([value for value, _ in points], float), floor),
        "hoverinfo": "skip",
        "marker": {"color": [shade for _, shade in points], "size": 10, "line": {"color": palette.ZERO, "width": 1.5}},
        "showlegend": False,
    }


def _key(lang: str) -> dict[str, Any]:
    """Return an entry of the legend for the meaning of dashes."""
    line = {"color": palette.ZERO, "width": 2, "dash": _DASHES[0][1]}
    return {"type": "scatter", "mode": "lines", "x": [None], "y": [None], "name": _DASHED(lang), "line": line}


def _shapes(marker: int | None, spans: Sequence[Span]) -> Traces:
    """Return the shaded spans of the findings and the line through the marked epoch."""
    fill, rim = faint(palette.CHANGED, _SHADE), {"color": faint(palette.CHANGED, 0.6), "width": 1}
    upright = {"type": "rect", "yref": "paper", "y0": 0, "y1": 1, "layer": "below"}
    grounds = [upright | {"x0": first, "x1": last, "fillcolor": fill, "line": rim} for first, last, _ in spans]
    line = {"color": palette.ZERO, "width": 1, "dash": "dot"}
    return grounds if marker is None else [*grounds, upright | {"x0": marker, "x1": marker, "line": line}]


def _words(spans: Sequence[Span], last_epoch: int) -> Traces:
    """Return the words of the findings, each on a line of its own, and on the side where there is room."""
    words = []
    for i, (first, last, text) in enumerate(spans):
        left = first < 0.6 * last_epoch
        place: dict[str, Any] = {"x": first if left else last, "xanchor": "left" if left else "right"}
        place |= {"y": 1 - 0.065 * i, "yref": "paper", "yanchor": "top", "showarrow": False}
        words.append({**place, "text": text, "font": {"size": 12}})
    return words


def _layout(runs: Sequence[NamedRun], lang: str, floor: float | None, last: int) -> dict[str, Any]:
    rows, reach = min(_MOST_ROWS, -(-len(runs) // 3)), _reach(runs, floor)
    below = _BELOW + _LEGEND_ROW * rows
    log = floor is not None
    vertical: dict[str, Any] = {
        "title": {"text": _LOSS(lang)},
        "type": "log" if log else "linear",
        "uirevision": f"log {log}",
    }
    across = whole_numbers(last) | ({} if runs else {"range": [0, last]})  # a mark alone would be an axis by itself
    vertical |= {"exponentformat": "power", "zeroline": False} if log else {"rangemode": "tozero"}
    return {
        "height": HEIGHT,
        "margin": {"l": 62, "r": 12, "t": 12, "b": below},
        **CLEAR,
        "hovermode": "x unified",
        "uirevision": "curves",
        "xaxis": {"title": {"text": _EPOCH(lang)}, "hoverformat": "d", "zeroline": False, **across},
        "yaxis": vertical | reach,
        "legend": {"orientation": "h", "y": -48 / (HEIGHT - below - 12), "yanchor": "top", "x": 0, "maxheight": 0.22},
    }


def _reach(runs: Sequence[NamedRun], floor: float | None) -> dict[str, Any]:
    """Return a range that a diverging run does not stretch until the others lie flat; empty where none diverges."""
    if not any(run.trial.stopped == "diverged" for run in runs):
        return {}
    tops = [curve[0] if run.trial.stopped == "diverged" else curve.max() for run in runs for curve in _curves(run)]
    top = _ROOM * float(max(tops))
    return {"range": [0, top] if floor is None else [log10(floor), log10(max(top, floor)) + 1]}
