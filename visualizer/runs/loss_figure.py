"""The curve of the costs of all iterations so far, as a Plotly figure."""

from collections.abc import Sequence

import plotly.graph_objects as go

from engine import Text
from visualizer.writing import palette, whole_numbers

_HEIGHT = 150
_ITERATION, _COST = Text("iteration", "迭代"), Text("cost C", "代价 C")


def cost_figure(costs: Sequence[float], lang: str) -> go.Figure:
    """Return the curve of the costs of iterations 1, 2, …, the last of which is the present one and marked.

    Examples
    --------
    >>> cost_figure([0.5, 0.3, 0.2], "en").data[0].y
    (0.5, 0.3, 0.2)
    """
    iterations = list(range(1, len(costs) + 1))
    hover = f"{_ITERATION(lang)} %{{x}}: C = %{{y:.6g}}<extra></extra>"
    curve = {"x": iterations, "y": list(costs), "hovertemplate": hover, "line": {"color": palette.READ, "width": 2}}
    now = {"x": iterations[-1:], "y": list(costs[-1:]), "hovertemplate": hover}
    now |= {"mode": "markers", "marker": {"color": palette.WRITE, "size": 11}}
    layout = {
        "height": _HEIGHT,
        "margin": {"l": 55, "r": 10, "t": 8, "b": 35},
        "showlegend": False,
        "xaxis": {"title": {"text": _ITERATION(lang)}, **whole_numbers(len(costs))},
        "yaxis": {"title": {"text": _COST(lang)}, "rangemode": "tozero", "nticks": 4},
    }
    return go.Figure([{"type": "scatter", **curve}, {"type": "scatter", **now}], layout)
