import re
from dataclasses import replace

import pytest

from engine import CLIPS, REGULARIZERS
from engine.options.gradient_rules import CLIPPED, PENALTY, REGULARIZED
from tests.visualizer.oracles import drawn
from visualizer.equations.techniques import STEPS, lines, lines_with_numbers
from visualizer.writing import tex_number

NETWORK = drawn((2, 3, 1), "tanh", "sigmoid", samples=2)
CASES = [(penalty, clip) for penalty in REGULARIZERS for clip in CLIPS if (penalty, clip) != ("none", "none")]
cases = pytest.mark.parametrize(("penalty", "clip"), CASES)


def steps(penalty, clip, **changes):
    options = {"regularizer": penalty, "strength": 0.25, "clip": clip, "clip_at": 0.125}
    trace = replace(NETWORK, **options, **changes).trace()
    return trace, {step.rule.key: step for step in trace.steps if step.rule.key in STEPS}


def test_every_rule_of_the_options_has_its_lines():
    assert {PENALTY.key, REGULARIZED.key, CLIPPED.key} == set(STEPS)


@cases
def test_nothing_of_a_template_is_left_and_every_value_it_names_is_there(penalty, clip):
    trace, found = steps(penalty, clip)
    written = {ref.name for step in found.values() for ref in (*step.reads, *step.writes)}
    for step in found.values():
        for line in lines(trace, step):
            assert not re.search(r"\{\w+:", line)
            assert set(re.findall(r"<(\w+)>", line)) <= written


@cases
def test_no_letter_of_a_setting_stands_among_the_numbers(penalty, clip):
    trace, found = steps(penalty, clip)
    for step in found.values():
        for line in lines_with_numbers(trace, step, tex_number):
            assert not re.search(r"\\lambda|\\alpha|\\epsilon|(?<![a-zA-Z\\<])c(?![a-zA-Z])", line), line
