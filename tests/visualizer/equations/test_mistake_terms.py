"""Arithmetic of a mistake: it comes to the wrong number, and is not the right one."""

import pytest

from engine.mistakes import MISTAKES
from engine.studies import first_difference
from tests.together import together
from tests.visualizer.equations.test_arithmetic import evaluated, sigma, worked
from tests.visualizer.equations.test_mistakes_shown import VICTIMS, made
from tests.visualizer.oracles import number_of, unread
from visualizer.equations import numeric, symbolic

every_mistake = pytest.mark.parametrize("name", MISTAKES)


def met_by(number):
    """The victims of a mistake: two with all that there is, and a third of the others in turn."""
    always = ("softmax twice", "softmax, normalized and dropped")
    return [victim for i, victim in enumerate(VICTIMS) if victim in always or (i + number) % 3 == 0]


@together({name: [(victim, name) for victim in met_by(i)] for i, name in enumerate(MISTAKES)})
def test_the_arithmetic_of_a_mistake_comes_to_its_number(victim, name):
    trace, rounds = made(victim, name).trace(), MISTAKES[name].rounds
    for step, element, told in worked(trace):
        assert unread(told.to_tex()) == []
        assert rounds in told.letters
        assert r"\mathrm{round}" not in told.letters or rounds
        if rounds or r"\sigma'" in told.numbers:
            continue
        value, error = evaluated(told.numbers, sigma(trace, element.ref.layer))
        exact = number_of(trace, element.ref, element.indices, element.sample)
        assert abs(value - exact) <= 1.5 * error + 1e-12, (step.address, element, told.numbers)


@every_mistake
def test_the_equation_where_a_mistake_begins_is_not_the_right_one(name):
    for victim in VICTIMS:
        model = made(victim, name, 1)
        first = first_difference(model, [MISTAKES[name]])
        if first is None:
            continue
        wrong, right = model.trace(), model.right.trace()
        step, same = (next(s for s in t.steps if s.address == first.address) for t in (wrong, right))
        assert symbolic(wrong, step) != symbolic(right, same)
        assert unread(symbolic(wrong, step)) == []
        assert unread(numeric(wrong, step)) == []
        return
    pytest.fail("no victim")
