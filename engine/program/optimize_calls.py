"""Common-subexpression elimination and reuse of buffers in recorded calls; every result stays the same."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.program.recorder import Call, owner_of, view_of, written_by


def eliminate_common_calls(calls: list[Call], kept: Iterable[NDArray]) -> list[Call]:
    """Eliminate common subexpressions, such as the exponentials of softmax and of its cost.

    Every array is written once, before it is read; the memory of the arrays `kept` is filled in any case.
    """
    arrays = {id(x): x for call in calls for x in (*call[1], written_by(call)) if isinstance(x, np.ndarray)}
    names = {i: _name(x) for i, x in arrays.items()}
    views = Counter(owner for owner, _ in {(id(owner_of(x)), names[i]) for i, x in arrays.items()})
    needed = {id(owner_of(x)) for x in kept} | {owner for owner, count in views.items() if count > 1}
    known: dict[Any, NDArray] = {}
    instead: dict[Any, NDArray] = {}
    left = []
    for function, arguments in calls:
        call = function, tuple(instead.get(names.get(id(x)), x) for x in arguments)
        out = written_by(call)
        reads = (names.get(id(x), x) for x in call[1] if x is not out)
        before = known.setdefault((getattr(function, "func", function), *reads), out)
        if before is not out and id(owner_of(out)) not in needed:
            instead[names[id(out)]] = before
        else:
            left.append(call)
    return left


def _name(x: NDArray) -> Any:
    """Key by which two arrays are equal: their view of memory, or, of constants, their bytes."""
    return view_of(x) if x.ndim or x.flags.writeable else (x.dtype, x.tobytes())


def elementwise(call: Call) -> bool:
    """Whether a call works element by element."""
    function, _ = call
    ufunc = getattr(function, "func", function)
    return ufunc is np.copyto or (isinstance(ufunc, np.ufunc) and ufunc.signature is None)


def reuse_buffers(calls: list[Call], kept: Iterable[NDArray]) -> list[Call]:
    """Reuse buffers of elementwise calls: a result is written over a value that nobody reads any more.

    The arrays `kept` are each written once, and hold their value afterwards; until then their old value may give way to
    one that has been used up when the new one comes. All else that these calls write is scratch. A list with calls that
    are not plain elementwise ones is returned as it is.
    """
    if not all(elementwise(call) and isinstance(call[0], np.ufunc) for call in calls):
        return calls
    sharing = _Sharing(calls, kept)
    return [(function, sharing.moved(i, *arguments)) for i, (function, arguments) in enumerate(calls)]


class _Sharing:
    """Plan of buffer reuse, which memory takes the place of which, decided call by call."""

    def __init__(self, calls: list[Call], kept: Iterable[NDArray]) -> None:
        self._reads: dict[Any, list[int]] = {}
        for i, (_, (*inputs, _out)) in enumerate(calls):
            for x in inputs:
                self._reads.setdefault(view_of(x), []).append(i)
        self._written = {view_of(arguments[-1]): i for i, (_, arguments) in enumerate(calls)}
        self._kept = {view_of(x) for x in kept}
        self._place: dict[Any, NDArray] = {}
        self._free: dict[Any, list[NDArray]] = {}

    def moved(self, i: int, *arguments: NDArray) -> tuple[NDArray, ...]:
        """Return the arguments of call number i with the memory that they share."""
        *inputs, out = arguments
        placed = [self._place.get(view_of(x), x) for x in inputs]
        for name in {view_of(x) for x in inputs}:
            used_up = self._reads[name][-1] == i and name in self._place
            if used_up and view_of(self._place[name]) not in self._kept:
                self._free.setdefault(name[1:], []).append(self._place[name])
        name = view_of(out)
        if name not in self._kept:
            spare = self._free.get(name[1:])
            old = next((x for x in inputs if self._gives_way(view_of(x), i, name)), None)
            self._place[name] = old if old is not None else spare.pop() if spare else out
        return (*placed, self._place.get(name, out))

    def _gives_way(self, old: Any, i: int, new: Any) -> bool:
        """Return whether call number i uses up a kept array, and the new value is used up when that is written."""
        end = self._written.get(old, -1)
        read_again = any(i < read <= end for read in self._reads[old])
        return old in self._kept and i < end and not read_again and self._reads[new][-1] <= end and old[1:] == new[1:]
