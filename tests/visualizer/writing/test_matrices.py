import numpy as np

from visualizer.writing import matrix


def entries(text):
    inside = text.removeprefix(r"\begin{bmatrix}").removesuffix(r"\end{bmatrix}")
    return [[entry.strip() for entry in row.split("&")] for row in inside.split(r"\\")]


def test_a_matrix_stands_row_by_row():
    assert entries(matrix(np.array([[0.5, -2], [1 / 3, 0]]))) == [["0.5", "-2"], ["0.3333", "0"]]
    assert matrix(np.array(0.25)) == "0.25"


def test_of_a_large_matrix_the_corners_are_kept():
    values = np.arange(70.0).reshape(7, 10)
    rows = entries(matrix(values))
    assert (rows[0][0], rows[0][-1], rows[-1][0], rows[-1][-1]) == ("0", "9", "60", "69")
    assert len(rows) <= 5
    assert {len(row) for row in rows} == {5}
    assert rows[3][3] == r"\ddots"
