"""A setting and its value in words, as its row in the table of settings has them."""

from collections.abc import Iterator
from typing import Any

from engine.core import Field
from engine.options import Options, techniques
from engine.settings import in_short
from visualizer.writing.numbers import number


def value_words(field: Field, value: Any, lang: str) -> str:
    """Return the value of a setting: in the words of its row, by the label of its record, or the number."""
    if field.show:
        return field.show(value)(lang)
    if field.registry:
        return in_short(field.registry[value])(lang)
    return number(value) if isinstance(value, float) else str(value)


def setting_words(field: Field, value: Any, lang: str) -> str:
    """Return the value of a setting, and what is said around it."""
    if value is None and field.otherwise:
        return field.otherwise(lang)
    return field.said.format(value_words(field, value, lang))(lang)


def technique_words(options: Options, lang: str, in_cost: bool) -> Iterator[str]:
    """Yield the techniques in words, of the cost where it is asked for those `in_cost`, else of the gradient."""
    for field, amounts in techniques():
        if options.uses(field.attribute) and field.in_cost == in_cost:
            values = [(row, getattr(options, row.attribute)) for row in (field, *amounts)]
            if field.line:
                shown = (row.registry[value].label if row.registry else number(value) for row, value in values)
                yield field.line.format(*shown)(lang)
            else:
                yield ", ".join(setting_words(row, value, lang) for row, value in values)
