"""The registry entry of a mistake: its expressions in place of correct ones, and how the equations then look."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from numpy.typing import NDArray

from engine.catalogue import Loss
from engine.core import Text
from engine.equations import VALUE, Operation, Rule
from engine.layers import Architecture


def _same(value: Any) -> Any:
    return value


def _same_gradient(_architecture: Architecture, gradient: NDArray) -> NDArray:
    return gradient


def _same_law(_parameter: str, law: str) -> str:
    return law


def everywhere(_architecture: Architecture, _l: int) -> bool:
    """Return that a mistake can be made in any layer."""
    return True


class Form(NamedTuple):
    """TeX and arithmetic of an equation with a mistake in it.

    Attributes
    ----------
    tex : str
        As `Rule.tex`; beside `{vjp:…}` it may have `{vjp_a:…}`, which takes the slope at a.
    element : str
        The arithmetic of one element (j, k) that is written: `<W+:kj>` is an element of a value, 1 and n the first and
        the last of its layer, `[+:…]`, `[-:…]` or `[.:…]` a sum over the neurons k of the layer after, before, or of
        this one, `[x:…]` the mean over the samples, and `[right]` what is correct; empty if it follows from the rest.
    """

    tex: str
    element: str


_READS = {"slope": ("z",), "jacobian": ("z",), "grad": ("a", "y")}  # what these are made of, when they are read


@dataclass(frozen=True)
class Mistake:
    """Registry entry of a mistake.

    Attributes
    ----------
    name : str
        The key in `MISTAKES`.
    label, why : Text
        What was done, in a few words, and what is correct instead.
    operations : mapping
        Operations of the rules, and what is executed in their place; stacks of networks have one more axis in front.
    reads : mapping
        Names of values that operations read, and what they read in their place.
    forms : mapping
        The equations with the mistake in them, by the key of the rule.
    where : callable
        where(architecture, l): whether it can be made in layer l.
    loss : callable
        The loss that is computed instead of the one asked for.
    moved : callable
        moved(architecture): the same, with `train_bias` as the update has it.
    gradient : callable
        gradient(architecture, gradient): what the update is given instead of a gradient, a vector like theta.
    rate : callable
        rate(eta): the learning rate with which the update is done instead.
    law : callable
        law(parameter, tex): the TeX of the update of `W` or `b`.
    after : callable
        after(value): the value as the mistake leaves it, as soon as it is computed.
    rounds : str
        The rounding in TeX, before the parentheses.
    """

    name: str
    label: Text
    why: Text
    operations: Mapping[Operation, Operation] = field(default_factory=dict)
    reads: Mapping[str, str] = field(default_factory=dict)
    forms: Mapping[str, Form] = field(default_factory=dict)
    where: Callable[[Architecture, int], bool] = everywhere
    loss: Callable[[Loss], Loss] = _same
    moved: Callable[[Architecture], Architecture] = _same
    gradient: Callable[[Architecture, NDArray], NDArray] = _same_gradient
    rate: Callable[[Any], Any] = _same
    law: Callable[[str, str], str] = _same_law
    after: Callable[[NDArray], NDArray] = _same
    rounds: str = ""

    def __post_init__(self) -> None:
        for name in ("operations", "reads", "forms"):
            object.__setattr__(self, name, MappingProxyType(dict(getattr(self, name))))

    def __hash__(self) -> int:
        return hash(self.name)

    def excludes(self, other: "Mistake") -> bool:
        """Whether both mistakes replace the same operation, so that only one of them can be made."""
        return bool(self.operations.keys() & other.operations.keys())

    @lru_cache  # noqa: B019  # there are as many as there are records
    def rule(self, rule: Rule) -> Rule:
        """Return a rule with the mistake in it; unchanged where the mistake has no part in it."""
        form = self.forms.get(rule.key) if self.operations.keys() & set(rule.operations) else None
        tex, reads = (form.tex, _reads_of(form.tex)) if form and rule.phase != "cost" else (rule.tex, rule.reads)
        tex, element = (form.tex, form.element) if form else (tex, rule.element)
        for right, wrong in self.reads.items():
            tex = tex.replace(f"<{right}>", f"<{wrong}>")
            element = element.replace(f"<{right}:", f"<{wrong}:")
            reads = tuple(wrong if r == right else r for r in reads)
        operations = tuple(self._operation(operation) for operation in rule.operations)
        return replace(rule, tex=tex, reads=reads, operations=operations, element=element)

    def _operation(self, operation: Operation) -> Operation:
        if operation in self.operations:
            operation = replace(self.operations[operation], plain=False)
        return replace(operation, reads=tuple(self.reads.get(name, name) for name in operation.reads))


def _reads_of(tex: str) -> tuple[str, ...]:
    """Names of the values that an equation reads: those on its right-hand side, or what they are made of."""
    right = tex.partition(" = ")[2]
    letters = VALUE.findall(right)
    letters += ["slope"] if "{vjp:" in right else ["a"] if "{vjp_a:" in right else []
    letters += ["a", "y"] if "{delta}" in right else []
    return tuple(dict.fromkeys(made for letter in letters for made in _READS.get(letter, (letter,))))
