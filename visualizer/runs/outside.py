"""Curves from outside in the figure of loss curves, told from runs by their dots and their names."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine import Text
from visualizer.epochs import thinned
from visualizer.outside import Line, OutsideCurve
from visualizer.runs.quantities import AXES
from visualizer.runs.runs import HELD_OUT
from visualizer.writing import in_figure, palette

OUTSIDE_LABEL, _UNNAMED = Text("{} (external)", "{}（外部）"), Text("pasted numbers", "粘贴的数")
_DASHES = ("dot", "2px,7px")  # of training and held-out losses; a dash is that of a run
_SIGNS = 6  # marks along a curve


def outside_labels(curves: Sequence[OutsideCurve], lang: str) -> list[str]:
    """Return the labels of curves from outside; those of the same name get a number."""
    names = [OUTSIDE_LABEL.format(curve.name or _UNNAMED)(lang) for curve in curves]
    return [
        name if names.count(name) == 1 else f"{name} ({names[: i + 1].count(name)})" for i, name in enumerate(names)
    ]


def drawn_on(curves: Sequence[OutsideCurve], axis: str) -> list[tuple[OutsideCurve, Line, str]]:
    """Return the lines that have a place on an axis, with their curves and dashes."""
    return [
        (curve, line, dash)
        for curve in curves
        if not curve.hidden
        for line, dash in zip(curve.lines, _DASHES, strict=False)
        if line.along(axis)
    ]


def outside_values(curves: Sequence[OutsideCurve], axis: str) -> list[tuple[NDArray, NDArray]]:
    """Return the places and the finite values of all that is drawn on an axis."""
    lines = [(np.array(line.along(axis)), np.array(line.values)) for _, line, _ in drawn_on(curves, axis)]
    return [(x[np.isfinite(y)], y[np.isfinite(y)]) for x, y in lines]


def outside_traces(
    curves: Sequence[OutsideCurve], axis: str, lang: str, floor: float | None = None
) -> list[dict[str, Any]]:
    """Return the traces of curves from outside; a click on one of them leads to no network.

    Parameters
    ----------
    curves : sequence of OutsideCurve
    axis : str
        A key of `AXES`.
    lang : str
    floor : float, optional
        The lower end of a log axis.
    """
    names = dict(zip(map(id, curves), outside_labels(curves, lang), strict=True))
    traces = []
    for curve, line, dash in drawn_on(curves, axis):
        name = names[id(curve)] if line is curve.train else HELD_OUT.format(names[id(curve)])(lang)
        x, y = np.array(line.along(axis)), np.array(line.values)
        at = thinned(y)
        heights = np.where(np.isfinite(y[at]), y[at], np.nan)
        look = {"color": palette.SERIES[curve.colour % len(palette.SERIES)], "width": 2, "dash": dash}
        marker = {"symbol": "cross-thin-open", "size": 8, "color": look["color"], "maxdisplayed": _SIGNS}
        traces.append(
            {
                "type": "scatter",
                "mode": "lines+markers",
                "x": x[at],
                "y": heights if floor is None else np.maximum(heights, floor),
                "name": in_figure(name),
                "line": look,
                "marker": marker,
                "legendgroup": f"outside {curve.colour}",
                "showlegend": line is curve.train,
                "hovertemplate": f"{in_figure(name)}<br>{AXES[axis].label(lang)} %{{x}}: %{{y:.6g}}<extra></extra>",
            }
        )
    return traces
