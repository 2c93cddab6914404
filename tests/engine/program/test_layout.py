import numpy as np
import pytest
from numpy.testing import assert_array_equal

from engine import Network
from engine.equations import Ref
from engine.program import program_for
from engine.program.layout import PARTS, layout

KINDS = {
    "plain": Network.random((3, 4, 2), ("tanh", "softmax"), seed=1),
    "normalized": Network.random((3, 4, 5, 2), ("tanh", "relu", "softmax"), seed=1, batch_norm=True),
    "dropped": Network.random((3, 4, 2), ("tanh", "softmax"), seed=1, dropout=0.5),
    "one neuron": Network.random((1, 1), ("linear",), seed=1),
}
every_kind = pytest.mark.parametrize("net", KINDS.values(), ids=KINDS)
LOSS = "quadratic"


def program_of(net, m=4):
    return program_for(net.architecture, LOSS, m)


def whole(places):
    """The places that are no part of another one, in the order in which they lie."""
    return sorted((place.part for name, place in places.items() if "|" in name.name or place.index is None), key=start)


def start(part):
    return part.start, part.stop


@every_kind
def test_the_record_is_full_and_nothing_in_it_lies_on_top_of_anything_else(net):
    laid = program_of(net).layout
    parts = whole({name: place for name, place in laid.record.items() if name != ("g", 0)})
    assert parts[0].start == 0
    assert [part.stop for part in parts[:-1]] == [part.start for part in parts[1:]]
    assert parts[-1].stop == laid.size


@every_kind
def test_the_parameters_are_cut_out_of_theta_as_views(net):
    laid, theta = program_of(net).layout, net.theta.copy()
    for l, layer in enumerate(net.layers, 1):
        for name in ("W", "b"):
            cut = laid.cut(Ref(name, l), theta, np.zeros(laid.size))
            assert_array_equal(cut, getattr(layer, name))
            assert np.shares_memory(cut, theta)


@every_kind
def test_gradients_lie_in_the_record_as_parameters_do_in_theta(net):
    laid = program_of(net).layout
    numbered = np.arange(float(laid.size))
    for name, place in laid.theta.items():
        gradient = laid.record.get(Ref(f"d{name.name}", name.layer))
        if gradient and "|" not in name.name:
            assert_array_equal(gradient.cut(numbered), place.cut(np.arange(float(len(net.theta)))))


@every_kind
@pytest.mark.parametrize("m", [2, 4])
def test_what_is_of_a_sample_has_a_column_for_each(net, m):
    laid, sizes = program_of(net, m).layout, net.architecture.sizes
    record = np.zeros(laid.size)
    for l, size in enumerate(sizes[1:], 1):
        for name in ("z", "a", "delta"):
            assert laid.cut(Ref(name, l), net.theta, record).shape == (size, m)
    assert laid.cut(Ref("a", 0), net.theta, record).shape == (sizes[0], m)
    assert laid.cut(Ref("y", len(sizes) - 1), net.theta, record).shape == (sizes[-1], m)
    assert laid.cut(Ref("C", len(sizes) - 1), net.theta, record).shape == ()


@every_kind
def test_of_a_stack_every_network_has_the_same_places(net):
    laid = program_of(net).layout
    records = np.random.default_rng(1).normal(size=(3, laid.size))
    for name, place in laid.record.items():
        for one, of_all in zip(records, place.cut(records), strict=True):
            alone = place.cut(one.reshape(1, -1))[0]
            assert_array_equal(of_all, alone, err_msg=str(name))


def test_a_part_is_cut_from_its_whole():
    net = KINDS["plain"]
    laid = layout(net.architecture, program_of(net).rules, 4)
    for name, (of, _) in PARTS.items():
        l = 1
        part, joined = (places.get(Ref(n, l)) for n in (name, of) for places in [{**laid.theta, **laid.record}])
        assert (part.part, part.shape) == (joined.part, joined.shape)
