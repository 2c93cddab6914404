"""Sheets prepared for a training: classes, gaps, targets and scales, each said; checked against pandas and by hand."""

import numpy as np
import pytest

from engine import InputError, read_table
from engine.data.preparing import prepared
from engine.data.sheets import read_sheet

TITANIC = (
    b"PassengerId,Survived,Name,Sex,Age,Fare\n1,0,Braund,male,22,7.25\n2,1,Cumings,female,38,71.28\n3,1,Heikkinen,female,,7.92\n"
    b"4,1,Futrelle,female,35,53.1\n5,0,Allen,male,35,8.05\n6,0,Moran,male,30,8.46\n7,0,McCarthy,male,54,51.86\n"
)


def made(text, **how):
    return prepared(read_sheet(text if isinstance(text, bytes) else text.encode()), **how)


def table(ready):
    return read_table(ready.text, list(ready.targets))


def test_a_passenger_list_becomes_numbers_and_all_of_it_is_said():
    ready = made(TITANIC)
    got = table(ready)
    assert got.targets == ("Survived",)
    assert got.inputs == ("Sex = male", "Age", "Fare")
    assert got.y.ravel().tolist() == [0, 1, 1, 0, 0, 0]
    assert got.x[1].tolist() == [0, 38, 71.28]
    assert ready.output == "sigmoid"
    for words in (
        "neither numbers nor classes: Name",
        "1 of 7 rows have gaps (Age 1)",
        "Sex is 1 for male and 0 for female",
        "PassengerId only numbers the rows",
    ):
        assert any(words in each.en for each in ready.said), words
    assert all(each("zh") != each("en") for each in ready.said)


def test_many_gaps_are_filled_by_the_median():
    ready = made("a,b,y\n1,,0\n2,4,1\n3,,0\n4,8,1\n5,6,0\n")
    assert table(ready).x[:, 1].tolist() == [6, 4, 6, 8, 6]
    assert any("median of the column: b = 6" in each.en for each in ready.said)


@pytest.mark.parametrize(
    "labels", [("setosa", "versicolor", "virginica"), ("0", "1", "2"), ("1", "2", "3"), ("2", "4", "6")]
)
def test_classes_become_columns_with_their_names(labels):
    ready = made("a,b,species\n" + "".join(f"{i},{i + 1},{labels[i % 3]}\n" for i in range(9)))
    got = table(ready)
    assert got.targets == tuple(f"species = {label}" for label in labels)
    assert np.array_equal(got.y.argmax(axis=1), np.arange(9) % 3)
    assert ready.output == "softmax"
    assert ready.classes == labels


def test_two_labels_become_one_column_of_zeros_and_ones():
    got = table(made("a,b,class\n" + "".join(f"{i},{i + 1},{(2, 4)[i % 2]}\n" for i in range(8))))
    assert (got.targets, got.y.ravel()[:3].tolist()) == (("class = 4",), [0, 1, 0])


def test_amounts_stay_numbers_and_suit_a_linear_output():
    ready = made("sqft,beds,price\n1180,3,221900\n770,2,180000\n1960,4,604000\n")
    assert table(ready).y.ravel().tolist() == [221900, 180000, 604000]
    assert ready.output == "linear"


def test_inputs_of_different_ranges_are_told():
    text = "a,b,y\n" + "".join(f"{i},{1000 * i + i % 3},{i % 2}\n" for i in range(10))
    assert made(text).differs
    assert table(made(text)).x[9].tolist() == [9, 9000]
    assert not made("a,b,y\n1,2,0\n3,4,1\n").differs
    assert made("a,b,y\n0.1,1.5,0\n0.2,2.5,1\n").differs  # more than ten times, and none of them large
    assert made("a,b,y\n500,600,0\n700,800,1\n").differs  # alike, and all of them large


@pytest.mark.parametrize(
    "text", ["# made today\n\na,b,y\n1,2,0\n,3,1\n4,5,1\n6,7,0\n\n8,x,1\n", "1,2,0\n3,4,1\n\n5,6o,1\n"]
)
def test_a_mistyped_number_is_told_with_its_line(text):
    with pytest.raises(InputError) as told:
        table(made(text))
    line = next(i for i, row in enumerate(text.splitlines(), 1) if "x" in row or "o," in row[3:])
    assert f"line {line}, column" in str(told.value)


def test_columns_are_left_out_and_chosen():
    ready = made("a,b,c\n1,2,3\n3,5,8\n", targets=["a"], left_out=["b"])
    assert (table(ready).inputs, table(ready).targets) == (("c",), ("a",))


def test_names_of_classes_on_a_line_on_top():
    got = table(made("6,2,benign,malign\n" + "".join(f"{i},{i + 1},{i % 2}\n" for i in range(6))))
    assert got.targets == ("3 = malign",)


def test_decimal_commas_and_thousands_stay_what_they_are():
    assert table(made("a;y\n1,5;0\n2,25;1\n")).x.ravel().tolist() == [1.5, 2.25]
    assert table(made('a,y\n"1,180.5",0\n"2,000.5",1\n')).x.ravel().tolist() == [1180.5, 2000.5]


def test_a_table_of_texts_or_of_one_column_is_refused():
    for text in ("name,who\nx,y\nz,w\nu,v\n", "a\n1\n2\n"):
        with pytest.raises(InputError, match="no training data"):
            made(text)
    wide = ",".join(f"c{i}" for i in range(200)) + "\n" + (",".join("1" * 200) + "\n") * 3
    with pytest.raises(InputError, match="too many columns"):
        made(wide)
