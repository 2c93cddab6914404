"""The registry entry of a rendering: a format of moving pictures or of pages, which the browser writes."""

from dataclasses import dataclass
from math import inf

from engine import Text


@dataclass(frozen=True)
class Rendering:
    """Registry entry of a rendering.

    Attributes
    ----------
    name : str
        The key in `RENDERINGS`.
    label, why : Text
        The name that a reader sees, and one sentence on its use.
    file : str
        The ending of its file.
    script : str
        The module of `visualizer/stage` that writes the format: it sets `globalThis.rendering`.
    needs : str
        What the browser has to have for it, by the name that it has there.
    order : float
        The rank among the others; without one the entry comes last.
    """

    name: str
    label: Text
    why: Text
    file: str
    script: str
    needs: str = ""
    order: float = inf
