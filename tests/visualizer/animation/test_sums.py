"""Sums of products at a neuron, as numbers: the whole is what the step writes."""

import numpy as np
import pytest

from engine import Ref
from tests.visualizer.oracles import builder_of, drawn
from visualizer.animation import AnimationContext
from visualizer.animation.sums import sum_phases, terms_of
from visualizer.equations import Access
from visualizer.lecture import Source, filled
from visualizer.writing import number

BUILDER = builder_of(drawn((3, 4, 2), "tanh", "sigmoid"))


def context_at(address):
    moment = BUILDER.lecture.moment(BUILDER.lecture.position(address))
    return AnimationContext(BUILDER.drawing, Access(BUILDER.lecture, moment))


@pytest.mark.parametrize("lead", [True, False])
def test_a_weighted_input_is_the_sum_of_its_products_and_its_bias(lead):
    context = context_at("z.1")
    for node in context.written("z"):
        bias = "tie", Source(Ref("b", 1), node.indices)
        phases, whole = sum_phases(context, node, terms_of(context, node, "a", 0), lead, bias)
        z = float(BUILDER.trace.value("z", 1)[node.indices[0], 0])
        assert filled(whole, BUILDER.values.of) == number(z, 3)
        assert len(phases) == (3 + 3 + 1 if lead else 2)


def test_an_error_comes_from_the_right_by_the_column_of_the_weights():
    context = context_at("bp2.1")
    weights, delta = BUILDER.trace.value("W", 2), BUILDER.trace.value("delta", 2)
    for node in context.written("delta"):
        terms = terms_of(context, node, "delta", 1)
        _, whole = sum_phases(context, node, terms, True)
        arrived = float((weights.T @ delta)[node.indices[0], 0])
        assert np.isclose(float(filled(whole, BUILDER.values.of).replace("−", "-")), arrived, rtol=5e-3)
