"""Each notation's equations hold for the numbers that stand in them, read as arithmetic of that notation."""

import re

import numpy as np
import pytest

from engine.settings import Model
from visualizer.reference.notation import EXAMPLE, entries, lettered, numbered
from visualizer.reference.notation_list import NOTATIONS
from visualizer.writing import tex_number

PASS = Model.of_example(EXAMPLE).trace()
LINES = [(notation, key) for notation in NOTATIONS for key in notation.lines]


def evaluated(notation, key):
    """The right-hand side of an equation as NumPy."""
    values = notation.values(PASS)
    matrices = any(isinstance(value, np.ndarray) for value in values.values())
    text = notation.lines[key].split(" = ")[1]
    text = re.sub(r"\((<\w+>)\)\^\{T\}", r"\1.T", text).replace(r"\odot", "*").replace(r"\,", "@" if matrices else "*")
    if "*" in text and matrices:  # products of matrices before those of elements
        left, right = text.split("*")
        text = f"({left}) * ({right})"
    return eval(re.sub(r"<(\w+)>", r"values['\1']", text), {"values": values})


@pytest.mark.parametrize(("notation", "key"), LINES, ids=lambda part: getattr(part, "name", part))
def test_the_numbers_satisfy_the_equation(notation, key):
    left = re.match(r"<(\w+)>", notation.lines[key])[1]
    value = notation.values(PASS)[left]
    assert np.abs(value).max() > 0
    assert np.shape(evaluated(notation, key)) == np.shape(value)
    assert np.allclose(evaluated(notation, key), value, rtol=1e-12)


@pytest.mark.parametrize(("notation", "key"), LINES, ids=lambda part: getattr(part, "name", part))
def test_every_place_is_filled(notation, key):
    written, numbers = lettered(notation, key), numbered(notation, key)
    assert "<" not in written + numbers
    assert not re.search("[a-z]", re.sub(r"\\[a-z]+|\{bmatrix\}", "", numbers))
    value = np.asarray(notation.values(PASS)[re.match(r"<(\w+)>", notation.lines[key])[1]])
    assert all(tex_number(float(entry)) in numbers for entry in value.flat)


def test_rows_are_the_transpose_of_columns():
    columns, rows = (next(n for n in NOTATIONS if n.name == name).values(PASS) for name in ("book", "rows"))
    assert columns.keys() == rows.keys()
    for name in rows:  # products of rows and of columns are added up in another order
        np.testing.assert_allclose(columns[name].T, rows[name], rtol=1e-14, err_msg=name)


def test_the_dictionary_has_every_notation_and_every_equation():
    dictionary, *shown = entries()
    (table,) = (block for block in dictionary.blocks if hasattr(block, "rows"))
    assert len(table.rows) == 1 + len(NOTATIONS[0].lines)
    assert {len(row) for row in table.rows} == {1 + len(NOTATIONS)}
    assert [entry.name for entry in shown] == [notation.name for notation in NOTATIONS]
