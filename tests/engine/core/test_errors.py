import contextlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from engine import Dense, InputError, Network, Text
from engine.core import echo, first_few, lookup, names
from engine.passes import trace

NET = Network.random((2, 3, 2), ("tanh", "sigmoid"), seed=1)
SOFT = Network.random((2, 3, 2), ("tanh", "softmax"), seed=1)
SMALL = NET.astype(np.float32)
X, Y = [0.5, -1.0], [0.0, 1.0]
NAN, INF, HUGE = float("nan"), float("inf"), 10**400


def dense(W=((1.0, 2.0),), b=(0.5,), activation="tanh"):
    return lambda: Dense(W, b, activation)


def random(sizes=(2, 3, 1), activations=("tanh", "sigmoid"), **options):
    return lambda: Network.random(sizes, activations, **options)


def traced(x=X, y=Y, loss="quadratic", net=NET, **options):
    return lambda: trace(net, x, y, loss, **options)


def updated(rate, **options):
    return traced(optimizer="sgd", learning_rate=rate, **options)


CALLS = {
    "W ragged": (dense(W=[[1], [2, 3]]), "W is not numeric", "[[1], [2, 3]]"),
    "W text": (dense(W=[["a", 1]]), "W is not numeric", "a"),
    "W flat": (dense(W=[1, 2]), "matrix", "(n_out, n_in)", "(2,)"),
    "W a number": (dense(W=1.0), "matrix", "()"),
    "W of three axes": (dense(W=np.ones((1, 1, 1))), "matrix", "(1, 1, 1)"),
    "W empty": (dense(W=np.ones((0, 2)), b=[]), "matrix", "(0, 2)"),
    "W NaN": (dense(W=[[1, NAN]]), "W has a value at [0, 1]", "finite", "nan"),
    "W infinite": (dense(W=[[INF, 1]]), "W has a value at [0, 0]", "inf"),
    "W complex": (dense(W=[[1j, 1]]), "W", "1j"),
    "W huge": (dense(W=[[HUGE, 1]]), "W", "1000"),
    "b too long": (dense(b=[1, 2]), "b does not fit W", "(1,) or (1, 1)", "(2,)"),
    "b a row": (dense(W=[[1], [2]], b=[[1, 2]]), "b does not fit W", "(2,) or (2, 1)", "(1, 2)"),
    "b NaN": (dense(b=[NAN]), "b has a value at [0]", "nan"),
    "b missing": (dense(b=None), "b"),
    "activation": (dense(activation="sigmod"), "unknown activation", "sigmoid", "sigmod"),
    "a layer that is none": (lambda: Network(("tanh",)), "item 1 is not a layer", "Dense", "tanh"),
    "layers nothing": (lambda: Network(None), "item 1 is not a layer", "Dense", "None"),
    "W too large for float32": (lambda: Network((dense(W=[[1e300]])(),)).astype(np.float32), "W has", "1e+300"),
    "a number type that is none": (lambda: NET.astype(np.int64), "number type", "float32", "int64"),
    "no layers": (lambda: Network(()), "without layers", "at least one", "0"),
    "layers that do not fit": (
        lambda: Network((Dense([[1.0]], [0.0], "tanh"), Dense([[1.0, 2.0]], [0.0], "tanh"))),
        "layer 2",
        "1 columns",
        "2",
    ),
    "size zero": (random((2, 0, 1)), "layer sizes", "from 1", "(2, 0, 1)"),
    "size negative": (random((2, -3, 1)), "layer sizes", "(2, -3, 1)"),
    "size a fraction": (random((2, 1.5, 1)), "layer sizes", "(2, 1.5, 1)"),
    "size a whole float": (random((2, 3.0, 1)), "layer sizes", "(2, 3.0, 1)"),
    "size text": (random((2, "3", 1)), "layer sizes", "3"),
    "size a truth value": (random((2, True, 1)), "layer sizes", "True"),
    "size NaN": (random((2, NAN, 1)), "layer sizes", "nan"),
    "sizes one": (random((2,), ()), "layer sizes", "at least two", "(2,)"),
    "sizes none": (random((), ()), "layer sizes", "()"),
    "sizes a number": (random(5, ("tanh",)), "layer sizes", "5"),
    "sizes nothing": (random(None), "layer sizes", "None"),
    "sizes huge": (random((10**10, 10**10), ("tanh",)), "layer sizes", "10000000000"),
    "sizes beyond any machine": (random((10**30, 1), ("tanh",)), "layer sizes", "1000000"),
    "sizes that cannot be printed": (random((-(10**5000), 1), ("tanh",)), "layer sizes"),
    "activations too few": (random((2, 3, 1), ("tanh",)), "one activation", "2 of them"),
    "activations too many": (random((2, 1), ("tanh", "tanh")), "one activation", "1 of them"),
    "activations nothing": (random((2, 1), None), "activation", "None"),
    "activations unknown": (random((2, 1), ("foo",)), "unknown activation", "relu", "foo"),
    "init unknown": (random(init="he"), "unknown initializer", "he_normal", "he"),
    "init a list": (random(init=["he_normal"]), "unknown initializer", "he_normal"),
    "seed negative": (random(seed=-1), "seed", "from 0", "-1"),
    "seed a fraction": (random(seed=1.5), "seed", "whole number", "1.5"),
    "seed nothing": (random(seed=None), "seed", "None"),
    "x too short": (traced(x=[1.0]), "x does not fit", "(2,)", "shape (1,)"),
    "x of three axes": (traced(x=[[[1.0, 2.0]]]), "x does not fit", "(m, 2)", "shape (1, 1, 2)"),
    "x a number": (traced(x=1.0), "x does not fit", "shape ()"),
    "x without samples": (traced(x=np.empty((0, 2)), y=np.empty((0, 2))), "x does not fit", "shape (0, 2)"),
    "x ragged": (traced(x=[[1.0, 2.0], [3.0]]), "x is not numeric", "[[1.0, 2.0], [3.0]]"),
    "x text": (traced(x=["a", "b"]), "x is not numeric", "a"),
    "x nothing": (traced(x=None), "x"),
    "x a dictionary": (traced(x={"a": 1}), "x", "{'a': 1}"),
    "x NaN": (traced(x=[[0, 1], [NAN, 0]], y=[Y, Y]), "x has a value at [1, 0]", "finite", "nan"),
    "x infinite": (traced(x=[-INF, 0]), "x has a value", "-inf"),
    "x complex": (traced(x=[1j, 0]), "x", "1j"),
    "x complex array": (traced(x=np.array([1j, 0])), "x", "j"),
    "x huge": (traced(x=[HUGE, 0]), "x", "1000"),
    "x digits": (traced(x=["1", "2"]), "x is not numeric", "['1', '2']"),
    "x dates": (traced(x=np.array(["2000-01-01"] * 2, "datetime64[D]")), "x is not numeric", "2000-01-01"),
    "x too large for float32": (traced(x=[1e300, 0], net=SMALL), "x"),
    "x array too large for float32": (traced(x=np.array([1e300, 0]), net=SMALL), "x"),
    "y too long": (traced(y=[0.0, 1.0, 0.0]), "y does not fit", "(2,)", "shape (3,)"),
    "y of more samples": (traced(y=[Y, Y]), "different numbers of samples", "1 rows of y", "2"),
    "y NaN": (traced(y=[0, NAN]), "y has a value at", "nan"),
    "y infinite": (traced(y=[0, INF]), "y has a value at", "inf"),
    "y NaN, binary cross-entropy": (traced(y=[0, NAN], loss="binary_cross_entropy"), "nan"),
    "y NaN, cross-entropy": (traced(y=[0, NAN], loss="cross_entropy", net=SOFT), "nan"),
    "y infinite, cross-entropy": (traced(y=[0, INF], loss="cross_entropy", net=SOFT), "inf"),
    "y out of range": (traced(y=[0, 1.5], loss="binary_cross_entropy"), "target", "0 to 1", "1.5"),
    "y negative": (traced(y=[-0.5, 1], loss="cross_entropy", net=SOFT), "target", "from 0", "-0.5"),
    "loss unknown": (traced(loss="l2"), "unknown loss", "quadratic", "l2"),
    "loss nothing": (traced(loss=None), "unknown loss", "None"),
    "loss a list": (traced(loss=["quadratic"]), "unknown loss", "quadratic"),
    "cross-entropy of sigmoid": (traced(loss="cross_entropy"), "cross-entropy", "softmax", "sigmoid"),
    "divergence of sigmoid": (traced(loss="kl_divergence"), "softmax", "sigmoid"),
    "binary of softmax": (traced(loss="binary_cross_entropy", net=SOFT), "sigmoid", "softmax"),
    "optimizer unknown": (traced(optimizer="sdg", learning_rate=0.1), "unknown optimizer", "sgd", "sdg"),
    "optimizer a list": (traced(optimizer=["sgd"], learning_rate=0.1), "unknown optimizer", "sgd"),
    "rate missing": (traced(optimizer="sgd"), "learning rate", "from 0", "None"),
    "rate negative": (updated(-0.1), "learning rate", "from 0", "-0.1"),
    "rate NaN": (updated(NAN), "learning rate", "nan"),
    "rate infinite": (updated(INF), "learning rate", "inf"),
    "rate text": (updated("0.1"), "learning rate", "0.1"),
    "rate complex": (updated(np.complex128(1)), "learning rate", "1+0j"),
    "rate huge": (updated(HUGE), "learning rate", "1000"),
    "rate too large for float32": (updated(1e300, net=SMALL), "learning rate", "3.4e+38", "1e+300"),
    "rate without optimizer": (traced(learning_rate=0.1), "learning rate", "needs an optimizer", "sgd"),
    "state without optimizer": (traced(state={}), "state needs an optimizer", "sgd"),
    "state of another optimizer": (updated(0.1, state={"a": 1}), "state of gradient descent", "{'a': 1}"),
    "state a number": (updated(0.1, state=1), "state of gradient descent", "1"),
    "state an array": (updated(0.1, state=np.ones(2)), "state of gradient descent", "[1. 1.]"),
    "weight NaN": (lambda: NET.with_weight(1, 0, 0, NAN), "W", "finite", "nan"),
    "weight infinite": (lambda: NET.with_weight(1, 0, 0, INF), "W", "inf"),
    "weight text": (lambda: NET.with_weight(1, 0, 0, "a"), "W", "a"),
    "weight nothing": (lambda: NET.with_weight(1, 0, 0, None), "W", "None"),
    "weight huge": (lambda: NET.with_weight(1, 0, 0, HUGE), "W", "1000"),
    "weight too large for float32": (lambda: SMALL.with_weight(1, 0, 0, 1e300), "W", "1e+300"),
    "weight of no layer": (lambda: NET.with_weight(3, 0, 0, 1.0), "layer", "1 to 2", "3"),
    "weight of half a layer": (lambda: NET.with_weight(1.5, 0, 0, 1.0), "layer", "1.5"),
    "weight of no neuron": (lambda: NET.with_weight(1, 3, 0, 1.0), "layer 1", "0 to 2", "3"),
    "weight of half a neuron": (lambda: NET.with_weight(1, 0.5, 0, 1.0), "layer 1", "0.5"),
    "weight from no neuron": (lambda: NET.with_weight(1, 0, -1, 1.0), "layer 1", "0 to 1", "-1"),
    "bias NaN": (lambda: NET.with_bias(1, 0, NAN), "b", "nan"),
    "bias of no neuron": (lambda: NET.with_bias(2, 2, 0.0), "layer 2", "0 to 1", "2"),
    "theta too short": (lambda: NET.with_theta([1.0]), "theta", "shape (17,)", "(1,)"),
    "theta digits": (lambda: NET.with_theta(["1"] * 17), "theta is not numeric", "1"),
    "theta ragged": (lambda: NET.with_theta([[1], [2, 3]]), "theta", "[[1], [2, 3]]"),
    "predict too short": (lambda: NET.predict([1.0]), "X does not fit", "shape (1,)"),
    "predict NaN": (lambda: NET.predict([1.0, NAN]), "X has a value", "nan"),
}


@pytest.mark.parametrize(("call", "fragments"), [(call, rest) for call, *rest in CALLS.values()], ids=CALLS)
def test_wrong_input_is_answered_with_what_is_wrong_allowed_and_received(call, fragments):
    with pytest.raises(InputError) as caught:
        call()
    error = caught.value
    english, chinese = error.sentence("en"), error.sentence("zh")
    assert isinstance(error, ValueError)
    assert str(error) == english
    assert english != chinese
    assert all(fragment in english for fragment in fragments), english
    for lang, sentence in (("en", english), ("zh", chinese)):
        assert error.problem(lang)
        assert error.allowed(lang)
        assert error.received
        assert all(part in sentence for part in (error.problem(lang), error.allowed(lang), error.received))
    assert len(error.received) <= 60
    assert any("一" <= letter <= "鿿" for letter in chinese)


@pytest.mark.parametrize("stated", ["x", "y"])
def test_a_refused_pass_leaves_the_next_one_right(stated):
    right = trace(NET, X, Y).loss
    with pytest.raises(InputError):
        trace(NET, **({"x": X, "y": Y} | {stated: [NAN, 1.0]}))
    assert trace(NET, X, Y).loss == right


NUMBERS = st.one_of(
    st.floats(), st.integers(), st.booleans(), st.none(), st.text(max_size=3), st.just(HUGE), st.complex_numbers()
)
NESTED = st.recursive(NUMBERS, lambda inner: st.lists(inner, max_size=3), max_leaves=8)
ARRAYS = st.one_of(
    arrays(np.float64, array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=3)),
    arrays(np.float32, array_shapes(max_dims=2, max_side=2)),
    arrays(np.complex128, (2,)),
    arrays(np.int64, (2, 2)),
    arrays(np.bool_, (2,)),
)
NAMES = st.sampled_from(
    ["quadratic", "mse", "cross_entropy", "binary_cross_entropy", "sgd", "tanh", "softmax", "zeros"]
)
ANYTHING = st.one_of(NAMES, NESTED)


@given(
    net=st.sampled_from([NET, SOFT, SMALL]),
    x=st.one_of(st.just(X), NESTED, ARRAYS),
    y=st.one_of(st.just(Y), NESTED, ARRAYS),
    loss=st.one_of(NAMES, ANYTHING),
    optimizer=st.one_of(st.just("sgd"), ANYTHING),
    rate=st.one_of(st.floats(), NUMBERS),
)
def test_no_argument_of_trace_gets_any_other_answer(net, x, y, loss, optimizer, rate):
    with contextlib.suppress(InputError):
        assert isinstance(trace(net, x, y, loss, optimizer, rate).loss, float)


SIZE = st.one_of(st.integers(-2, 6), st.floats(), st.booleans(), st.none(), st.text(max_size=2), st.just(10**18))
SIZES = st.one_of(SIZE, st.lists(SIZE, max_size=4), st.just([10**9, 10**9]), st.just([HUGE, HUGE]))


@given(SIZES, st.one_of(st.lists(ANYTHING, max_size=3), ANYTHING), ANYTHING, st.one_of(st.integers(), ANYTHING))
def test_no_argument_of_a_random_network_gets_any_other_answer(sizes, activations, init, seed):
    with contextlib.suppress(InputError):
        Network.random(sizes, activations, init, seed)


@given(st.one_of(NESTED, ARRAYS), st.one_of(NESTED, ARRAYS), ANYTHING)
def test_no_argument_of_a_layer_gets_any_other_answer(W, b, activation):
    with contextlib.suppress(InputError):
        layer = Dense(W, b, activation)
        assert np.isfinite(layer.W).all()
        assert np.isfinite(layer.b).all()


def test_received_is_shortened_to_one_line():
    assert echo("a\n b") == "a b"
    assert echo("") == "''"
    assert echo("x" * 60) == "x" * 60
    assert echo("x" * 61) == "x" * 59 + "…"


def test_a_number_that_python_does_not_write_is_named_by_its_type():
    assert echo(10**5000) == "int"
    assert echo([10**5000]) == "list"


def test_lookup_finds_a_record_or_lists_the_names():
    registry = {"one": 1, "two": 2}
    assert lookup(Text("number", "数"), registry, "two") == 2
    with pytest.raises(InputError, match=r"unknown number\. Expected: one, two; got: three"):
        lookup(Text("number", "数"), registry, "three")
    assert names(registry) == Text("one, two", "one、two")
    assert names(iter(registry)) == names(registry)


@pytest.mark.parametrize(("most", "told"), [(1, ["a", "…"]), (2, ["a", "b"]), (None, ["a", "b"])])
def test_of_many_names_only_the_first_are_told(most, told):
    assert first_few(iter("ab"), most) == told
    with pytest.raises(InputError) as caught:
        lookup(Text("letter", "字母"), dict.fromkeys("ab"), "c", most)
    assert caught.value.allowed == names(told)
