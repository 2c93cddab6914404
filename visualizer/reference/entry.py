"""Entries of the reference: sections of them, and the blocks that an entry holds. A page draws each kind."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from html.entities import name2codepoint
from typing import Any, NamedTuple

from engine import Text

Cell = Text | str


class Words(NamedTuple):
    """Paragraph of an entry."""

    text: Text


class Formula(NamedTuple):
    """Equation in TeX, set as a display."""

    tex: Cell


class Table(NamedTuple):
    """Rows of cells, the first of which are the titles of the columns; TeX stands between dollar signs."""

    rows: tuple[tuple[Cell, ...], ...]


class Picture(NamedTuple):
    """Chart: a function that draws it in a language, as a Plotly figure."""

    draw: Callable[[str], Any]


class Drawing(NamedTuple):
    """Drawing: a function that makes it in a language, as HTML."""

    draw: Callable[[str], str]


Block = Words | Formula | Table | Picture | Drawing


@dataclass(frozen=True)
class Entry:
    """Entry of the reference.

    Attributes
    ----------
    name : str
        Unique in its section.
    title : Text
    blocks : tuple of blocks
        The contents of the entry.
    source : Text or str
        The origin of the contents.
    opens : mapping
        The stage that shows it, in the names of a link; nothing where none does.
    """

    name: str
    title: Text
    blocks: tuple[Block, ...]
    source: Cell = ""
    opens: Mapping[str, str] = field(default_factory=dict)

    def words(self) -> str:
        """Return all words of the entry, in every language, in the form in which they are searched."""
        return folded(" ".join((self.name, *_all(self.title), *_all(self.source), *self._said())))

    def _said(self) -> Iterator[str]:
        for block in self.blocks:
            if isinstance(block, Words | Formula):
                yield from _all(block[0])
            elif isinstance(block, Table):
                yield from (word for row in block.rows for cell in row for word in _all(cell))


@dataclass(frozen=True)
class Section:
    """Section of the reference.

    Attributes
    ----------
    title, intro : Text
    entries : callable
        Makes its entries.
    wide : bool
        Whether an entry needs the whole width of the page.
    """

    title: Text
    intro: Text
    entries: Callable[[], tuple[Entry, ...]]
    wide: bool = False


class Derivation(NamedTuple):
    """Derivation of one equation: its name, its title, the steps that lead to it, and the stage that shows it.

    Attributes
    ----------
    name : str
    title : Text
    steps : tuple of (Text, str)
        A sentence and a formula in TeX each.
    step : str
        The step of the stage.
    opens : mapping
        The network of the stage, in the names of a link.
    source : Text
    """

    name: str
    title: Text
    steps: tuple[tuple[Text, str], ...]
    step: str
    opens: Mapping[str, str] = {"example": "mazur"}
    source: Text = Text("after Nielsen 2015, ch. 2", "依 Nielsen 2015 第 2 章")


@dataclass(frozen=True)
class Question:
    """Question with its answer.

    Attributes
    ----------
    name : str
    ask, answer : Text
        In the answer `{}` stands for a number.
    opens : mapping
        The stage that shows it, in the names of a link.
    values : tuple of str
        The numbers of that stage in the answer.
    source : Text or str
        The origin of the question.
    """

    name: str
    ask: Text
    answer: Text
    opens: Mapping[str, str]
    values: tuple[str, ...] = ()
    source: Text | str = ""


_GREEK = {name: chr(code) for name, code in name2codepoint.items() if 0x391 <= code <= 0x3C9}
_TEX_NAME = re.compile(r"\\([A-Za-z]+)")
_LAYER = re.compile(r"\^(?:\{[^{}]*\}|[^\s{}])(?=_)|[⁰¹²³⁴⁵⁶⁷⁸⁹ˡᴸ⁻⁺]+(?=[₀-₉ᵢⱼₖ])")
_SIGNS = re.compile(r"[_^{}\\]")


def _all(cell: Cell) -> tuple[str, ...]:
    return tuple(cell) if isinstance(cell, Text) else (cell,)


def folded(text: str) -> str:
    r"""Return a text without regard to case, to the width of its characters, and to how indices are written.

    Formulas are in TeX or have raised and lowered letters; a layer between a letter and its indices is left out.

    Examples
    --------
    >>> [folded(text) for text in ("w_jk", "w^{l}_{jk}", "wˡⱼₖ", r"\delta^l_j", "δ_j")]
    ['wjk', 'wjk', 'wjk', 'δj', 'δj']
    """
    greek = _TEX_NAME.sub(lambda found: _GREEK.get(found[1], found[0]), text)
    plain = unicodedata.normalize("NFKC", _LAYER.sub("", greek))
    return _SIGNS.sub("", plain).casefold()
