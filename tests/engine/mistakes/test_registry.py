from dataclasses import replace

import pytest
from numpy.testing import assert_array_equal

from engine import Text
from engine.mistakes import MISTAKES
from engine.settings import Model
from engine.studies import mistaken

every_mistake = pytest.mark.parametrize("name", MISTAKES)


def of(example, iteration=1, **changes):
    return replace(Model.of_example(example), iteration=iteration, **changes)


@every_mistake
def test_a_mistake_carries_its_words_and_its_name(name):
    record = MISTAKES[name]
    assert record.name == name
    assert all(
        isinstance(text, Text) and text.en and text.zh and text.en != text.zh for text in (record.label, record.why)
    )


def test_a_mistake_leaves_the_cached_program_and_its_model_alone():
    model = of("mazur")
    before = model.trace()
    mistaken(model, [MISTAKES["no_bias"]])
    after = model.trace()
    assert_array_equal(before._record, after._record)
    with pytest.raises(ValueError, match="read-only"):
        mistaken(model, []).value("a", 1)[0] = 1
