import re

import pytest

from visualizer.reference.derivations import DERIVATIONS, entries
from visualizer.reference.registries import RULES, general


def bare(tex):
    """A formula without the commands that only change its look."""
    tex = tex.replace(r"\frac{1}{m}{\textstyle\sum_x}\,", "").replace(r"\frac{1}{m}\,", "").replace("C_x", "C")
    return re.sub(r"\\(left|right|bigl|bigr|,|!)|[\s{}]", "", tex)


@pytest.mark.parametrize("derivation", DERIVATIONS, ids=lambda made: made.name)
def test_a_derivation_arrives_at_the_equation_that_is_executed(derivation):
    rule = RULES[derivation.name]
    executed = rule.tex
    if "{vjp:" in executed:
        head, upstream = executed.removesuffix("}").split("{vjp:", 1)
        executed = rf"{head}{upstream} \odot \sigma'(<z>)"
    assert bare(derivation.steps[-1][1]) == bare(general(executed, output=derivation.name == "bp1"))


def test_all_four_are_derived_and_open_at_their_own_step():
    assert [entry.name for entry in entries()] == ["bp1", "bp2", "bp3", "bp4"]
    assert all(entry.opens["step"].startswith(entry.name) for entry in entries())
    assert all(len(derivation.steps) >= 3 for derivation in DERIVATIONS)
