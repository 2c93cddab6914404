"""Figures of a loss surface: its heights as a map or in space, the trajectories on it, and the heights along them.

The paths play in the browser: each frame has the paths as far as they had come, and where they are then, in both
pictures.
"""

from math import ceil
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from engine import Text
from visualizer.landscape.loss_surface import LossSurface, Path
from visualizer.writing import CLEAR, in_figure, number, palette, whole_numbers

HEIGHT = 640
_UPPER, _BELOW = (0.36, 1.0), (0.0, 0.24)  # the parts of the figure that the two pictures have, from below
_DEEPEST = 1e-3  # of heights in space, as a share of the highest: the lower ones would be spikes
_FAR = 30.0  # how far above the start the lower picture goes
_FRAME, _LIFT, _TICKS, _LINES = 90, 0.012, 5, 22  # milliseconds; of a path over the surface; of a scale; of a map
_HAZE = 0.75
_PLAY, _PAUSE = Text("▷ Play", "▷ 播放"), Text("❚❚ Pause", "❚❚ 暂停")
_COST, _HEIGHT = Text("cost C", "代价 C"), Text("height f", "高度 f")
_EPOCH, _STEP = Text("epoch", "轮"), Text("step", "步")
_MINIMUM_AT = Text("minimum: ({})", "最小值点：({})")
Traces = list[dict[str, Any]]


def landscape_figure(
    surface: LossSurface,
    lang: str,
    solid: bool = False,
    log: bool | None = None,
    looked: tuple[int, NDArray] | None = None,
) -> go.Figure:
    """Return a loss surface with its trajectories; while it is being computed, the part there is, without frames.

    Parameters
    ----------
    surface : LossSurface
    lang : str
    solid : bool
        Whether it is drawn in space.
    log : bool, optional
        Whether heights are logarithmic; unless given, where they are steep.
    looked : tuple of (int, ndarray of shape (2,)), optional
        An epoch of the first path, and where the network is then; the paths' points stand there.
    """
    picture = _Picture(surface, lang, solid, surface.is_steep if log is None else log)
    last = int(surface.marks[-1])
    moving = picture.moving(last, looked) if picture.walked else []
    still = [picture.ground(), *picture.goal(), *(picture.curves() if picture.walked else [])]
    data = [*still, *moving]
    frames = []
    if surface.done == 1 and picture.walked:
        places = list(range(len(still), len(data)))
        frames = [
            {"name": str(mark), "data": [_changing(trace) for trace in picture.moving(int(mark))], "traces": places}
            for mark in surface.marks
        ]
    return go.Figure({"data": data, "layout": picture.layout(bool(frames)), "frames": frames})


def _changing(trace: dict[str, Any]) -> dict[str, Any]:
    """Return the part of a trace that differs from frame to frame; of lines only their points."""
    names = ("type", "x", "y", "z") if trace["mode"] == "lines" else ("type", "x", "y", "z", "customdata")
    return {name: trace[name] for name in names if name in trace}


class _Picture:
    """Figure of one loss surface."""

    def __init__(self, surface: LossSurface, lang: str, solid: bool, log: bool) -> None:
        self.surface, self.lang, self.solid, self.log = surface, lang, solid, log
        self.cost = _COST if surface.plane else _HEIGHT
        known = surface.cost[np.isfinite(surface.cost)]
        self.floor = max(surface.floor, _DEEPEST * known.max(initial=0) if solid else 0.0)
        self.walked = len(surface.marks) > 1 and bool(surface.paths)
        self.upper = _UPPER if self.walked else (0.0, 1.0)
        self.z = self.scaled(surface.cost)
        known = self.z[np.isfinite(self.z)]
        self.low, self.high = (float(known.min()), float(known.max())) if known.size else (0.0, 1.0)

    def scaled(self, heights: NDArray) -> NDArray:
        """Return heights on the scale, which may be logarithmic."""
        return np.log10(np.maximum(heights, self.floor)) if self.log else heights

    def ground(self) -> dict[str, Any]:
        """Return the trace of the heights."""
        shown, (first, second) = self.surface, (name(self.lang) for name in self.surface.names)
        letter = "C" if shown.plane else "f"
        hover = f"{first} = %{{x:.4g}}<br>{second} = %{{y:.4g}}<br>{letter} = %{{customdata:.6g}}<extra></extra>"
        trace = {"x": shown.x, "y": shown.y, "z": self.z, "customdata": shown.cost, "hovertemplate": hover}
        bar = {"thickness": 12, "title": {"text": self.cost(self.lang)}, "y": 1, "yanchor": "top"} | self.ticks()
        trace |= {"colorscale": palette.SCALE, "colorbar": bar | {"len": 1 - self.upper[0]}, "opacity": _HAZE}
        if self.solid:
            return trace | {"type": "surface", "cmin": self.low, "cmax": self.high, "opacity": 0.9, "showscale": False}
        size = (self.high - self.low) / _LINES or 1.0
        lines = {"start": self.low, "end": self.high, "size": size}
        return trace | {"type": "contour", "contours": lines, "line": {"width": 0.6, "color": palette.ZERO}}

    def ticks(self) -> dict[str, Any]:
        """Return the numbers of the scale: the heights themselves, also where it is logarithmic."""
        if not self.log:
            return {"nticks": _TICKS}
        places = np.linspace(self.low, self.high, _TICKS)
        return {"tickvals": places, "ticktext": [number(10**place, 2) for place in places]}

    def goal(self) -> Traces:
        """Return the minimum of a test surface."""
        if self.surface.plane:
            return []
        words = _MINIMUM_AT.format(", ".join(number(value) for value in self.surface.here))(self.lang)
        there = np.array([self.surface.here])
        look = {"symbol": "diamond" if self.solid else "star", "size": 5 if self.solid else 15, "color": palette.WRITE}
        trace = {"mode": "markers", "marker": look, "hovertemplate": words + "<extra></extra>", "showlegend": False}
        return [self.on_ground(there, np.zeros(1)) | trace]

    def on_ground(self, points: NDArray, heights: NDArray) -> dict[str, Any]:
        """Return the places of points in the upper picture."""
        if not self.solid:
            return {"type": "scatter", "x": _short(points[:, 0]), "y": _short(points[:, 1])}
        inside = ((points >= self.corners[0]) & (points <= self.corners[1])).all(axis=1)
        if self.surface.plane:
            heights = self.surface.on_the_ground(points)
        z = self.scaled(heights) + _LIFT * (self.high - self.low)
        x, y, z = (_short(np.where(inside, values, np.nan)) for values in (points[:, 0], points[:, 1], z))
        return {"type": "scatter3d", "x": x, "y": y, "z": z}

    @property
    def corners(self) -> tuple[NDArray, NDArray]:
        """The lowest and the highest place along both axes."""
        first, second = self.surface.x, self.surface.y
        return np.array([first[0], second[0]]), np.array([first[-1], second[-1]])

    def curves(self) -> Traces:
        """Return the heights along the trajectories, in the lower picture."""
        return [
            {"type": "scatter", "mode": "lines", "x": path.at, "y": self.seen(path)}
            | {"line": {"color": _colour(path), "width": 2}, "hovertemplate": "%{x}: %{y:.6g}<extra>%{fullData.name}"}
            | {
                "xaxis": "x2",
                "yaxis": "y2",
                "name": in_figure(path.label(self.lang)),
                "legendgroup": str(i),
                "showlegend": False,
            }
            for i, path in enumerate(self.surface.paths)
        ]

    def seen(self, path: Path) -> NDArray:
        """Return the heights of a trajectory that have a place on a logarithmic axis."""
        return np.where(path.heights > 0, path.heights, np.nan)

    def moving(self, mark: int, looked: tuple[int, NDArray] | None = None) -> Traces:
        """Return the trajectories up to a mark, and their last points, above and below."""
        shown = self.surface
        lines = [self.line(i, path, mark) for i, path in enumerate(shown.paths)]
        at = mark if looked is None else looked[0]
        there = [self.spot(path, at) for path in shown.paths]
        if looked is not None and there:
            there[0] = (looked[1], there[0][1])
        points = np.array([point for point, _ in there]).reshape(-1, 2)
        heights = np.array([height for _, height in there], float)
        colours = [_colour(path) for path in shown.paths]
        rim = {"color": palette.GROUNDS["light"].background, "width": 1.5}
        marks = {"mode": "markers", "customdata": heights, "showlegend": False}
        names = [in_figure(path.label(self.lang)) for path in shown.paths]
        marks |= {"text": names, "hovertemplate": f"%{{text}}<br>{self.when(at)}: %{{customdata:.6g}}<extra></extra>"}
        big, small = ({"color": colours, "size": size, "line": rim} for size in ((6 if self.solid else 13), 9))
        below = {"type": "scatter", "x": np.full(len(there), at), "y": np.where(heights > 0, heights, np.nan)}
        return [
            *lines,
            self.on_ground(points, heights) | marks | {"marker": big},
            below | marks | {"marker": small, "xaxis": "x2", "yaxis": "y2"},
        ]

    def spot(self, path: Path, mark: int) -> tuple[NDArray, float]:
        """Return the point and the height of a trajectory at a mark; after its end it stays there."""
        k = int(np.searchsorted(path.at, mark, side="right")) - 1
        return path.points[k], float(path.heights[k])

    def line(self, i: int, path: Path, mark: int) -> dict[str, Any]:
        """Return a trajectory up to a mark."""
        count = int(np.searchsorted(path.at, mark, side="right"))
        told = np.column_stack([path.at[:count], path.heights[:count]])
        hover = f"{self.word()} %{{customdata[0]}}: %{{customdata[1]:.6g}}<extra>%{{fullData.name}}</extra>"
        look = {"color": _colour(path), "width": 5 if self.solid else 3}
        trace = self.on_ground(path.points[:count], path.heights[:count])
        trace |= {"mode": "lines", "line": look, "customdata": told, "hovertemplate": hover}
        return trace | {"name": in_figure(path.label(self.lang)), "legendgroup": str(i), "showlegend": True}

    def word(self) -> str:
        return (_EPOCH if self.surface.plane else _STEP)(self.lang)

    def when(self, mark: int) -> str:
        return Text("{} {}", "第 {1} {0}").format(self.word(), mark)(self.lang)

    def layout(self, plays: bool) -> dict[str, Any]:
        """Return the layout of both pictures, and the buttons that play the trajectories."""
        names = [name(self.lang) for name in self.surface.names]
        ends = [[float(axis[0]), float(axis[-1])] for axis in (self.surface.x, self.surface.y)]
        axes = [{"range": end, "title": {"text": name}} for end, name in zip(ends, names, strict=True)]
        flat = [axis | {"zeroline": False, "showgrid": False} for axis in axes]
        upper: dict[str, Any] = {
            "xaxis": flat[0] | {"domain": [0, 1]},
            "yaxis": flat[1] | {"domain": self.upper, "title": {"text": names[1]}},
        }
        if self.solid:
            heights = {"title": {"text": self.cost(self.lang)}, **self.ticks()}
            scene: dict[str, Any] = {"xaxis": axes[0], "yaxis": axes[1], "zaxis": heights, "aspectmode": "manual"}
            scene["aspectratio"] = {"x": 1.5, "y": 1.5, "z": 0.75}
            eye = {"eye": {"x": 1.2, "y": -1.5, "z": 0.8}, "center": {"x": 0, "y": 0, "z": -0.12}}
            upper = {"scene": scene | {"domain": {"x": [0, 1], "y": self.upper}, "camera": eye}}
        both = upper | (self.below() if self.walked else {})
        return both | {
            **CLEAR,
            "height": HEIGHT,
            "margin": {"l": 60, "r": 10, "t": 40, "b": (105 if self.surface.plane else 160) if plays else 50},
            "legend": {"orientation": "h", "x": 0, "y": 1.01, "yanchor": "bottom"},
            "uirevision": str(self.solid),
            "updatemenus": [_buttons(self)] if plays else [],
            "sliders": [_slider(self)] if plays and not self.surface.plane else [],
        }

    def below(self) -> dict[str, Any]:
        """Return the axes of the lower picture."""
        last = float(self.surface.marks[-1])
        across = {"title": {"text": self.word()}, "range": [-0.02 * last, 1.02 * last]} | whole_numbers(last)
        up = {"title": {"text": self.cost(self.lang)}, **_decades(self.surface.paths)}
        return {
            "xaxis2": {"domain": [0, 1], "anchor": "y2", "zeroline": False, **across},
            "yaxis2": {"domain": _BELOW, "anchor": "x2", **up},
        }


def _short(values: NDArray) -> NDArray:
    """Return numbers in float32, as exact as a screen is."""
    with np.errstate(over="ignore"):
        short = values.astype(np.float32)
    return np.where(np.isfinite(short), short, np.float32("nan"))


def _colour(path: Path) -> str:
    return palette.SERIES[path.colour % len(palette.SERIES)]


def _decades(paths: list[Path]) -> dict[str, Any]:
    """Return a logarithmic axis with ticks at decades, which a diverging trajectory does not stretch too far."""
    heights = np.concatenate([path.heights for path in paths])
    known = np.log10(heights[np.isfinite(heights) & (heights > 0)])
    low, high = (known.min(), known.max()) if known.size else (-1.0, 0.0)
    starts = [path.heights[0] for path in paths if path.heights[0] > 0]
    high = min(high, np.log10(_FAR * max(starts))) if starts else high
    room = 0.05 * (high - low) + 0.02
    ticks = {"dtick": ceil((high - low) / _TICKS)} if high - low > 1.3 else {"nticks": 4}
    return {"type": "log", "exponentformat": "power", "range": [low - room, high + room], **ticks}


def _animation(duration: int, solid: bool, **more: Any) -> dict[str, Any]:
    frame = {"duration": duration, "redraw": solid}  # in space nothing moves without it; a map would be gone with it
    return {"mode": "immediate", "frame": frame, "transition": {"duration": 0}, **more}


def _buttons(picture: _Picture) -> dict[str, Any]:
    lang, below = picture.lang, 62 if picture.surface.plane else 118
    play = {
        "label": _PLAY(lang),
        "method": "animate",
        "args": [None, _animation(_FRAME, picture.solid, fromcurrent=True)],
    }
    pause = {"label": _PAUSE(lang), "method": "animate", "args": [[None], _animation(0, picture.solid)]}
    place = {"x": 0, "xanchor": "left", "y": 0, "yanchor": "top", "direction": "left", "pad": {"t": below}}
    colours = {"bgcolor": "rgba(0,0,0,0)", "bordercolor": palette.ZERO, "font": {"color": palette.SERIES[0]}}
    return {"type": "buttons", "showactive": False, "buttons": [play, pause], **place, **colours}


def _slider(picture: _Picture) -> dict[str, Any]:
    steps = [
        {"label": str(mark), "method": "animate", "args": [[str(mark)], _animation(0, picture.solid)]}
        for mark in picture.surface.marks
    ]
    now = {"prefix": picture.word() + " ", "xanchor": "right"}
    place = {"x": 0, "len": 1, "y": 0, "yanchor": "top", "pad": {"t": 40}, "tickcolor": palette.ZERO}
    return {"active": len(steps) - 1, "steps": steps, "currentvalue": now, **place}
