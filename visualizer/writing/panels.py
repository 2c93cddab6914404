"""Panels of a figure: several pictures in one, each with its axes and its title."""

from collections.abc import Sequence
from typing import Any, NamedTuple

CLEAR = {"paper_bgcolor": "rgba(0,0,0,0)", "plot_bgcolor": "rgba(0,0,0,0)"}  # the page's ground, light or dark
_FEW = 6  # ticks


class Panel(NamedTuple):
    """Panel of a figure: its title, the part of the figure that it has, from 0 to 1, and its axes."""

    title: str
    x: tuple[float, float]
    y: tuple[float, float]
    xaxis: dict[str, Any]
    yaxis: dict[str, Any]


def whole_numbers(last: float) -> dict[str, Any]:
    """Return the ticks of an axis that ends at a whole number: a few, and between two of these none.

    Examples
    --------
    >>> whole_numbers(2), whole_numbers(300)
    ({'tickformat': 'd', 'dtick': 1}, {'tickformat': 'd', 'nticks': 6})
    """
    return {"tickformat": "d"} | ({"dtick": 1} if last <= _FEW else {"nticks": _FEW})


def on(i: int) -> dict[str, str]:
    """Return the axes that put a trace on panel i, counted from 0."""
    ending = i + 1 if i else ""
    return {"xaxis": f"x{ending}", "yaxis": f"y{ending}"}


def panels(parts: Sequence[Panel]) -> dict[str, Any]:
    """Return the axes and titles of panels as a part of a layout."""
    layout: dict[str, Any] = {"annotations": [_title(part) for part in parts], **CLEAR}
    for i, part in enumerate(parts):
        axes = on(i)
        ending = axes["xaxis"][1:]
        layout[f"xaxis{ending}"] = {"domain": part.x, "anchor": axes["yaxis"], **part.xaxis}
        layout[f"yaxis{ending}"] = {"domain": part.y, "anchor": axes["xaxis"], **part.yaxis}
    return layout


def _title(part: Panel) -> dict[str, Any]:
    place = {"x": part.x[0], "y": part.y[1], "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom"}
    return place | {"text": part.title, "showarrow": False, "font": {"size": 13}}
