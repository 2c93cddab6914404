"""Every format of weights: what other libraries wrote comes in number by number; what is none of it is told."""

import io
import sys
import zipfile

import numpy as np
import pytest

from engine import InputError, Network
from engine.weights import FORMATS, read_weights
from engine.weights.archives import MOST_BYTES
from engine.weights.formats import format_of
from tests.engine.weights.samples import ACTIVATIONS, ENDINGS, NEEDS, network, written


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("name", FORMATS)
def test_every_number_comes_in(name, dtype):
    net = network(dtype=dtype)
    weights = read_weights(written(name, net), f"net{ENDINGS[name]}")
    assert weights.sizes == net.sizes
    assert weights.activations == (None,) * 3
    assert not weights.either_way
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
    weights = read_weights(written(name, net), f"net{ENDINGS[name]}")
    assert weights.either_way
    assert np.array_equal(weights.network(("tanh",) * 12).theta, net.theta)


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


def zipped(members):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
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
        (header((1,), "|O") + bytes(8), "no numbers"),  # a pickle
        (header((1,), "<U4") + bytes(16), "no numbers"),
        (header((2, 2), "<f8")[:-40], "cannot be read"),
    ],
)
def test_an_archive_that_claims_or_unpacks_to_too_much(content, told):
    with pytest.raises(InputError, match=told):
        read_weights(zipped({"W.npy": content}), "net.npz")


def test_numpy_s_other_orders_and_types_come_in():
    W = np.arange(6).reshape(2, 3)
    for array in (np.asfortranarray(W), W.astype(">i4"), W.astype(np.float16), W.T.copy().T):
        held = io.BytesIO()
        np.savez_compressed(held, W1=array, b1=np.zeros(2))
        assert np.array_equal(read_weights(held.getvalue(), "a.npz").network(["linear"]).layers[0].W, W)


class Asks:
    """What a pickle that means harm looks like: it asks for a call."""

    def __init__(self, *call):
        self.call = call

    def __reduce__(self):
        return self.call


@pytest.mark.parametrize("call", [(bytearray, (10**11,)), (print, ("executed",)), (eval, ("1/0",))])
def test_a_pickle_that_asks_for_more_than_tensors_is_refused(call, capsys):
    torch = pytest.importorskip("torch")
    held = io.BytesIO()
    torch.save({"0.weight": Asks(*call)}, held)
    with pytest.raises(InputError, match="no plain state_dict"):
        read_weights(held.getvalue(), "net.pt")
    assert capsys.readouterr().out == ""


def test_a_tensor_that_repeats_what_is_stored_once_is_too_large():
    torch = pytest.importorskip("torch")
    held = io.BytesIO()
    torch.save({"0.weight": torch.zeros(1).expand(10**6, 10**6)}, held)
    with pytest.raises(InputError, match="too large"):
        read_weights(held.getvalue(), "net.pt")


def test_the_old_files_of_pytorch_and_whole_models_are_refused():
    torch = pytest.importorskip("torch")
    for saved, new in ((torch.nn.Linear(2, 1).state_dict(), False), (torch.nn.Linear(2, 1), True)):
        held = io.BytesIO()
        torch.save(saved, held, _use_new_zipfile_serialization=new)
        with pytest.raises(InputError):
            read_weights(held.getvalue(), "net.pt")


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
        (lambda h5py, file: file.update({"dense/vars/0": "text"}), "no array of numbers"),
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
