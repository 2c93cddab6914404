"""Update calls: an optimizer's laws recorded as calls that update parameters in place, block by block.

The laws are recorded once, on a few numbers; the calls then get the memory of each block in the place of these. So a
long vector costs nothing before the first update, and what is worked on at a time stays in the cache.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from engine.core import aligned
from engine.optimizers import UpdateRule
from engine.program.optimize_calls import elementwise, reuse_buffers
from engine.program.recorder import Call, RecordingError, on_other_arrays, record, view_of, written_by

_BLOCK = 32_768  # numbers that an update works on at a time
_Block = tuple[slice, ...]
_Values = dict[str, Any]


def update_calls(laws: Sequence[UpdateRule], values: Mapping[str, Any]) -> list[Call]:
    """Return the calls that carry out laws on all of theta.

    Parameters
    ----------
    laws : sequence of UpdateRule
    values : mapping
        Operands of the laws: `theta` of shape (P,) or (K, P), vectors like it, and what these are multiplied
        by: numbers, arrays of shape (), or rates of shape (P,), (K, 1) or (K, P).

    Raises
    ------
    RecordingError
        For a law that does not work element by element.
    """
    few = {name: _few(value) for name, value in values.items()}
    calls = [call for law in laws for call in record(law.function, [few[name] for name in law.reads], few[law.writes])]
    if not all(map(elementwise, calls)):
        raise RecordingError("a law works element by element; this one puts several elements together")
    shared = reuse_buffers(calls, [few[law.writes] for law in laws])
    scratch: dict[Any, NDArray] = {}
    blocks = ({name: _part(value, block) for name, value in values.items()} for block in _blocks(values["theta"].shape))
    return [call for block in blocks for call in _bound(shared, few, block, scratch)]


def _few(value: Any) -> Any:
    """Return an array that stands for `value`: two numbers along each axis that has more than one."""
    return np.ones([min(n, 2) for n in value.shape], value.dtype) if isinstance(value, np.ndarray) else value


def _blocks(shape: tuple[int, ...]) -> Iterator[_Block]:
    """Yield index tuples that cut an array of parameters into blocks: along the networks first, then along theta."""
    width = min(shape[-1], _BLOCK)
    rows = max(1, _BLOCK // width)
    for start in range(0, shape[-1], width):
        part = slice(start, start + width)
        if len(shape) == 1:
            yield (part,)
        else:
            yield from ((slice(i, i + rows), part) for i in range(0, shape[0], rows))


def _part(value: Any, block: _Block) -> Any:
    """Return one block of a value; a value for all parameters stays one number, or one for each network."""
    if not np.ndim(value):
        return value
    return value[block] if value.shape[-1] > 1 else value[block[0]]


def _bound(calls: list[Call], few: _Values, block: _Values, scratch: dict[Any, NDArray]) -> Iterator[Call]:
    """Yield the calls on the arrays of a block instead of the few numbers, and on scratch of its size."""
    places = {view_of(x): block[name] for name, x in few.items() if isinstance(x, np.ndarray)}
    computed = {view_of(written_by(call)) for call in calls}
    theta = block["theta"]
    order: Literal["C", "F"] = "F" if theta.strides[0] < theta.strides[-1] else "C"

    def place(x: NDArray) -> NDArray:
        name = view_of(x)
        if name in places:
            return places[name]
        if not x.flags.writeable:  # a constant
            return x
        if name not in computed:
            raise RecordingError("a law works element by element; this one takes a part of an array")
        shape = tuple(
            1 if n == 1 else of_block for n, of_block in zip(x.shape, theta.shape[theta.ndim - x.ndim :], strict=True)
        )
        if (name, shape) not in scratch:
            scratch[name, shape] = aligned(shape, x.dtype, order)
        return scratch[name, shape]

    return (on_other_arrays(call, place) for call in calls)
