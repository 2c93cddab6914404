"""Files of weights as bytes, unpacked within bounds: what a stranger's file claims is checked before it is believed."""

import io
import zipfile

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from engine.errors import InputError
from engine.text import Text

MOST_BYTES = 64 * 2**20  # of a file, and of all that is unpacked from it
MOST_ARRAYS, MOST_NUMBERS = 1_000, MOST_BYTES // 8
_MEGABYTES = MOST_BYTES // 2**20
SIZE_CAP = Text("at most {} MB, {:,} arrays and {:,} numbers", "至多 {} MB、{:,} 个数组、{:,} 个数").format(
    _MEGABYTES, MOST_ARRAYS, MOST_NUMBERS
)
_LONGEST_HEADER = 10_000


def too_large(received: object) -> InputError:
    """Return the complaint about a file that holds, or claims to hold, too much."""
    return InputError(Text("this file of weights is too large", "权重文件太大"), SIZE_CAP, received)


def unzipped(data: bytes) -> dict[str, bytes]:
    """Return the members of a zip archive; never more bytes than `MOST_BYTES`, whatever it claims.

    Raises
    ------
    InputError
        Where it is too large; `zipfile.BadZipFile` and the like where it is none.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
        size = sum(member.file_size for member in members)
        if size > MOST_BYTES or len(members) > MOST_ARRAYS:
            raise too_large(f"{len(members)} / {size:,} B")
        return {member.filename: archive.read(member) for member in members if not member.is_dir()}


def rezipped(members: dict[str, bytes]) -> bytes:
    """Return an archive of these members as they are, so that whoever reads it next finds what was checked here."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return held.getvalue()


def read_npy(data: bytes) -> NDArray:
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
    if dtype.hasobject or dtype.kind not in "biuf":
        raise InputError(Text("an array holds no numbers", "数组里不是数"), Text("plain numbers", "普通数值"), dtype)
    flat = np.frombuffer(data, dtype, offset=stream.tell())
    if any(n < 0 for n in shape):
        raise ValueError(shape)
    return flat.reshape(shape, order="F" if by_columns else "C")
