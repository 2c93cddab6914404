"""Links of tasks: the same task comes back, and what fits is kept."""

from dataclasses import replace

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from engine import (
    ACTIVATIONS,
    CLIPS,
    DATASETS,
    INITIALIZERS,
    LOSSES,
    OPTIMIZERS,
    REGULARIZERS,
    SCHEDULES,
    InputError,
)
from engine.settings import FIELDS, OWN, Task, task_from_query, task_to_query


def names(registry):
    return st.sampled_from(list(registry))


@st.composite
def tasks(draw):
    hidden = tuple(draw(st.lists(st.integers(1, 5), max_size=3)))
    output = draw(names(ACTIVATIONS))
    fits = [name for name, loss in LOSSES.items() if not loss.matched or loss.matched.activation == output]
    data = draw(names([name for name, data in DATASETS.items() if data.classes or output != "softmax"]))
    size = draw(st.none() | st.integers(4, 40))
    return Task(
        data,
        size,
        draw(st.none() | st.floats(0, 1)),
        draw(st.integers(0, 2**32 - 1)),
        hidden=hidden,
        activations=(*(draw(names(ACTIVATIONS)) for _ in hidden), output),
        init=draw(names(INITIALIZERS)),
        seed=draw(st.integers(0, 2**32 - 1)),
        loss=draw(st.sampled_from(fits)),
        optimizer=draw(names(OPTIMIZERS)),
        eta=draw(st.floats(0, 1e6)),
        batch=draw(st.integers(0, 50)),
        epochs=draw(st.integers(1, 100_000)),
        held=draw(st.integers(0, 90)),
        schedule=draw(names(SCHEDULES)),
        span=draw(st.integers(0, 100_000)),
        regularizer=draw(names(REGULARIZERS)),
        strength=draw(st.floats(0, 10)),
        clip=draw(names(CLIPS)),
        clip_at=draw(st.floats(1e-3, 10)),
        batch_norm=draw(st.booleans()),
        dropout=draw(st.floats(0, 0.9)),
    )


@pytest.mark.parametrize(("decimal", "x"), [("point", 221900), ("comma", 221.9)])
def test_a_link_carries_how_a_table_is_read(decimal, x):
    task = Task(data=OWN, rows='price,beds\n"221,900",3\n"1,180",2', decimal=decimal)
    task.check()
    assert task.samples()[0][0, 0] == x
    assert task_to_query(task)["decimal"] == decimal
    assert task_from_query(task_to_query(task)) == (task, [])


def test_a_target_column_is_a_number_or_a_name_that_may_look_like_one():
    rows = "2021,1,y\n5,6,7\n8,9,10"
    assert replace(Task(data=OWN, rows=rows, targets="2021")).samples()[1].tolist() == [[5], [8]]
    assert replace(Task(data=OWN, rows="a,b,c\n5,6,7", targets="1,3")).samples()[1].tolist() == [[5, 7]]


@given(tasks())
def test_a_link_makes_the_same_task_again(task):
    try:
        task.check()
    except InputError:  # a loss that takes no such targets
        reject()
    assert task_from_query(task_to_query(task)) == (task, [])


@given(
    st.dictionaries(
        st.sampled_from(list(FIELDS)), st.text(max_size=12) | st.sampled_from(["2-2", "spiral", "own", "0.1"])
    )
)
def test_a_link_of_any_kind_makes_a_task_that_works(query):
    task, _ = task_from_query(query)
    task.check()


def test_a_link_keeps_what_fits():
    task, problems = task_from_query({"eta": "x", "optimizer": "adam", "hidden": "3-3"})
    assert (task.eta, task.optimizer, task.activations) == (Task().eta, "adam", ("sigmoid",) * 3)
    assert [problem.problem.en for problem in problems] == ["eta: this is not a number"]
