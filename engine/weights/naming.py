"""Names of arrays and what they show: weights or biases, which layer, what comes before what, which way round.

A name is taken apart into words and numbers. What is not one of a few usual words tells nothing: no order is guessed
from the alphabet.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import NamedTuple

from engine.core import Text

Key = tuple[str | int, ...]
_LONGEST = 200
_PIECE = re.compile(r"\d{1,9}|[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[^\W\d_]+", re.UNICODE)
_WEIGHTS, _BIASES = ("weight", "weights", "w", "kernel", "coefs", "theta"), ("bias", "biases", "b", "intercepts")
_ROLES = dict.fromkeys(_WEIGHTS, "weight") | dict.fromkeys(_BIASES, "bias")
_SHORT = re.compile(r"([wb])(in|out|[ixhoy])(out|[hoy])?")  # wih, who; bh, bo; wout
_LETTERS: dict[str | int, str] = {
    "i": "input",
    "x": "input",
    "in": "input",
    "h": "hidden",
    "o": "output",
    "y": "output",
    "out": "output",
}
_ENDS = {first + last: (_LETTERS[first], _LETTERS[last]) for first in "ixh" for last in "hoy"}  # ih, ho, xh, hy
_WORDS: dict[str | int, str] = {"in": "input", "inputs": "input", "hid": "hidden", "out": "output"}
_WORDS |= {"outputs": "output", "enc": "encoder", "dec": "decoder"}
_WHOLE = _LETTERS | _WORDS  # a letter means this only beside a role: w_h, but not h.0.weight
_BESIDE_ROLE = {*_WHOLE, *_WHOLE.values(), "to", "layer", "layers", "fc", "dense", "linear", "l"}
_RECURRENT = re.compile(r"_(ih|hh)_l\d")  # of PyTorch's LSTM, GRU and RNN
_EMBEDDING = re.compile(r"emb(ed.*)?")  # its matrix is looked up in, and would pass for a dense layer
_NORMALIZATION = {"norm", "bn", "ln", "normalization", "running", "moving", "gamma"}
_SPANS = {  # from where to where, among the layers, a word may stand: input, encoder, decoder, output; others between
    "input": (0, 0),
    "encoder": (1, 1),
    "decoder": (2, 2),
    **dict.fromkeys(("output", "head", "classifier", "last", "final"), (3, 3)),
}
_BETWEEN = (1, 2)


@dataclass(frozen=True)
class Layout:
    """Registry entry of a way in which matrices stand in a file.

    Attributes
    ----------
    short, label, why : Text
        The layout in three words, as a clause, and a sentence on who uses it.
    names, perhaps : re.Pattern
        Names of matrices that are known to stand so, and of those that mostly do.
    """

    short: Text
    label: Text
    why: Text
    names: re.Pattern[str]
    perhaps: re.Pattern[str] = re.compile(r"(?!)")


LAYOUTS = {
    "out_in": Layout(
        Text("rows are neurons", "行对应神经元"),
        Text("rows are neurons (n_out × n_in), as in PyTorch", "行对应神经元（n_out × n_in），与 PyTorch 相同"),
        Text(
            "Row j holds the weights into neuron j: z = Wa + b, as in Step through. PyTorch (…weight) and a "
            "well-known book (wih, who) store them this way.",
            "第 j 行是进入神经元 j 的权重：z = Wa + b，与“逐步演示”一致。PyTorch 的 …weight 以及一本知名教材的 wih、"
            "who 都这样存放。",
        ),
        re.compile(r".*\.weight"),  # PyTorch's modules
        re.compile(r"(.*\.)?w(ih|hh|ho)\d*"),  # the book whose network has wih and who
    ),
    "in_out": Layout(
        Text("columns are neurons", "列对应神经元"),
        Text("columns are neurons (n_in × n_out), as in Keras", "列对应神经元（n_in × n_out），与 Keras 相同"),
        Text(
            "Column j holds the weights into neuron j: the input is a row on the left, xW + b. The kernels of "
            "Keras and Flax, the coefs_ of scikit-learn and the matrices of much NumPy code are stored this way.",
            "第 j 列是进入神经元 j 的权重：输入为行向量，从左相乘，xW + b。Keras 与 Flax 的 kernel、scikit-learn 的"
            " coefs_ 以及许多 NumPy 代码中的矩阵都如此存放。",
        ),
        re.compile(r"(.*[./])?(kernel|coefs)[_:]?\d*"),  # Keras and Flax; scikit-learn
    ),
}


class Name(NamedTuple):
    """Parsed name of an array.

    `role` is "weight", "bias" or nothing; `key` is the rest of it, by which weights and biases find each other and
    layers stand one after the other.
    """

    role: str
    key: Key


def parsed(name: str) -> Name:
    """Return the role and the key of a name; one that nobody would give shows nothing."""
    if len(name) > _LONGEST:
        return Name("", ())
    *path, last = [_pieces(part) for part in re.split(r"[./:]", name)]
    before = [_WORDS.get(piece, piece) for part in path for piece in part]
    if not last or _RECURRENT.search(name):
        return Name("", tuple(before + last))
    short = _SHORT.fullmatch(str(last[0]))
    if short and len(last) <= 2 and all(isinstance(piece, int) for piece in last[1:]):
        places = [_LETTERS[place] for place in short.groups()[1:] if place]
        return Name(_ROLES[short[1]], tuple(before + places + last[1:]))
    if all(isinstance(piece, int) for piece in last) and before:  # weights.0
        return _with_role(before, last)
    return _with_role(last, [], before)


def _with_role(pieces: list[str | int], after: Sequence[str | int], before: Sequence[str | int] = ()) -> Name:
    """Return the role that one of the pieces names, where the others beside it are known words."""
    at = next((i for i in reversed(range(len(pieces))) if pieces[i] in _ROLES), None)
    if at is None:
        return Name("", (*before, *pieces, *after))
    beside = pieces[:at] + pieces[at + 1 :]
    ends = [end for piece in beside for end in _ENDS.get(str(piece), (piece,))]
    if not all(isinstance(piece, int) or piece in _BESIDE_ROLE for piece in ends):
        return Name("", (*before, *pieces, *after))
    words = [_WHOLE.get(piece, piece) for piece in ends if piece != "to"]
    return Name(_ROLES[str(pieces[at])], (*before, *words, *after))


def _pieces(text: str) -> list[str | int]:
    return [int(piece) if piece.isdecimal() and piece.isascii() else piece.lower() for piece in _PIECE.findall(text)]


def kind_of_layer(shapes: Mapping[str, Sequence[int]]) -> Text | None:
    """Kind of a layer that is not dense, in a word, where the names and shapes of its arrays tell it."""
    pieces = {str(piece) for name in shapes for piece in parsed(name).key}
    if "recurrent" in pieces or any(map(_RECURRENT.search, shapes)):
        return Text("recurrent", "循环层")
    if any(len(shape) > 2 for shape in shapes.values()):
        return Text("convolution", "卷积层")
    if any(map(_EMBEDDING.fullmatch, pieces)):
        return Text("embedding", "嵌入层")
    is_flat = all(len(shape) < 2 for shape in shapes.values())
    return Text("normalization", "归一化层") if is_flat and pieces & _NORMALIZATION else None


def comes_before(one: Key, other: Key) -> bool:
    """Return whether the name of a layer says that it comes before another.

    The first piece in which they differ decides: a number by its size, `dense` before `dense_1`; a word by its place
    among input, encoder, decoder and output, where it has one.

    Examples
    --------
    >>> comes_before(("fc", 2), ("fc", 10)), comes_before(("encoder",), ("decoder",)), comes_before(("a",), ("b",))
    (True, True, False)
    """
    for a, b in zip_longest(one, other):
        if a != b:
            numbers = isinstance(b, int) and (a is None or (isinstance(a, int) and a < b))
            return numbers or _SPANS.get(str(a), _BETWEEN)[1] < _SPANS.get(str(b), _BETWEEN)[0]
    return False


def layout_told(names: Sequence[str]) -> tuple[str, bool]:
    """Return the layout that all names of matrices show, or nothing, and whether they are sure of it."""
    for sure in (True, False):
        for name, layout in LAYOUTS.items():
            if names and all((layout.names if sure else layout.perhaps).fullmatch(matrix) for matrix in names):
                return name, sure
    return "", False
