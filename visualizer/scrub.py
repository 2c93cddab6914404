"""A whole trial as one figure that plays in the browser: some sixty of its epochs, each with what changes.

The loss, what the network makes of the data, and the gradients of the layers stand side by side.
"""

from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from engine import Network, Text, trace
from engine.trial import Trial
from visualizer import palette
from visualizer.curves import thinned
from visualizer.fits import KINDS, axis_of, kind_of, scale_of, scaled, shade, surface
from visualizer.moments import MOST_TRACED, gradient_norm
from visualizer.panels import Panel, on, panels

MOST_FRAMES = 60
_GRID = 40
_HEIGHT, _FRAME = 420, 70  # pixels; milliseconds, so that all frames play in about four seconds
_LOSS, _DATA, _FIT = Text("loss C", "损失 C"), Text("the data, and the network", "数据与网络"), 0.34
_GRADIENTS = Text("gradient norm ‖∇C‖ of each layer", "各层梯度范数 ‖∇C‖")
_EPOCH, _AT, _LAYER = Text("epoch", "轮"), Text("epoch ", "轮次 "), Text("layer {}", "第 {} 层")
_PLAY, _PAUSE = Text("▷ Play", "▷ 播放"), Text("❚❚ Pause", "❚❚ 暂停")
_SHADES = 200  # steps of the colour scale that a frame's surface tells apart
Traces = list[dict[str, Any]]


def key_epochs(trial: Trial, most: int = MOST_FRAMES) -> list[int]:
    """Return epochs that tell how a trial went, the first and the last among them: more where the loss changes.

    Where they lie no closer than the epochs whose networks are at hand, those are taken.
    """
    last = trial.epochs
    if last < most:
        return list(range(last + 1))
    wanted = np.unique(np.interp(np.linspace(0, 1, most), _course(trial.loss), np.arange(last + 1)).round().astype(int))
    kept = np.array(trial.kept)
    spots = np.searchsorted(kept, wanted, side="right")
    alone = np.bincount(spots)[spots] == 1
    nearest = kept[np.abs(wanted[:, None] - kept).argmin(axis=1)]
    return sorted({0, last, *np.where(alone, nearest, wanted).tolist()})[:most]


def _course(loss: NDArray) -> NDArray:
    """Return how far a run has come after each epoch, from 0 to 1: half by its epochs, half by what its loss did."""
    known = np.where(np.isfinite(loss) & (loss > 0), loss, np.nan)
    steps = np.abs(np.diff(np.log(np.fmax(known, 1e-12))))
    steps = np.where(np.isfinite(steps), steps, 0.0)
    steps = np.minimum(steps, 4 * steps.sum() / MOST_FRAMES)  # a single leap needs no more than some frames
    done = np.concatenate([[0.0], np.cumsum(steps / steps.sum() + 1 / len(steps) if steps.any() else np.ones(len(steps)))])
    return done / done[-1]


class _Moment(NamedTuple):
    """One key epoch: its network and the gradient norms of its layers."""

    epoch: int
    network: Network
    norms: list[float]


def scrub_figure(trial: Trial, lang: str) -> go.Figure:
    """Return a trial as a figure with frames, a slider and buttons to play them.

    Every frame has the marked epoch, the surface, in fewer points and shades than `moment_figure` has, or the
    fitted curve, and the gradient norms, those of at most `MOST_TRACED` samples.
    """
    moments = _moments(trial)
    still = [*_curves(trial), *_norm_lines(moments, lang), *_samples(trial, lang)]
    moving = _moving(trial, moments[-1], lang)
    first = 0 if kind_of(trial) == "surface" else len(still)  # a surface lies below the points, a curve above them
    traces = [*moving, *still] if first == 0 else [*still, *moving]
    places = list(range(first, first + len(moving)))
    frames = [
        {"name": str(moment.epoch), "data": [_change(trace) for trace in _moving(trial, moment, lang)], "traces": places}
        for moment in moments
    ]
    return go.Figure({"data": traces, "layout": _layout(trial, moments, lang), "frames": frames}, skip_invalid=True)
