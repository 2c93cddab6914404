"""Files of weights: the format is recognised by what a file holds, its arrays are read and made a network."""

import zlib
from collections.abc import Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from engine.core import InputError, Text, names
from engine.formats import FORMATS, Contents, Format
from engine.untrusted import (
    GZIP,
    HDF5,
    MOST_ARRAYS,
    MOST_BYTES,
    MOST_NUMBERS,
    PICKLE,
    ZIP,
    check_numbers,
    gunzipped,
    kind_of,
    told_by_beginning,
    too_large,
)
from engine.weights.readings import Readings, readings_in
from engine.weights.stack import Weights

ENDINGS = tuple(ending for record in FORMATS.values() for ending in record.endings)
_ALLOWED = names(ENDINGS)
_UNKNOWN = Text("unknown type of weight file", "未知的权重文件类型")
_DAMAGED = Text("this {} file cannot be read", "无法读取这个 {} 文件")


def read_weights(
    file: str | Path | bytes, name: str = "", *, order: Sequence[str] | None = None, layout: str | None = None
) -> Weights:
    """Return the dense layers of a file of weights.

    Parameters
    ----------
    file : str, Path or bytes
        The path of the file, or its content.
    name : str
        The file's name, whose ending tells the format; that of the path unless given.
    order : sequence of str, optional
        The names of the matrices in the order of the layers, for a file that does not tell it.
    layout : str, optional
        The layout of the matrices, for a file that does not tell it: "out_in" with neurons in rows, or "in_out".

    Raises
    ------
    InputError
        Where it is missing, too large, damaged or of a kind that is not known, where the package that reads it is not
        installed, where it holds layers that are not dense, or where it can be read in several ways, with these.

    Examples
    --------
    >>> from io import BytesIO
    >>> np.savez(file := BytesIO(), W1=[[0.5, -0.3]], b1=[0.1])
    >>> read_weights(file.getvalue(), "net.npz").sizes
    (2, 1)
    """
    return weight_readings(file, name, order=order, layout=layout).the_one()


def weight_readings(
    file: str | Path | bytes, name: str = "", *, order: Sequence[str] | None = None, layout: str | None = None
) -> Readings:
    """Return all ways to read a file of weights, those first that it determines; else as `read_weights`."""
    data = file if isinstance(file, bytes) else _held(Path(file))
    contents = read_contents(data, name or str(file if isinstance(file, str | Path) else ""))
    return readings_in(contents, order=order, layout=layout)


def read_contents(data: bytes, name: str = "") -> Contents:
    """Return the arrays of a file of weights, and what it says; raise `InputError` as `read_weights` does."""
    if len(data) > MOST_BYTES:
        raise too_large(f"{len(data):,} B")
    for _ in range(2):
        if data.startswith(GZIP):
            data = _unzipped(data)
    return _checked(format_of(data, name), data)


def _unzipped(data: bytes) -> bytes:
    try:
        return gunzipped(data)
    except zlib.error as error:
        raise InputError(_DAMAGED.format("gzip"), Text("an undamaged file", "未损坏的文件"), error) from None


def format_of(data: bytes, name: str = "") -> Format:
    """Return the format of a file by what it holds, and where that tells none, by the ending of its name."""
    fitting = [record for record in FORMATS.values() if record.fits(data)]
    ending = [record for record in FORMATS.values() if name.lower().removesuffix(".gz").endswith(record.endings)]
    other = bool(data) and not data.startswith((ZIP, PICKLE, HDF5)) and told_by_beginning(data)
    if not fitting and (other or not ending):
        raise InputError(_UNKNOWN, _ALLOWED, kind_of(data, Path(name).name))
    return next((record for record in ending if record in fitting), (fitting or ending)[0])


def _held(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise too_large(f"{path.stat().st_size:,} B")
        return path.read_bytes()
    except OSError as error:
        problem, allowed = (
            Text("this file cannot be opened", "文件无法打开"),
            Text("a weight file", "权重文件"),
        )
        raise InputError(problem, allowed, error.strerror or path.name) from None


def _checked(found: Format, data: bytes) -> Contents:
    """Contents that a reader finds in a file; whatever else it stumbles over becomes one sentence."""
    try:
        if found.needs and not find_spec(found.needs):
            raise ImportError(found.needs)
        with np.errstate(all="ignore"):
            contents = found.read(data)
    except InputError:
        raise
    except ImportError:
        raise _missing(found) from None
    except Exception as error:  # readers of many packages, on files of strangers: each has errors of its own
        told = error if found.fits(data) or not data else kind_of(data)
        raise InputError(_DAMAGED.format(found.label), Text("an undamaged file", "未损坏的文件"), told) from None
    arrays = contents.arrays
    if sum(array.size for array in arrays.values()) > MOST_NUMBERS or len(arrays) > MOST_ARRAYS:
        raise too_large(f"{len(arrays)} arrays")
    for name, array in arrays.items():
        check_numbers(name, array)
    return replace(contents, in_order=found.in_order)


def _missing(found: Format) -> InputError:
    problem = Text(
        "reading {} requires the package {}, which is not installed here",
        "读取 {} 需要软件包 {}，此处未安装",
    )
    install = Text("after “pip install {0}”, or another format", "先执行“pip install {0}”，或换用其他格式").format(
        found.needs
    )
    return InputError(problem.format(found.label, found.needs), install, found.endings[0])
