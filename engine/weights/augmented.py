"""Matrices that have the biases in their first or last column, as Andrew Ng's course has them: Theta1, Theta2."""

from collections.abc import Iterator, Sequence

from engine.core import Text
from engine.weights.grouping import Layer

FIRST = Text("The first {} of each matrix holds the biases.", "每个矩阵的第一{}是偏置。")
LAST = Text("The last {} of each matrix holds the biases.", "每个矩阵的最后一{}是偏置。")
_LINE = {"out_in": Text("column", "列"), "in_out": Text("row", "行")}


def is_theta(layers: Sequence[Layer]) -> bool:
    """Return whether all matrices have the name under which they hold their biases too."""
    return bool(layers) and all(layer.name.lower().startswith("theta") and not layer.bias for layer in layers)


def with_biases_apart(layers: Sequence[Layer], layout: str) -> Iterator[tuple[list[Layer], Text]]:
    """Yield the layers with the first line of each matrix for its biases, then with the last; and words about it.

    Nothing where there are other biases, or a matrix of a single line.
    """
    axis = 1 if layout == "out_in" else 0
    if any(layer.bias or layer.W.ndim != 2 or layer.W.shape[axis] < 2 for layer in layers):
        return
    for at, words in ((0, FIRST), (-1, LAST)):
        yield [_apart(layer, axis, at) for layer in layers], words.format(_LINE[layout])


def _apart(layer: Layer, axis: int, at: int) -> Layer:
    W = layer.W if axis else layer.W.T
    rest = W[:, 1:] if at == 0 else W[:, :-1]
    place = f"[:, {at}]" if axis else f"[{at}]"
    return layer._replace(W=rest if axis else rest.T, b=W[:, at], bias=f"{layer.name}{place}")
