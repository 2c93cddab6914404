"""The formats of files of weights: one registry entry each, with the reader that makes named arrays of the bytes.

No reader unpickles what a file asks for, or allocates what it merely claims. The package that a reader needs is
imported when a file of that kind is opened, and not before.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import numpy as np

from engine.core import InputError, Text, names
from engine.weights.apart import read_apart
from engine.weights.archives import (
    MOST_ARRAYS,
    MOST_BYTES,
    MOST_NUMBERS,
    Arrays,
    check_numbers,
    read_npy,
    too_large,
    unzipped,
)
from engine.weights.readings import Readings, readings_of
from engine.weights.stack import Weights


@dataclass(frozen=True)
class Format:
    """Registry entry of a kind of file.

    Attributes
    ----------
    name : str
        The key in `FORMATS`.
    label, why : Text
        The name that a reader sees, and one sentence on where such files come from.
    endings : tuple of str
        The endings of the names of such files.
    read : callable
        read(data): the bytes to named arrays; may raise anything.
    needs : str
        The package that it needs beside NumPy, if any.
    in_order : bool
        Whether the arrays of a file stand in the order in which they were saved.
    usual : str
        The layout in which matrices stand in all such files, one of `LAYOUTS`; nothing where they may stand either way.
    """

    name: str
    label: Text
    why: Text
    endings: tuple[str, ...]
    read: Callable[[bytes], Arrays]
    needs: str = ""
    in_order: bool = False
    usual: str = ""


def _npz(data: bytes) -> Arrays:
    members = {name.removesuffix(".npy"): content for name, content in unzipped(data).items()}
    return {name: read_npy(content, name) for name, content in members.items()}


def _safetensors(data: bytes) -> Arrays:
    """Read tensors, which stand in the order of the alphabet: the library that writes such files sorts them."""
    load = import_module("safetensors.numpy").load
    if int.from_bytes(data[:8], "little") > _LONGEST_HEADER:
        raise too_large(f"{int.from_bytes(data[:8], 'little'):,} B")
    return load(data)


def _torch(data: bytes) -> Arrays:
    return read_apart("pickled", data)


def _keras(data: bytes) -> Arrays:
    """Read the variables of all layers, under the names that they have in Keras."""
    arrays = read_apart("hdf5", data, "h5py")
    return {_VARIABLE.sub(lambda at: _ROLES.get(at[0], at[0]), name): array for name, array in arrays.items()}


_LONGEST_HEADER = 2**20
_VARIABLE = re.compile(r"/vars/[01]$|:0$")
_ROLES = {"/vars/0": "/kernel", "/vars/1": "/bias", ":0": ""}
FORMATS = {
    record.name: record
    for record in (
        Format(
            "npz",
            Text("NumPy .npz", "NumPy .npz"),
            Text("Arrays saved by numpy.savez: W1, b1, W2, b2 …", "numpy.savez 保存的数组：W1、b1、W2、b2……"),
            (".npz",),
            _npz,
            in_order=True,
        ),
        Format(
            "safetensors",
            Text("safetensors", "safetensors"),
            Text("Weights under PyTorch's names: 0.weight, 0.bias …", "以 PyTorch 名称保存的权重：0.weight、0.bias……"),
            (".safetensors",),
            _safetensors,
            "safetensors",
        ),
        Format(
            "torch",
            Text("PyTorch state_dict", "PyTorch state_dict"),
            Text(
                "A state_dict saved by torch.save; nothing in the file is executed, and PyTorch is not needed.",
                "torch.save 保存的 state_dict；不执行文件中的任何内容，也无需安装 PyTorch。",
            ),
            (".pt", ".pth"),
            _torch,
            in_order=True,
            usual="out_in",
        ),
        Format(
            "keras",
            Text("Keras .weights.h5", "Keras .weights.h5"),
            Text(
                "Dense layers saved by Keras 3: model.save_weights.", "Keras 3 的 model.save_weights 保存的全连接层。"
            ),
            (".weights.h5", ".h5"),
            _keras,
            "h5py",
        ),
    )
}
ENDINGS = tuple(ending for record in FORMATS.values() for ending in record.endings)
_ALLOWED = names(ENDINGS)


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
    found = format_of(name or str(file if isinstance(file, str | Path) else ""))
    data = file if isinstance(file, bytes) else _held(Path(file))
    if len(data) > MOST_BYTES:
        raise too_large(f"{len(data):,} B")
    arrays = _arrays(found, data)
    return readings_of(arrays, in_order=found.in_order, usual=found.usual, order=order, layout=layout)


def format_of(name: str) -> Format:
    """Return the format by the ending of a file's name, or raise `InputError` with those there are."""
    for record in FORMATS.values():
        if name.lower().endswith(record.endings):
            return record
    raise InputError(Text("unknown weight-file format", "未知的权重文件类型"), _ALLOWED, Path(name).name)


def _held(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise too_large(f"{path.stat().st_size:,} B")
        return path.read_bytes()
    except OSError as error:
        problem, allowed = Text("this file cannot be opened", "文件无法打开"), Text("a file of weights", "权重文件")
        raise InputError(problem, allowed, error.strerror or path.name) from None


def _arrays(found: Format, data: bytes) -> Arrays:
    """Return the arrays that a reader finds in a file; whatever else it stumbles over becomes one sentence."""
    try:
        with np.errstate(all="ignore"):
            arrays = found.read(data)
    except InputError:
        raise
    except ImportError:
        raise _missing(found) from None
    except Exception as error:  # readers of four packages, on files of strangers: each has errors of its own
        problem = Text("this {} file cannot be read", "无法读取这个 {} 文件").format(found.label)
        raise InputError(problem, Text("an undamaged file", "未损坏的文件"), error) from None
    if sum(array.size for array in arrays.values()) > MOST_NUMBERS or len(arrays) > MOST_ARRAYS:
        raise too_large(f"{len(arrays)} arrays")
    for name, array in arrays.items():
        check_numbers(name, array)
    return arrays


def _missing(found: Format) -> InputError:
    problem = Text(
        "to read {} the package {} is needed, which is not installed here", "读取 {} 需要软件包 {}，此处未安装"
    )
    install = Text("after “pip install {0}”, or another format", "先执行“pip install {0}”，或换用其他格式").format(
        found.needs
    )
    return InputError(problem.format(found.label, found.needs), install, found.endings[0])
