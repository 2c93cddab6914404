"""Registry entry of a kind of file, and what its reader hands on: named arrays, and what the file says beside them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.core import Text
from engine.untrusted import Arrays


@dataclass(frozen=True, eq=False)
class Contents:
    """Arrays of a file, and what it says about them.

    Attributes
    ----------
    arrays : dict of str to ndarray
        In the order in which they stand in the file.
    left_out : tuple of str
        The names of what is in the file and is no parameter of a layer: the state of an optimizer, epochs, a history.
    order : tuple of str
        The names of the matrices in the order of the layers, where the file says so.
    layout : str
        The layout of all matrices, where the file says so.
    activations : mapping
        The names of activations by the names of matrices.
    loss : str
        The name of the loss that it was trained with, where the file says so.
    said : tuple of Text
        What the reader has done to the arrays, a sentence each.
    in_order : bool
        Whether the arrays stand in the order in which they were made.
    """

    arrays: Arrays
    left_out: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    layout: str = ""
    activations: Mapping[str, str] = field(default_factory=dict)
    loss: str = ""
    said: tuple[Text, ...] = ()
    in_order: bool = False


def contents_of(arrays: Arrays, told: Mapping[str, Any]) -> Contents:
    """Contents that a process of its own has sent."""
    left_out, order = tuple(told.get("left_out", ())), tuple(told.get("order", ()))
    return Contents(arrays, left_out, order, told.get("layout", ""), told.get("activations", {}))


@dataclass(frozen=True)
class Format:
    """Registry entry of a kind of file.

    Attributes
    ----------
    name : str
        The key in `FORMATS`.
    label, why : Text
        The name that a reader sees, and one sentence on where such files come from.
    endings : tuple of str
        The endings of the names of such files; what a file is tells its content, where that can tell.
    read : callable
        read(data): the bytes to `Contents`; may raise anything.
    fits : callable
        fits(data): whether bytes are such a file.
    order : int
        Its place among the formats that are tried.
    needs : str
        The package that it needs beside NumPy, if any.
    in_order : bool
        Whether the arrays of a file stand in the order in which they were saved.
    """

    name: str
    label: Text
    why: Text
    endings: tuple[str, ...]
    read: Callable[[bytes], Contents]
    fits: Callable[[bytes], bool]
    order: int
    needs: str = ""
    in_order: bool = False
