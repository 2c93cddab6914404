"""Limits from the environment, and the rate of messages."""

from dataclasses import fields

import pytest

from visualizer.hall.limits import Limits, Rate, limits_of


@pytest.mark.parametrize("name", [field.name for field in fields(Limits)])
def test_a_variable_sets_one_limit_and_no_other(name):
    made = limits_of({f"BACKPROP_HALL_{name.upper()}": "7"})
    assert {field.name for field in fields(Limits) if getattr(made, field.name) != getattr(Limits(), field.name)} == {
        name
    }
    assert getattr(made, name) == 7
    assert type(getattr(made, name)) is type(getattr(Limits(), name))


@pytest.mark.parametrize("rubbish", ["", "many", "-3", "0", "nan"])
def test_what_is_no_limit_is_ignored(rubbish):
    assert limits_of({"BACKPROP_HALL_ROOMS": rubbish, "BACKPROP_HALL_MINUTES": rubbish}) == Limits()


def waited(rate, now, messages, every):
    """Send messages at a pace; give the time at which the last one is read."""
    read = 0.0
    for i in range(messages):
        now[0] = max(i * every, read)
        read = now[0] + rate.wait()
    return read


@pytest.mark.parametrize("per_second", [2, 20])
def test_whoever_keeps_to_the_rate_waits_for_nothing(per_second):
    now = [0.0]
    rate = Rate(per_second, lambda: now[0])
    assert waited(rate, now, 500, 1 / per_second) == pytest.approx(499 / per_second)


@pytest.mark.parametrize("per_second", [2, 20])
def test_a_flood_is_read_no_faster_than_the_rate(per_second):
    now = [0.0]
    rate = Rate(per_second, lambda: now[0])
    messages = 40 * per_second
    assert waited(rate, now, messages, 0) >= messages / per_second - 4
