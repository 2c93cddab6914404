import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import InputError, read_table
from engine.data import MOST_CHARACTERS
from engine.data.table import MOST_COLUMNS, MOST_SAMPLES


@pytest.mark.parametrize(
    ("text", "inputs", "x", "y"),
    [
        ("1,2,3\n4,5,6", ("1", "2"), [[1, 2], [4, 5]], [[3], [6]]),
        ("a,b,c\n1,2,3\n4,5,6\n", ("a", "b"), [[1, 2], [4, 5]], [[3], [6]]),
        ("a;b\n0,5;1\n\n-1,25;0\n", ("a",), [[0.5], [-1.25]], [[1], [0]]),
        ("a\tb\r\n1/4\t−1\r\n", ("a",), [[0.25]], [[-1]]),
        ("0 0  1\n 1  1 0 ", ("1", "2"), [[0, 0], [1, 1]], [[1], [0]]),
        ("\ufeffx,y\n1e-3,2", ("x",), [[1e-3]], [[2]]),
        ('"length, cm",y\n"1.5",2', ("length, cm",), [[1.5]], [[2]]),
        (",y\n1,2", ("1",), [[1]], [[2]]),
        ("1,2\n,\n3,4", ("1",), [[1], [3]], [[2], [4]]),
    ],
    ids=repr,
)
def test_tables_as_people_have_them(text, inputs, x, y):
    table = read_table(text)
    assert table.inputs == inputs
    assert table.x.tolist() == x
    assert table.y.tolist() == y


@pytest.mark.parametrize("targets", [["a", "c"], [1, 3], ["c", 1], ("a", "c", "a")], ids=str)
def test_targets_by_name_or_number(targets):
    table = read_table("a,b,c\n1,2,3\n4,5,6", targets)
    assert (table.inputs, table.targets) == (("b",), ("a", "c"))
    assert table.y.tolist() == [[1, 3], [4, 6]]
    assert read_table("a,b\n1,2", "a").targets == ("a",)


def test_a_header_may_be_numbers_and_a_first_row_may_have_to_be_one():
    assert read_table("1,2\n3,4", header=True).x.tolist() == [[3]]
    with pytest.raises(InputError, match="line 1, column 1"):
        read_table("x,2\n3,4", header=False)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a,b\n1,2\n3,four", ("line 3", "column b", "four")),
        ("a,b\n1,\n3,4", ("line 2", "column b")),
        ("a,b\n1,nan", ("line 2", "column b", "nan")),
        ("a,b\n1,inf", ("line 2", "column b")),
        ("a,b\n1,1e999", ("line 2", "column b")),
        ("a,b\n1,1_0", ("line 2", "column b", "1_0")),
        ("a,b\n1,=SUM(A1)", ("line 2", "column b")),
        ("a,b\n1,<script>", ("line 2", "column b")),
        ("a,b\n1,2,3", ("line 2", "2 cells", "3")),
        ("a,b\n1,2\n\n3", ("line 4", "2 cells")),
        ("a,b", ("no training data",)),
        ("a\n1", ("no training data",)),
        ("", ("not a table",)),
        (" \n\n", ("not a table",)),
        ("\x0b", ("not a table",)),
        (",,,\n,,", ("not a table",)),
        (None, ("not a table",)),
        (b"1,2", ("not a table",)),
        ("1,2\n" * (MOST_SAMPLES + 1), ("too large", "10,000 rows")),
        (",".join("1" * (MOST_COLUMNS + 1)), ("too large", "100 columns")),
        ("1" * (MOST_CHARACTERS + 1), ("too large", "5,000,000")),
        ('a,b\n1,"' + "9" * 200_000, ("cannot be read",)),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_what_is_wrong_is_told_with_its_place(text, words):
    with pytest.raises(InputError) as error:
        read_table(text)
    for lang in ("en", "zh"):
        assert len(error.value.sentence(lang)) < 400
    assert all(word in error.value.sentence("en") for word in words)


@pytest.mark.parametrize("targets", [[], ["d"], [0], [4], [True], [1.0], ["a", "b", "c"], [None], 2.5], ids=str)
def test_targets_that_are_none_are_told(targets):
    with pytest.raises(InputError):
        read_table("a,b,c\n1,2,3", targets)


def test_the_largest_table_is_read():
    text = "\n".join([",".join(["0.5"] * 50)] * MOST_SAMPLES)
    assert read_table(text).x.shape == (MOST_SAMPLES, 49)


@settings(max_examples=300)
@given(text=st.text(alphabet=st.sampled_from('01,.;\t "\n\r-eEa−/\x00\x0b\ufeff'), max_size=40))
def test_anything_is_a_table_of_numbers_or_told(text):
    try:
        table = read_table(text)
    except InputError:
        return
    assert np.isfinite(table.x).all()
    assert np.isfinite(table.y).all()
    assert table.x.shape[1] >= 1 <= table.y.shape[1]
