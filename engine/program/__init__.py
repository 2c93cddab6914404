"""Programs: rules recorded once and repeated as NumPy calls over one vector."""

from engine.program.block_updates import update_calls
from engine.program.layout import OF_SAMPLES, OF_UNITS, Place
from engine.program.program import (
    ALONE,
    TO_THE_COST,
    WHOLE_PASS,
    WITHOUT_COST,
    Program,
    inference,
    program_for,
    recorder,
)

__all__ = [
    "ALONE",
    "OF_SAMPLES",
    "OF_UNITS",
    "TO_THE_COST",
    "WHOLE_PASS",
    "WITHOUT_COST",
    "Place",
    "Program",
    "inference",
    "program_for",
    "recorder",
    "update_calls",
]
