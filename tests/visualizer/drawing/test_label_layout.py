"""Label layout of edges: the places and the size of their numbers."""

import pytest

from engine.examples import EXAMPLES
from visualizer.drawing import drawing
from visualizer.drawing.label_layout import LABEL_SIZES, Obstacle, place_labels

ACROSS = (0.0, 0.0, 200.0, 0.0)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_numbers_of_an_example_are_large_enough_to_be_projected(name):
    sizes = EXAMPLES[name].network.sizes
    assert drawing(sizes, tuple(tuple(range(n)) for n in sizes)).tag.size >= 17


def test_numbers_grow_as_far_as_there_is_room():
    free, (place,) = place_labels([ACROSS], [], LABEL_SIZES)
    assert place == (80.0, 0.0)
    least, places = place_labels([ACROSS, (0.0, 21.0, 200.0, 21.0)], [], LABEL_SIZES)
    assert least.size < free.size
    assert None not in places


def test_where_nothing_fits_the_numbers_are_small_and_some_are_left_out():
    tag, places = place_labels([ACROSS] * 5, [], LABEL_SIZES)
    assert tag == place_labels([ACROSS], [], LABEL_SIZES[-1:])[0]
    assert places.count(None) == 2


def test_a_plate_that_stands_in_the_way_is_as_wide_as_the_others():
    cover = Obstacle(80.0, 0.0, 1.0, 1.0, plate=True)
    tag, (place,) = place_labels([ACROSS], [cover], LABEL_SIZES[-1:])
    assert abs(place[0] - cover.x) >= tag.width
