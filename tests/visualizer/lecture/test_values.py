import numpy as np
import pytest

from engine import Ref
from tests.visualizer.oracles import LARGE, MODELS, number_of
from visualizer.lecture import Values, by_sample, cost_terms

every_model = pytest.mark.parametrize("name", MODELS)


@every_model
def test_an_element_is_that_of_the_sample_drawn(name):
    trace = MODELS[name].trace()
    for sample in range(trace.m):
        values = Values(trace, sample)
        for l in range(1, len(trace.given.layers) + 1):
            for letter in ("z", "a", "delta", "W", "dW", "b", "db"):
                at = (0, 0) if letter.endswith("W") else (0,)
                assert values.at(Ref(letter, l), at) == number_of(trace, Ref(letter, l), at, sample)


def test_an_element_of_a_large_matrix_is_read_in_its_place():
    trace = LARGE["784-128-128-10"].trace()
    values = Values(trace)
    for ref, place in ((Ref("W", 1), (127, 783)), (Ref("dW", 1), (5, 700)), (Ref("a", 0), (783,))):
        assert values.at(ref, place) == number_of(trace, ref, place)


@every_model
def test_the_terms_of_the_cost_come_to_the_cost(name):
    trace = MODELS[name].trace()
    assert cost_terms(trace).shape == trace.value("a").shape
    assert cost_terms(trace).sum() / trace.m == pytest.approx(trace.loss, rel=1e-12, abs=1e-15)


@every_model
def test_the_mean_of_what_each_sample_adds_is_the_gradient(name):
    trace = MODELS[name].trace()
    for l in range(1, len(trace.given.layers) + 1):
        for ref in (Ref("dW", l), Ref("db", l)):
            for place in np.ndindex(trace.value(*ref).shape):
                alone = by_sample(trace, ref, place)
                assert len(alone) == trace.m
                assert np.mean(alone) == pytest.approx(trace.value(*ref)[place], rel=1e-12, abs=1e-15)
