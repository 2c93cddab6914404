"""Samples of a batch: one more, one less, and rows of a sheet in their place."""

from dataclasses import replace

import pytest

from engine import InputError
from engine.settings import MOST_SAMPLES, Model
from visualizer.state import duplicated, with_pasted, without_sample

XOR, MAZUR = Model.of_example("xor"), Model.of_example("mazur")


def test_a_sample_is_duplicated_behind_itself_and_removed_again():
    more = duplicated(XOR, XOR.trace(), 1)
    assert more.x == (*XOR.x[:2], XOR.x[1], *XOR.x[2:])
    assert more.y == (*XOR.y[:2], XOR.y[1], *XOR.y[2:])
    assert without_sample(more, more.trace(), 2) == XOR
    with pytest.raises(InputError, match="last sample"):
        without_sample(MAZUR, MAZUR.trace(), 0)


@pytest.mark.parametrize(
    "text",
    [
        "0.1 0.2 0 1\n0.3 0.4 1 0",
        "0.1\t0.2\t0\t1\n\n0.3\t0.4\t1\t0\n",
        "0,1;0,2;0;1\n0,3;0,4;1;0",
        "0.1, 0.2, 0, 1\n.3, .4, 1, 0",
    ],
)
def test_rows_of_a_sheet_are_samples(text):
    made = with_pasted(MAZUR, MAZUR.trace(), text)
    assert (made.x, made.y) == (((0.1, 0.2), (0.3, 0.4)), ((0.0, 1.0), (1.0, 0.0)))
    assert made.trace().m == 2


def test_in_a_later_iteration_the_network_is_that_of_the_iteration():
    later = replace(MAZUR, iteration=3)
    made = duplicated(later, later.trace(), 0)
    assert made.iteration == 1
    assert made.network().theta.tolist() == later.trace().given.theta.tolist()


@pytest.mark.parametrize(
    "text", ["1 2 3", "a b c d", "", "1 2 3 4\n1 2 3", "\n".join(["1 2 3 4"] * (MOST_SAMPLES + 1))]
)
def test_what_are_no_samples_is_told(text):
    with pytest.raises(InputError) as told:
        with_pasted(MAZUR, MAZUR.trace(), text)
    assert told.value.sentence("zh") != told.value.sentence("en")
