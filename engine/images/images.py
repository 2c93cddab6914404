"""Images of digits as data: sets of a reader's own IDX files, MNIST from OpenML, and the shelf that holds both.

A set is large, so there is one of it in a process, read-only and in float32: trainings take views of it. Sets of files
are known by what is in them, so that nobody meets with another's by chance.
"""

import re
import warnings
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from weakref import WeakValueDictionary

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.core import InputError, Text, echo
from engine.images.digit_files import DIGITS, arrays_in, is_emnist, names_of

Rows = tuple[NDArray, NDArray]
PUBLISHED_SET = ""  # the key of the published set
_TRAINED_ON, _LARGEST = 60_000, 255
_MOST_KEPT, _MOST_BYTES = 3, 800 * 2**20
_UPRIGHT = Text(
    "EMNIST's images lie on their side in its files and were set upright.", "EMNIST 文件中的图像是转置的，已转正。"
)
_TEST_NAME = re.compile("t10k|test", re.IGNORECASE)
_FOUR = Text(
    "training images and labels, and test images and labels (file names containing t10k or test)",
    "训练用的图像与标签，以及测试集的图像与标签（文件名含 t10k 或 test）",
)
_MAPPING_AXES = 2
_GONE = Text("these images are not on this server", "这些图像不在本服务器上")
_LOAD = Text("images that have been fetched or uploaded since it was started", "服务器启动后获取或上传的图像")
_FULL = Text("this server cannot hold any more images", "服务器已无法容纳更多图像")
_LATER = Text("try again when others have finished", "等其他人用完后再试")
_NO_NETWORK = Text("MNIST could not be fetched from OpenML", "无法从 OpenML 获取 MNIST")
_NETWORK = Text(
    "a network that reaches www.openml.org, or the four IDX files", "能访问 www.openml.org 的网络，或四个 IDX 文件"
)


@dataclass(frozen=True, eq=False)
class Images:
    """A set of images.

    Attributes
    ----------
    x, y : ndarray of float32, of shape (n, rows · columns) and (n, 10)
        Pixels from 0 to 1, and a column for each class.
    names : tuple of str
        The names of the classes.
    shape : tuple of int
        Rows and columns of an image.
    test : tuple of ndarray, or None
        Rows x and y of a test set, which nobody trains on.
    said : tuple of Text
        Remarks on how the images were read.
    """

    x: NDArray
    y: NDArray
    shape: tuple[int, int]
    test: Rows | None = None
    names: tuple[str, ...] = tuple(DIGITS.values())
    said: tuple[Text, ...] = ()

    @property
    def size(self) -> int:
        """Memory of the set, in bytes."""
        return sum(array.nbytes for array in (self.x, self.y, *(self.test or ())))


def images_of(
    pixels: ArrayLike,
    labels: ArrayLike,
    test: tuple[ArrayLike, ArrayLike] | None = None,
    names: Mapping[int, str] = DIGITS,
) -> Images:
    """Return a set of pixels from 0 to 255, of shape (n, rows, columns), and of labels that have names."""
    values, found = np.asarray(pixels), tuple(names.values())
    tested = _rows(*test, names) if test else None
    return Images(*_rows(values, labels, names), (values.shape[1], values.shape[2]), tested, found)


def _rows(pixels: ArrayLike, labels: ArrayLike, names: Mapping[int, str]) -> Rows:
    values = np.asarray(pixels)
    x = np.divide(values.reshape(len(values), -1), _LARGEST, dtype=np.float32)
    y = (np.asarray(labels)[:, np.newaxis] == np.array([*names])).astype(np.float32)
    for array in (x, y):
        array.setflags(write=False)
    return x, y


def read_images(files: Mapping[str, bytes]) -> Images:
    """Return the image set in files by their names: of images and labels, and perhaps of those of a test set.

    A file that maps labels to letters names the classes; so do the names of EMNIST's files.

    Raises
    ------
    InputError
        Where one of them cannot be read, one is missing, or they do not go together.
    """
    found: dict[tuple[bool, bool], tuple[str, NDArray]] = {}
    mapped: dict[int, str] = {}
    for name, content in files.items():
        for each, array in arrays_in(name, content):
            if array.ndim == _MAPPING_AXES:
                mapped |= {label: echo(chr(letter)) for label, letter in sorted(array.tolist())}
                continue
            part = bool(_TEST_NAME.search(Path(each).name)), array.ndim == 3
            if part in found:
                problem = Text("two files for the same part", "两个文件内容类别相同")
                raise InputError(problem, _FOUR, f"{found[part][0]}, {each}")
            found[part] = each, array
    parts = [_pair(found, test) for test in (False, True) if not test or any(key[0] for key in found)]
    if len({pixels.shape[1:] for pixels, _ in parts}) > 1:
        sizes = ", ".join("{} × {}".format(*pixels.shape[1:]) for pixels, _ in parts)
        problem = Text("the images of the test set have a different size", "测试集图像的大小不同")
        raise InputError(problem, Text("images of one size", "大小相同的图像"), sizes)
    names = names_of([labels for _, labels in parts], mapped, [name for name, _ in found.values()])
    images = images_of(*parts[0], parts[1] if len(parts) > 1 else None, names)
    return replace(images, said=(_UPRIGHT,)) if any(map(is_emnist, [name for name, _ in found.values()])) else images


def _pair(found: Mapping[tuple[bool, bool], tuple[str, NDArray]], test: bool) -> Rows:
    """Return the images and labels of one part."""
    missing = [kind for kind in (True, False) if (test, kind) not in found]
    if missing:
        raise InputError(Text("a file is missing", "缺少文件"), _FOUR, ", ".join(name for name, _ in found.values()))
    (images, pixels), (_, labels) = found[test, True], found[test, False]
    if len(pixels) != len(labels):
        problem = Text("the numbers of labels and images differ", "标签数与图像数不同")
        raise InputError(problem, Text("{:,} labels", "{:,} 个标签").format(len(pixels)), f"{len(labels):,}")
    return (pixels.swapaxes(1, 2) if is_emnist(images) else pixels), labels


def fetch_mnist(folder: str | None = None) -> Images:
    """Return MNIST, by scikit-learn from OpenML, or from its folder where it has been fetched before.

    Raises
    ------
    InputError
        Where it cannot be reached.
    """
    from sklearn.datasets import fetch_openml  # noqa: PLC0415

    parser = "pandas" if find_spec("pandas") else "liac-arff"
    try:
        with warnings.catch_warnings(action="ignore"):  # of another try
            got = fetch_openml("mnist_784", version=1, as_frame=False, parser=parser, data_home=folder, n_retries=1)
    except (OSError, ValueError) as error:
        raise InputError(_NO_NETWORK, _NETWORK, getattr(error, "reason", error)) from None
    side = round(np.sqrt(got.data.shape[1]))
    pixels, labels = got.data.reshape(-1, side, side), got.target.astype(int)
    cut = min(_TRAINED_ON, len(pixels) * _TRAINED_ON // 70_000)
    return images_of(pixels[:cut], labels[:cut], (pixels[cut:], labels[cut:]))


def fetched_bytes(folder: str | None = None) -> int:
    """The number of bytes from OpenML that are in scikit-learn's folder by now."""
    from sklearn.datasets import get_data_home  # noqa: PLC0415

    return sum(map(_size, Path(get_data_home(folder), "openml").rglob("*")))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size if path.is_file() else 0
    except OSError:  # what is being fetched is renamed in the end
        return 0


class Shelf:
    """The sets of images of this process: the published one, and the latest few of readers' own.

    All sessions share it: any thread may call any method at any time. Sets are put there under a lock, looked up in a
    single step, and never change.
    """

    def __init__(self, most: int = _MOST_KEPT, most_bytes: int = _MOST_BYTES) -> None:
        self._most, self._most_bytes, self._lock = most, most_bytes, Lock()
        self._kept: OrderedDict[str, Images] = OrderedDict()
        self._in_use: WeakValueDictionary[str, NDArray] = WeakValueDictionary()  # also what trainings still look at

    def put(self, images: Images, key: str | None = None) -> str:
        """Put a set on the shelf, and return its key: that of its content unless given.

        Raises
        ------
        InputError
            Where the memory for it is taken.
        """
        key = _digest(images) if key is None else key
        with self._lock:
            if key not in self._kept:
                self._make_room(images.size)
                self._kept[key], self._in_use[key] = images, images.x
            self._kept.move_to_end(key)
        return key

    def _make_room(self, size: int) -> None:
        own = [key for key in self._kept if key != PUBLISHED_SET]
        for key in own[: max(0, len(own) + 1 - self._most)]:
            del self._kept[key]
        if sum(array.nbytes for array in self._in_use.values()) + size > self._most_bytes:
            raise InputError(_FULL, _LATER, f"{size / 2**20:.0f} MiB")

    def get(self, key: str) -> Images:
        """Return the set of images under a key.

        Raises
        ------
        InputError
            Where it is not, or no longer, here.
        """
        found = self.find(key)
        if found is None:
            raise InputError(_GONE, _LOAD, key or "MNIST")
        return found

    def find(self, key: str) -> Images | None:
        """Return the set of images under a key; None where it is not, or no longer, here."""
        return self._kept.get(key)

    def has(self, key: str) -> bool:
        """Return whether a set is here now; another reader's may take its place before it is asked for."""
        return key in self._kept


def _digest(images: Images) -> str:
    found = sha256(f"{images.shape} {images.names}".encode())
    for array in (images.x, images.y, *(images.test or ())):
        found.update(array)
    return found.hexdigest()[:16]


SHELF = Shelf()
