"""A rule that the visualizer does not know: a plain picture, its equation, its numbers, and no false code."""

import contextlib
import io
import re
from dataclasses import replace
from importlib import import_module

import numpy as np
import pytest

from engine import InputError, Text
from engine.core import LANGUAGES
from engine.equations import Operation, Rule
from engine.options import gradient_rules
from engine.passes import steps
from engine.program import layout, program
from engine.settings import Model
from tests.pages.app import checked, texts, visit
from tests.visualizer.oracles import GRAINS, builder_of, unread
from visualizer import step_figure
from visualizer.equations import arithmetic, matrices, numeric, shapes, symbolic, techniques
from visualizer.exports import EXPORTS, Subject, stage_html
from visualizer.scene import all_keyframes
from visualizer.state import Spec, View, choices, element, grade, question
from visualizer.writing import number_at, signed

_PARTS = ("W", "b", "gamma", "beta")
NOISE = Rule(
    "noise",
    "noise",
    "backward",
    r"<nW> = <dW> + \epsilon",
    tuple(f"d{p}" for p in _PARTS),
    tuple(f"n{p}" for p in _PARTS),
    (Operation("noisy", ("g",), lambda g: g + 0.25),),
    Text("Some noise on the gradient", "梯度噪声"),
    Text("It shakes the step out of narrow places.", "它把步子从狭窄处抖出来。"),
)
GATE = Rule(
    "gate",
    "gate",
    "forward",
    r"<q> = <a> \odot <a>",
    ("a",),
    ("q",),
    (Operation("q", ("a",), lambda a: a * a),),
    Text("Gate of layer {l}", "第 {l} 层的门"),
    Text("It lets through what is large.", "它放过大的值。"),
)


@pytest.fixture
def noise(monkeypatch):
    """Every update takes its step with a noisy gradient, which a step of its own makes."""
    monkeypatch.setitem(gradient_rules.VECTORS, "noisy", "n")
    update_rules = import_module("engine.options.update_rules")  # a function has that name too
    for module in (update_rules, steps, techniques):
        monkeypatch.setattr(module, "last_gradient", lambda options: "noisy")
    _among_the_rules(monkeypatch, lambda rules: [*rules, (NOISE, 0)])
    return "noise"


@pytest.fixture
def gate(monkeypatch):
    """Every layer has one more value, which nothing reads."""
    monkeypatch.setattr(layout, "OF_SAMPLES", layout.OF_SAMPLES | {"q"})
    _among_the_rules(
        monkeypatch,
        lambda rules: [found for rule, l in rules for found in ((rule, l), (GATE, l))[: 1 + (rule.key == "a")]],
    )
    return "gate.1"


def _among_the_rules(monkeypatch, with_it):
    plain = program.with_options
    monkeypatch.setattr(program, "with_options", lambda rules, options: with_it(list(plain(rules, options))))
    monkeypatch.setattr(program, "_cached", program.Program)  # those that are kept know no such rule


@pytest.fixture(params=["noise", "gate"])
def address(request):
    return request.getfixturevalue(request.param)


RATE = 0.123456  # nobody else's, so that no trace is found that was kept without the rule, or left for others with it
MODELS = {
    "plain": replace(Model.of_example("mazur"), eta=RATE),
    "normalized": Model.drawn((2, 3, 1), ("tanh", "sigmoid"), "normal", 1).with_settings(
        batch_norm=True, x=((0.1, 0.2), (0.3, -0.4), (0.5, 0.1)), y=((0.0,), (1.0,), (1.0,)), optimizer="adam", eta=RATE
    ),
    "with a penalty": replace(Model.of_example("relu_softmax"), regularizer="l2", eta=RATE),
}
every_model = pytest.mark.parametrize("name", MODELS)


def step_of(trace, address):
    return next(step for step in trace.steps if step.address == address)


@every_model
@pytest.mark.parametrize("grain", GRAINS)
def test_every_position_has_its_scene_and_the_whole_its_keyframes(name, grain, address):
    builder = builder_of(MODELS[name], grain)
    scenes = [builder.scene(position) for position in range(len(builder.lecture) + 1)]
    assert len(all_keyframes(builder.plan).data["frames"]) == len(scenes)
    there = scenes[builder.lecture.position(address)]
    assert step_of(builder.trace, address).rule.title.format(l=1).en in there.alt


@pytest.mark.parametrize("fixture", ["noise", "gate"])
@every_model
def test_a_plan_with_it_does_not_stand_for_one_without(name, fixture, request):
    without = builder_of(MODELS[name]).plan.key  # before the rule is there
    request.getfixturevalue(fixture)
    assert builder_of(MODELS[name]).plan.key != without


@every_model
def test_a_parameter_shows_the_newest_of_its_gradients(name, noise):
    builder = builder_of(MODELS[name])
    before, now = (builder.scene(builder.lecture.position(noise) - back) for back in (1, 0))
    for edge in (edge for edge in builder.drawing.edges if edge.ref):
        expected = float(builder.trace.value("nW", edge.ref.layer)[edge.indices])
        assert now.looks[edge].label == f"∂{signed(expected, 3)}"[: len(now.looks[edge].label)]
        assert now.looks[edge].state == "write"
        assert before.looks[edge].label != now.looks[edge].label
    told = {name for phase in now.animation for name in phase.notes}
    assert {edge.id for edge in builder.drawing.edges if edge.ref} <= told


@every_model
def test_its_equation_is_written_with_letters_and_with_numbers(name, address):
    trace = MODELS[name].trace()
    step = step_of(trace, address)
    for tex in (symbolic(trace, step), numeric(trace, step), numeric(trace, step, 1)):
        assert "{" in tex
        assert not re.search("<[a-zA-Z]", tex)
        assert unread(tex) == []
    written = {ref for ref, _ in shapes(trace, step)}
    assert any(ref in step.writes for ref in written)
    assert matrices(trace, step)


@every_model
@pytest.mark.parametrize("grain", GRAINS)
def test_its_numbers_are_told_without_an_arithmetic_that_nobody_has_checked(name, grain, address):
    builder = builder_of(MODELS[name], grain)
    position = builder.lecture.position(address)
    moment = builder.lecture.moment(position)
    step = builder.trace.steps[moment.step]
    for chosen in (None, *choices(builder.drawing).values()):
        shown = element(builder.lecture, moment, chosen, 0)
        made = arithmetic(builder.trace, step, shown)
        assert (made.letters, made.numbers) == ("", "")
        assert made.value == number_at(builder.trace, shown.ref, shown.indices, 0)
        assert made.to_tex().count("&=") == 1
        assert unread(made.to_tex()) == []
    asked = question(builder.lecture, position - 1, None, 0)
    assert grade(builder.trace, asked, repr(asked.value)).right


@every_model
@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_only_tells_is_exported(name, lang, address):
    subject = Subject(Spec(MODELS[name], View(step=address, lang=lang)))
    step = step_of(subject.trace, address)
    for export in EXPORTS.values():
        if export.group != "code":
            made = export.make(subject)
            assert made
            assert export.group != "solution" or step.rule.why(lang) in made
    assert step.rule.why(lang) in stage_html(subject.builder)
    assert step_figure(subject.trace, address, lang=lang).layout.title.text == step.rule.title.format(l=1)(lang)


@every_model
@pytest.mark.parametrize("library", [name for name, export in EXPORTS.items() if export.group == "code"])
def test_code_that_would_leave_it_out_is_refused_with_a_sentence(name, library, noise):
    subject = Subject(Spec(MODELS[name], View()))
    with pytest.raises(InputError, match="noise on the gradient") as told:
        EXPORTS[library].make(subject)
    assert NOISE.title.zh in told.value.sentence("zh")


@every_model
def test_numpy_repeats_a_rule_of_a_layer_from_what_is_executed(name, gate):
    subject = Subject(Spec(MODELS[name], View()))
    names = {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(EXPORTS["numpy"].make(subject), names)
    np.testing.assert_allclose(names["q1"], subject.trace.value("q", 1), rtol=1e-13)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_steps_through_it(lang, address, at_once):
    rule, rate = (NOISE, RATE) if address == "noise" else (GATE, 2 * RATE)  # the pages keep what they have traced
    app = checked(visit(example="mazur", eta=str(rate), lang=lang, step=address))
    assert any(rule.why(lang) in text for text in texts(app))
