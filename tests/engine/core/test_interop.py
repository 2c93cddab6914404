"""Equivalents in other libraries: no record can forget them, and one that is missing is told."""

from dataclasses import MISSING, fields

import pytest

from engine.catalogue import Activation, Clip, Loss, Regularizer
from engine.optimizers import Optimizer


@pytest.mark.parametrize("record", [Activation, Loss, Optimizer, Regularizer, Clip])
def test_no_record_can_forget_to_say_how_it_is_written_elsewhere(record):
    (said,) = (field for field in fields(record) if field.name == "elsewhere")
    assert (said.default, said.default_factory) == (MISSING, MISSING)
