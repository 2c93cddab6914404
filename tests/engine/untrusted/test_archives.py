"""Archives of weights: what claims or unpacks to too much, and what no float can hold."""

import io
import tracemalloc
import zipfile

import numpy as np
import pytest

from engine import InputError
from engine.untrusted.archives import MOST_ARRAYS, MOST_BYTES, unzipped
from engine.weights import read_weights
from tests.engine.weights.samples import ARRAYS, ENDINGS, needed


def zipped(members, kind=zipfile.ZIP_DEFLATED):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", kind) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return held.getvalue()


def header(shape, kind="<f8"):
    text = repr({"descr": kind, "fortran_order": False, "shape": shape}).encode().ljust(117) + b"\n"
    return b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (bytes(MOST_BYTES + 1), "too large"),  # a bomb: 64 kB that unpack to 64 MB
        (header((10**6, 10**6)), "cannot be read"),  # claims 8 TB
        (header((-1, 2)) + bytes(16), "cannot be read"),
        (header((1,), "|O") + bytes(8), "contains Python objects"),  # a pickle
        (header((2, 2), "<f8")[:-40], "cannot be read"),
    ],
)
def test_an_archive_that_claims_or_unpacks_to_too_much(content, told):
    with pytest.raises(InputError, match=told):
        read_weights(zipped({"W.npy": content}), "net.npz")


@pytest.mark.parametrize("name", ["npz", "torch"])
def test_no_more_is_unpacked_than_is_claimed(name):
    """A member claims 100 bytes, and has 200 MB: it is not unpacked to be found out."""
    content = zipped({{"npz": "W1.npy", "torch": "archive/data.pkl"}[name]: bytes(200 * 2**20)})
    claimed, real = (n.to_bytes(4, "little") for n in (100, 200 * 2**20))
    assert content.count(real) == 2
    lying = content.replace(real, claimed)
    tracemalloc.start()
    with pytest.raises(zipfile.BadZipFile):
        unzipped(lying)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 2**20
    with pytest.raises(InputError, match="cannot be read"):
        read_weights(lying, f"net{ENDINGS[name]}")


def test_what_cannot_be_unpacked_bit_by_bit_is_not_unpacked():
    for kind in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        with pytest.raises(InputError, match="compression"):
            read_weights(zipped({"W1.npy": bytes(100)}, kind), "net.npz")


def test_members_are_counted_before_they_are_listed():
    many = zipped({f"{i}": b"" for i in range(MOST_ARRAYS + 1)})
    with pytest.raises(InputError, match=r"too large.*1,001 members"):
        read_weights(many, "net.npz")


def test_numpy_s_other_orders_and_types_come_in():
    W = np.arange(6).reshape(2, 3)
    for array in (np.asfortranarray(W), W.astype(">i4"), W.astype(np.float16), W.T.copy().T):
        held = io.BytesIO()
        np.savez_compressed(held, W1=array, b1=np.zeros(2))
        assert np.array_equal(read_weights(held.getvalue(), "a.npz").network(["linear"]).layers[0].W, W)


REFUSED = {
    "complex": np.array([[1 + 2j, 3]]),
    "truth values": np.array([[True, False]]),
    "text": np.array([["a", "b"]]),
    "bytes": np.array([[b"a", b"b"]]),
    "objects": np.array([[None, 1]]),
    "large whole numbers": np.array([[2**53 + 1, 1]]),
    "small whole numbers": np.array([[-(2**60), 1]]),
    "unsigned": np.array([[2**64 - 1, 1]], np.uint64),
    "long floats": np.array([[1, 2]], np.longdouble),
    "dates": np.array([["2020-01-01"]], "M8[D]"),
}


@pytest.mark.filterwarnings("ignore::UserWarning")  # of h5py
@pytest.mark.parametrize("kind", REFUSED)
@pytest.mark.parametrize("name", ARRAYS)
def test_what_no_float_can_hold_is_refused_and_never_converted(name, kind):
    needed(name)
    try:
        data = ARRAYS[name]({"0.weight": REFUSED[kind]})
    except Exception as error:
        pytest.skip(f"such a file cannot be written: {error}")
    with pytest.raises(InputError, match=r"cannot be (opened|read)|a plain state_dict"):
        read_weights(data, f"net{ENDINGS[name]}")


@pytest.mark.parametrize("kind", ["complex64", "complex128", "bool"])
@pytest.mark.parametrize("name", ARRAYS)
def test_numbers_that_are_not_real_are_named(name, kind):
    needed(name)
    if name == "safetensors" and kind == "complex128":
        pytest.skip("the format has no such numbers")
    with pytest.raises(
        InputError, match=f"(weight|kernel) contains numbers in a format that cannot be read.*got: .*{kind}"
    ):
        read_weights(ARRAYS[name]({"weight": np.ones((2, 2), kind)}), f"net{ENDINGS[name]}")


@pytest.mark.parametrize("kind", ["float16", "float32", "float64", "int8", "int64", "uint8"])
@pytest.mark.parametrize("name", ARRAYS)
def test_every_plain_number_is_kept_exactly(name, kind):
    needed(name)
    W = np.array([[0, 1, 100], [2**10, 3, 7]]).astype(kind) if kind[-1] != "8" else np.array([[0, 1, 100]], kind)
    weights = read_weights(ARRAYS[name]({"a.weight": W, "a.bias": np.zeros(len(W))}), f"net{ENDINGS[name]}")
    assert np.array_equal(weights.network(["linear"]).layers[0].W, W.astype(float))
