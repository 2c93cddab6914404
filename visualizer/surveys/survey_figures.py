"""Figures of a survey: the fan of the losses, the end of each run, and the share that solved the task."""

from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from engine import Text
from engine.studies import RangeTest, Survey
from visualizer.scene import faint
from visualizer.writing import number, palette

_FAN_HEIGHT, _MAP_HEIGHT, _BARS_HEIGHT = 360, 300, 280
_QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
_BANDS = ((0, 4, 0.1), (1, 3, 0.22))  # the lower and the upper quantile, and how strong the band is
_FAR, _ROOM = 30.0, 0.1  # how far above the first losses the picture goes, and decades around it
_EPOCH, _LOSS, _RATE = Text("epoch", "轮"), Text("loss", "损失"), Text("learning rate η", "学习率 η")
_SEEDS = Text("seeds, the best ones first", "随机种子（效果最好的在前）")
_DIVERGED, _SHARE = Text("diverged", "发散"), Text("share of the seeds", "种子的比例")
_STEEPEST, _LOWEST = Text("the loss falls fastest", "损失下降最快"), Text("the loss is lowest", "损失最低")
_STABLE, _PRESENT = (
    Text("stable up to here at the start", "开始时的稳定上限"),
    Text("current setting", "当前设置"),
)
_BEFORE = Text("loss before the step", "这一步之前的损失")
_MARGIN = {"l": 70, "r": 15, "t": 30, "b": 50}
_LEGEND = {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"}


def quantiles(losses: NDArray) -> NDArray:
    """Return the quantiles over the seeds: (seeds, epochs) gives (5, epochs); a run that diverged counts as the worst.

    Each is the loss of a seed, none a mean of two, and infinite where that seed has diverged.
    """
    ordered = np.sort(np.where(np.isnan(losses), np.inf, losses), axis=0)
    places = np.round(np.array(_QUANTILES) * (len(ordered) - 1)).astype(int)
    return ordered[places]


def fan_figure(survey: Survey, lang: str) -> go.Figure:
    """Return the median of the losses at each rate with bands of 25 to 75 and of 5 to 95 percent of the seeds."""
    low, high = _range(survey.losses)
    traces = []
    for rate, losses, colour in zip(survey.rates, survey.losses, palette.ordered(len(survey.rates)), strict=True):
        traces += _fan(survey.epochs, np.maximum(quantiles(losses), low), high, rate, colour, lang)
    y: dict[str, Any] = {"title": {"text": _LOSS(lang)}, "type": "log", "exponentformat": "power"}
    y["range"] = [np.log10(low) - _ROOM, np.log10(high) + _ROOM]
    y["dtick"] = 1 if high > _FAR * low else None
    return _figure(traces, _FAN_HEIGHT, {"title": {"text": _EPOCH(lang)}, "tickformat": "d"}, y)


def _range(losses: NDArray) -> tuple[float, float]:
    """Return the range of losses to show: diverging ones would leave no room for the rest."""
    finite = losses[np.isfinite(losses) & (losses > 0)]
    if not finite.size:
        return 0.1, 1.0
    first = losses[..., 0][np.isfinite(losses[..., 0])]
    return float(finite.min()), float(min(finite.max(), max(_FAR * first.max(initial=0), finite.min())))


def _fan(epochs: NDArray, five: NDArray, high: float, rate: float, colour: str, lang: str) -> list[dict[str, Any]]:
    """Return the bands and the median of one rate; where a band has no upper end it reaches to the highest loss."""
    name = f"η = {number(rate)}"
    group = {"type": "scatter", "legendgroup": name}
    bands = [_band(epochs, five[a], np.minimum(five[b], high), faint(colour, share)) for a, b, share in _BANDS]
    words = Text(
        "{} {}: median {}, half of the seeds from {} to {}, nine tenths from {} to {}",
        "第 {1} {0}：中位数 {2}，半数种子在 {3} 到 {4} 之间，九成在 {5} 到 {6} 之间",
    )
    values = [words.format(_EPOCH, epoch, *map(_loss, q[[2, 1, 3, 0, 4]]))(lang) for epoch, q in zip(epochs, five.T)]  # noqa: B905
    median = {
        "x": epochs,
        "y": np.where(np.isfinite(five[2]), five[2], np.nan),
        "name": name,
        "line": {"color": colour, "width": 2},
        "text": values,
        "hovertemplate": f"{name}<br>%{{text}}<extra></extra>",
    }
    return [group | band for band in bands] + [group | median]


def _band(epochs: NDArray, low: NDArray, high: NDArray, colour: str) -> dict[str, Any]:
    there = np.isfinite(low)
    outline = np.concatenate((epochs[there], epochs[there][::-1])), np.concatenate((low[there], high[there][::-1]))
    look = {"fill": "toself", "fillcolor": colour, "line": {"width": 0}, "mode": "lines"}
    return {"x": outline[0], "y": outline[1], **look, "hoverinfo": "skip", "showlegend": False}


def _loss(value: float) -> Text:
    return Text(number(value), number(value)) if np.isfinite(value) else _DIVERGED


def final_figure(survey: Survey, lang: str) -> go.Figure:
    """Return the final losses as a map of rates × seeds; a column is one seed, and the best ones stand on the left."""
    order = seed_order(survey)
    final, seeds = survey.final[:, order], np.array(survey.seeds)[order]
    rates = [number(rate) for rate in survey.rates]
    colours = {"colorscale": palette.SCALE, "colorbar": _bar_of(final, lang)}
    cell = {"type": "heatmap", "y": rates, "hoverongaps": False, "text": _cells(rates, seeds, final, lang)}
    cell |= {"hovertemplate": "%{text}<extra></extra>"}
    ended = cell | colours | {"z": np.log10(np.maximum(final, np.finfo(float).tiny))}
    grey = {"colorscale": [[0, palette.ZERO], [1, palette.ZERO]], "showscale": False}
    gone = cell | grey | {"z": np.where(np.isnan(final), 0.0, np.nan)}
    x = {"title": {"text": _SEEDS(lang)}, "showticklabels": False, "showgrid": False}
    y = {"title": {"text": _RATE(lang)}, "type": "category", "showgrid": False}
    return _figure([ended, gone], _MAP_HEIGHT, x, y)


def seed_order(survey: Survey) -> NDArray:
    """Return the places of the seeds, those first whose runs ended lowest over all rates; diverged ones count most."""
    worst = np.nanmax(survey.final) if np.isfinite(survey.final).any() else 1.0
    final = np.where(np.isnan(survey.final), 10 * worst, survey.final)
    return np.argsort(np.log(np.maximum(final, np.finfo(float).tiny)).sum(axis=0), kind="stable")


def _cells(rates: list[str], seeds: NDArray, final: NDArray, lang: str) -> list[list[str]]:
    words = Text("η = {}, seed {}: {}", "η = {}，种子 {}：{}")
    return [
        [words.format(rate, seed, _loss(value))(lang) for seed, value in zip(seeds, row, strict=True)]
        for rate, row in zip(rates, final, strict=True)
    ]


def _bar_of(final: NDArray, lang: str) -> dict[str, Any]:
    """Return the colour bar of the map, with the losses as its ticks."""
    finite = final[np.isfinite(final) & (final > 0)]
    low, high = (np.log10([finite.min(), finite.max()])) if finite.size else (0.0, 0.0)
    ticks = np.linspace(low, high, 5)
    return {"title": {"text": _LOSS(lang)}, "tickvals": ticks, "ticktext": [number(10**tick, 2) for tick in ticks]}


def solved_figure(survey: Survey, lang: str) -> go.Figure:
    """Return bars, for each rate, of the share that ended below the limit, with correct outputs, and diverged."""
    below = Text("loss below {}", "损失低于 {}").format(number(survey.solved_below))
    right = Text("every output on the correct side of ½", "全部输出都在 ½ 的正确一侧")
    shares = [(below, survey.solved, palette.RIGHT)]
    if survey.all_right is not None:
        shares.append((right, survey.all_right, palette.ZERO))
    if survey.diverged.any():
        shares.append((_DIVERGED, survey.diverged.mean(axis=1), palette.DIVERGED))
    rates = [number(rate) for rate in survey.rates]
    bars = [_bars(rates, name(lang), values, colour, len(survey.seeds), lang) for name, values, colour in shares]
    y = {"title": {"text": _SHARE(lang)}, "range": [0, 1.12], "tickformat": ".0%", "nticks": 6}
    return _figure(bars, _BARS_HEIGHT, {"title": {"text": _RATE(lang)}, "type": "category"}, y)


def _bars(rates: list[str], name: str, shares: NDArray, colour: str, seeds: int, lang: str) -> dict[str, Any]:
    counts = Text("{} of {}", "{} / {}")
    return {
        "type": "bar",
        "x": rates,
        "y": shares,
        "name": name,
        "marker": {"color": colour},
        "text": [counts.format(round(share * seeds), seeds)(lang) for share in shares],
        "textposition": "outside",
        "hovertemplate": f"η = %{{x}}<br>{name}: %{{text}}, %{{y:.1%}}<extra></extra>",
    }


def rate_figure(found: RangeTest, rate: float, lang: str) -> go.Figure:
    """Return the losses of a range test over the rates, with the rates that it tells and the present one marked."""
    top = float(found.losses.max())
    curve: dict[str, Any] = {"type": "scatter", "x": found.rates, "y": found.losses, "name": _LOSS(lang)}
    curve["line"] = {"width": 2.5, "color": palette.SERIES[0]}
    curve["hovertemplate"] = "η = %{x:.3g}<br>%{y:.4g}<extra></extra>"
    marks = (
        (_STEEPEST, found.steepest, palette.RIGHT, "solid"),
        (_LOWEST, found.lowest, palette.CHANGED, "dash"),
        (_STABLE, found.stable, palette.WRITE, "dot"),
        (_PRESENT, rate, palette.ZERO, "solid"),
    )
    lines = [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [at, at],
            "y": [0, top],
            "name": f"{words(lang)}: {number(at, 2)}",
            "line": {"color": shade, "dash": dash, "width": 1.5},
            "hoverinfo": "name",
        }
        for words, at, shade, dash in marks
        if np.isfinite(at)
    ]
    ends = float(np.log10(found.rates[0])), float(np.log10(max(found.rates[-1], rate)))
    x = {"title": {"text": _RATE(lang)}, "type": "log", "exponentformat": "power", "dtick": 1, "range": ends}
    y = {"title": {"text": _BEFORE(lang)}, "rangemode": "tozero"}
    return _figure([curve, *lines], _FAN_HEIGHT, x, y)


def _figure(traces: list[dict[str, Any]], height: int, x: dict[str, Any], y: dict[str, Any]) -> go.Figure:
    layout = {"height": height, "margin": _MARGIN, "legend": _LEGEND, "xaxis": x, "yaxis": y, "showlegend": True}
    return go.Figure(traces, layout)
