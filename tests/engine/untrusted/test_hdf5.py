"""HDF5 files that lead out of themselves, or claim too much."""

import io

import numpy as np
import pytest

from engine import InputError
from engine.weights import read_weights


def h5(fill):
    h5py = pytest.importorskip("h5py")
    held = io.BytesIO()
    with h5py.File(held, "w") as file:
        fill(h5py, file)
    return held.getvalue()


@pytest.mark.parametrize(
    ("fill", "told"),
    [
        (lambda h5py, file: file.create_dataset("dense/vars/0", (10**6, 10**6), "f8", chunks=(100, 100)), "too large"),
        (lambda h5py, file: file.update({"dense": h5py.ExternalLink("/etc/hostname", "/")}), "points elsewhere"),
        (lambda h5py, file: file.update({"dense": h5py.SoftLink("/dense")}), "points elsewhere"),
        (lambda h5py, file: file.update({"dense": file}), "too large"),
        (lambda h5py, file: file.update({"dense/vars/0": "text"}), "in a format that cannot be read"),
        (lambda h5py, file: file.update({"embedding/vars/0": np.ones((4, 2))}), "embedding"),
        (
            lambda h5py, file: file.create_dataset("dense/vars/0", (4,), "u1", external=[("/etc/hostname", 0, 4)]),
            "not an array of numbers",
        ),
    ],
)
def test_an_hdf5_file_that_leads_out_of_itself_or_claims_too_much(fill, told):
    with pytest.raises(InputError, match=told):
        read_weights(h5(fill), "net.h5")
