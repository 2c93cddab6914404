"""A second network at the step of a first one: its scene, in which all that reads differently is marked."""

from collections.abc import Sequence

from visualizer.scene.scene import SceneBuilder
from visualizer.scene.styles import EdgeStyle, NodeStyle, Scene

CHANGED = "changed"


def scene_beside(second: SceneBuilder, first: SceneBuilder, step: str) -> tuple[Scene, int] | None:
    """Return the scene of the second network with the differences marked, and how many there are.

    None where the networks have other sizes, or the second has no such step.

    Examples
    --------
    >>> from engine import Dense, Network, trace
    >>> from visualizer.scene import scene_builder
    >>> nets = [Network((Dense([[w, -0.3]], [0.1], "sigmoid"),)) for w in (0.5, 0.6)]
    >>> first, second = (scene_builder(trace(net, [1, 2], [0]), "layer", "en") for net in nets)
    >>> scene_beside(second, first, "0")[1], scene_beside(first, first, "c")[1]
    (1, 0)
    """
    places = [builder.lecture.position(step) for builder in (second, first)]
    if places[0] is None or places[1] is None or second.trace.given.sizes != first.trace.given.sizes:
        return None
    scene, other = second.scene(places[0]), first.scene(places[1])
    if scene.looks.keys() != other.looks.keys():
        return None
    differ = [item for item, look in scene.looks.items() if _read(look) != _read(other.looks[item])]
    marked = {item: scene.looks[item]._replace(state=CHANGED) for item in differ}
    return scene._replace(looks={**scene.looks, **marked}), len(differ)


def _read(look: NodeStyle | EdgeStyle) -> Sequence[object]:
    """Digits of a number as one reads them; without room for them the colour and the width that stand for it.

    Those are shares of the largest number around, and differ where one of all does.
    """
    if isinstance(look, EdgeStyle):
        return (look.label,) if look.label else (look.colour, look.width, look.dashed)
    return (look.value, look.crossed) if look.value else (look.colour, look.crossed)
