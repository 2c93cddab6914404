"""What an entry of a registry is called in other libraries, so that a network can be written down for them."""

from typing import NamedTuple, Protocol

from engine.errors import InputError
from engine.text import Text

LIBRARIES = {"torch": "PyTorch", "keras": "Keras"}


class Elsewhere(NamedTuple):
    """How PyTorch and Keras write the same; an empty text where a library has nothing like it.

    Attributes
    ----------
    torch, keras : str
        An expression of that library; see the record's class for the names it may use.
    slots : tuple of str
        Of an optimizer: what PyTorch calls the vectors of its state, in their order here.
    keras_scale : str
        Of an optimizer: what Keras has multiplied those vectors by.
    """

    torch: str
    keras: str
    slots: tuple[str, ...] = ()
    keras_scale: str = ""


NOWHERE = Elsewhere("", "")


class Named(Protocol):
    """An entry of a registry that says how others write it."""

    @property
    def label(self) -> Text: ...  # noqa: D102

    @property
    def elsewhere(self) -> Elsewhere: ...  # noqa: D102


def written(record: Named, library: str) -> str:
    """Return how a library writes a record: what is exported for it, and what the tests execute.

    Raises
    ------
    InputError
        Where the library has nothing like it.
    """
    expression = str(getattr(record.elsewhere, library))
    if not expression:
        raise InputError(
            Text("{1} has no counterpart of {0}", "{1} 中没有与{0}对应的写法").format(record.label, LIBRARIES[library]),
            Text("another choice, or the code for NumPy", "换一个选项，或用 NumPy 代码"),
            record.label.en,
        )
    return expression
