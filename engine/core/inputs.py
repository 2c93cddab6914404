"""Checked input: arrays of floats, rows of samples, single numbers and whole numbers, as the engine needs them.

What is not a number is refused and never converted: text, dates, complex numbers, and what is too large for a float.
"""

from decimal import Decimal
from numbers import Real
from typing import Any, TypeGuard

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from engine.core.errors import InputError
from engine.core.text import Text


def as_floats(name: str, values: ArrayLike, dtype: DTypeLike | None = None) -> NDArray:
    """Return `values` as an array of floats, which may be NaN or infinite.

    Parameters
    ----------
    name : str
        The name of the values in an error.
    values : array_like
        Numbers or truth values. An array of floats that already has the type is returned as it is.
    dtype : dtype, optional
        float32 or float64; unless given, float32 stays float32 and everything else becomes float64.

    Raises
    ------
    InputError
        Where something is not a number, or rows differ in length.
    """
    try:
        array = np.asarray(values)
        if dtype is None:
            dtype = np.float32 if array.dtype == np.float32 else np.float64
        if array.dtype == dtype:
            return array
        if not _holds_numbers(array):
            raise TypeError(array.dtype)
        with np.errstate(all="ignore"):  # what is too large for float32 becomes infinite, and is found as such
            return array.astype(dtype)
    except (TypeError, ValueError, OverflowError):
        raise InputError(Text("{} is not numeric", "{} 不是数值").format(name), _finite(dtype), values) from None


def as_numbers(name: str, values: ArrayLike, dtype: DTypeLike | None = None) -> NDArray:
    """Return `values` as `as_floats` does, all of them finite.

    Raises
    ------
    InputError
        Where something is not a finite number of that type, or rows differ in length.
    """
    array = as_floats(name, values, dtype)
    if not np.isfinite(array).all():
        where = tuple(np.argwhere(~np.isfinite(array))[0].tolist())
        raise InputError(
            Text("{} has a value at {} that cannot be used", "{} 在 {} 处的值无法使用").format(name, list(where)),
            _finite(array.dtype),
            np.asarray(values)[where],
        )
    return array


def as_rows(name: str, values: ArrayLike, n: int, dtype: np.dtype) -> NDArray:
    """Return data as rows (m, n): `values` of that shape, one sample (n,), or m numbers where n is 1.

    Whether they are finite is left to the program that they are loaded into, which finds out at less cost.

    Raises
    ------
    InputError
        Where the shape does not fit or something is not a number.
    """
    rows = values if type(values) is np.ndarray and values.dtype == dtype else as_floats(name, values, dtype)
    shape = rows.shape
    if shape == (n,):
        return rows[np.newaxis]
    if len(shape) == 2 and shape[1] == n and shape[0]:
        return rows
    if n == 1 and len(shape) == 1 and shape[0]:
        return rows[:, np.newaxis]
    raise InputError(
        Text("{} does not fit the network", "{} 与网络不匹配").format(name),
        Text("shape ({0},) for one sample or (m, {0}) for m", "单个样本形状 ({0},)，m 个样本形状 (m, {0})").format(n),
        f"shape {shape}",
    )


def as_number(problem: Text, value: object, low: float = -np.inf, dtype: DTypeLike = np.float64) -> float:
    """Return a finite number from `low` that `dtype` can hold, or raise `InputError` with `problem`."""
    largest = float(np.finfo(dtype).max)
    low = max(low, -largest)
    try:
        number = float(value) if isinstance(value, Real) else np.nan
    except OverflowError:  # a whole number of hundreds of digits
        number = np.inf
    if low <= number <= largest:
        return number
    allowed = Text("a finite number from {:.2g} to {:.2g}", "{:.2g} 到 {:.2g} 的有限数").format(low, largest)
    raise InputError(problem, allowed, value)


def is_whole(value: object) -> TypeGuard[int]:
    """Return whether `value` is a whole number; a truth value is none."""
    return isinstance(value, int | np.integer) and not isinstance(value, bool)


def as_whole(problem: Text, value: object, low: int, high: int | None = None) -> int:
    """Return a whole number from `low`, up to `high` if that is given, or raise `InputError` with `problem`."""
    if is_whole(value) and low <= value and (high is None or value <= high):
        return int(value)
    upwards = Text("a whole number from {}", "不小于 {} 的整数")
    between = Text("a whole number from {} to {}", "{} 到 {} 的整数")
    raise InputError(problem, (upwards if high is None else between).format(low, high), value)


def as_tuple(values: Any) -> tuple[Any, ...]:
    """Return the entries of a sequence; no sequence counts as one entry, left to the check of the entries."""
    return tuple(values) if np.iterable(values) else (values,)


def _holds_numbers(array: NDArray) -> bool:
    if array.dtype == object:  # huge whole numbers, fractions; float() would take text among them as well
        return all(isinstance(entry, Real | Decimal) for entry in array.flat)
    return array.dtype.kind in "biuf"


def _finite(dtype: DTypeLike | None) -> Text:
    allowed = Text("a regular array of finite numbers up to {:.2g}", "规则的有限数值数组，绝对值不超过 {:.2g}")
    return allowed.format(float(np.finfo(np.float64 if dtype is None else dtype).max))
