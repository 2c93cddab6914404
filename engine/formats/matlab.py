"""MATLAB's and Octave's .mat files, of any version."""

from engine.core import Text
from engine.formats.record import Contents, Format, contents_of
from engine.untrusted import read_apart

_HDF5 = b"MATLAB 7.3"


def _matlab(data: bytes) -> Contents:
    reader = ("hdf5", data, "h5py") if data.startswith(_HDF5) else ("matlab", data, "scipy")
    return contents_of(*read_apart(*reader))


MATLAB = Format(
    "matlab",
    Text("MATLAB .mat", "MATLAB .mat"),
    Text(
        "Matrices of MATLAB or of Octave with -v7: W1, b1 …, or Theta1, Theta2 with the biases in their first column.",
        "MATLAB 或 Octave（-v7）保存的矩阵：W1、b1……，或偏置在第一列的 Theta1、Theta2。",
    ),
    (".mat",),
    _matlab,
    lambda data: data.startswith(b"MATLAB"),
    order=5,
    needs="scipy",
    in_order=True,
)
