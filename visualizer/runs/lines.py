"""Lines of the loss chart: the curves of a run, and the mean of a group with its band."""

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine import Text
from visualizer.epochs import thinned
from visualizer.runs.groups import Band, Group, band, group_name
from visualizer.runs.look import Curve, Look, curves_of
from visualizer.runs.quantities import AXES
from visualizer.runs.runs import HELD_OUT, NamedRun
from visualizer.scene import faint
from visualizer.writing import in_figure, palette

DASHES = (("solid", "dash"), ("dashdot", "dot"), ("longdashdot", "8px,8px"))
_RAW, _BEHIND, _BAND = 0.3, 0.4, 0.15  # how faint: a curve behind a smoothed one, one behind a mean, and a band
_WIDTH, _PINNED = 2, 3.5
_MEAN = Text("mean {} ± {} (standard deviation), from {}", "平均 {} ± {}（标准差），共 {} 次")
_UNSEEN = {  # markers that can be clicked, on a line that cannot
    "marker": {"opacity": 0, "size": 8},
    "selected": {"marker": {"opacity": 0}},
    "unselected": {"marker": {"opacity": 0}},
}
Traces = list[dict[str, Any]]


def lines_of(run: NamedRun, name: str, shade: str, lang: str, floor: float | None, look: Look) -> Traces:
    """Return the curves of a run in a colour: faint where a mean of its group stands for it, wider where it is pinned.

    A point tells its epoch, its value, and the number of its run.
    """
    dashes = DASHES[run.colour // len(palette.SERIES) % len(DASHES)]
    own = {"legendgroup": str(id(run)), "showlegend": False}
    names = (name, HELD_OUT.format(name)(lang))
    traces: Traces = []
    for curve, dash, called in zip(curves_of(run.trial, look), dashes, names, strict=False):
        if look.smoothing and not look.group:
            raw = {"color": faint(shade, _RAW), "width": 1, "dash": dash}
            traces.append(_line(run, curve, curve.y, floor) | {"line": raw, "hoverinfo": "skip"} | own)
        drawn = smoothed(curve.y, look.smoothing) if look.smoothing else curve.y
        line = own | _line(run, curve, drawn, floor) | _UNSEEN | {"name": called, "mode": "lines+markers"}
        line |= {"line": _stroke(run, shade, look) | {"dash": dash}, "hovertemplate": _hover(called, lang, look)}
        traces.append(line | {"showlegend": called == name and not look.group})
    return traces


def _stroke(run: NamedRun, shade: str, look: Look) -> dict[str, Any]:
    if look.group:
        return {"color": faint(shade, _BEHIND), "width": _WIDTH if run.pinned else 1}
    return {"color": shade, "width": _PINNED if run.pinned else _WIDTH}


def _hover(called: str, lang: str, look: Look) -> str:
    """Template of the words at the pointer: in a list of all runs a line, alone with the epoch."""
    if look.listed:
        return f"{called}: %{{customdata[1]:.6g}}<extra></extra>"
    return f"<b>{called}</b><br>{AXES['epoch'].label(lang)} %{{customdata[0]}}: %{{customdata[1]:.6g}}<extra></extra>"


def _line(run: NamedRun, curve: Curve, drawn: NDArray, floor: float | None) -> dict[str, Any]:
    at = thinned(drawn)
    line = {"type": "scatter", "mode": "lines", "x": curve.x[at], "y": heights(drawn[at], floor)}
    told = np.column_stack((curve.epochs[at], drawn[at], np.full(len(at), run.colour)))
    return line | {"customdata": told.tolist()}  # of a list a browser makes one again, when it is clicked


def lines_of_group(group: Group, lang: str, floor: float | None, look: Look) -> Traces:
    """Return the means of a group's curves, of the training set and of what is held out, each with its band."""
    curves = [curves_of(run.trial, look) for run in group.runs]
    name = in_figure(group_name(group, look.group, lang))
    traces: Traces = []
    for k, dash in enumerate(DASHES[0]):
        of_each = [each[k] for each in curves if k < len(each)]
        if of_each:
            drawn = [(c.x, smoothed(c.y, look.smoothing) if look.smoothing else c.y) for c in of_each]
            called = HELD_OUT.format(name)(lang) if k else name
            mean, around = _mean(band(drawn, AXES[look.axis].whole), called, group.colour, lang, floor)
            mean |= {"line": {"color": group.colour, "width": 3, "dash": dash}, "showlegend": not k}
            traces += [each | {"legendgroup": f"group {name}"} for each in (around, mean)]
    return traces


def _mean(found: Band, name: str, shade: str, lang: str, floor: float | None) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the line of a mean, and the area of its band."""
    low, high = (heights(found.mean + sign * found.deviation, floor) for sign in (-1, 1))
    around = {"x": np.concatenate((found.x, found.x[::-1])), "y": np.concatenate((high, low[::-1]))}
    fill = {"fill": "toself", "fillcolor": faint(shade, _BAND), "line": {"width": 0}, "mode": "lines"}
    words = _MEAN.format("%{customdata[0]:.4g}", "%{customdata[1]:.2g}", "%{text}")(lang)
    told = np.column_stack((found.mean, found.deviation)).tolist()
    mean = {"x": found.x, "y": heights(found.mean, floor), "mode": "lines", "name": name, "customdata": told}
    mean |= {"text": [str(number) for number in found.number.tolist()]}
    mean |= {"type": "scatter", "hovertemplate": f"<b>{name}</b><br>{words}<extra></extra>"}
    return mean, around | fill | {"type": "scatter", "hoverinfo": "skip", "showlegend": False}


def heights(values: NDArray, floor: float | None) -> NDArray:
    """Return the heights of values: none where they are not finite; on a log axis, zeros lie at its end."""
    finite = np.where(np.isfinite(values), values, np.nan)
    return finite if floor is None else np.maximum(finite, floor)


def floor_of(curves: Sequence[NDArray]) -> float:
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
