"""The recorder: a plain expression is run once, every NumPy call noted on a tape, and the calls repeated in place.

`record` runs a function on real arrays dressed as `Recorded`, which do each operation and note (function, arguments).
The arrays that NumPy allocated in that one run are the buffers of all later runs. This file alone knows what NumPy does
fast: 0-d constants of the operands' type, `dot` for two matrices, positional arguments, no multiplication by one.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

Call = tuple[Callable[..., Any], tuple[Any, ...]]

_OPTIONS = {"__call__": set[str](), "reduce": {"axis", "dtype", "keepdims"}}  # what can be repeated, told no more


class RecordingError(TypeError):
    """Error about an expression that did something that cannot be repeated in place."""


class Tape:
    """Tape of the calls noted so far, and of the memory that they will find filled again when repeated."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self._known: dict[int, NDArray] = {}

    def dress(self, array: NDArray) -> "Recorded":
        """Return `array` as a `Recorded` that notes on this tape; its memory is known from now on."""
        owner = owner_of(array)
        self._known[id(owner)] = owner
        recorded = array.view(Recorded)
        recorded.tape = self
        return recorded

    def bare(self, array: Any) -> Any:
        """Return `array` without its dress, after a check that a repetition would find it filled."""
        if isinstance(array, Recorded):
            array = array.view(np.ndarray)
        if id(owner_of(array)) not in self._known:
            raise RecordingError("an array was made outside ufuncs (a copy, a cast or an index): it would stay frozen")
        return array


class Recorded(np.ndarray):
    """Array that notes every operation on it on a tape."""

    tape: Tape

    def __array_finalize__(self, parent: Any) -> None:
        self.tape = getattr(parent, "tape", None)  # type: ignore[assignment]

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **options: Any) -> Any:
        options = {name: value for name, value in options.items() if not (name == "where" and value is True)}
        if method not in _OPTIONS or not options.keys() <= _OPTIONS[method] or ufunc.nout > 1:
            raise RecordingError(f"{ufunc.__name__}.{method} with {sorted(options)} cannot be recorded")
        # a number beside arrays takes their type, as in NumPy; beside truth values it keeps its own
        dtype = np.result_type(*(x if isinstance(x, int | float) else np.asarray(x).dtype for x in inputs))
        if ufunc in (np.multiply, np.divide) and _is_one(inputs[1]) and inputs[0].dtype == dtype and dtype.kind == "f":
            return inputs[0]
        bare = [self.tape.bare(x) if isinstance(x, np.ndarray) else _constant(x, dtype) for x in inputs]
        result = np.asarray(getattr(ufunc, method)(*bare, **options))
        self.tape.calls.append(_call(ufunc, method, bare, options, result))
        return self.tape.dress(result)

    def __array_function__(self, function: Callable[..., Any], *_: Any) -> Any:
        raise RecordingError(f"np.{function.__name__} is no ufunc and cannot be recorded")

    def __getitem__(self, key: Any) -> Any:
        part = super().__getitem__(key)
        return part if isinstance(part, np.ndarray) else self._refuse()

    def _refuse(self, *_: Any) -> Any:
        raise RecordingError("a branch on a value, or one taken out of its array, would be frozen into the program")

    __bool__ = __float__ = __int__ = __complex__ = __index__ = item = tolist = _refuse

    def __setitem__(self, *_: Any) -> None:
        raise RecordingError("what is assigned to entries cannot be recorded; write an expression")


def record(function: Callable[..., Any], reads: list[Any], target: NDArray) -> list[Call]:
    """Run `function` once on `reads` and return the calls that repeat it, the result going into `target`.

    Arrays among `reads` are filled anew before each repetition; everything else is a constant.
    """
    tape = Tape()
    result = tape.bare(function(*(tape.dress(x) if isinstance(x, np.ndarray) else x for x in reads)))
    if result.dtype != target.dtype or result.shape != target.shape:
        raise RecordingError(f"{result.dtype}{result.shape} does not fit into {target.dtype}{target.shape}")
    if not tape.calls or not _redirect(tape.calls, result, target):
        tape.calls.append((np.copyto, (target, result)))
    return tape.calls


def run(calls: list[Call]) -> None:
    """Repeat recorded calls: the engine's whole hot loop."""
    for function, arguments in calls:
        function(*arguments)


def owner_of(array: NDArray) -> NDArray:
    """Return the array that the memory of `array` belongs to."""
    while isinstance(array.base, np.ndarray):
        array = array.base
    return array


def view_of(array: NDArray) -> tuple[Any, ...]:
    """Key of the memory that an array sees, and how: equal for two arrays that are the same view of it."""
    return array.__array_interface__["data"][0], array.shape, array.strides, array.dtype


def written_by(call: Call) -> NDArray:
    """Return the array that a recorded call writes."""
    function, arguments = call
    if isinstance(function, partial):
        return function.keywords["out"]
    if function is np.copyto:
        return arguments[0]
    return next(x for x in reversed(arguments) if isinstance(x, np.ndarray))


def on_other_arrays(call: Call, place: Callable[[NDArray], NDArray]) -> Call:
    """Return a recorded call with `place(array)` instead of each of its arrays."""
    function, arguments = call
    if isinstance(function, partial):
        function = partial(function.func, out=place(function.keywords["out"]))
    return function, tuple(place(x) if isinstance(x, np.ndarray) else x for x in arguments)


def _constant(x: Any, dtype: np.dtype) -> NDArray:
    array = np.asarray(x, dtype)
    array.flags.writeable = False
    return array


def _is_one(x: Any) -> bool:
    return isinstance(x, int | float) and x == 1


def _call(ufunc: np.ufunc, method: str, inputs: list[Any], options: dict[str, Any], out: NDArray) -> Call:
    if method == "reduce":
        options = {"axis": 0, "dtype": None, **options, "out": out}
        order = ("axis", "dtype", "out", "keepdims")
        return ufunc.reduce, (inputs[0], *(options[name] for name in order if name in options))
    if ufunc is np.matmul and out.ndim == 2:
        return np.dot, (*inputs, out)
    if ufunc in (np.maximum, np.minimum):  # a positional `out` is deprecated for these two
        return partial(ufunc, out=out), tuple(inputs)
    return ufunc, (*inputs, out)


def _redirect(calls: list[Call], result: NDArray, target: NDArray) -> bool:
    """Let the last call write into `target` itself, if it wrote all of `result` and `target` can take it."""
    function, arguments = calls[-1]
    wrote = written_by(calls[-1])
    if view_of(result) != view_of(wrote) or (function is np.dot and not target.flags.c_contiguous):
        return False
    if isinstance(function, partial):
        calls[-1] = partial(function.func, out=target), arguments
    else:
        calls[-1] = function, tuple(target if x is wrote else x for x in arguments)
    return True
