"""Stated values beside computed ones: digit by digit, entry by entry, with the step that writes each."""

from engine import Dense, Network
from engine.examples import Stated
from engine.passes import trace
from tests.engine.examples.test_examples import every_printed, first, passes


def test_the_last_printed_digit_decides():
    t = trace(Network((Dense([[0.123456]], [0.0], "linear"),)), [1.0], [0.0])
    assert Stated("z", 1, ("0.12346",)).is_right(t)
    assert Stated("z", 1, ("0.1235",)).is_right(t)
    assert not Stated("z", 1, ("0.12345",)).is_right(t)
    assert not Stated("z", 1, ("0.1234",)).is_right(t)
    assert not Stated("z", 1, ("-0.12346",)).is_right(t)
    assert not Stated("z", 1, ("0.12346", "0.12346")).is_right(t)


def test_a_printed_matrix_is_compared_entry_by_entry_and_not_transposed():
    t = first("mazur")
    assert Stated("W", 1, (("0.15", "0.20"), ("0.25", "0.30"))).is_right(t)
    assert not Stated("W", 1, (("0.15", "0.25"), ("0.20", "0.30"))).is_right(t)
    assert not Stated("W", 1, (("0.15", "0.20"),)).is_right(t)


@every_printed
def test_every_printed_value_belongs_to_a_step(example, printed):
    t = passes(example.name)[printed.iteration]
    step = next(step for step in t.steps if step.address == printed.address(t))
    mine = (printed.name, printed.layer)
    assert mine in step.writes + step.reads or step.rule.phase == "update"
