"""The table of settings: all there are, each written as it is read, with words in both languages."""

import pytest

from engine.options import OPTIONS, Options, PassOptions, setting_names, techniques
from engine.settings import BODY, FIELDS, HEAD, MIDWAY, OF_PASS, OF_TRAINING, ROWS, SHARED, Model, Task

every_row = pytest.mark.parametrize("field", ROWS, ids=lambda field: f"{field.name}-{'-'.join(field.where)}")


def test_every_setting_of_a_model_and_of_a_task_has_a_row_and_no_row_is_of_nothing():
    assert {field.attribute for field in OF_PASS.values()} == set(setting_names(Model))
    assert {field.attribute for field in OF_TRAINING.values()} == set(setting_names(Task)) - {"training"}
    assert set(OPTIONS) == set(Options._fields) == {*PassOptions.__annotations__, "training"}


def test_links_are_made_of_the_table():
    assert {**HEAD, **BODY} == OF_PASS
    assert FIELDS == OF_TRAINING


@every_row
def test_a_row_has_words_in_both_languages(field):
    assert all(field.label)
    assert all(field.said)


def test_what_a_training_can_be_given_midway_is_no_part_of_its_network_and_data():
    assert set(MIDWAY) <= set(OF_TRAINING)
    assert not {"hidden", "init", "seed", "data", "batch_norm", "dropout", "mistakes"} & set(MIDWAY)
    assert set(SHARED) <= set(OF_PASS)


def test_every_amount_belongs_to_a_technique():
    listed = [row.attribute for field, amounts in techniques() for row in (field, *amounts)]
    assert listed == [name for name in OPTIONS if name not in ("training", "mistakes")]
    for field, amounts in techniques():
        assert not Options().uses(field.attribute)
        assert all(amount.letter for amount in amounts)
