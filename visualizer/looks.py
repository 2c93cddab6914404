"""How spots and lines look at one moment, as plain data, and the scene that they make."""

from typing import NamedTuple

from visualizer.cast import Beat
from visualizer.graph import Drawing, Line, Spot

WRONG, RIGHT = "✗", "✓"


class SpotLook(NamedTuple):
    """What a spot shows at one moment: a name, its number, an earlier one, and whether the step reads or writes it.

    `right` is what the number should be, where a mistake makes another one of it. A neuron that is switched off is
    `crossed` out.
    """

    name: str
    value: str
    detail: str
    state: str
    colour: str
    crossed: bool = False
    right: str = ""


class LineLook(NamedTuple):
    """What a line shows at one moment: the name and number of its label, how it is drawn, and `right` as of a spot."""

    name: str
    label: str
    colour: str
    width: float
    dashed: bool
    state: str
    right: str = ""


Looks = dict[Spot | Line, SpotLook | LineLook]


class Scene(NamedTuple):
    """One moment of a trace.

    Attributes
    ----------
    drawing : Drawing
        The geometry.
    looks : dict
        The looks of every spot and line in it.
    beats : list of Beat
        How the step that leads here plays.
    alt : str
        The same told in words.
    """

    drawing: Drawing
    looks: Looks
    beats: list[Beat]
    alt: str


def told(look: SpotLook | LineLook) -> str:
    """Return the number of a spot or a line, beside the right one where it is wrong."""
    return f"{look[1]} ({RIGHT} {look.right})" if look.right else look[1]
