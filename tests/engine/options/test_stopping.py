import pytest

from engine import InputError
from engine.options import NEVER, STOPPING, StopOptions, Stopping, stopping_of, taken_stopping


def test_the_table_has_a_row_for_each_keyword():
    assert {field.attribute for field in STOPPING} == set(StopOptions.__annotations__) == set(Stopping._fields)


@pytest.mark.parametrize("field", STOPPING, ids=lambda field: field.attribute)
def test_each_text_is_read_as_it_is_written(field):
    usual = getattr(NEVER, field.attribute)
    assert field.read(field.write(usual)) == usual
    for value in (3, 12):
        assert field.read(field.write(value)) == value


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ({}, False),
        ({"min_improvement": 0.1}, False),
        ({"patience": 1}, True),
        ({"target_loss": 0}, True),
        ({"target_loss": -1.5, "patience": 3}, True),
    ],
    ids=str,
)
def test_a_training_may_end_early_by_a_target_or_by_patience(given, used):
    options = {**given, "seed": 3}
    found = taken_stopping(options)
    assert (found.used, options) == (used, {"seed": 3})
    assert found == NEVER._replace(**given)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"patience": 0}, "patience"),
        ({"patience": 2.5}, "patience"),
        ({"target_loss": float("nan")}, "target loss"),
        ({"min_improvement": 1}, "improvement"),
        ({"min_improvement": -1e-9}, "improvement"),
    ],
    ids=str,
)
def test_what_cannot_be_used_is_told(wrong, words):
    with pytest.raises(InputError, match=words):
        stopping_of(**wrong)
