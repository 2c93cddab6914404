"""A state_dict of PyTorch comes in as it is, and a pickle makes nothing but arrays."""

import contextlib
import io
import threading
import time
from itertools import pairwise

import numpy as np
import pytest

from engine import InputError
from engine.untrusted import apart, pickled
from engine.weights import read_weights
from tests.engine.weights.samples import nested_tuples


class Asks:
    """A pickle that means harm: it asks for a call."""

    def __init__(self, *call):
        self.call = call

    def __reduce__(self):
        return self.call


@pytest.mark.parametrize("call", [(bytearray, (10**11,)), (print, ("executed",)), (eval, ("1/0",))])
def test_a_pickle_that_asks_for_more_than_tensors_is_refused(call, capsys):
    torch = pytest.importorskip("torch")
    held = io.BytesIO()
    torch.save({"0.weight": Asks(*call)}, held)
    with pytest.raises(InputError, match="not contain a plain state_dict"):
        read_weights(held.getvalue(), "net.pt")
    assert capsys.readouterr().out == ""


def test_a_tensor_that_repeats_what_is_stored_once_is_too_large():
    torch = pytest.importorskip("torch")
    held = io.BytesIO()
    torch.save({"0.weight": torch.zeros(1).expand(10**6, 10**6)}, held)
    with pytest.raises(InputError, match="too large"):
        read_weights(held.getvalue(), "net.pt")


def test_a_pickle_without_an_end_stops_nobody(monkeypatch):
    """Hashing one of its keys takes 2^31 steps in C, during which no other thread of that process runs.

    The dictionary is thrown away for an empty one at once: whoever has had the time to hash the key would write it.
    """
    monkeypatch.setattr(apart, "SECONDS", 1)
    ticks = []
    with beating(ticks), pytest.raises(InputError, match="got: > 1 s"):
        read_weights(nested_tuples(31, b"0}."), "net.pt")
    assert max(after - before for before, after in pairwise(ticks)) < 10  # these steps take 25 s; a machine may be busy


@contextlib.contextmanager
def beating(ticks):
    """A thread that notes the time every few milliseconds, as other sessions of a server would."""
    ended = threading.Event()

    def beat():
        while not ended.wait(0.01):
            ticks.append(time.monotonic())

    thread = threading.Thread(target=beat)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


@pytest.mark.parametrize("new", [False, True])
def test_whole_models_are_refused_and_no_class_of_them_is_imported(new):
    torch = pytest.importorskip("torch")
    held = io.BytesIO()
    torch.save(torch.nn.Linear(2, 1), held, _use_new_zipfile_serialization=new)
    with pytest.raises(InputError, match=r"whole model.*torch\.nn\.modules\.linear\.Linear"):
        read_weights(held.getvalue(), "net.pt")


@pytest.mark.parametrize("claimed", [2**62, 10**9, 4])
def test_a_file_of_the_old_kind_that_claims_more_numbers_than_it_has(claimed):
    torch = pytest.importorskip("torch")
    held = io.BytesIO()
    torch.save({"0.weight": torch.ones(1, 3)}, held, _use_new_zipfile_serialization=False)
    count, data = (3).to_bytes(8, "little"), held.getvalue()
    assert data.count(count) == 1
    with pytest.raises(InputError, match="cannot be read"):
        read_weights(data.replace(count, claimed.to_bytes(8, "little")), "net.pt")


def test_views_and_parameters_of_pytorch_come_in_as_they_are():
    torch = pytest.importorskip("torch")
    stored = torch.arange(40.0)
    views = stored[7:31].view(4, 6).T[1:, ::2], torch.nn.Parameter(stored[:6].view(2, 3)), stored[:1].expand(5, 4)
    for view in views:
        held = io.BytesIO()
        torch.save({"state_dict": {"0.weight": view, "0.bias": torch.zeros(len(view))}, "epoch": 3}, held)
        assert np.array_equal(read_weights(held.getvalue(), "net.pth").parts[0].W, view.detach().numpy())


@pytest.mark.parametrize(
    ("offset", "shape", "steps"),
    [(1, (4,), (1,)), (-1, (1,), (1,)), (0, (2, 2), (3, 1)), (0, (2,), (-1,)), (0, (2, 2), (1,)), (0, (-1,), (1,))],
)
def test_a_tensor_reaches_no_further_than_what_is_stored(offset, shape, steps):
    reader = pickled._Unpickler(io.BytesIO(), {})
    with pytest.raises(ValueError):  # noqa: PT011  # an answer of the process apart
        reader._tensor(np.zeros(4), offset, shape, steps)
    assert reader._tensor(np.arange(4), 0, np.array([2, 2]), (1, 2)).tolist() == [[0, 2], [1, 3]]


def test_short_floats_of_pytorch_are_kept_exactly():
    torch = pytest.importorskip("torch")
    for kind in (torch.bfloat16, torch.float16):
        held, W = io.BytesIO(), torch.tensor([[1.5, -0.0078125], [3.0, 1e-3]]).to(kind)
        torch.save({"0.weight": W, "0.bias": torch.zeros(2)}, held)
        assert np.array_equal(read_weights(held.getvalue(), "net.pt").parts[0].W, W.double().numpy())
