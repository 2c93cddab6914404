"""Columns of a sheet: kinds, ranges, gaps and bars counted by hand, and the usual target."""

import pytest

from engine.data.columns import columns_of, usual_target
from engine.data.sheets import read_sheet

SHIP = (
    b"Name,Survived,Sex,Age,Fare\nBraund,0,male,22,7.25\nCumings,1,female,38,71.28\nHeikkinen,1,female,,7.92\n"
    b"Futrelle,1,female,35,53.1\nAllen,0,male,35,8.05\nMoran,0,male,30,8.46\nMcCarthy,0,male,54,51.86\n"
)


def test_columns_have_kinds_ranges_and_gaps():
    columns = {column.name: column for column in columns_of(read_sheet(SHIP))}
    assert [columns[name].kind for name in ("Name", "Sex", "Age")] == ["text", "class", "number"]
    assert (columns["Age"].low, columns["Age"].high, columns["Age"].gaps) == (22, 54, 1)
    assert (columns["Sex"].values, columns["Sex"].counts) == (("female", "male"), (3, 4))
    assert sum(columns["Fare"].counts) == 7


@pytest.mark.parametrize(("cells", "kind"), [("1 2 3 x 5", "number"), ("1 2 x x 5", "text"), ("1 x x 1 x", "class")])
def test_one_mistyped_cell_leaves_a_column_of_numbers_one(cells, kind):
    (column, _) = columns_of(read_sheet("\n".join(["a,b", *(f"{cell},1" for cell in cells.split())]).encode()))
    assert column.kind == kind


@pytest.mark.parametrize("cells", [("1e17", "100000000000000016"), ("5e-324", "1e-323")])
def test_numbers_that_floats_cannot_part_have_no_bars(cells):
    (column, _) = columns_of(read_sheet("\n".join(["a,b", *(f"{cell},1" for cell in cells)]).encode()))
    assert (column.kind, column.counts) == ("number", ())


@pytest.mark.parametrize(
    ("header", "target"), [("a,b,c", "c"), ("a,Survived,c", "Survived"), ("标签,b,c", "标签"), ("a,y,label", "label")]
)
def test_the_usual_target_has_a_usual_name_or_stands_last(header, target):
    assert usual_target(columns_of(read_sheet(f"{header}\n1,2,3\n4,5,6\n".encode()))) == target
