"""Archives of weights as bytes, unpacked within bounds: a stranger's claims are checked before they are believed.

What is no plain real number is refused wherever it comes from, and so is what a float could not hold exactly.
"""

import io
import zipfile

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from engine.core import InputError, Text, echo

MOST_BYTES = 64 * 2**20  # of a file, and of all that is unpacked from it
MOST_ARRAYS, MOST_NUMBERS = 1_000, MOST_BYTES // 8
_MEGABYTES = MOST_BYTES // 2**20
SIZE_CAP = Text("at most {} MB, {:,} arrays and {:,} numbers", "至多 {} MB、{:,} 个数组、{:,} 个数").format(
    _MEGABYTES, MOST_ARRAYS, MOST_NUMBERS
)
Arrays = dict[str, NDArray]
_LONGEST_HEADER = 10_000
_ENTRY = b"PK\x01\x02"  # begins the entry of a member in the list of a zip archive
_WHOLE = 2**53  # as far as a float holds every whole number
_NUMBERS = Text("real numbers of up to 64 bits, whole ones up to 2⁵³", "不超过 64 位的实数，其中整数的绝对值不超过 2⁵³")


def too_large(received: object) -> InputError:
    """Return the error about a file that holds, or claims to hold, too much."""
    return InputError(Text("the weight file is too large", "权重文件太大"), SIZE_CAP, received)


def unzipped(data: bytes) -> dict[str, bytes]:
    """Return the members of a zip archive; never more bytes than `MOST_BYTES`, whatever it claims.

    Raises
    ------
    InputError
        Where it is too large; `zipfile.BadZipFile` and the like where it is none.
    """
    if data.count(_ENTRY) > MOST_ARRAYS:
        raise too_large(f"{data.count(_ENTRY):,} members")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = [member for member in archive.infolist() if not member.is_dir()]
        size = sum(member.file_size for member in members)
        if size > MOST_BYTES:
            raise too_large(f"{len(members)} / {size:,} B")
        return {member.filename: _unpacked(archive, member) for member in members}


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """Return a member, no more of it than it says that it has: `ZipFile.read` would unpack all there is."""
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):  # the others cannot be stopped midway
        raise zipfile.BadZipFile(f"compression {member.compress_type}")
    with archive.open(member) as stream:
        return stream.read(member.file_size)


def read_npy(data: bytes, name: str = "") -> NDArray:
    """Return the array of a .npy file without unpickling anything.

    `numpy.load` allocates what the header claims before it looks how much there is; here both have to agree first.

    Raises
    ------
    InputError
        Where it holds something other than numbers; `ValueError` where it cannot be read.
    """
    stream = io.BytesIO(data)
    version = npy.read_magic(stream)
    read = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}.get(version)
    if read is None:
        raise ValueError(version)
    shape, by_columns, dtype = read(stream, max_header_size=_LONGEST_HEADER)
    check_type(name, dtype)
    flat = np.frombuffer(data, dtype, offset=stream.tell())
    if any(n < 0 for n in shape):
        raise ValueError(shape)
    return flat.reshape(shape, order="F" if by_columns else "C")


def check_type(name: str, dtype: np.dtype) -> None:
    """Raise `InputError` where an array holds no real numbers: text, objects, truth values, complex, longer ones."""
    if dtype.kind not in "iuf" or dtype.itemsize > np.dtype(np.float64).itemsize:
        raise InputError(_no_numbers(name), _NUMBERS, dtype)


def check_numbers(name: str, array: NDArray) -> None:
    """Raise `InputError` where an array holds something that no float can hold exactly."""
    check_type(name, array.dtype)
    if array.dtype.kind in "iu" and array.size:
        largest = max(int(array.max()), -int(array.min()))
        if largest > _WHOLE:
            raise InputError(_no_numbers(name), _NUMBERS, largest)


def _no_numbers(name: str) -> Text:
    return Text("{} contains numbers in a format that cannot be read", "{} 中数的存储格式无法读取").format(echo(name))
