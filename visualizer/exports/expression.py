"""Expressions from plain NumPy functions: run on letters, a function writes itself down as a line of Python.

The code that is exported comes out of the very functions that the engine executes. What a function uses twice gets a
name of its own.
"""

import ast
import operator
from collections import Counter
from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin

_OPERATORS: dict[Any, ast.operator] = {
    np.add: ast.Add(),
    np.subtract: ast.Sub(),
    np.multiply: ast.Mult(),
    np.divide: ast.Div(),
    np.power: ast.Pow(),
    np.matmul: ast.MatMult(),
}
_COMPARISONS: dict[Any, ast.cmpop] = {np.greater: ast.Gt(), np.equal: ast.Eq(), np.less: ast.Lt()}


class Letter(NDArrayOperatorsMixin):
    """Operand that stands for an array and writes down every operation on it."""

    def __init__(self, write: Callable[..., ast.expr], *operands: Any) -> None:
        self.write, self.operands = write, operands

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **options: Any) -> Any:
        if any(isinstance(operand, Parts) for operand in inputs):
            return NotImplemented
        if method != "__call__" or options:
            raise TypeError(f"{ufunc.__name__}.{method} cannot be written down")
        return Letter(lambda *parts: _applied(ufunc, parts), *inputs)

    @property
    def shape(self) -> "_Shape":
        """Shape of the operand, of which only the number of units can be asked for."""
        return _Shape(self)

    @property
    def mT(self) -> "Letter":  # noqa: N802 (NumPy's name)
        """Write a transpose; of matrices, in the short form."""
        return Letter(lambda own: ast.Attribute(own, "T"), self)

    def max(self, **options: Any) -> "Letter":
        """Write a maximum."""
        return self._method("max", **options)

    def sum(self, **options: Any) -> "Letter":
        """Write a sum."""
        return self._method("sum", **options)

    def clip(self, low: Any, high: Any) -> "Letter":
        """Write a clipping to a range."""
        return self._method("clip", low, high)

    def __getitem__(self, key: Any) -> "Letter":
        """Operand itself with an axis for the parameters: a number has none."""
        if key != (..., None):
            raise TypeError(f"[{key}] cannot be written down")
        return self

    def _method(self, name: str, *arguments: Any, **options: Any) -> "Letter":
        said = [ast.keyword(key, ast.Constant(value)) for key, value in options.items()]
        return Letter(lambda own, *parts: ast.Call(ast.Attribute(own, name), list(parts), said), self, *arguments)


class Parts(NDArrayOperatorsMixin):
    """Operand that stands for a vector of all parameters: a letter, or a number, for each of them by its name."""

    def __init__(self, parts: Mapping[str, Any]) -> None:
        self.parts = dict(parts)

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **options: Any) -> "Parts":
        if method != "__call__" or options:
            raise TypeError(f"{ufunc.__name__}.{method} cannot be written down")
        each = ([x.parts[name] if isinstance(x, Parts) else x for x in inputs] for name in self.parts)
        return Parts(dict(zip(self.parts, (_short(ufunc, operands) for operands in each), strict=True)))

    def sum(self, axis: int) -> Any:
        """Write the sum over all parameters, which lie along the last axis."""
        if axis != -1:
            raise TypeError(f"a sum along {axis} cannot be written down")
        sums = [part.sum() for part in self.parts.values() if isinstance(part, Letter)]
        return reduce(operator.add, sums) if sums else 0

    def clip(self, low: Any, high: Any) -> "Parts":
        """Write a clipping of every entry to a range."""
        return Parts({name: part.clip(low, high) for name, part in self.parts.items()})


def _short(ufunc: np.ufunc, operands: list[Any]) -> Any:
    """Return the result for one parameter, without a factor 1, a term 0, and all that is multiplied by 0."""
    numbers = [operand for operand in operands if not isinstance(operand, Letter)]
    if ufunc is np.multiply and 0 in numbers:
        return 0
    neutral = 1 if ufunc is np.multiply else 0 if ufunc is np.add else None
    if neutral not in numbers:
        return ufunc(*operands)
    rest = [operand for operand in operands if isinstance(operand, Letter) or operand != neutral]
    return rest[0] if rest else neutral


class _Shape:
    def __init__(self, letter: Letter) -> None:
        self.letter = letter

    def __getitem__(self, axis: int) -> Letter:
        return Letter(lambda own: ast.Subscript(ast.Attribute(own, "shape"), ast.Constant(axis)), self.letter)


def _applied(ufunc: np.ufunc, parts: tuple[ast.expr, ...]) -> ast.expr:
    if ufunc in _OPERATORS:
        return ast.BinOp(parts[0], _OPERATORS[ufunc], parts[1])
    if ufunc in _COMPARISONS:
        return ast.Compare(parts[0], [_COMPARISONS[ufunc]], [parts[1]])
    if ufunc is np.negative:
        return ast.UnaryOp(ast.USub(), parts[0])
    return ast.Call(ast.Attribute(ast.Name("np"), ufunc.__name__), list(parts), [])


def letter(name: str) -> Letter:
    """Return the operand called `name`."""
    return Letter(lambda: ast.Name(name))


def called(name: str) -> Callable[..., Letter]:
    """Return a function that writes down a call of the function `name`."""
    return lambda *operands: Letter(lambda *parts: ast.Call(ast.Name(name), list(parts), []), *operands)


def lines(function: Callable[..., Any], *names: str) -> list[str]:
    """Return a function of operands with these names as lines: assignments, and in the end its value."""
    return written(function(*map(letter, names)))


def line(function: Callable[..., Any], *names: str) -> str:
    """Return a function of operands with these names as one expression."""
    return in_line(function(*map(letter, names)))


def in_line(value: Any) -> str:
    """Return a value as one expression."""
    return ast.unparse(_inlined(value, {}))


def function(name: str, meaning: Callable[..., Any], *names: str) -> str:
    """Return the definition of a function."""
    *before, value = lines(meaning, *names)
    body = "\n".join(f"    {said}" for said in (*before, f"return {value}"))
    return f"def {name}({', '.join(names)}):\n{body}"


def written(value: Any) -> list[str]:
    """Return the assignments that lead to a value, and the value, as lines."""
    counts: Counter[int] = Counter()
    order: list[Letter] = []
    _count(value, counts, order)
    named: dict[int, ast.expr] = {}
    said = []
    for part in order:
        if counts[id(part)] > 1 and part.operands and part is not value:
            made = ast.unparse(_inlined(part, named))
            named[id(part)] = ast.Name(f"t{len(named) + 1}")
            said.append(f"t{len(named)} = {made}")
    return [*said, ast.unparse(_inlined(value, named))]


def _count(value: Any, counts: Counter[int], order: list[Letter]) -> None:
    """Count the uses of every part, and list the parts, operands first."""
    if isinstance(value, Letter):
        counts[id(value)] += 1
        if counts[id(value)] == 1:
            for operand in value.operands:
                _count(operand, counts, order)
            order.append(value)


def _inlined(value: Any, named: dict[int, ast.expr]) -> ast.expr:
    if not isinstance(value, Letter):
        return ast.Constant(value.item() if isinstance(value, np.generic) else value)
    if id(value) in named:
        return named[id(value)]
    return value.write(*(_inlined(operand, named) for operand in value.operands))
