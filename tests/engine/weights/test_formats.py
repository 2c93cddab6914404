"""Every format of weights: files of other libraries come in number by number; anything else is reported."""

import io
import json
import sys
import tracemalloc
import zipfile

import numpy as np
import pytest

from engine import InputError, Network
from engine.passes import trace
from engine.weights import FORMATS, read_weights, weight_readings
from engine.weights.archives import MOST_ARRAYS, MOST_BYTES, unzipped
from engine.weights.formats import format_of
from tests.engine.weights.samples import ACTIVATIONS, ARRAYS, ENDINGS, NEEDS, needed, network, written


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("name", FORMATS)
def test_every_number_comes_in(name, dtype):
    net = network(dtype=dtype)
    weights = read_weights(written(name, net), f"net{ENDINGS[name]}")
    assert weights.sizes == net.sizes
    assert weights.activations == (None,) * 3
    assert len(weights.said) == 2
    read = weights.network(ACTIVATIONS)
    assert read.architecture.dtype == dtype
    assert np.array_equal(read.theta, net.theta)
    X = np.random.default_rng(1).normal(size=(4, 3)).astype(dtype)
    assert np.array_equal(read.predict(X), net.predict(X))


@pytest.mark.parametrize("name", FORMATS)
def test_a_path_does_as_well(name, tmp_path):
    net = network()
    path = tmp_path / f"Net{ENDINGS[name].upper()}"
    path.write_bytes(written(name, net))
    assert np.array_equal(read_weights(path).network(ACTIVATIONS).theta, net.theta)


@pytest.mark.parametrize("name", FORMATS)
def test_ten_layers_keep_their_order(name):
    net = Network.random((2,) * 13, ("tanh",) * 12, seed=3)
    data, file = written(name, net), f"net{ENDINGS[name]}"
    read = weight_readings(data, file)
    assert (read.told, len({weights.order for weights in read.found[: read.told]})) == (2 if name == "npz" else 1, 1)
    layout = read.found[0].layout
    assert layout == ("in_out" if name == "keras" else "out_in")
    assert np.array_equal(read_weights(data, file, layout=layout).network(("tanh",) * 12).theta, net.theta)


@pytest.mark.parametrize("biased", [False, True])
@pytest.mark.parametrize("name", FORMATS)
def test_an_autoencoder_begins_with_its_encoder(name, biased):
    needed(name)
    rng = np.random.default_rng(3)
    arrays = {"decoder.weight": rng.normal(size=(4, 2)), "encoder.weight": rng.normal(size=(2, 4))}
    arrays |= {"decoder.bias": rng.normal(size=4), "encoder.bias": rng.normal(size=2)} if biased else {}
    weights = read_weights(ARRAYS[name](arrays), f"net{ENDINGS[name]}")
    assert weights.sizes == (4, 2, 4)
    assert np.array_equal(weights.parts[0].W, arrays["encoder.weight"])
    assert np.array_equal(weights.parts[1].W, arrays["decoder.weight"])


def test_mazur_s_network_under_plain_names_costs_what_he_printed():
    W1, W2 = [[0.15, 0.2], [0.25, 0.3]], [[0.4, 0.45], [0.5, 0.55]]
    file = ARRAYS["npz"]({"W_input_hidden": W1, "b_hidden": [0.35] * 2, "W_hidden_output": W2, "b_output": [0.6] * 2})
    read = weight_readings(file, "net.npz")
    costs = [
        trace(weights.network(["sigmoid"] * 2), [0.05, 0.1], [0.01, 0.99], "quadratic").loss
        for weights in read.found[: read.told]
    ]
    assert costs[0] == pytest.approx(0.298371109, abs=5e-10)
    assert len(costs) == 2  # the other with the columns for neurons
    assert read_weights(file, "net.npz", layout="out_in").said == read_weights(file, "net.npz", layout="in_out").said


@pytest.mark.parametrize("name", [name for name, record in FORMATS.items() if record.needs])
def test_a_missing_package_is_named(name, monkeypatch):
    for module in [NEEDS[name], f"{NEEDS[name]}.numpy"]:
        monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(InputError, match=f"the package {NEEDS[name]} is needed.*pip install {NEEDS[name]}"):
        read_weights(b"", f"net{ENDINGS[name]}")


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("data", [b"", b"rubbish", bytes(1000), b"PK\x05\x06" + bytes(18)])
def test_rubbish_is_answered_with_a_sentence(name, data):
    pytest.importorskip(NEEDS[name])
    with pytest.raises(InputError) as told:
        read_weights(data, f"net{ENDINGS[name]}")
    assert told.value.sentence("zh") != told.value.sentence("en")


def test_another_ending_is_answered_with_those_there_are():
    with pytest.raises(InputError, match=r"allowed: \.npz, \.safetensors, \.pt, \.pth, \.weights\.h5, \.h5"):
        format_of("net.pkl")


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(InputError, match="cannot be opened"):
        read_weights(tmp_path / "none.npz")


def test_a_file_that_is_too_large(tmp_path):
    path = tmp_path / "large.npz"
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(InputError, match="too large"):
        read_weights(path)


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
        (header((1,), "|O") + bytes(8), "cannot be taken as they are"),  # a pickle
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


def test_a_header_of_tensors_is_bounded():
    pytest.importorskip("safetensors")
    entries = {f"{i}.weight": {"dtype": "F32", "shape": [0], "data_offsets": [0, 0]} for i in range(30_000)}
    head = json.dumps(entries).encode()
    with pytest.raises(InputError, match="too large"):
        read_weights(len(head).to_bytes(8, "little") + head, "net.safetensors")


def test_numpy_s_other_orders_and_types_come_in():
    W = np.arange(6).reshape(2, 3)
    for array in (np.asfortranarray(W), W.astype(">i4"), W.astype(np.float16), W.T.copy().T):
        held = io.BytesIO()
        np.savez_compressed(held, W1=array, b1=np.zeros(2))
        assert np.array_equal(read_weights(held.getvalue(), "a.npz").network(["linear"]).layers[0].W, W)


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
        (lambda h5py, file: file.update({"dense": h5py.ExternalLink("/etc/hostname", "/")}), "leads elsewhere"),
        (lambda h5py, file: file.update({"dense": h5py.SoftLink("/dense")}), "leads elsewhere"),
        (lambda h5py, file: file.update({"dense": file}), "too large"),
        (lambda h5py, file: file.update({"dense/vars/0": "text"}), "cannot be taken as they are"),
        (lambda h5py, file: file.update({"embedding/vars/0": np.ones((4, 2))}), "embedding"),
        (
            lambda h5py, file: file.create_dataset("dense/vars/0", (4,), "u1", external=[("/etc/hostname", 0, 4)]),
            "no array of numbers",
        ),
    ],
)
def test_an_hdf5_file_that_leads_out_of_itself_or_claims_too_much(fill, told):
    with pytest.raises(InputError, match=told):
        read_weights(h5(fill), "net.h5")


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
@pytest.mark.parametrize("name", FORMATS)
def test_what_no_float_can_hold_is_refused_and_never_converted(name, kind):
    needed(name)
    try:
        data = ARRAYS[name]({"0.weight": REFUSED[kind]})
    except Exception as error:
        pytest.skip(f"such a file cannot be written: {error}")
    with pytest.raises(InputError, match=r"cannot be (taken as they are|read)|no plain state_dict"):
        read_weights(data, f"net{ENDINGS[name]}")


@pytest.mark.parametrize("kind", ["complex64", "complex128", "bool"])
@pytest.mark.parametrize("name", FORMATS)
def test_numbers_that_are_not_real_are_named(name, kind):
    needed(name)
    if name == "safetensors" and kind == "complex128":
        pytest.skip("the format has no such numbers")
    with pytest.raises(
        InputError, match=f"(weight|kernel) holds numbers that cannot be taken as they are.*received: .*{kind}"
    ):
        read_weights(ARRAYS[name]({"weight": np.ones((2, 2), kind)}), f"net{ENDINGS[name]}")


@pytest.mark.parametrize("kind", ["float16", "float32", "float64", "int8", "int64", "uint8"])
@pytest.mark.parametrize("name", FORMATS)
def test_every_plain_number_is_kept_exactly(name, kind):
    needed(name)
    W = np.array([[0, 1, 100], [2**10, 3, 7]]).astype(kind) if kind[-1] != "8" else np.array([[0, 1, 100]], kind)
    weights = read_weights(ARRAYS[name]({"a.weight": W, "a.bias": np.zeros(len(W))}), f"net{ENDINGS[name]}")
    assert np.array_equal(weights.network(["linear"]).layers[0].W, W.astype(float))
