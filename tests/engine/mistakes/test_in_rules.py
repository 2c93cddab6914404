"""Mistakes in a rule: what they come to in examples whose wrong numbers are known."""

import pytest

from engine import train
from engine.mistakes import MISTAKES
from engine.passes import trace
from engine.studies import mistaken
from tests.engine.mistakes.test_registry import of
from tests.engine.oracles import assert_digits


def trained(example, mistake):
    """The network after 10,000 updates with a mistake in each."""
    m = of(example)
    return train(m.network(), m.x, m.y, m.loss, m.optimizer, m.eta, 10_000, mistakes=[mistake]).network


@pytest.mark.parametrize(
    ("name", "cost"),
    [("sequential", ".2910279239"), ("bias_training", ".2804714468"), ("shared_bias", ".2857508867")],
)
def test_mazur_after_one_round_by_a_mistake(name, cost):
    assert_digits(mistaken(of("mazur", 2), [MISTAKES[name]]).loss, cost)


def test_mazur_after_ten_thousand_rounds_of_sequential_updates():
    ended = trained("mazur", "sequential")
    assert_digits(ended.predict(of("mazur").x[0]), ".015912196 .984065734")


def test_xor_with_the_silent_transposition():
    ended = trace(trained("xor", "transposed_gradient"), of("xor").x, of("xor").y, of("xor").loss)
    assert_digits(ended.loss, "0.137884")
    assert_digits(ended.value("a"), "0.051557 0.507218 0.876758 0.539310")


def test_z_in_place_of_a_gives_the_output_that_source_d_printed():
    assert_digits(mistaken(of("two_sigmoids"), [MISTAKES["z_passed_on"]]).value("a"), "0.26894142137")
