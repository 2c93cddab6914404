import pytest

from visualizer.writing import bracketed, joined, long_sum, rounded


@pytest.mark.parametrize("count", [1, 5, 6, 50])
def test_a_sum_of_items_is_the_sum_of_their_terms(count):
    terms = [f"t_{{{i}}}" for i in range(count)]
    asked = []
    letters, numbers = long_sum(range(count), lambda i: (asked.append(i) or terms[i], terms[i]))
    assert letters == numbers == joined(terms)
    assert len(asked) == min(count, 5)


def test_a_minus_takes_the_place_of_the_plus():
    assert joined(["1", "-2", "⟨-3.0⟩"]) == "1 - 2 - ⟨3.0⟩"


def test_a_negative_number_is_enclosed_unless_it_stands_first():
    assert rounded(bracketed(-0.5, 0), 4) == "-0.5"
    assert rounded(bracketed(-0.5, 3), 4) == "(-0.5)"
