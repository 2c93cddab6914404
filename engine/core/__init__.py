"""Ground of the engine: texts in both languages, errors in three parts, numbers, inputs, limits, registries."""

from engine.core.decimal_signs import ONE_SIGN, AmbiguousError, Row, signs_of
from engine.core.digest import digest
from engine.core.errors import InputError, echo, first_few, lookup, names
from engine.core.field import (
    EVERYWHERE,
    PASS,
    TRAINING,
    Field,
    amount,
    in_link,
    named,
    number,
    one_of,
    read_fields,
    switch,
    whole,
)
from engine.core.inputs import as_floats, as_number, as_numbers, as_rows, as_tuple, as_whole, is_whole
from engine.core.interop import NOWHERE, Equivalents, Named, written
from engine.core.limits import MOST_LAYERS, MOST_PARAMETERS, MOST_UNITS
from engine.core.memory import aligned, aligned_copy
from engine.core.numbers import (
    DECIMAL_SIGNS,
    parse_number,
    parse_numbers,
    parse_whole,
    parts_of,
    readings,
    with_sign,
    write_number,
)
from engine.core.registry import records
from engine.core.text import LANGUAGES, TAGS, Text, passage
from engine.core.typed import CHANCE, LEAST_DIGITS, MOST_DIGITS, agrees, digits_needed, digits_of, is_coarse, last_digit

__all__ = [
    "CHANCE",
    "DECIMAL_SIGNS",
    "EVERYWHERE",
    "LANGUAGES",
    "LEAST_DIGITS",
    "MOST_DIGITS",
    "MOST_LAYERS",
    "MOST_PARAMETERS",
    "MOST_UNITS",
    "NOWHERE",
    "ONE_SIGN",
    "PASS",
    "TAGS",
    "TRAINING",
    "AmbiguousError",
    "Equivalents",
    "Field",
    "InputError",
    "Named",
    "Row",
    "Text",
    "agrees",
    "aligned",
    "aligned_copy",
    "amount",
    "as_floats",
    "as_number",
    "as_numbers",
    "as_rows",
    "as_tuple",
    "as_whole",
    "digest",
    "digits_needed",
    "digits_of",
    "echo",
    "first_few",
    "in_link",
    "is_coarse",
    "is_whole",
    "last_digit",
    "lookup",
    "named",
    "names",
    "number",
    "one_of",
    "parse_number",
    "parse_numbers",
    "parse_whole",
    "parts_of",
    "passage",
    "read_fields",
    "readings",
    "records",
    "signs_of",
    "switch",
    "whole",
    "with_sign",
    "write_number",
    "written",
]
