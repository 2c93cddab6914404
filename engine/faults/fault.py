"""Fault of a listing: the registry entry, its lines, and what they do when they are run."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, NamedTuple

import numpy as np

from engine.core import Text

FORWARD_AND_BACK = Text(
    "“What are forward and back propagation in neural networks” (article in Chinese)",
    "《什么是神经网络中的前向传播与反向传播》",
)
PRINCIPLE = Text(
    "“The principle of backpropagation in deep learning” (article in Chinese)", "《深度学习中的反向传播原理》"
)


class Outcome(NamedTuple):
    """Result of running some lines: the name and words of an error, or the value of `result`."""

    error: str
    value: Any


@dataclass(frozen=True)
class Fault:
    """Registry entry of one fault of a listing.

    Attributes
    ----------
    name : str
        The key in `FAULTS`.
    source, task, why : Text
        The publication, the purpose of the lines, and what is wrong with them.
    given : str
        The lines before them, which are correct.
    code, mended : str
        The faulty lines and the correct ones; what they leave in `result` is compared.
    also : tuple of int
        Numbers of other lines of the listing that could be changed as well.
    """

    name: str
    source: Text
    task: Text
    given: str
    code: str
    mended: str
    why: Text
    also: tuple[int, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """Lines of the listing, the correct ones before the fault included."""
        return (*self.given.splitlines(), *self.code.splitlines())

    @property
    def wrong(self) -> tuple[int, ...]:
        """Numbers, from 1, of the lines that have to be changed, or before which one is missing."""
        before, code = len(self.given.splitlines()), self.code.splitlines()
        changes = SequenceMatcher(None, code, self.mended.splitlines(), autojunk=False).get_opcodes()
        places = (range(i, max(end, i + 1)) for kind, i, end, *_ in changes if kind != "equal")
        return (*(before + 1 + min(i, len(code) - 1) for place in places for i in place), *self.also)

    def run(self, lines: str) -> Outcome:
        """Return the outcome of `lines`, run after the lines before them."""
        names: dict[str, Any] = {"np": np}
        try:
            exec(f"{self.given}\n{lines}", names)  # a record's own listing  # nosec B102
        except Exception as error:  # the fault is what is shown
            return Outcome(f"{type(error).__name__}: {error}", None)
        return Outcome("", names["result"])
