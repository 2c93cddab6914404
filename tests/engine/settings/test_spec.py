from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from engine import ACTIVATIONS, CLIPS, INITIALIZERS, LOSSES, OPTIMIZERS, REGULARIZERS, Network
from engine.examples import EXAMPLES
from engine.layers import count_parameters
from engine.settings import BODY, HEAD, Model, model, model_from_query, model_to_query
from tests.engine.oracles import ALLOWED
from tests.pace import paces

FIELDS = [*HEAD, *BODY]
FINITE = st.floats(allow_nan=False, allow_infinity=False).map(lambda value: value + 0.0)  # -0.0 equals 0.0


@st.composite
def models(draw):
    if draw(st.booleans()):
        base = Model.of_example(draw(st.sampled_from(list(EXAMPLES))))
    else:
        sizes = tuple(draw(st.lists(st.integers(1, 5), min_size=2, max_size=5)))
        activations = tuple(draw(st.sampled_from(list(ACTIVATIONS))) for _ in sizes[1:])
        base = Model.drawn(
            sizes, activations, draw(st.sampled_from(list(INITIALIZERS))), draw(st.integers(0, 2**32 - 1))
        )
    loss = draw(st.sampled_from([loss for output, loss in ALLOWED if output == base.activations[-1]]))
    m = draw(st.integers(1, 4))
    in_range = st.floats(LOSSES[loss].low, LOSSES[loss].high, allow_infinity=False, allow_nan=False)
    numbers = st.tuples(*[FINITE] * count_parameters(base.sizes))
    return replace(
        base,
        loss=loss,
        optimizer=draw(st.sampled_from(list(OPTIMIZERS))),
        eta=draw(st.floats(0, 1e308)) + 0.0,
        x=tuple(draw(st.tuples(*[FINITE] * base.sizes[0])) for _ in range(m)),
        y=tuple(draw(st.tuples(*[in_range.map(lambda value: value + 0.0)] * base.sizes[-1])) for _ in range(m)),
        train_bias=draw(st.booleans()),
        net=draw(st.one_of(st.none(), numbers)),
        iteration=draw(st.integers(1, base.most_iterations)),
        regularizer=draw(st.sampled_from(list(REGULARIZERS))),
        strength=draw(st.floats(0, 10)) + 0.0,
        clip=draw(st.sampled_from(list(CLIPS))),
        clip_at=draw(st.floats(1e-3, 10)),
    )


def said(problems):
    """The fields that the errors name."""
    return {field for problem in problems for field in problem.problem.en.split(":")[0].split(", ")}


@given(models())
def test_a_model_comes_back_from_its_query_exactly(original):
    query = model_to_query(original)
    back, problems = model_from_query(query)
    assert problems == []
    assert back == original
    assert model_to_query(back) == query
    assert all(isinstance(value, str) for value in query.values())


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_named_and_nothing_else(name):
    assert model_to_query(Model.of_example(name)) == {"example": name}
    back, problems = model_from_query({"example": name})
    assert problems == []
    assert_array_equal(back.network().theta, EXAMPLES[name].network.theta)
    assert back.network().architecture == EXAMPLES[name].network.architecture


def test_without_a_query_the_first_example_is_shown():
    assert model_from_query({}) == (Model.of_example("relu_softmax"), [])


def test_a_link_typed_by_hand():
    query = {"sizes": "8-16-16-4", "activations": "tanh-tanh-softmax", "seed": "1"}
    made, problems = model_from_query(query)
    assert problems == []
    expected = Network.random((8, 16, 16, 4), ("tanh", "tanh", "softmax"), "xavier_uniform", 1)
    assert_array_equal(made.network().theta, expected.theta)
    assert (made.loss, len(made.x), len(made.x[0]), made.y) == ("cross_entropy", 1, 8, ((1.0, 0.0, 0.0, 0.0),))


def test_numbers_of_a_link_may_be_fractions():
    made, problems = model_from_query({"x": "1/4_−2_1e-1", "y": "1/3_2/3", "eta": "1/8"})
    assert problems == []
    assert (made.x, made.y, made.eta) == (((0.25, -2.0, 0.1),), ((1 / 3, 2 / 3),), 0.125)


@pytest.mark.parametrize(
    ("x", "row"),
    [
        ("0,5_0,1_2", (0.5, 0.1, 2)),
        ("0.5_0,1_1/4", (0.5, 0.1, 0.25)),
        ("0.5,0.1,2", (0.5, 0.1, 2)),
        ("0.5, 0.1, 2", (0.5, 0.1, 2)),
        ("0.5 0.1 2", (0.5, 0.1, 2)),
    ],
)
def test_a_comma_is_a_decimal_comma_beside_underscores_and_joins_numbers_elsewhere(x, row):
    made, problems = model_from_query({"x": x})
    assert problems == []
    assert made.x == (row,)


def test_samples_are_joined_by_tildes():
    made, problems = model_from_query({"x": "1_2_3~4_5_6", "y": "0_1~1_0"})
    assert problems == []
    assert made.x == ((1, 2, 3), (4, 5, 6))
    assert made.y == ((0, 1), (1, 0))


def test_loss_and_targets_are_judged_together():
    made, problems = model_from_query(
        {"sizes": "1-1", "activations": "sigmoid", "loss": "binary_cross_entropy", "y": "0.5"}
    )
    assert problems == []
    assert (made.loss, made.y) == ("binary_cross_entropy", ((0.5,),))


TYPED = st.one_of(
    st.text(max_size=30),
    st.from_regex(r"\A[-0-9_~/,.e]{0,30}\Z"),
    st.sampled_from([*ACTIVATIONS, *LOSSES, *INITIALIZERS, *EXAMPLES, "sgd", "3-4-2", "2-2", "tanh-softmax", "1_2_3"]),
)


@settings(max_examples=300)
@given(st.dictionaries(st.sampled_from([*FIELDS, "step", "lang"]), TYPED))
def test_any_query_gives_a_model_that_works_and_complaints_that_name_their_fields(query):
    made, problems = model_from_query(query)
    made.check()
    assert said(problems) <= set(query)
    assert all(problem.sentence("en") and problem.sentence("zh") for problem in problems)
    assert model_from_query(model_to_query(made)) == (made, [])


REFUSED = {
    "example": ["", "mazur ", "3"],
    "sizes": ["", "3", "3-0", "3--2", "0-1", "3-4.5", "a-b", "-3-4", "1025-1", "-".join(["2"] * 12), "1024-1024"],
    "seed": ["-1", "1.5", "x", str(2**32)],
    "loss": ["l2", "binary_cross_entropy"],
    "x": ["", "1_2", "1_2_x", "1_2_nan", "1_2_inf", "1_2_3~4_5", "1_2_3~4_5_6"],
    "y": ["1", "1_2_3", "1_x"],
    "optimizer": ["SGD", ""],
    "eta": ["-1", "nan", "inf", "x", ""],
    "biases": ["2", "yes", ""],
    "net": ["1_2", "x", ""],
    "iteration": ["0", "-1", "10001", "1.5", "x", "9" * 100],
}


@pytest.mark.parametrize(("field", "text"), [(field, text) for field, texts in REFUSED.items() for text in texts])
def test_what_cannot_be_used_is_reported_under_its_name_and_replaced_by_the_default(field, text):
    query = {field: text} | ({"sizes": "3-4-2"} if field == "seed" else {})
    made, problems = model_from_query(query)
    assert len(problems) == 1
    assert field in said(problems)
    assert problems[0].problem.zh.startswith(field) or field in problems[0].problem.zh.split("：")[0].split(", ")
    assert made == model_from_query({name: value for name, value in query.items() if name != field})[0]


@pytest.mark.parametrize(("field", "text"), [("init", "he"), ("activations", "tanh"), ("activations", "tanh-foo")])
def test_what_does_not_fit_a_drawn_network_is_reported(field, text):
    made, problems = model_from_query({"sizes": "3-4-2", field: text})
    assert said(problems) == {field}
    assert made == model_from_query({"sizes": "3-4-2"})[0]


@pytest.mark.parametrize(("field", "text"), [("activations", "tanh-softmax"), ("init", "zeros"), ("seed", "3")])
@pytest.mark.parametrize("head", [{}, {"example": "mazur"}, {"sizes": "bad"}], ids=str)
def test_what_only_a_drawn_network_can_use_is_not_dropped_in_silence(head, field, text):
    assert field in said(model_from_query(head | {field: text})[1])


def test_a_network_is_an_example_or_drawn():
    made, problems = model_from_query({"example": "mazur", "sizes": "3-4-2"})
    assert said(problems) == {"example"}
    assert problems[0].received == "mazur"
    assert made == model_from_query({"sizes": "3-4-2"})[0]


def test_fields_of_no_use_are_named_in_one_sentence():
    made, problems = model_from_query({"example": "mazur", "activations": "tanh-softmax", "seed": "3"})
    assert [problem.problem.en.split(":")[0] for problem in problems] == ["activations, seed"]
    assert problems[0].received == "tanh-softmax, 3"
    assert made == Model.of_example("mazur")


def test_targets_out_of_the_range_of_the_loss_are_reported():
    made, problems = model_from_query({"loss": "cross_entropy", "y": "-1_1"})
    assert said(problems) == {"x", "y"} or said(problems) == {"y"}
    assert (made.loss, made.y) == ("cross_entropy", ((0.0, 1.0),))


def test_one_bad_field_does_not_spoil_the_others():
    made, problems = model_from_query({"eta": "x", "x": "1_2_3", "y": "9_9_9", "biases": "0", "iteration": "4"})
    assert said(problems) == {"eta", "x", "y"}
    assert (made.train_bias, made.iteration) == (False, 4)


def test_a_loss_that_fits_is_kept_though_the_targets_do_not():
    made, problems = model_from_query({"loss": "cross_entropy", "y": "1_2_3"})
    assert made.loss == "cross_entropy"
    assert said(problems) >= {"y"}


HOSTILE = {
    "sizes": ["9" * 10**6, "1024-" * 10**5, "999999-999999", "1-" * 10**6],
    "activations": ["tanh-" * 10**5, "x" * 10**6],
    "seed": ["9" * 10**6],
    "x": ["1_" * 10**6, "1~" * 10**6, "9" * 10**6, "~" * 10**6, "_" * 10**6, "1/" * 10**6],
    "net": ["1_" * 10**6, "1," * 10**6, " " * 10**6],
    "eta": ["1" * 10**6, "1e" * 10**6, " " * 10**6 + "1", "." * 10**6],
    "iteration": ["9" * 10**6],
    "loss": ["quadratic" * 10**5],
}


@pytest.mark.parametrize(
    ("field", "text"), [(f, t) for f, texts in HOSTILE.items() for t in texts], ids=lambda text: repr(text[:10])
)
def test_a_hostile_link_is_answered_soon_and_in_a_short_sentence(field, text):
    assert paces(lambda: model_from_query({"sizes": "3-4-2", field: text})) < 10
    _, problems = model_from_query({"sizes": "3-4-2", field: text})
    assert field in said(problems)
    assert all(len(problem.sentence("en")) < 500 for problem in problems)


def refuse(*_, **__):
    pytest.fail("something was built")


@pytest.mark.parametrize(
    "query",
    [
        {"sizes": "1024-1024"},
        {"sizes": "999999-1"},
        {"sizes": "-".join(["2"] * 12)},
        {"sizes": "400-500-10", "iteration": "10000"},
        {"sizes": "64-64-64", "x": "~".join(["1_2"] * 65)},
        {"example": "mazur", "iteration": "10001"},
    ],
    ids=str,
)
def test_caps_hold_before_anything_is_built_or_run(query, monkeypatch):
    for name in ("trace", "_network", "_start"):
        monkeypatch.setattr(model, name, refuse)
    monkeypatch.setattr(Network, "random", refuse)
    assert model_from_query(query)[1]


def test_the_largest_network_that_a_link_can_ask_for_works():
    made, problems = model_from_query({"sizes": "784-256-128-10", "activations": "relu-relu-softmax"})
    assert problems == []
    assert made.network().sizes == (784, 256, 128, 10)
    assert 1 <= made.most_iterations < 10_000


def test_a_setting_of_minus_nothing_is_nothing():
    for name in ("dropout", "strength", "clip_at"):
        made, _ = model_from_query({name: "-0"})
        assert model_from_query(model_to_query(made)) == (made, [])
