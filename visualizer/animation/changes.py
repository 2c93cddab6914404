"""The animation of a change of every parameter or gradient: the old number, and how it becomes the new one."""

from collections.abc import Callable

from engine import Ref
from visualizer.animation.context import AnimationContext, AnimationPhase
from visualizer.animation.staging import arriving, by_neuron, staged
from visualizer.drawing import Edge, Node
from visualizer.lecture import Placeholder, Source, Words
from visualizer.writing import parameter


def changed(old: str, new: str) -> Callable[[AnimationContext], list[AnimationPhase]]:
    """Return the animation of a step that changes each parameter: the old number, and by how much it is more or less.

    Of the first neuron, a new parameter is said to be what the equation says: the old one, less η times the gradient.
    """

    def source(item: Edge | Node, pattern: str) -> Source:
        name, layer = item.ref or Ref("", 0)  # an edge without a value is not written
        return Source(Ref(pattern.format(name), layer), item.indices)

    def play_of(context: AnimationContext) -> Callable[[list[Edge | Node], bool], list[AnimationPhase]]:
        def play(items: list[Edge | Node], lead: bool) -> list[AnimationPhase]:
            said: dict[str, Words] = {}
            rule: dict[str, Words] = {}
            for item in items:
                before = Placeholder("number", (source(item, old),))
                if _stays(context, item):
                    said[item.id] = before
                    continue
                said[item.id] = before, " ", Placeholder("change", (source(item, new), source(item, old)))
                gradient = _gradient_read(context, item)
                if gradient:
                    rule[item.id] = before, " − η · ", Placeholder("number", (Source(gradient, item.indices),))
            first = [AnimationPhase((), rule)] if lead and rule else []
            return arriving(items, [*first, AnimationPhase((), said)])

        return play

    return lambda context: staged(by_neuron(context.written_parameters(new)), play_of(context))


def _stays(context: AnimationContext, item: Edge | Node) -> bool:
    """Whether a parameter is a bias that is not trained, of which there is nothing to tell."""
    return item.ref is not None and item.ref.name == "b" and not context.trace.moves_bias[item.ref.layer - 1]


def _gradient_read(context: AnimationContext, item: Edge | Node) -> Ref | None:
    """Gradient of a parameter that the plain update reads, of those that move."""
    step = context.access.step
    if step is None or step.rule.key != "update" or item.ref is None or _stays(context, item):
        return None
    own = [r for r in step.reads if (parameter(r.name), r.layer) == (item.ref.name, item.ref.layer) and r != item.ref]
    return own[0] if len(own) == 1 and own[0].name[1:] == item.ref.name else None


def clipped(context: AnimationContext) -> list[AnimationPhase]:
    """Animation of clipping: every gradient, and by how much it is cut."""
    return changed("g{}" if context.trace.options.regularized else "d{}", "c{}")(context)
