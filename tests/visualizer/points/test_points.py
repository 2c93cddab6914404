"""Points drawn by hand: the table that they make, what a browser may send, and what gives way to them."""

from dataclasses import replace
from math import inf, nan

import numpy as np
import pytest

from engine import DATASETS, InputError
from engine.settings import OWN, Task
from visualizer.points import CLASSES, CURVE, MOST_POINTS, START, Points, drawn_task, points_of, read_points

PLANES = {"xor", "and", "or", "three_points", "circle", "blobs", "moons", "spiral", "sine", "step"}


@pytest.mark.parametrize("name", DATASETS)
def test_samples_on_a_plane_are_points_and_the_table_of_these_is_the_same_samples(name):
    task = Task().with_data(name)
    made = points_of(task)
    assert (made is not None) == (name in PLANES)
    if made:
        x, y = drawn_task(task, made).samples()
        assert np.array_equal(x, task.samples()[0])
        assert np.array_equal(y, task.samples()[1])
        assert points_of(drawn_task(task, made)) == made
        assert all(
            low <= value <= high for p in made.points for value, (low, high) in zip(p, made.ranges, strict=False)
        )


@pytest.mark.parametrize(
    "rows",
    [
        "a,b,c,y\n1,2,3,0",
        "a,b,y\n1,2,0.5\n3,4,1",
        "a,b,y\n1,2,2\n3,4,1",
        "a,y\n1e9,1\n2,1",
        "a,y\n" + "1,2\n" * (MOST_POINTS + 1),
        "not a table",
    ],
)
def test_what_does_not_lie_on_a_plane_or_is_too_much_has_no_board(rows):
    assert points_of(Task(data=OWN, rows=rows)) is None


def test_a_softmax_output_has_the_classes_of_the_table():
    task = Task(data=OWN, rows="a,b,y\n1,2,1\n3,4,0", activations=("tanh", "softmax"), loss="cross_entropy")
    assert points_of(task).points == ((1.0, 2.0, 1.0), (3.0, 4.0, 0.0))
    assert drawn_task(task, points_of(task)).samples()[1].tolist() == [[0, 1], [1, 0]]


@pytest.mark.parametrize(
    ("kind", "sent"),
    [
        (CLASSES, []),
        (CLASSES, None),
        (CLASSES, "1,2,0"),
        (CLASSES, [[1, 2]]),
        (CLASSES, [[1, 2, 2]]),
        (CLASSES, [[1, 2, 0.5]]),
        (CLASSES, [[1, "2", 0]]),
        (CLASSES, [[1, nan, 0]]),
        (CLASSES, [[1, inf, 0]]),
        (CLASSES, [[1, 1e9, 0]]),
        (CLASSES, [[True, 1, 0]]),
        (CLASSES, [[0, 0, 0]] * (MOST_POINTS + 1)),
        (CURVE, [[1, 2, 0]]),
        (CURVE, [10**400, 1]),
        (CURVE, [[10**400, 1]]),
        ("circle", [[1, 2]]),
    ],
)
def test_what_are_no_points_is_refused(kind, sent):
    with pytest.raises(InputError, match="points cannot be used"):
        read_points(kind, sent)


@pytest.mark.parametrize("kind", START)
def test_what_a_browser_sends_is_taken_to_the_last_digit(kind):
    sent = [
        [0.1 + 0.2, -1 / 3, *([1] if kind == CLASSES else [])],
        [1e-7, 123456.789, *([0] if kind == CLASSES else [])],
    ]
    made = read_points(kind, sent)
    again = points_of(drawn_task(Task(), made))
    assert [list(point) for point in again.points] == sent


@pytest.mark.parametrize("kind", START)
@pytest.mark.parametrize("name", sorted(PLANES))
def test_points_of_the_other_kind_bring_an_output_and_a_loss_that_suit_them(name, kind):
    task = drawn_task(Task().with_data(name), Points(kind, START[kind]))
    task.check()
    assert task.data == OWN
    assert task.classes == (kind == CLASSES)
    suited = Task().with_data(name).classes == task.classes and points_of(Task().with_data(name)).kind == kind
    assert suited or task.activations[-1] in ("linear" if kind == CURVE else "sigmoid", Task().activations[-1])


def test_moved_points_keep_the_weights_that_a_training_started_from():
    task = Task(data=OWN, rows=Points(CLASSES, START[CLASSES]).rows)
    given = replace(task, net=tuple(task.network().theta.tolist()))
    moved = Points(CLASSES, (*START[CLASSES], (0.0, 0.0, 1.0)))
    assert drawn_task(given, moved).net == given.net
