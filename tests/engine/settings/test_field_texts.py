"""Texts of the fields in links: each is read as it is written."""

from dataclasses import replace

from engine.settings import Model, Task
from tests.engine.settings.test_fields import every_row

MODEL = replace(Model.of_example("mazur"), state=(("v", (0.5, 1.0)),), net=(0.25, 1.0))

HELD = {"pass": MODEL, "training": Task()}


@every_row
def test_a_value_is_read_as_it_is_written(field):
    for where in field.where:
        value = getattr(HELD[where], field.attribute)
        assert field.read(field.write(value)) == value
