"""The animation of a whole run as one Plotly figure: some sixty of its epochs, each with what changes.

The loss, what the network makes of the data, and the gradients of the layers stand side by side.
"""

from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from engine import Network, Text
from engine.passes import trace
from engine.studies import RunRecord
from visualizer.epochs.epoch_figures import MOST_TRACED, gradient_norm
from visualizer.epochs.prediction_figures import KINDS, axis_of, kind_of, scale_of, scaled, shade, surface
from visualizer.epochs.thinning import thinned
from visualizer.writing import Panel, on, palette, panels

MOST_FRAMES = 60
_GRID = 40
_HEIGHT, _FRAME = 420, 70  # pixels; milliseconds, so that all frames play in about four seconds
_MOST_POINTS = 300  # of outputs against targets
_MAPS = ("surface", "classes")  # pictures that Plotly has to draw anew
_LOSS, _FIT = Text("loss C", "损失 C"), Text("the network's output for the data", "网络对数据的输出")
_GRADIENTS = Text("gradient norm ‖∇C‖ of each layer", "各层梯度范数 ‖∇C‖")
_AT, _LAYER = Text("epoch ", "轮次 "), Text("layer {}", "第 {} 层")
_PLAY, _PAUSE = Text("▷ Play", "▷ 播放"), Text("❚❚ Pause", "❚❚ 暂停")
_SHADES = 200  # steps of the colour scale that a frame's surface tells apart
Traces = list[dict[str, Any]]


def key_epochs(trial: RunRecord, most: int = MOST_FRAMES) -> list[int]:
    """Return the key epochs of a run, the first and the last among them: more where the loss changes.

    Where they lie no closer than the epochs whose networks are at hand, those are taken.
    """
    last = trial.epochs
    if last < most:
        return list(range(last + 1))
    wanted = np.unique(np.interp(np.linspace(0, 1, most), _course(trial.loss), np.arange(last + 1)).round().astype(int))
    kept = np.array(trial.kept)
    places = np.searchsorted(kept, wanted, side="right")
    alone = np.bincount(places)[places] == 1
    nearest = kept[np.abs(wanted[:, None] - kept).argmin(axis=1)]
    return sorted(set(np.where(alone, nearest, wanted).tolist()))


def _course(loss: NDArray) -> NDArray:
    """Progress of a run after each epoch, from 0 to 1: half by its epochs, half by the changes of its loss."""
    known = np.where(np.isfinite(loss) & (loss > 0), loss, np.nan)
    steps = np.abs(np.diff(np.log(np.fmax(known, 1e-12))))
    steps = np.where(np.isfinite(steps), steps, 0.0)
    steps = np.minimum(steps, 4 * steps.sum() / MOST_FRAMES)  # a single leap needs no more than some frames
    done = np.concatenate(
        [[0.0], np.cumsum(steps / steps.sum() + 1 / len(steps) if steps.any() else np.ones(len(steps)))]
    )
    return done / done[-1]


class _Moment(NamedTuple):
    """Key epoch: its network and the gradient norms of its layers."""

    epoch: int
    network: Network
    norms: list[float | None]


def run_animation_figure(trial: RunRecord, lang: str) -> go.Figure:
    """Return a run as a figure with frames, a slider and buttons to play them.

    Every frame has the marked epoch, the surface, in fewer points and shades than `moment_figure` has, or the
    fitted curve, and the gradient norms, those of at most `MOST_TRACED` samples.
    """
    moments = _moments(trial)
    nets = [_network(trial, moment, lang) for moment in moments]
    still = [*_samples(trial, lang), _curve(trial), *_norm_lines(moments, lang)]
    marks = [_marks(trial, moment) for moment in moments]
    traces = [*nets[-1], *still, *marks[-1]]
    places = [*range(len(nets[-1])), *range(len(traces) - len(marks[-1]), len(traces))]
    frames = [
        {"name": str(moment.epoch), "data": [_changing(trace) for trace in (*net, *mark)], "traces": places}
        for moment, net, mark in zip(moments, nets, marks, strict=True)
    ]
    return go.Figure({"data": traces, "layout": _layout(trial, moments, lang), "frames": frames})


def _moments(trial: RunRecord) -> list[_Moment]:
    epochs = key_epochs(trial)
    x, y = (rows[:: -(-len(rows) // MOST_TRACED)] for rows in trial.data)
    moments = []
    for epoch, network in zip(epochs, trial.networks_at(epochs), strict=True):
        kept = trace(network, x, y, trial.task.loss)
        with np.errstate(all="ignore"):
            norms = [gradient_norm(kept, l) for l in range(1, len(network.layers) + 1)]
        moments.append(_Moment(epoch, network, [norm if 0 < norm < np.inf else None for norm in norms]))
    return moments


def _changing(trace: dict[str, Any]) -> dict[str, Any]:
    """Return the part of a trace that differs between two frames of a run."""
    if "z" in trace:
        return {"type": trace["type"], "z": trace["z"]}
    return {"type": trace["type"], "x": trace["x"], "y": trace["y"]}


def _network(trial: RunRecord, moment: _Moment, lang: str) -> Traces:
    """Return the moving traces in the picture of the data."""
    kind = kind_of(trial)
    if kind == "surface":
        return [_heat(trial, moment.network)]
    traces = KINDS[kind].network(trial, moment.network, lang)
    for drawn in traces if kind not in _MAPS else ():
        step = -(-len(drawn["x"]) // _MOST_POINTS)
        drawn["x"], drawn["y"] = (_short(drawn[side][::step]) for side in "xy")
    return [drawn | on(1) for drawn in traces]


def _short(values: NDArray) -> NDArray:
    with np.errstate(over="ignore"):
        short = np.asarray(values, np.float32)
    return np.where(np.isfinite(short), short, np.float32(np.nan))


def _heat(trial: RunRecord, network: Network) -> dict[str, Any]:
    """Return the surface in whole steps of the colour scale, which are short to send."""
    low, high = scale_of(trial)
    steps = np.clip((surface(trial, network, _GRID) - low) / (high - low), 0, 1) * _SHADES
    whole = np.isfinite(steps).all()  # one byte each, and no list: that is slow to check and to send
    places = {"x": axis_of(trial, 0, _GRID), "y": axis_of(trial, 1, _GRID)}
    colours = scaled(trial) | {"zmin": 0, "zmax": _SHADES, "showscale": False, "zsmooth": "best"}
    return {
        "type": "heatmap",
        **places,
        "z": steps.round().astype(np.uint8 if whole else np.float32),
        **colours,
        "hoverinfo": "skip",
        **on(1),
    }


def _samples(trial: RunRecord, lang: str) -> Traces:
    return [drawn | on(1) for drawn in KINDS[kind_of(trial)].data(trial, lang)]


def _curve(trial: RunRecord) -> dict[str, Any]:
    at = thinned(trial.loss)
    line = {"line": {"color": palette.SERIES[0], "width": 2}, "hovertemplate": "%{x}: %{y:.6g}<extra></extra>"}
    return {"type": "scatter", "mode": "lines", "x": at, "y": _shown(trial)[at], **line, **on(0)}


def _shown(trial: RunRecord) -> NDArray:
    """Return the loss where it has a place on the axis."""
    return np.where(np.isfinite(trial.loss) & (trial.loss > 0), trial.loss, np.nan)


def _norm_lines(moments: list[_Moment], lang: str) -> Traces:
    epochs = [moment.epoch for moment in moments]
    return [
        {"type": "scatter", "mode": "lines", "x": epochs, "y": [moment.norms[i] for moment in moments]}
        | {"line": {"color": shade(i), "width": 2}, "name": _LAYER.format(i + 1)(lang), **on(2)}
        | {"hovertemplate": "%{x}: %{y:.6g}<extra>%{fullData.name}</extra>"}
        for i in range(len(moments[0].norms))
    ]


def _marks(trial: RunRecord, moment: _Moment) -> Traces:
    """Return the points that move along the curves."""
    loss = float(_shown(trial)[moment.epoch])
    rim = {"color": palette.ZERO, "width": 1.5}
    colours = [shade(i) for i in range(len(moment.norms))]
    points = {"type": "scatter", "mode": "markers", "hoverinfo": "skip"}
    first = {"x": [moment.epoch], "y": [loss if np.isfinite(loss) else None]}
    second = {"x": [moment.epoch] * len(moment.norms), "y": moment.norms}
    return [
        points | first | {"marker": {"color": palette.WRITE, "size": 11, "line": rim}, **on(0)},
        points | second | {"marker": {"color": colours, "size": 9, "line": rim}, **on(2)},
    ]


def _layout(trial: RunRecord, moments: list[_Moment], lang: str) -> dict[str, Any]:
    epochs = {"tickformat": "d", "nticks": 5, "range": [-0.02 * trial.epochs, 1.02 * trial.epochs], "zeroline": False}
    norms = np.array([moment.norms for moment in moments], float)
    data = KINDS[kind_of(trial)].axes(trial, lang)
    parts = [
        Panel(_LOSS(lang), (0, 0.28), (0, 1), epochs, decades(_shown(trial))),
        Panel(_FIT(lang), (0.36, 0.65), (0, 1), data["xaxis"], data["yaxis"]),
        Panel(_GRADIENTS(lang), (0.73, 1), (0, 1), epochs, decades(norms)),
    ]
    redraw = kind_of(trial) in _MAPS
    return panels(parts) | {
        "height": _HEIGHT,
        "margin": {"l": 50, "r": 15, "t": 30, "b": 125},
        "showlegend": False,
        "updatemenus": [_buttons(lang, redraw)],
        "sliders": [_slider(moments, lang, redraw)],
    }


def decades(values: NDArray) -> dict[str, Any]:
    """Return a logarithmic axis; one of more than a decade has its ticks at the decades."""
    known = values[values > 0]
    wide = known.size and known.max() > 20 * known.min()
    return {"type": "log", "exponentformat": "power"} | ({"dtick": 1} if wide else {"nticks": 5})


def _animation(duration: int, redraw: bool, **more: Any) -> dict[str, Any]:
    frame = {"duration": duration, "redraw": redraw}
    return {"mode": "immediate", "frame": frame, "transition": {"duration": 0}, **more}


def _buttons(lang: str, redraw: bool) -> dict[str, Any]:
    """Return Play and Pause; their colours hold on light and dark pages."""
    play = {"label": _PLAY(lang), "method": "animate", "args": [None, _animation(_FRAME, redraw, fromcurrent=True)]}
    pause = {"label": _PAUSE(lang), "method": "animate", "args": [[None], _animation(0, redraw)]}
    place = {"x": 0, "xanchor": "left", "y": 0, "yanchor": "top", "pad": {"t": 52, "l": 0}, "direction": "left"}
    colours = {"bgcolor": "rgba(0,0,0,0)", "bordercolor": palette.ZERO, "font": {"color": palette.SERIES[0]}}
    return {"type": "buttons", "showactive": False, "buttons": [play, pause], **place, **colours}


def _slider(moments: list[_Moment], lang: str, redraw: bool) -> dict[str, Any]:
    steps = [
        {"label": name, "method": "animate", "args": [[name], _animation(0, redraw)]}
        for name in (str(moment.epoch) for moment in moments)
    ]
    now = {"prefix": _AT(lang), "xanchor": "right"}
    place = {"x": 0.2, "len": 0.8, "y": 0, "yanchor": "top", "pad": {"t": 32}}
    return {"active": len(moments) - 1, "steps": steps, "currentvalue": now, "tickcolor": palette.ZERO, **place}
