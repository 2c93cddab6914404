import pytest

from tests.together import together


@together({"small": [(1, 2), (2, 3)], "large": [(8, 9), (9, 9), (7, 6)]})
def rises(one, other):
    assert one < other, "not larger"


def test_every_case_that_fails_is_told_by_its_arguments():
    rises("small")
    with pytest.raises(AssertionError) as told:
        rises("large")
    assert "(9, 9): not larger" in str(told.value)
    assert "(7, 6): not larger" in str(told.value)
    assert "(8, 9)" not in str(told.value)


@together([1, 2, 30, (40,)])
def small(number):
    assert number < 10, "too large"


def test_cases_without_groups_are_one_test_and_all_are_tried():
    with pytest.raises(AssertionError) as told:
        small()
    assert [case in str(told.value) for case in ("1: ", "2: ", "30: too large", "(40,): too large")] == [0, 0, 1, 1]
