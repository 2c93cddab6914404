"""What an entry of a registry is called in other libraries, so that a network can be written down for them."""

from typing import NamedTuple


class Elsewhere(NamedTuple):
    """How PyTorch and Keras write the same.

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
