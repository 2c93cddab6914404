"""Drawing of a network: nodes, edges and labels, where they stand, the same for every step."""

from visualizer.drawing.graph import (
    DENSE,
    FULL,
    HEIGHT,
    SATELLITES,
    UNFOLDED,
    WIDTH,
    Drawing,
    Edge,
    Node,
    drawing,
    has_room,
    next_page,
    shown_units,
)
from visualizer.drawing.label_layout import Tag, tag_of

__all__ = [
    "DENSE",
    "FULL",
    "HEIGHT",
    "SATELLITES",
    "UNFOLDED",
    "WIDTH",
    "Drawing",
    "Edge",
    "Node",
    "Tag",
    "drawing",
    "has_room",
    "next_page",
    "shown_units",
    "tag_of",
]
