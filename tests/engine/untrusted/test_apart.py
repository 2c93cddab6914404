"""A file that crashes, stalls or bloats its reader is answered with a sentence."""

import contextlib
import gzip
from pathlib import Path

import pytest

from engine import InputError
from engine.untrusted import apart
from engine.weights import read_weights


def test_a_file_that_crashes_its_library_does_not_take_us_along():
    """The file was found by tampering with a good one: HDF5 2.0 ends with a fault of memory."""
    pytest.importorskip("h5py")
    with contextlib.suppress(InputError):  # another version may find out in time
        read_weights(gzip.decompress((Path(__file__).parent / "damaged.h5.gz").read_bytes()), "net.h5")


def test_two_files_at_most_are_read_apart_at_once(monkeypatch):
    pytest.importorskip("h5py")
    monkeypatch.setattr(apart, "_ALL_SECONDS", 0.01)
    with apart._AT_ONCE, apart._AT_ONCE, pytest.raises(InputError, match="too many files"):
        read_weights(b"", "net.h5")
    with pytest.raises(InputError, match="cannot be read"):
        read_weights(b"", "net.h5")
