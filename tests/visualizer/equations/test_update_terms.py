"""Equations of an update: its rate, its laws, and what stays."""

import pytest

from engine import OPTIMIZERS, Ref
from tests.visualizer.equations.test_equation import TRACES, every_trace
from visualizer.equations import numeric, symbolic
from visualizer.equations.equation import coloured
from visualizer.writing import palette, tex_general, tex_number


def of_update(trace):
    return [step for step in trace.steps if step.rule.phase == "update"]


@every_trace
def test_an_update_shows_the_rate_and_leaves_alone_what_is_not_trained(name):
    trace, steps = TRACES[name], of_update(TRACES[name])
    layer, norms = trace.given.layers[0], trace.given.architecture.is_normed(1)
    moved = 1 + layer.train_bias + 2 * norms
    assert sum(symbolic(trace, step).count(r"\eta") for step in steps) == moved
    assert not any(r"\eta" in numeric(trace, step, 1) for step in steps)
    rate = rf"{tex_number(trace.update.rate)}\cdot"
    assert sum(numeric(trace, step, 1).count(rate) for step in steps) >= moved


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_an_update_says_law_by_law_how_the_state_comes_about_and_puts_its_numbers_in(name):
    trace, optimizer = TRACES[name], OPTIMIZERS[name]
    steps = of_update(trace)
    laws = [*optimizer.laws[:-1], *optimizer.explained]
    assert [step.rule.key for step in steps] == [*(law.writes for law in laws), "update"]
    for law, step in zip(laws, steps, strict=False):
        letters, numbers = symbolic(trace, step), numeric(trace, step, 1)
        for p in "Wb":
            written = f"{law.writes}_{p}" + ("" if law in optimizer.explained else "_new")
            assert letters.count(coloured(tex_general(Ref(written, 1)), palette.WRITE) + " &= ") == 1
        assert not any(letter in numbers for letter in (r"\mu", r"\beta", r"\epsilon", r"\lambda", r"\rho", "{t}"))
        assert numbers.count("^{{2}}") == 2 * ("t" in law.reads)
