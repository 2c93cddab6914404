"""Equivalents of a registry entry in other libraries, so that a network can be exported for them."""

from typing import NamedTuple, Protocol

from engine.core.errors import InputError
from engine.core.text import Text

LIBRARIES = {"torch": "PyTorch", "keras": "Keras"}


class Equivalents(NamedTuple):
    """Equivalent of a registry entry in PyTorch and Keras; an empty text where a library has none.

    Attributes
    ----------
    torch, keras : str
        An expression of that library; see the class of the registry entry for the names it may use.
    slots : tuple of str
        Of an optimizer: PyTorch's names of the vectors of its state, in their order here.
    keras_scale : str
        Of an optimizer: the factor by which Keras has multiplied those vectors.
    """

    torch: str
    keras: str
    slots: tuple[str, ...] = ()
    keras_scale: str = ""


NOWHERE = Equivalents("", "")


class Named(Protocol):
    """Registry entry that has an equivalent in other libraries."""

    @property
    def label(self) -> Text: ...  # noqa: D102

    @property
    def elsewhere(self) -> Equivalents: ...  # noqa: D102


def written(record: Named, library: str) -> str:
    """Expression of a library for a registry entry: it is exported, and executed by the tests.

    Raises
    ------
    InputError
        Where the library has nothing like it.
    """
    expression = str(getattr(record.elsewhere, library))
    if not expression:
        raise InputError(
            Text("{1} has no counterpart for {0}", "{1} 中没有与{0}对应的写法").format(
                record.label, LIBRARIES[library]
            ),
            Text("another choice, or the code for NumPy", "换一个选项，或用 NumPy 代码"),
            record.label.en,
        )
    return expression
