"""Networks that read digits: the class of an image, the worst mistakes, and the weights of the first layer."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike, NDArray

from engine import Network, Text
from engine.studies import RunRecord
from visualizer.digits.pixels import Tile, ink, signed
from visualizer.epochs import predicted, sets_of
from visualizer.writing import CLEAR, Ground, in_figure, palette

MOST_UNITS = 128
_BARS_HEIGHT, _BRIGHT = 240, 0.99
_MOST_WRITTEN = 10  # bars with their height above them
_OUTPUT, _DIGIT, _CLASS = Text("output", "输出"), Text("digit", "数字"), Text("class", "类别")
_TAKEN = Text("{}, predicted {}", "{}，预测为 {}")
_ALT = Text("image {} of {}: a {} classified as {}, output {:.3g}", "{1}第 {0} 张：{2} 被识别为 {3}，输出 {4:.3g}")
_RIGHT = Text("image {} of {}: a {}, output {:.3g}", "{1}第 {0} 张：{2}，输出 {3:.3g}")
_UNIT = Text("weights into neuron {}", "进入神经元 {} 的权重")


class Reading(NamedTuple):
    """Classification of one image by a network.

    Attributes
    ----------
    row : int
        The image's place in its set, from 0.
    truth, said : int
        The true class, and the predicted one.
    outputs : ndarray of shape (classes,)
    """

    row: int
    truth: int
    said: int
    outputs: NDArray

    @property
    def gap(self) -> float:
        """Difference between the output of the predicted class and that of the true one."""
        return float(self.outputs[self.said] - self.outputs[self.truth])


def shown_set(trial: RunRecord) -> tuple[Text, tuple[NDArray, NDArray]]:
    """Return the name and the rows of the set on which a network is judged: held out or a test set, if any."""
    return list(sets_of(trial).items())[-1]


def reading(network: Network, x: ArrayLike, truth: int, row: int = 0) -> Reading:
    """Return the network's classification of one image."""
    outputs = network.predict(np.asarray(x))
    return Reading(row, truth, int(outputs.argmax()), outputs)


def mistakes(trial: RunRecord, epoch: int) -> list[Reading]:
    """Return the images of the shown set that an epoch's network misclassifies, the worst ones first."""
    _, (x, y) = shown_set(trial)
    outputs = predicted(trial.network_at(epoch), x)
    said, truth = outputs.argmax(axis=1), y.argmax(axis=1)
    wrong = [Reading(int(row), int(truth[row]), int(said[row]), outputs[row]) for row in np.flatnonzero(said != truth)]
    return sorted(wrong, key=lambda found: -found.gap)


def reading_tile(trial: RunRecord, found: Reading, lang: str, ground: Ground) -> Tile:
    """Return the picture of an image of the shown set, with its class in words."""
    name, (x, _) = shown_set(trial)
    row, output = found.row + 1, float(found.outputs[found.said])
    truth, said = (trial.class_names[k] for k in (found.truth, found.said))
    if found.said == found.truth:
        alt, caption = _RIGHT.format(row, name, truth, output), Text(truth, truth)
    else:
        alt, caption = _ALT.format(row, name, truth, said, output), _TAKEN.format(truth, said)
    return Tile(ink(x[found.row], trial.task.picture or (1, -1), ground), alt(lang), caption(lang))


def weight_tiles(network: Network, picture: tuple[int, int], lang: str) -> list[Tile]:
    """Return the weights into each unit of the first layer as a picture, all to one scale."""
    W = network.layers[0].W[:MOST_UNITS]
    sizes = np.abs(W[np.isfinite(W)])
    top = float(np.quantile(sizes, _BRIGHT)) if sizes.size else 0.0  # a few large ones would make the others pale
    return [Tile(signed(row, picture, top), _UNIT.format(j)(lang), str(j)) for j, row in enumerate(W, 1)]


def outputs_figure(outputs: Sequence[float] | NDArray, names: Sequence[str], lang: str) -> go.Figure:
    """Return the outputs for each class as bars, the largest one marked."""
    values = np.nan_to_num(np.asarray(outputs, float), posinf=np.nan, neginf=np.nan)
    said = int(values.argmax())
    colours = [palette.WRITE if k == said else palette.ZERO for k in range(len(values))]
    hover = "%{customdata}: %{y:.4g}<extra></extra>"
    labels = list(map(in_figure, names))
    bars: dict[str, Any] = {"type": "bar", "x": list(range(len(values))), "y": values, "hovertemplate": hover}
    written = [f"{value:.0%}" if len(values) <= _MOST_WRITTEN or k == said else "" for k, value in enumerate(values)]
    bars |= {"marker": {"color": colours}, "text": written, "textposition": "outside", "customdata": labels}
    bars |= {"textangle": 0, "cliponaxis": False, "textfont": {"size": 11}}
    low, high = min(0.0, float(values.min())), max(1.0, float(values.max()))
    layout = {
        "height": _BARS_HEIGHT,
        "margin": {"l": 45, "r": 5, "t": 10, "b": 40},
        "xaxis": {
            "title": {"text": (_DIGIT if len(values) <= _MOST_WRITTEN else _CLASS)(lang)},
            "tickvals": list(range(len(values))),
            "ticktext": labels,
        },
        "yaxis": {"title": {"text": _OUTPUT(lang)}, "range": [low, low + 1.15 * (high - low)]},
        "uirevision": "digits",
        **CLEAR,
    }
    return go.Figure({"data": [bars], "layout": layout})
