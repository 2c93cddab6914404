"""A mistake on the stage: its equation and arithmetic are the executed ones, and every wrong number is marked."""

import ast
import json
from dataclasses import replace

import numpy as np
import pytest

from engine import Ref
from engine.core import LANGUAGES
from engine.mistakes import MISTAKES
from tests.visualizer.browser_numbers import written_by_the_browser
from tests.visualizer.equations.test_arithmetic import worked
from tests.visualizer.oracles import MODELS, builder_of, drawn
from visualizer.drawing import Node
from visualizer.equations import Element
from visualizer.exports import EXPORTS, Subject, stage_html
from visualizer.exports.script import EQUAL
from visualizer.lecture import RIGHT, WRONG
from visualizer.scene import NodeStyle, all_keyframes, scene_builder
from visualizer.state import Spec, View
from visualizer.writing import number

VICTIMS = {
    "three samples": drawn((2, 2, 2), "tanh", "sigmoid", samples=3),
    "softmax twice": drawn((3, 3, 3), "softmax", "softmax", loss="cross_entropy"),
    "Adam": replace(drawn((2, 2, 2), "softmax", "sigmoid", loss="binary_cross_entropy"), optimizer="adam"),
    "softmax": drawn((2, 2, 2), "tanh", "softmax"),
    "Mazur": MODELS["mazur"],
    "normalized": drawn((2, 2, 2), "tanh", "sigmoid", samples=3).with_settings(batch_norm=True),
    "dropped": replace(drawn((2, 3, 2), "tanh", "sigmoid", samples=2), dropout=0.5),
    "softmax, normalized and dropped": replace(
        drawn((2, 2, 2), "softmax", "sigmoid", samples=2).with_settings(batch_norm=True), dropout=0.5
    ),
}


def made(victim, name, iteration=2):
    return replace(VICTIMS[victim], mistakes=(name,), iteration=iteration)


def builder(model, grain="layer", lang="en"):
    return scene_builder(model.trace(), grain, lang, right=model.right.trace())


@pytest.mark.parametrize(
    ("name", "grain"), [*((name, "layer") for name in MISTAKES), ("no_slope", "neuron"), ("uphill", "weight")]
)
def test_exactly_the_wrong_numbers_are_marked_each_beside_the_right_one(name, grain):
    model = made("Mazur", name)
    told, right = builder(model, grain), builder_of(model.right, grain)
    for position in range(0, len(told.lecture) + 1, 4):
        scene, same = told.scene(position), right.scene(position)
        for item, look in scene.looks.items():
            shown, usual = look[1], same.looks[item][1]
            assert bool(look.right) == shown.startswith(WRONG)
            if not look.right and look.name == same.looks[item].name:
                assert shown == usual
            if look.right and isinstance(item, Node) and item.kind == "neuron":
                assert look.detail == f"{RIGHT} {look.right}"
            if look.right:
                assert f"{look.name} = {shown} ({RIGHT} {look.right})" in scene.alt


def test_a_hidden_error_by_updated_weights_is_told_beside_the_right_one():
    told = builder(made("Mazur", "sequential", 1))
    at = told.lecture.position("bp2.1")
    look = next(look for item, look in told.scene(at).looks.items() if item.id == "a.1.1")
    assert (look.name, look.value, look.right) == ("δ¹₁", "✗0.00729", "0.00877")
    assert told.values.right_of(Ref("delta", 1), (0,)) == pytest.approx(0.0087713547)
    assert told.values.right_of(Ref("delta", 2), (0,)) is None
    before = told.scene(at - 1)
    assert not any(look.right for look in before.looks.values())


def test_weights_that_are_read_before_their_time_are_known_from_then_on():
    told = builder(made("Mazur", "sequential", 1))
    trace, at = told.trace, told.lecture.position("bp2.1")
    step = trace.steps[told.lecture.moment(at).step]
    assert Ref("W_new", 2) in step.reads
    known = lambda position, layer: told.lecture.happened(  # noqa: E731
        told.lecture.moment(position), Ref("W_new", layer), (0, 0)
    )
    assert (known(at - 1, 2), known(at, 2), known(at, 1)) == (False, True, False)
    (told_there,) = [a for s, e, a in worked(trace) if s is step and e == Element(Ref("delta", 1), (0,))] or [None]
    assert "0.3589" in told_there.numbers


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_keyframes_and_the_file_show_the_marks_and_without_a_mistake_nothing_of_it(lang):
    wrong, right = builder(made("Mazur", "no_slope"), lang=lang), builder_of(MODELS["mazur"], lang=lang)
    assert MISTAKES["no_slope"].label(lang) in stage_html(wrong)
    sets = [(all_keyframes(one.plan), one.values) for one in (wrong, right)]
    sent = [{"keyframes": keyframes.data, "values": keyframes.numbers(values)} for keyframes, values in sets]
    played = [json.dumps(frames, ensure_ascii=False) for frames in written_by_the_browser(keyframes=sent)["keyframes"]]
    assert [f"{WRONG}0." in frames for frames in played] == [True, False]
    kinds = [[entry["kind"] for entry in keyframes.data["legend"]] for keyframes, _ in sets]
    assert kinds[0] == [*kinds[1][:-1], "wrong", "edit"]


def test_a_mistake_that_changes_nothing_marks_nothing():
    model = replace(VICTIMS["Mazur"], mistakes=("log10",))
    told = builder(model)
    for position in range(len(told.lecture) + 1):
        assert not any(look.right for look in told.scene(position).looks.values())
    assert np.array_equal(model.trace().gradient, model.right.trace().gradient)


def test_documents_tell_of_a_mistake_and_code_makes_none():
    subject = Subject(Spec(replace(MODELS["mazur"], mistakes=("no_slope",)), View(step="bp2.1")))
    told, right = (EXPORTS["solution_md"].make(which) for which in (subject, subject.right))
    assert MISTAKES["no_slope"].label.en in told
    assert "0.18801" in told
    assert "0.18801" not in right
    for name in ("numpy", "torch", "keras"):
        assert EXPORTS[name].make(subject) == EXPORTS[name].make(subject.right)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", [name for name, record in EXPORTS.items() if record.group == "code"])
def test_code_says_which_mistakes_of_the_stage_it_does_not_make(name, lang):
    made = replace(MODELS["mazur"], mistakes=("sequential", "no_bias"))
    code = EXPORTS[name].make(Subject(Spec(made, View(lang=lang))))
    told = ast.get_docstring(ast.parse(code))
    assert all(MISTAKES[mistake].label(lang) in told for mistake in made.mistakes)
    assert number(made.trace().loss, 6) in told
    assert number(made.right.trace().loss, 6) in told
    right = EXPORTS[name].make(Subject(Spec(made.right, View(lang=lang))))
    assert code != right
    body, plain = (ast.unparse(ast.parse(text).body[1:]) for text in (code, right))
    assert body == plain
    equal = EXPORTS[name].make(Subject(Spec(replace(made, mistakes=("no_slope",)), View(lang=lang))))
    assert EQUAL.format(number(made.right.trace().loss, 6))(lang) in equal


@pytest.mark.parametrize("name", MISTAKES)
def test_wrong_and_right_are_written_with_digits_that_tell_them_apart(name):
    told = builder(made("Mazur", name))
    for position in (2, len(told.lecture)):
        looks = [look for look in told.scene(position).looks.values() if look.right]
        assert all(look[1].removeprefix(WRONG) != look.right for look in looks if isinstance(look, NodeStyle))
