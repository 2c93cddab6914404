"""Equivalents in other libraries: no record can forget them, and one that is missing is told."""

from dataclasses import MISSING, fields
from typing import NamedTuple

import pytest

from engine import InputError, Text
from engine.catalogue import Activation, Clip, Loss, Regularizer
from engine.core import Equivalents, written
from engine.optimizers import Optimizer


@pytest.mark.parametrize("record", [Activation, Loss, Optimizer, Regularizer, Clip])
def test_no_record_can_forget_to_say_how_it_is_written_elsewhere(record):
    (said,) = (field for field in fields(record) if field.name == "elsewhere")
    assert (said.default, said.default_factory) == (MISSING, MISSING)


class Tool(NamedTuple):
    """A registry entry that one library has."""

    label: Text
    elsewhere: Equivalents


def test_what_one_library_has_is_its_expression_and_of_another_it_is_told():
    tool = Tool(Text("hammer", "锤子"), Equivalents("nn.Hammer()", ""))
    assert written(tool, "torch") == "nn.Hammer()"
    with pytest.raises(InputError, match="Keras has no counterpart for hammer") as told:
        written(tool, "keras")
    assert "锤子" in told.value.sentence("zh")
