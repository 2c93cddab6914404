from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import InputError, Ref
from engine.core import CHANCE, agrees
from engine.examples import EXAMPLES
from engine.mistakes import MISTAKES
from engine.settings import Model
from engine.studies import LONG, Cause, Place, Search, causes, mistaken, searching

AFTER = replace(Model.of_example("mazur"), iteration=2)
COST = Place(Ref("C", 2))


def names(search):
    return [tuple(getattr(part, "name", part.label.en) for part in cause.parts) for cause in search.named]


def places(trace):
    """Every number of a trace that a reader may have."""
    layers = range(1, len(trace.given.layers) + 1)
    values = [Ref(name, l) for l in layers for name in ("z", "a", "delta", "dW", "db", "W_new", "b_new")]
    for ref in [*values, Ref("C", layers[-1])]:
        shape = trace.value(*ref).shape
        for i in range(int(trace.value(*ref).size)):
            indices = () if not shape else (i // shape[1], i % shape[1])
            yield Place(ref, indices)


@pytest.mark.parametrize("typed", [".291027924", "0,291027924", "0.2910279239", "2.91027924e-1"])
def test_the_most_cited_wrong_number_is_explained(typed):
    search = causes(AFTER, COST, typed)
    assert names(search) == [("sequential",)]
    assert search.tried >= len(MISTAKES)


@pytest.mark.parametrize("name", MISTAKES)
def test_every_mistake_is_found_again_from_its_wrong_value(name):
    drawn = replace(Model.drawn((2, 2, 2), ("tanh", "tanh"), "xavier_uniform", 3), eta=0.5)
    for example, model in ({name: Model.of_example(name) for name in EXAMPLES} | {"tanh": drawn}).items():
        right, wrong = model.trace(), mistaken(model, [MISTAKES[name]])
        for place in places(right):
            value, typed = place.of(wrong), f"{place.of(wrong):.11e}"
            if abs(value) > 1e-4 and not agrees(typed, place.of(right)):
                assert (name,) in names(causes(model, place, typed)), (example, place)
                return
    pytest.fail("this mistake changes nothing anywhere")


@pytest.mark.parametrize("pair", [("sequential", "bias_training"), ("no_hidden_slope", "shared_bias")])
def test_two_mistakes_at_once_are_found_from_six_digits_on(pair):
    value = mistaken(AFTER, [MISTAKES[name] for name in pair]).loss
    assert pair in names(causes(AFTER, COST, f"{value:.9f}"))
    assert pair not in names(causes(AFTER, COST, f"{value:.5f}"))


@settings(max_examples=60)
@given(st.sampled_from(list(EXAMPLES)), st.integers(0, 200), st.integers(1, 14))
def test_nothing_is_found_for_a_right_value(example, which, digits):
    model = Model.of_example(example)
    trace = model.trace()
    offered = list(places(trace))
    place = offered[which % len(offered)]
    search = causes(model, place, f"{place.of(trace):.{digits}e}")
    assert search.right
    assert search.found == ()


def test_rounding_to_three_digits_counts_as_a_cause():
    place = Place(Ref("delta", 1), (0, 0))
    rounded = mistaken(replace(AFTER, iteration=1), [MISTAKES["digits_3"]])
    assert f"{place.of(rounded)}" != f"{place.of(AFTER.trace()):.3g}"
    assert ("digits_3",) in names(causes(replace(AFTER, iteration=1), place, f"{place.of(rounded):.6f}"))


@pytest.mark.parametrize(
    ("typed", "right", "coarse"),
    [("1", False, True), ("0", False, False), ("0.88", True, False), ("0.7744", False, False), ("0.9", False, True)],
)
def test_a_gradient_of_0_88_from_the_field(typed, right, coarse):
    model = replace(Model.drawn((2, 1), ("linear",), "zeros", 1), net=(0.34, 0.56, 0.54), x=((1.0, 0.0),), y=((0.0,),))
    search = causes(model, Place(Ref("dW", 1), (0, 0)), typed)
    assert search.computed == pytest.approx(0.88)
    assert (search.right, search.coarse) == (right, coarse)
    assert names(search)[:1] == ([("value_for_slope",)] if typed == "0.7744" else [])


def test_the_activation_forgotten_is_found_from_the_error_alone():
    model, place = Model.of_example("mazur"), Place(Ref("dW", 2), (0, 0))
    assert causes(model, place, "0.1385").found
    assert ("no_activation",) in names(causes(model, place, "0.13850"))


def softmax_of_two():
    made = Model.drawn((1, 2), ("softmax",), "zeros", 1)
    return replace(made, net=(1.75, 0.0, 1.75, 0.0), x=((1.0,),), y=((0.0, 1.0),), loss="cross_entropy")


@pytest.mark.parametrize("typed", ["0", "1", "-1", "0.4"])
def test_an_error_of_one_half_from_the_field(typed):
    search = causes(softmax_of_two(), Place(Ref("delta", 1), (0,)), typed)
    assert search.computed == 0.5
    assert not search.right
    assert search.named == ()


@pytest.mark.parametrize("typed", ["-0.2", "1/4", "0", "-0.02", "-0.24", "0.48"])
def test_so_few_digits_name_no_cause(typed):
    model = Model.of_example("relu_softmax")
    search = causes(model, Place(Ref("delta", 2), (0,)), typed)
    assert not search.right
    assert search.named == ()
    if search.found:
        assert search.digits < search.needed <= 5


def test_the_digits_that_it_asks_for_are_enough():
    model, place = Model.of_example("relu_softmax"), Place(Ref("delta", 2), (0,))
    needed = causes(model, place, "-0.24").needed
    assert ("wrong sign",) in names(causes(model, place, f"{-place.of(model.trace()):.{needed - 1}e}"))


@pytest.mark.parametrize("digits", [2, 4, 5])
def test_a_number_from_nowhere_is_seldom_explained(digits):
    rng, explained, tried = np.random.default_rng(digits), 0, 0
    for example in ("mazur", "relu_softmax", "homework", "two_sigmoids"):
        model = Model.of_example(example)
        trace = model.trace()
        for place in list(places(trace))[::5]:
            if place.of(trace):
                for power in rng.uniform(-0.5, 0.5, 3):
                    typed = f"{place.of(trace) * 10**power * rng.choice([-1, 1]):.{digits - 1}e}"
                    explained += bool(causes(model, place, typed).named)
                    tried += 1
    assert explained <= CHANCE * tried + 3 * (CHANCE * tried) ** 0.5


@pytest.mark.parametrize(
    ("place", "typed"),
    [
        (COST, "abc"),
        (COST, "nan"),
        (Place(Ref("C", 2), (1,)), "0.3"),
        (Place(Ref("a", 2), (5,)), "0.3"),
        (Place(Ref("a", 2), ()), "0.3"),
        (Place(Ref("q", 2)), "0.3"),
    ],
)
def test_what_cannot_be_looked_up_is_said(place, typed):
    with pytest.raises(InputError):
        causes(AFTER, place, typed)


def test_far_away_nothing_is_tried():
    search = causes(replace(AFTER, iteration=5000), COST, "0.5")
    assert (search.whole, search.tried, search.found) == (False, 0, ())


def test_causes_of_one_number_are_one_explanation():
    model = Model.of_example("mazur")
    wrong = mistaken(model, [MISTAKES["no_slope"]])
    place = Place(Ref("delta", 2), (0,))
    search = causes(model, place, f"{place.of(wrong):.9f}")
    (same,) = search.explanations
    told = [getattr(cause.parts[0], "name", None) for cause in same]
    assert told[0] == "no_slope"
    assert {"no_output_slope", None} <= set(told)  # and ∂C/∂a is another quantity of this neuron
    assert [cause for group in search.explanations for cause in group] == list(search.named)


def test_numbers_that_digits_tell_apart_are_two_explanations():
    one, other = (Cause((MISTAKES[name],), value) for name, value in (("no_slope", 0.12345), ("half", 0.123450001)))
    search = Search(False, 1.0, (one, other), digits=5, needed=4)
    assert search.explanations == ((one,), (other,))
    assert search._replace(needed=6).explanations == ()


@pytest.mark.parametrize("typed", ["0.7777777", "0.2910277736", ".7"])
def test_a_search_tells_how_far_it_is(typed):
    *steps, last = searching(AFTER, COST, typed)
    shares = [step.share for step in steps]
    assert shares == sorted(shares)
    assert all(0 < share <= 1 and step.search is None for share, step in zip(shares, steps, strict=True))
    assert last.share == 1
    assert last.search == causes(AFTER, COST, typed)


def test_who_has_patience_is_told_more():
    late = replace(AFTER, iteration=600)
    assert not causes(late, COST, "0.5").whole
    *_, last = searching(late, COST, "0.5", LONG)
    assert last.search.tried >= len(MISTAKES)
    assert last.search.whole
