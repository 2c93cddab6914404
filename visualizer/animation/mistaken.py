r"""The animation of a step with a deliberate mistake: the numbers that it does multiply and add, by its own arithmetic.

The arithmetic is a form such as `([+:<W+:kj>\,<delta+:k>])\cdot <slope:j>`, as `engine.mistakes` has it.
"""

import re
from typing import NamedTuple

from engine.equations import ref
from visualizer.animation.context import MEET, AnimationContext, AnimationPhase, Move
from visualizer.animation.staging import arriving, by_neuron, staged
from visualizer.drawing import Edge, Node
from visualizer.equations import mistake_terms
from visualizer.lecture import Placeholder, Source, Words

_ELEMENT = re.compile(r"<([a-zA-Z_]+[+-]?):([jk1n]*)>")
_TERMS = re.compile(r"\[([-+x]):([^\]]*)\]|\((<[^()]*>\\,<[^()]*>)\)")  # a sum, or one term of it alone
_PLAIN = {r"\cdot": " × ", r"\,": " × ", r"\sigma": "σ", "'": "′", "^2": "²", " ": ""}
_SIGN = re.compile("|".join(map(re.escape, _PLAIN)))


class Form(NamedTuple):
    """Form of a mistake in parts: what is before the sum, over what that runs, one term of it, and what comes after."""

    before: str
    over: str
    term: str
    after: str


def form_of(element: str) -> Form:
    r"""Parts of a form; one without a sum is all before it.

    Examples
    --------
    >>> form_of(r"([+:<W+:kj>\,<delta+:k>])\cdot <a:j>")
    Form(before='', over='+', term='<W+:kj>\\,<delta+:k>', after='\\cdot <a:j>')
    """
    found = _TERMS.search(element)
    if not found:
        return Form(element, "", "", "")
    before, after = element[: found.start()], element[found.end() :]
    if before.endswith("(") and after.startswith(")"):
        before, after = before[:-1], after[1:]
    return Form(before, found[1] or "", found[2] or found[3], after)


def mistaken(context: AnimationContext) -> list[AnimationPhase]:
    """Return the animation of a step whose rule is a mistake; nothing where its numbers have no place on the edges."""
    step = context.access.step
    if step is None or mistake_terms.mixes(context.trace, step):
        return []
    form = form_of(step.rule.element)
    if "[" in form.before + form.after:  # a sum over the neurons of the layer itself, between which there is no edge
        return []
    if step.rule.key == "bp4":
        return _on_edges(context, form)
    if step.rule.key == "bp1":
        return _at_outputs(context, form)
    return _sums(context, form, int(step.rule.key == "bp2"))


def _source(context: AnimationContext, name: str, letters: str, j: int, k: int) -> Source:
    last = context.trace.given.sizes[context.layer + name.endswith("+")] - 1
    at = {"j": j, "k": k, "1": 0, "n": last}
    return Source(ref(name, context.layer), tuple(at[letter] for letter in letters))


def _factors(context: AnimationContext, term: str, j: int, k: int) -> list[Source]:
    return [_source(context, name, letters, j, k) for name, letters in _ELEMENT.findall(term)]


def _words(context: AnimationContext, form: str, j: int) -> tuple[str | Placeholder, ...]:
    """Write a part of a form in plain text, with places for its numbers."""
    said: list[str | Placeholder] = []
    end = 0
    for found in _ELEMENT.finditer(form):
        number = _number(_source(context, found[1], found[2], j, 0))
        if form.startswith("^2", found.end()):  # it may be negative
            number = number._replace(before="(", after=")")
        said += [_plain(form[end : found.start()]), number]
        end = found.end()
    return tuple(part for part in (*said, _plain(form[end:])) if part)


def _plain(form: str) -> str:
    return _SIGN.sub(lambda sign: _PLAIN[sign[0]], form).replace("1-", "1 − ").replace("+", " + ")


def _number(source: Source) -> Placeholder:
    return Placeholder("number", (source,))


def _meeting(factors: list[Source]) -> Words:
    one, *other = map(_number, factors)
    return (one, " × ", *other) if other else one


def _product(factors: list[Source]) -> Placeholder:
    return Placeholder("product", tuple(factors)) if len(factors) == 2 else _number(factors[0])


def _sums(context: AnimationContext, form: Form, side: int) -> list[AnimationPhase]:
    """Animation of a sum at every neuron: its terms on the edges, and then what is made of it."""

    def play(node: Node, _lead: bool) -> list[AnimationPhase]:
        j = node.indices[0]
        edges = context.weights(context.layer + side, side, [node])
        if not form.over:  # one term of the sum alone
            k = context.trace.given.sizes[context.layer + side] - 1 if ":n" in form.term else 0
            edges = [edge for edge in edges if edge.indices[1 - side] == k]
        terms = {edge.id: _factors(context, form.term, j, edge.indices[1 - side]) for edge in edges}
        products: dict[str, Words] = {name: _product(factors) for name, factors in terms.items()}
        whole = Placeholder("sum", tuple(source for factors in terms.values() for source in factors))
        before, after = _words(context, form.before, j), _words(context, form.after, j)
        return [
            AnimationPhase((), {name: _meeting(factors) for name, factors in terms.items()}, side=side),
            AnimationPhase((), products, side=side),
            AnimationPhase((Move(MEET, 1.0 - side, products),), side=side),
            AnimationPhase((), {node.id: (*before, whole, *after)}, (node.id,)),
        ]

    return staged(context.written(context.named("delta" if side else "z")), play)


def _at_outputs(context: AnimationContext, form: Form) -> list[AnimationPhase]:
    targets = {target.indices[0]: target for target in context.kinds("target")}

    def play(node: Node, _lead: bool) -> list[AnimationPhase]:
        j = node.indices[0]
        line = f"a.{context.layer}.{j + 1}>{targets[j].id}"
        nabla = context.text("grad", context.layer, j)
        return [
            AnimationPhase((Move(1, 0, {f"{targets[j].id}>C": nabla}),)),
            AnimationPhase((Move(1, 0, {line: nabla}),)),
            AnimationPhase((), {node.id: _words(context, form.before, j)}, (node.id,)),
        ]

    return staged(context.written(context.named("delta")), play)


def _on_edges(context: AnimationContext, form: Form) -> list[AnimationPhase]:
    """Animation of a product on every edge, of the values that the mistake takes."""

    def play(edges: list[Edge], _lead: bool) -> list[AnimationPhase]:
        factors = {edge.id: _factors(context, form.term, *edge.indices) for edge in edges}
        products: dict[str, Words] = {name: _product(found) for name, found in factors.items()}
        meets = [AnimationPhase((), {name: _meeting(found) for name, found in factors.items()})]
        return arriving(edges, [*meets, AnimationPhase((), products)])

    return staged(by_neuron(context.written_parameters("d{}")), play)
