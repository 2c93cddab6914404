"""NumPy's archives of arrays, and single arrays."""

from engine.core import InputError, Text
from engine.formats.record import Contents, Format
from engine.untrusted import ZIP, Arrays, read_npy, unzipped

_MAGIC = b"\x93NUMPY"
_OBJECTS = Text(
    "{} contains Python objects, which cannot be opened without running code",
    "{} 中含有 Python 对象，不运行代码就无法打开",
)
_APART = Text(
    "one array each: np.savez(file, *weights, *biases)", "每个数组单独保存：np.savez(file, *weights, *biases)"
)
_DATA = Text("this file contains data, not weights", "这个文件里是数据，而不是权重")
_WEIGHTS = Text("weights here; data on the Train page", "此处只接受权重；数据请在训练页打开")


def _npz(data: bytes) -> Contents:
    members = {name.removesuffix(".npy"): content for name, content in unzipped(data).items()}
    if {"x_train", "y_train"} <= members.keys():
        raise InputError(_DATA, _WEIGHTS, ", ".join(members))
    arrays = Arrays()
    for name, content in members.items():
        if b"'|O'" in content[:200]:
            raise InputError(_OBJECTS.format(name[:40]), _APART, "dtype=object")
        arrays[name] = read_npy(content, name)
    return Contents(arrays)


def _npy(data: bytes) -> Contents:
    if b"'|O'" in data[:200]:
        raise InputError(_OBJECTS.format(".npy"), _APART, "dtype=object")
    return Contents({"W": read_npy(data, "W")})


RECORDS = (
    Format(
        "npz",
        Text("NumPy .npz", "NumPy .npz"),
        Text(
            "Arrays saved by numpy.savez: W1, b1, W2, b2 …, or *model.coefs_, *model.intercepts_ of scikit-learn.",
            "numpy.savez 保存的数组：W1、b1、W2、b2……，或 scikit-learn 的 *model.coefs_、*model.intercepts_。",
        ),
        (".npz",),
        _npz,
        lambda data: data.startswith(ZIP) and b".npy" in data[:300],
        order=1,
        in_order=True,
    ),
    Format(
        "npy",
        Text("NumPy .npy", "NumPy .npy"),
        Text("One matrix saved by numpy.save, as a single layer.", "numpy.save 保存的单个矩阵，作为一层。"),
        (".npy",),
        _npy,
        lambda data: data.startswith(_MAGIC),
        order=7,
    ),
)
