"""Rows of a table without what stands around them: the lines stay those of the file."""

import pytest

from engine import InputError
from engine.data.tidying import tidied, without_signs


def rows(*texts):
    return [(line, text.split(",")) for line, text in enumerate(texts, 3)]


def test_the_lines_of_rows_stay():
    tidy = tidied(rows("Flowers", "a,b", "---,---", "1,2", "3,4"))
    assert (tidy.names, tidy.rows) == (["a", "b"], [(6, ["1", "2"]), (7, ["3", "4"])])
    assert [words.en for words in tidy.said] == ["The lines above the table were ignored: Flowers."]


def test_numbers_above_a_table_are_no_title():
    with pytest.raises(InputError, match=r"line 3 .*Expected: 3 cells; got: 1"):
        tidied(rows("7", "1,2,3", "3,4,5"))


@pytest.mark.parametrize("texts", [(), ("a,b",), ("---,---",)])
def test_nothing_but_a_header_is_told(texts):
    with pytest.raises(InputError, match="no rows below"):
        tidied(rows(*texts))


def test_signs_stay_where_not_all_cells_are_numbers_with_them():
    columns = [("5%", "", "7%"), ("5%", "6", "7%"), ("a%", "b%", "c%")]
    assert without_signs(("p", "q", "r"), columns)[0] == [("5", "", "7"), *columns[1:]]


@pytest.mark.parametrize(
    ("texts", "names"),
    [
        ((",a,b", ",1,2", ",3,4"), ["a", "b"]),
        (("a,b,", "1,2,", "3,4,"), ["a", "b"]),
        (("a,b,,", "1,2,,", "3,4,,"), ["a", "b"]),
        ((",a,b,", ",1,2,", ",3,4,"), ["a", "b"]),
        (("a", "1", "2"), ["a"]),
    ],
)
def test_empty_columns_at_the_ends_are_none(texts, names):
    tidy = tidied(rows(*texts))
    assert tidy.names == names
    assert {len(cells) for _, cells in tidy.rows} == {len(names)}
