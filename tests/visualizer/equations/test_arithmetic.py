import math
import re
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from engine import ACTIVATIONS, CLIPS, REGULARIZERS, Ref
from engine.equations import CONSTANTS
from engine.optimizers import OPTIMIZERS
from tests.engine.oracles import ALLOWED
from tests.together import together
from tests.visualizer.oracles import LARGE, MODELS, drawn, number_of, trace_of
from visualizer.equations import Element, arithmetic, named
from visualizer.equations.arithmetic import _enclosed
from visualizer.equations.layer_terms import STEPS
from visualizer.writing import palette, parameter, tex, tex_number

TRACES = {f"{output}, {loss}": trace_of((3, 4, 2), ["tanh", output], loss) for output, loss in ALLOWED}
TRACES |= {f"{name} inside": trace_of((2, 3, 2), [name, "sigmoid"], "quadratic") for name in ACTIVATIONS}
TRACES |= {f"{loss}, three samples": trace_of((2, 3, 2), ["elu", output], loss, 3) for output, loss in ALLOWED[-6:]}
TRACES |= {name: model.trace() for name, model in MODELS.items()}
TRACES |= {name: trace_of((2, 3, 2), ["tanh", "sigmoid"], "quadratic", optimizer=name) for name in OPTIMIZERS}
TRACES |= {
    f"{penalty} {clip}": replace(
        drawn((2, 1, 1), "tanh", "sigmoid"), regularizer=penalty, strength=0.3, clip=clip, clip_at=0.05
    ).trace()
    for penalty in REGULARIZERS
    for clip in CLIPS
}
every_trace = together(list(TRACES))
TOKEN = re.compile(r"\d+(?:\.\d+)?(?:\\cdot 10\^\{-?\d+\})?|\\[a-zA-Z]+|\}\{|[-+/()\[\]{}^E,]")
PYTHON = {
    r"\frac": "frac",
    r"\sqrt": "root",
    r"\sigma": "sigma",
    r"\ln": "ln",
    "E": "exp",
    r"\cdot": "*",
    "^": "**",
    "}{": ")(",
    r"\max": "max",
    r"\min": "min",
    r"\lvert": "abs(",
    r"\rvert": ")",
    r"\sign": "sign",
    ",": ",",
}
PYTHON |= dict.fromkeys("{[(", "(") | dict.fromkeys("}])", ")") | {"+": "+", "-": "-", "/": "/"}
FUNCTIONS = {
    "frac": lambda above: lambda below: above / below,
    "ln": lambda x: math.log(max(x, 1e-300)),  # 0 ln 0 is 0
    "exp": math.exp,
    "root": lambda x: math.sqrt(abs(x)),  # an exponent moved makes a power of a negative number complex
    "sign": np.sign,
}


@cache
def compiled(text):
    """A line of arithmetic as Python, in which `n` are its numbers, and these."""
    text = re.sub(r"\\tfrac(\d)(\d)", r"\\frac{\1}{\2}", text).replace("tfrac", "frac").replace("e^{", "E{")
    text = text.replace(r"\operatorname{sign}", r"\sign")
    text = re.sub(r"\\left|\\right|\\,|\{\\textstyle\\sum_x\}", "", text)
    tokens, words, numbers = TOKEN.findall(text), [], []
    assert "".join(tokens).replace(" ", "") == text.replace(" ", ""), "not all of it was read"
    for token in tokens:
        word = PYTHON.get(token) or f"(n[{len(numbers)}])"
        if words and words[-1].endswith(")") and word[0] in "(fslerma":  # two factors side by side
            words.append("*")
        words.append(word)
        if token not in PYTHON:
            digits, _, exponent = token.rstrip("}").partition(r"\cdot 10^{")
            numbers.append(float(digits) * 10.0 ** int(exponent or 0))
    return compile("".join(words), text, "eval"), numbers


def evaluated(text, sigma=None):
    """The value of a line of arithmetic, and how far the rounding of its numbers can move that."""
    code, numbers = compiled(text)
    known = {**FUNCTIONS, "sigma": lambda z: float(sigma(np.array([[z]]))[0, 0])}

    def value(at=-1):
        moved = [n + (i == at) * half_a_digit(n) for i, n in enumerate(numbers)]
        return eval(code, {**known, "n": moved})

    result = value()
    return result, sum(abs(value(i) - result) for i in range(len(numbers)))


def half_a_digit(number):
    """Half of the fourth significant digit."""
    return 10.0 ** (math.floor(math.log10(number)) - 3) / 2 if number else 0


def elements(trace, step):
    """Every number that a step writes, of every sample."""
    for ref in step.writes:
        value = trace.value(*ref)
        if value.ndim == 0:
            yield Element(ref, ())
        for i, j in np.ndindex(value.shape) if value.ndim else ():
            yield (
                Element(ref, (i, j))
                if parameter(ref.name) == "W" and ref.layer
                else Element(ref, (i,), 0 if parameter(ref.name) == "b" else j)
            )


def worked(trace):
    for step in trace.steps:
        for element in elements(trace, step):
            yield step, element, arithmetic(trace, step, element)


@cache
def worked_of(name):
    return list(worked(TRACES[name]))


def sigma(trace, layer):
    return ACTIVATIONS[trace.given.activations[layer - 1]].f


@every_trace
def test_the_numbers_come_to_the_value_within_their_rounding(name):
    trace = TRACES[name]
    for step, element, made in worked_of(name):
        value, error = evaluated(made.numbers, sigma(trace, element.ref.layer))
        exact = number_of(trace, element.ref, element.indices, element.sample)
        assert made.value == exact
        assert abs(value - exact) <= 1.5 * error + 1e-12, (step.address, element, made.numbers)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r"0.5\cdot (-2) - 3 + 1", -3),
        (r"\tfrac12(0.75-0.25)^2", 0.125),
        (r"\tfrac{1}{4}\,(1 + 2)", 0.75),
        (r"-\left[0.5\ln 1 + (1-0.5)\ln(1-0)\right]", 0),
        (r"\frac{e^{-1}}{e^{-1} + e^{1}}", math.exp(-1) / (math.exp(-1) + math.exp(1))),
        (r"1.5\cdot 10^{-3}\cdot 2", 0.003),
        (r"\sigma(-0.5)", 0.25),
    ],
)
def test_the_arithmetic_of_this_test_is_right(text, value):
    assert evaluated(text, np.square)[0] == pytest.approx(value, abs=1e-12)


def test_a_wrong_number_is_seen():
    value, error = evaluated(r"0.5\cdot 0.25 + 0.125")
    assert 0 < error < 1e-3 < abs(value - 0.26)


@together([name for name, trace in TRACES.items() if trace.m == 1])
def test_the_letters_come_to_the_value_exactly(name):
    """Of a batch a mean is written with a sum over x."""
    trace = TRACES[name]
    for step, element, made in worked_of(name):
        if step.rule.key == "a" or "J_" in made.letters or re.search(r"\\cdot \d", made.letters):
            continue  # a sum of targets stands there as a number
        text = made.letters.replace(r"\eta\,", r"\eta ").replace(r"\eta", f"({_rate(trace, element)!r})")
        if not step.layer and step.rule.phase != "update":
            text = text.replace(r"\lambda\,", f"({trace.options.strength!r}) ")
        text = re.sub(r"(?<![a-zA-Z\\])c(?![a-zA-Z])", repr(trace.options.clip_at), text)
        text = text.replace("^{t}", f"^{{{trace.state.get('t', 0)}}}")
        if step.rule.key in STEPS:
            text = text.replace("{m}", "{1}")
        for letter, value in letters(trace, step):
            text = text.replace(letter, f"({value:.25f})")
        assert evaluated(text)[0] == pytest.approx(made.value, rel=1e-9, abs=1e-12), (step.address, text)


def _rate(trace, element):
    trained = element.ref.name != "b_new" or trace.given.layers[element.ref.layer - 1].train_bias
    return trace.update.rate if trained else 0.0


def letters(trace, step):
    """The TeX of every element with its value, the longest first."""
    last = len(trace.given.layers)
    refs = {ref for step in trace.steps for ref in step.reads} | {Ref("grad", last)}
    refs |= {ref for step in trace.steps for ref in step.writes if not ref.layer}
    refs |= {Ref(named(trace, l, "slope"), l) for l in range(1, last + 1)}
    records = trace.update.optimizer, REGULARIZERS[trace.options.regularizer], CLIPS[trace.options.clip]
    found = [pair for record in records for pair in record.constants.items()]
    if step.rule.key in STEPS:
        found = list(CONSTANTS.items())
    for ref in refs:
        value = trace.value(*ref)
        width = 2 if parameter(ref.name) == "W" else 1
        found += [] if value.ndim else [(tex(ref), float(value))]
        found += [(tex(ref, *i[:width]), float(value[i])) for i in np.ndindex(value.shape)] if value.ndim else []
    return sorted(found, key=lambda pair: -len(pair[0]))


@every_trace
def test_an_output_is_written_with_its_own_weighted_input(name):
    trace = TRACES[name]
    for step, element, made in worked_of(name):
        if step.rule.key != "a":
            continue
        z, *others = (tex(step.reads[0], i) for i in (*element.indices, *range(trace.given.sizes[step.layer])))
        assert z in made.letters
        assert step.reads[0] == Ref(named(trace, step.layer, "z"), step.layer)
        rest = made.letters.replace(z, "")
        for other in others:
            rest = rest.replace(other, "")
        assert not re.search(r"(?<![a-zA-Z\\])z", rest), made.letters


@every_trace
def test_the_display_is_whole_and_ends_with_the_value(name):
    for _, _, made in worked_of(name):
        text = made.to_tex()
        assert text.count("{") == text.count("}")
        assert text.count(r"\left") == text.count(r"\right")
        assert rf"\textcolor{{{palette.WRITE}}}{{{made.name}}}" in text
        digits = (6,) if made.old is None else range(6, 18)
        results = {tex_number(made.value, n) for n in digits}
        assert any(text.endswith(rf"&= \textcolor{{{palette.WRITE}}}{{{told}}} \end{{aligned}}") for told in results)


@pytest.mark.parametrize("name", LARGE)
def test_a_line_breaks_only_between_groups(name):
    trace = LARGE[name].trace()
    for step in trace.steps:
        made = arithmetic(trace, step, next(elements(trace, step)))
        lines = made.to_tex().split(r" \\ ")[1:-1]
        assert all(line.count("{") == line.count("}") for line in lines)
        assert all(line.count(r"\left") == line.count(r"\right") for line in lines)


def test_a_long_sum_keeps_its_ends_and_counts_what_it_leaves_out():
    trace = trace_of((20, 3, 2), ["tanh", "tanh"], "quadratic")
    made = arithmetic(trace, trace.steps[0], Element(Ref("z", 1), (1,)))
    x, W, b = trace.value("a", 0), trace.value("W", 1), trace.value("b", 1)
    assert r"\underbrace{\cdots}_{16}" in made.numbers
    assert r"\underbrace{\cdots}_{16}" in made.letters
    assert made.letters.count("x_") == 4
    assert made.letters.endswith(tex(Ref("b", 1), 1))
    assert made.numbers.startswith(tex_number(W[1, 0]))
    assert tex_number(abs(x[3, 0])) in made.numbers
    assert made.numbers.endswith(tex_number(b[1, 0]).lstrip("-"))


@pytest.mark.parametrize("y", [(0.7, 0.2, 0.1), (0.1, 0.2, 0.7), (1, 0, 0)], ids=str)
def test_targets_that_sum_to_1_need_no_factor(y):
    model = replace(drawn((2, 3), "softmax", loss="cross_entropy"), y=(y,))
    trace = model.trace()
    step = next(step for step in trace.steps if step.rule.key == "bp1")
    assert r"\cdot" not in arithmetic(trace, step, Element(Ref("delta", 1), (0,))).numbers


def test_every_optimizer_s_update_is_worked():
    assert {trace.update.optimizer.name for trace in TRACES.values()} == set(OPTIMIZERS)


@pytest.mark.parametrize("eta", [0.5, 1e-3, 1e-6, 1e-10])
def test_an_update_has_as_many_digits_as_tell_old_from_new(eta):
    trace = replace(MODELS["mazur"], eta=eta).trace()
    step, element = trace.steps[-1], Element(Ref("W_new", 1), (0, 0))
    told = arithmetic(trace, step, element)
    result = re.search(r"\\\\ &= \\textcolor\{\#a646a6\}\{(.*?)\} \\end", told.to_tex())[1]
    assert "10^" in result or float(result) < 0.15
    assert result != tex_number(0.15, 6)


def test_the_result_of_any_other_step_has_six_digits():
    trace = MODELS["mazur"].trace()
    told = arithmetic(trace, trace.steps[0], Element(Ref("z", 1), (0,)))
    assert told.old is None
    assert tex_number(told.value, 6) in told.to_tex()


@pytest.mark.parametrize(("letters", "enclosed"), [("a + b", "(a + b)"), (r"\frac{a}{b}", r"\left(\frac{a}{b}\right)")])
def test_parentheses_grow_around_a_fraction_alone(letters, enclosed):
    assert _enclosed(letters) == enclosed
