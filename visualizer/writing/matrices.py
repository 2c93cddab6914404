"""Numbers as matrices in TeX, the middle of large ones left out."""

from collections.abc import Callable

from numpy.typing import NDArray

from visualizer.writing.symbols import tex_number

Write = Callable[[float], str]
MOST_COLUMNS = 5
_MOST_ROWS = 5
_LEFT_OUT = {(True, True): r"\ddots", (True, False): r"\vdots", (False, True): r"\cdots"}


def matrix(
    values: NDArray,
    most_columns: int = MOST_COLUMNS,
    known: Callable[[tuple[int, ...]], bool] = lambda _indices: True,
    write: Write = tex_number,
) -> str:
    """Return numbers as a TeX matrix, its middle left out where it is too large to read."""
    if values.ndim == 0:
        return write(float(values)) if known(()) else "?"
    rows = " \\\\ ".join(" & ".join(row) for row in _entries(values, most_columns, known, write))
    return rf"\begin{{bmatrix}}{rows}\end{{bmatrix}}"


def _entries(
    values: NDArray, most_columns: int, known: Callable[[tuple[int, ...]], bool], write: Write
) -> list[list[str]]:
    values = values[:, :, 0] if values.ndim == 3 else values  # a Jacobian for each sample: the first stands for all
    rows, columns = places(values, most_columns)
    entries = [[_entry(values, i, j, known, write) for j in columns] for i in rows]
    if None in rows:
        entries[rows.index(None)][0] += rf"_{{{values.shape[0] - len(rows) + 1}}}"  # how many are left out
    if None in columns:
        entries[0][columns.index(None)] += rf"_{{{values.shape[1] - len(columns) + 1}}}"
    return entries


def places(values: NDArray, most_columns: int) -> tuple[list[int | None], list[int | None]]:
    """Return the rows and the columns of a matrix that are written."""
    return _kept(values.shape[0], _MOST_ROWS), _kept(values.shape[1], most_columns)


def _kept(count: int, most: int) -> list[int | None]:
    """Return the indices that are written; None stands for those left out."""
    return [*range(count)] if count <= most else [*range(most - 2), None, count - 1]


def _entry(
    values: NDArray, i: int | None, j: int | None, known: Callable[[tuple[int, ...]], bool], write: Write
) -> str:
    if i is None or j is None:
        return _LEFT_OUT[i is None, j is None]
    return write(float(values[i, j])) if known((i, j)) else "?"


def width_of(values: NDArray, most_columns: int, write: Write) -> int:
    """Return about how many characters wide the numbers of a matrix stand."""
    if values.ndim == 0:
        return 6
    entries = _entries(values, most_columns, lambda _indices: True, write)
    return sum(2 + max(_length(row[j]) for row in entries) for j in range(len(entries[0])))


def _length(entry: str) -> int:
    """Return about how many characters wide an entry stands; dots, with how many they stand for, are narrow."""
    return 4 if entry.startswith(tuple(_LEFT_OUT.values())) else min(len(entry), 11)
