"""The network of an exercise as a drawing: what is given stands in it, what is asked for has only its name.

Of several samples the inputs and targets have only their names, too.
"""

from dataclasses import replace

from engine import Ref, Trace
from visualizer.drawing import tag_of
from visualizer.scene import NodeStyle, scene_builder, scene_svg
from visualizer.writing import plain

_LARGER = 4  # the type, because the drawing is smaller than the stage, and nothing in it comes to move


def _of_sample(ref: Ref) -> bool:
    """Whether each sample has a number of its own there: inputs and targets."""
    return ref == ("a", 0) or ref.name == "y"


def picture(trace: Trace, theme: str) -> str:
    """SVG of the network that a pass was given, for a theme of `scene_svg`, on the ground of the page."""
    scene = scene_builder(trace, "layer", "en").scene(0)
    looks = dict(scene.looks)
    looks |= {
        item: look._replace(name="", value=plain(item.ref, *item.indices))
        for item, look in scene.looks.items()
        if isinstance(look, NodeStyle) and item.ref and (not look.value or (trace.m > 1 and _of_sample(item.ref)))
    }
    larger = replace(scene.drawing, tag=tag_of(scene.drawing.tag.size + _LARGER))
    return scene_svg(scene._replace(drawing=larger, looks=looks), theme, clear=True)
