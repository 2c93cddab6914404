"""Notations: the same equations in every one of them, and one network with its numbers computed."""

import re
from functools import cache

import numpy as np

from engine import Text, Trace
from engine.settings import Model
from visualizer.reference.entry import Cell, Entry, Table, Words
from visualizer.reference.notation_list import NOTATIONS, Notation
from visualizer.writing import matrix, tex_number

EXAMPLE = "mazur"
_NAME = re.compile(r"<(\w+)>")
_QUANTITIES = {
    "z": Text("weighted input", "加权输入"),
    "bp1": Text("output error (BP1)", "输出误差（BP1）"),
    "bp2": Text("hidden error (BP2)", "隐藏误差（BP2）"),
    "bp3": Text("bias gradient (BP3)", "偏置梯度（BP3）"),
    "bp4": Text("weight gradient (BP4)", "权重梯度（BP4）"),
}
_HEAD = (Text("what", "含义"), Text("written as", "写法"), Text("with numbers", "代入数值"))


@cache
def _trace() -> Trace:
    return Model.of_example(EXAMPLE).trace()


def lettered(notation: Notation, key: str) -> str:
    """Return an equation of a notation with its letters."""
    return _NAME.sub(lambda found: notation.letters[found[1]], notation.lines[key])


def numbered(notation: Notation, key: str) -> str:
    """Return an equation of a notation with the numbers of the example."""
    values = notation.values(_trace())

    def put(found: re.Match[str]) -> str:
        value = values[found[1]]
        if isinstance(value, np.ndarray):
            return matrix(value)
        return f"({tex_number(value)})" if value < 0 and found.start() else tex_number(value)

    line = notation.lines[key]
    if not any(isinstance(value, np.ndarray) for value in values.values()):
        line = line.replace(r"\,", r"\cdot ")
    return _NAME.sub(put, re.sub(r"\((<\w+>)\)\^", r"\1^", line))


def entries() -> tuple[Entry, ...]:
    """Return the dictionary, and the example in each notation."""
    return (_dictionary(), *(_shown(notation) for notation in NOTATIONS))


def _dictionary() -> Entry:
    titles = tuple(notation.title for notation in NOTATIONS)
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (words, *(f"${lettered(notation, key)}$" for notation in NOTATIONS)) for key, words in _QUANTITIES.items()
    )
    return Entry("dictionary", _DICTIONARY, (Words(_READ), Table(((_HEAD[0], *titles), *rows))))


def _shown(notation: Notation) -> Entry:
    rows = tuple(
        (words, f"${lettered(notation, key)}$", f"${numbered(notation, key)}$") for key, words in _QUANTITIES.items()
    )
    opens = {"example": EXAMPLE, "step": "bp2.1"}
    return Entry(notation.name, notation.title, (Words(notation.remark), Table((_HEAD, *rows))), notation.source, opens)


_DICTIONARY = Text("The same equation in every notation", "同一公式的各种写法")
_READ = Text(
    "Read across: each row is one equation. Below, Mazur's 2-2-2 network in each notation, with its numbers.",
    "横着读：每行是同一个公式。下面用各种写法写出 Mazur 的 2-2-2 网络，并代入数值。",
)
