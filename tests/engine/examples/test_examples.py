from functools import cache

import numpy as np
import pytest

from engine import ACTIVATIONS, Text, train
from engine.examples import EXAMPLES
from engine.passes import trace
from tests.engine.oracles import assert_digits
from tests.together import together

every_printed = together({name: [(record, said) for said in record.stated] for name, record in EXAMPLES.items()})
XOR = EXAMPLES["xor"]
MAZUR = EXAMPLES["mazur"]


def run(network, x, y, loss, rate, updates, optimizer="sgd"):
    """The traces of a plain training loop: the last entry is the pass after all updates."""
    state = None
    for _ in range(updates + 1):
        t = trace(network, x, y, loss, optimizer, rate, state)
        yield t
        network, state = t.network, t.state


@cache
def passes(name):
    """The traces of an example's loop at all iterations with a printed value."""
    e = EXAMPLES[name]
    wanted = {printed.iteration for printed in e.stated} | {1}
    loop = run(e.network, e.x, e.y, e.loss, e.learning_rate, max(wanted) - 1, e.optimizer)
    return {i: t for i, t in enumerate(loop, 1) if i in wanted}


def first(name):
    return passes(name)[1]


@every_printed
def test_what_was_printed_is_right_unless_it_says_why_not(example, printed):
    assert printed.is_right(passes(example.name)[printed.iteration]) == (printed.why is None)


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_record_carries_its_words_and_its_name(example):
    assert EXAMPLES[example.name] is example
    texts = [
        example.label,
        example.source,
        *example.remarks,
        *(t for p in example.stated for t in (p.why, p.where) if t),
    ]
    assert all(isinstance(text, Text) and text.en and text.zh for text in texts)
    assert all(text.en != text.zh for text in [*example.remarks, example.source])


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_an_update_of_an_example_lowers_its_cost(example):
    before, after = run(
        example.network, example.x, example.y, example.loss, example.learning_rate, 1, example.optimizer
    )
    assert after.loss < before.loss or not after.value("dW", 1).any()  # a dead output learns nothing


@pytest.mark.parametrize(
    ("name", "layer", "right"),
    [
        ("z", 1, "0.35 0.31 0.49 0.67"),
        ("a", 1, "0.35 0.31 0.49 0.67"),
        ("z", 2, "0.579 0.658"),
        ("a", 2, "0.480260 0.519740"),
        ("C", 2, "0.230650"),
        ("delta", 2, "0.239756 -0.239756"),
        ("delta", 1, "0.047951 -0.047951 0.071927 -0.047951"),
        ("dW", 2, ".083915 .074324 .117480 .160636 -.083915 -.074324 -.117480 -.160636"),
        ("db", 2, "0.239756 -0.239756"),
        (
            "dW",
            1,
            ".023976 .004795 .009590 -.023976 -.004795 -.009590 .035963 .007193 .014385 -.023976 -.004795 -.009590",
        ),
    ],
)
def test_relu_and_softmax_by_the_right_arithmetic(name, layer, right):
    assert_digits(first("relu_softmax").value(name, layer), right)


def test_relu_and_softmax_with_cross_entropy():
    e = EXAMPLES["relu_softmax"]
    t = trace(e.network, e.x, e.y, "cross_entropy")
    assert_digits(t.value("C"), "0.654427")
    assert_digits(t.value("delta", 2), "0.480260 -0.480260")


def test_the_diagonal_of_the_softmax_jacobian_alone_halves_the_error():
    t = first("relu_softmax")
    assert_digits(t.value("grad") * t.value("slope"), "0.119878 -0.119878")


def test_what_the_article_should_have_found_from_its_own_numbers():
    assert_digits(ACTIVATIONS["softmax"].f(np.array([[0.441], [0.526]])), "0.478763 0.521237")
    layer = EXAMPLES["relu_softmax"].network.layers[1]
    assert_digits(layer.W @ [[0.37], [0.32], [0.23], [0.43]] + layer.b, "0.433 0.540")
    a, y = np.array([0.393, 0.607]), np.array([0, 1])
    assert_digits((a - y) * a * (1 - a), "0.0938 -0.0938")


@pytest.mark.parametrize(
    ("name", "layer", "right"),
    [
        ("a", 1, ".5932699921 .5968843783"),
        ("a", 2, ".7513650696 .7729284653"),
        ("C", 2, ".2983711088"),
        ("delta", 2, ".1384985616 -.0380982365"),
        ("dW", 2, ".0821670406 .0826676278 -.0226025405 -.0227402422"),
        ("delta", 1, ".0087713547 .0099542547"),
        ("dW", 1, ".0004385677 .0008771355 .0004977127 .0009954255"),
        ("W_new", 2, ".3589164797 .4086661861 .5113012702 .5613701211"),
        ("W_new", 1, ".1497807161 .1995614323 .2497511436 .2995022873"),
        ("b_new", 1, ".35 .35"),
        ("b_new", 2, ".60 .60"),
    ],
)
def test_mazur_2015(name, layer, right):
    assert_digits(first("mazur").value(name, layer), right)


def test_mazur_2015_after_one_update_and_after_ten_thousand():
    assert_digits(passes("mazur")[2].loss, ".2910277737")
    assert_digits(passes("mazur")[10_001].loss, ".0000351019")
    assert_digits(passes("mazur")[10_001].value("a"), ".015913620 .984064274")


def test_mazur_2015_with_trained_biases():
    _, after = run(MAZUR.network.with_train_bias(True), MAZUR.x, MAZUR.y, "quadratic", 0.5, 1)
    assert_digits(after.loss, ".2804714468")


def test_mazur_2015_with_one_trained_bias_per_layer():
    t = first("mazur")
    net = t.network
    for l in (1, 2):
        for j in (0, 1):
            net = net.with_bias(l, j, t.value("b", l)[j, 0] - 0.5 * t.value("db", l).sum())
    assert_digits(trace(net, MAZUR.x, MAZUR.y).loss, ".2857508867")


@pytest.mark.parametrize(
    ("name", "layer", "right"),
    [
        ("a", 1, "0.7310585786"),
        ("a", 2, "0.3249624726"),
        ("C", 2, "0.4556756634"),
        ("dW", 1, "0.0582276033"),
        ("db", 1, "0.0582276033"),
        ("dW", 2, "-0.2165066391"),
        ("db", 2, "-0.2961549806"),
    ],
)
def test_two_sigmoids_by_the_right_arithmetic(name, layer, right):
    assert_digits(first("two_sigmoids").value(name, layer), right)


def test_two_sigmoids_the_printed_output_has_another_error_than_printed():
    assert_digits((1 - 0.26894142137) ** 2, "0.5344466454")


def test_two_sigmoids_the_update_as_printed_climbs():
    e, t = EXAMPLES["two_sigmoids"], first("two_sigmoids")
    uphill = e.network.with_theta(2 * e.network.theta - t.network.theta)
    assert trace(uphill, e.x, e.y, e.loss).loss > t.loss > trace(t.network, e.x, e.y, e.loss).loss


@cache
def xor_passes():
    return tuple(run(XOR.network, XOR.x, XOR.y, XOR.loss, XOR.learning_rate, 10_000))[::1000]


def test_xor_draws_the_weights_of_the_published_seed():
    right = "1.624345 -0.611756 0.865408 -0.528172 -1.072969 -2.301539 1.744812 -0.761207 0.319039"
    assert_digits(XOR.network.theta, right)


def test_xor_ends_in_a_poor_minimum():
    losses = [t.loss for t in xor_passes()]
    right = "0.366976 0.245325 0.228060 0.197932 0.184124 0.178259 0.175207 0.173376 0.172167 0.171313 0.170681"
    assert_digits(losses, right)
    assert_digits(xor_passes()[-1].value("a"), "0.061679 0.661804 0.661828 0.670958")


def test_the_listing_of_xor_prints_what_was_computed_before_its_last_update():
    last = train(XOR.network, XOR.x, XOR.y, XOR.loss, "sgd", XOR.learning_rate, 10_000)
    before = trace(last.network_at(9_999), XOR.x, XOR.y, XOR.loss)
    assert_digits(last.loss[-1], "0.170682")
    assert_digits(before.value("a"), "0.061684 0.661804 0.661828 0.670958")


def test_relu_homework_with_dead_units():
    hidden, output = first("homework_dead_hidden"), first("homework_dead_output")
    assert hidden.value("a", 1)[1] == hidden.value("delta", 1)[1] == 0
    assert not hidden.value("dW", 1)[1].any()
    assert hidden.value("delta", 1)[0] != 0
    assert output.value("a") == 0
    assert not any(output.value(name, l).any() for name in ("dW", "db") for l in (1, 2))


def test_softmax_with_a_dead_unit():
    t = first("softmax_dead")
    assert_digits(t.value("z", 2), ".142 -.026")
    assert t.value("delta", 1)[1] == 0
    assert_digits(t.value("W", 2)[1] @ [0.23, 0.23] + 0.02, ".043")  # what was printed


def test_hagan_function_approximation():
    t = first("hagan")
    assert_digits(t.value("y") - t.value("a"), "1.2608248")


def test_adam_corrects_its_averages():
    t = first("adam")
    assert_digits([t.value("m_W_new").item() / 0.1, t.value("v_W_new").item() / 0.001], "10 100")


def test_a_saturated_neuron_has_a_small_error_and_is_wrong():
    t = first("saturated")
    assert_digits(t.value("delta"), "0.000335")
    assert_digits(t.value("a") - t.value("y"), "0.9997")
