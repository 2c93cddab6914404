"""Every format of weights: files of other libraries come in number by number; anything else is reported."""

import json
import sys
from importlib.util import find_spec

import numpy as np
import pytest

from engine import InputError, Network
from engine.passes import trace
from engine.untrusted import MOST_BYTES
from engine.weights import FORMATS, read_weights, weight_readings
from engine.weights.files import format_of
from tests.engine.weights.brought import FILES
from tests.engine.weights.samples import ACTIVATIONS, ARRAYS, ENDINGS, NEEDS, TYPED, WRITERS, needed, network, written


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("name", WRITERS)
def test_every_number_comes_in(name, dtype):
    if name not in TYPED and dtype is np.float32:
        pytest.skip("a text does not tell such numbers from longer ones")
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


@pytest.mark.parametrize("name", WRITERS)
def test_a_path_does_as_well(name, tmp_path):
    net = network()
    path = tmp_path / f"Net{ENDINGS[name].upper()}"
    path.write_bytes(written(name, net))
    assert np.array_equal(read_weights(path).network(ACTIVATIONS).theta, net.theta)


@pytest.mark.parametrize("name", WRITERS)
def test_ten_layers_keep_their_order(name):
    net = Network.random((2,) * 13, ("tanh",) * 12, seed=3)
    data, file = written(name, net), f"net{ENDINGS[name]}"
    read = weight_readings(data, file)
    told = 1 if name in ("torch", "safetensors", "keras") else 2
    assert (read.told, len({weights.order for weights in read.found[: read.told]})) == (told, 1)
    layout = read.found[0].layout
    assert layout == ("in_out" if name == "keras" else "out_in")
    assert np.array_equal(read_weights(data, file, layout=layout).network(("tanh",) * 12).theta, net.theta)


@pytest.mark.parametrize("biased", [False, True])
@pytest.mark.parametrize("name", ARRAYS)
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


@pytest.mark.parametrize("name", [name for name in WRITERS if FORMATS[name].needs])
def test_a_missing_package_is_named(name, monkeypatch):
    for module in [NEEDS[name], f"{NEEDS[name]}.numpy"]:
        monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(InputError, match=f"requires the package {NEEDS[name]},.*pip install {NEEDS[name]}"):
        read_weights(b"", f"net{ENDINGS[name]}")


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("data", [b"", b"rubbish", bytes(1000), b"PK\x05\x06" + bytes(18)])
def test_rubbish_is_answered_with_a_sentence(name, data):
    pytest.importorskip(NEEDS[name])
    with pytest.raises(InputError) as told:
        read_weights(data, f"net{ENDINGS[name]}")
    assert told.value.sentence("zh") != told.value.sentence("en")


def test_what_is_no_file_of_weights_is_told_what_it_is_and_which_there_are():
    with pytest.raises(InputError, match=r"Expected: \.npz, \.safetensors, .*got: net\.png: a PNG image"):
        format_of(b"\x89PNG\r\n", "net.png")


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::UserWarning")
@pytest.mark.parametrize("name", FORMATS)
def test_a_format_is_known_by_what_its_files_hold(name):
    files = [file for file in FILES.values() if file.name.endswith(FORMATS[name].endings) and not file.refused]
    assert files
    for file in files:
        if all(map(find_spec, file.needs)) and "npz" not in file.name and not file.name.endswith(".gz"):
            assert format_of(file.write(), "model").name == name


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(InputError, match="cannot be opened"):
        read_weights(tmp_path / "none.npz")


def test_a_file_that_is_too_large(tmp_path):
    path = tmp_path / "large.npz"
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(InputError, match="too large"):
        read_weights(path)


def test_a_header_of_tensors_is_bounded():
    pytest.importorskip("safetensors")
    entries = {f"{i}.weight": {"dtype": "F32", "shape": [0], "data_offsets": [0, 0]} for i in range(30_000)}
    head = json.dumps(entries).encode()
    with pytest.raises(InputError, match="too large"):
        read_weights(len(head).to_bytes(8, "little") + head, "net.safetensors")
