"""Sweeps: settings of many runs beside the loss that each leads to, as parallel coordinates and as importances."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from engine import Text
from engine.studies import Importances, Survey, codes, importances, is_ordered, logarithms
from visualizer.runs import SETTINGS, NamedRun, Values, differing, values_of
from visualizer.writing import CLEAR, number, palette, value_words

_ROOM = 0.055  # from one tick to the next, as a share of an axis
_HEIGHT, _LOG_FROM, _TICKS, _MOST_WRITTEN = 380, 20.0, 5, 12
_LOSS, _DIVERGED = Text("final loss", "最终损失"), Text("diverged", "发散")
_THEN = " → "
IMPORTANCE = {
    "setting": Text("setting", "设置"),
    "share": Text("importance", "重要性"),
    "correlation": Text("rank correlation with the loss", "与损失的秩相关系数"),
}


class Changed(NamedTuple):
    """Values of a setting that was changed in the middle of a run, one after the other."""

    values: Values


class SweepTable(NamedTuple):
    """Table of a sweep: by the name of each setting its value in each run, and the final losses."""

    values: dict[str, list[Any]]
    losses: list[float]


def sweep_table(runs: Sequence[NamedRun]) -> SweepTable:
    """Return the settings in which runs differ and their losses; changed midway, all its values stand for a setting."""
    columns = {name: [values_of(run, name) for run in runs] for name in differing(runs)}
    plain = {name: [_plain(values) for values in column] for name, column in columns.items()}
    return SweepTable(plain, [float(run.trial.loss[-1]) for run in runs])


def _plain(values: Values) -> Any:
    return values[0] if len(values) == 1 else Changed(values)


def survey_table(survey: Survey) -> SweepTable:
    """Return the rates and seeds of a survey with the losses."""
    rates, seeds = np.repeat(survey.rates, len(survey.seeds)), np.tile(survey.seeds, len(survey.rates))
    return SweepTable({"eta": rates.tolist(), "seed": seeds.tolist()}, survey.final.ravel().tolist())


def parallel_figure(table: SweepTable, lang: str) -> go.Figure:
    """Return parallel coordinates: a line a run, through its values to its loss, which colours it."""
    heights = logarithms(table.losses)
    settings = [_dimension(name, column, lang) for name, column in table.values.items()]
    lines: dict[str, Any] = {"type": "parcoords", "dimensions": [*settings, _of_loss(table.losses, heights, lang)]}
    lines |= {"labelfont": {"size": 14}, "tickfont": {"size": 12, "shadow": "none"}}
    lines["line"] = {"color": heights, "colorscale": [[0, palette.READ], [0.5, palette.CHANGED], [1, palette.WRONG]]}
    layout = {"height": _HEIGHT, "margin": {"l": 80, "r": 70, "t": 60, "b": 30}, **CLEAR}
    return go.Figure({"data": [lines], "layout": layout})


def _dimension(name: str, column: list[Any], lang: str) -> dict[str, Any]:
    label = SETTINGS[name].label(lang)
    if is_ordered(column) and len(set(column)) > _MOST_WRITTEN:
        return {"label": label, "values": codes(column)}
    decades = is_ordered(column) and 0 < _LOG_FROM * min(column) < max(column)
    places = np.log10(column) if decades else codes(column)
    ticks = _apart(dict(zip(places.tolist(), column, strict=True)))
    words = [_words(name, value, lang) for value in ticks.values()]
    return {"label": label, "values": places, "tickvals": list(ticks), "ticktext": words}


def _apart(ticks: dict[float, Any]) -> dict[float, Any]:
    """Return ticks of which none lies upon another: from the lowest on, those that have room."""
    kept: dict[float, Any] = {}
    room = _ROOM * (max(ticks) - min(ticks))
    for place in sorted(ticks):
        if not kept or place - max(kept) >= room:
            kept[place] = ticks[place]
    return kept


def _words(name: str, value: Any, lang: str) -> str:
    if isinstance(value, Changed):
        return _THEN.join(_words(name, each, lang) for each in value.values)
    field = SETTINGS[name]
    return field.otherwise(lang) if value is None and field.otherwise else value_words(field, value, lang)


def _of_loss(losses: list[float], heights: NDArray, lang: str) -> dict[str, Any]:
    finite = heights[np.isfinite(losses)]
    ticks = np.linspace(finite.min(), finite.max(), _TICKS) if finite.size else np.zeros(1)
    words = [number(10**tick, 2) for tick in ticks]
    if len(finite) < len(heights):
        ticks, words = np.append(ticks, heights.max()), [*words, _DIVERGED(lang)]
    return {"label": _LOSS(lang), "values": heights, "tickvals": ticks, "ticktext": words}


def importance_rows(found: Importances, lang: str) -> list[dict[str, Any]]:
    """Return importances as rows of a table with the keys of `IMPORTANCE`; None where values have no order."""
    return [
        {
            "setting": SETTINGS[row.setting].label(lang),
            "share": row.share,
            "correlation": None if np.isnan(row.correlation) else row.correlation,
        }
        for row in found.rows
    ]


@lru_cache(maxsize=16)
def _importances(values: tuple[tuple[str, tuple[Any, ...]], ...], losses: tuple[float, ...]) -> Importances:
    """Return importances, the same for every drawing of the page; a forest takes a second."""
    return importances(dict(values), losses)


def importances_of(table: SweepTable) -> Importances:
    """Return the importances of a sweep's settings; raises as `importances`."""
    columns = tuple((name, tuple(column)) for name, column in table.values.items())
    return _importances(columns, tuple(table.losses))
