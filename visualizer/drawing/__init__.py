"""Drawing of a network: nodes, edges and labels, where they stand, the same for every step."""

from visualizer.drawing.graph import (
    DENSE,
    DESK,
    FULL,
    HALL,
    HEIGHT,
    SATELLITES,
    UNFOLDED,
    WIDTH,
    Drawing,
    Edge,
    Node,
    Proportions,
    drawing,
    has_room,
    next_page,
    shown_units,
)
from visualizer.drawing.label_layout import Tag, tag_of

__all__ = [
    "DENSE",
    "DESK",
    "FULL",
    "HALL",
    "HEIGHT",
    "SATELLITES",
    "UNFOLDED",
    "WIDTH",
    "Drawing",
    "Edge",
    "Node",
    "Proportions",
    "Tag",
    "drawing",
    "has_room",
    "next_page",
    "shown_units",
    "tag_of",
]
