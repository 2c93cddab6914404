"""Dropout in BP2, the correct one and one with a mistake in it: the error passes the mask on its way back."""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import Any

from numpy.typing import NDArray

from engine.core import Text
from engine.equations.rules import Operation, Rule

_MASK, _OPENS = r"<mask> \odot ", r"\left("
_WHY = Text(
    "As before, but neurons dropped in the forward pass get no error back: the same mask is applied.",
    "与通常相同，但前向时被丢弃的神经元也收不到误差：用的是同一个掩码。",
)


@lru_cache(maxsize=256)
def with_masks(rule: Rule) -> Rule:
    """Return BP2 with the mask of dropout, which the error passes before it goes through the activation."""
    (operation,) = rule.operations
    left, right = rule.tex.split(" = ", 1)
    through = right.startswith("{vjp")
    return replace(
        rule,
        tex=f"{left} = {right.replace(_OPENS, _OPENS + _MASK, 1) if through else _MASK + right}",
        reads=(*rule.reads, "mask"),
        operations=(replace(operation, reads=(*operation.reads, "mask"), function=_with_mask(operation)),),
        why=_WHY,
        element=_element(rule.element),
    )


def _with_mask(operation: Operation) -> Callable[..., NDArray]:
    """Return the function of an operation of BP2 with a mask as its last argument."""

    def function(*reads: Any) -> NDArray:
        *values, mask = reads
        if "f" not in operation.reads:
            return operation.function(*values) * mask
        f = values[operation.reads.index("f")]
        values[operation.reads.index("f")] = replace(f, vjp=lambda z, a, g: f.vjp(z, a, g * mask))
        return operation.function(*values)

    return function


def _element(element: str) -> str:
    """Return the arithmetic of a product, or of a sum, times the mask."""
    return element and r"<mask:j>\cdot " + (f"({element})" if element.startswith("[") else element)
