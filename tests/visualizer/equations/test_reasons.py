"""Reasons of steps: every sentence is tested against the pass that it is about."""

from dataclasses import replace

import numpy as np
import pytest

from engine.core import LANGUAGES
from engine.examples import EXAMPLES
from engine.mistakes import MISTAKES
from engine.optimizers import STEP
from engine.settings import Model
from tests.together import together
from tests.visualizer.equations.test_mistakes_shown import VICTIMS
from tests.visualizer.oracles import MODELS, drawn
from visualizer.equations import symbolic, why
from visualizer.exports import EXPORTS, Subject, stage_html
from visualizer.scene import scene_builder
from visualizer.state import Spec, View

TRACES = {name: model.trace() for name, model in MODELS.items()}
TRACES |= {name: Model.of_example(name).trace() for name in EXAMPLES}
TRACES["two targets"] = replace(drawn((2, 2, 2), "tanh", "softmax"), y=((1.0, 1.0),)).trace()
TRACES["linear"] = drawn((2, 2, 1), "linear", "linear", samples=2).trace()
every_trace = together(list(TRACES))


def said(trace):
    return [(step, why(trace, step)) for step in trace.steps]


@every_trace
def test_biases_are_said_to_stay_exactly_where_an_update_leaves_them(name):
    trace = TRACES[name]
    stays = [l for l, layer in enumerate(trace.given.layers, 1) if not layer.train_bias]
    for l in stays:
        assert np.array_equal(trace.value("b_new", l), trace.value("b", l))
    for step, text in said(trace):
        claims = ("they stay" in text.en, "保持不变" in text.zh)
        assert claims == (bool(stays) and step.rule.key in ("update", STEP),) * 2


@every_trace
def test_parameters_are_said_to_move_against_their_gradients_only_where_they_do(name):
    trace = TRACES[name]
    for _, text in said(trace):
        if "against its gradient" in text.en:
            assert "逆梯度" in text.zh
            assert trace.update.optimizer.name == "sgd"
            change = trace.network.theta - trace.given.theta
            parameters = trace.given.architecture.parameters
            assert (change[:parameters] * trace.clipped_gradient[:parameters] <= 0).all()


@every_trace
def test_a_gradient_is_said_to_be_one_error_only_of_one_sample(name):
    trace = TRACES[name]
    for step, text in said(trace):
        if step.rule.key in ("bp3", "bp4", "dgamma", "dbeta"):
            assert ("mean" in text.en or "averaged" in text.en, "平均" in text.zh) == (True, True)
        if step.rule.key == "bp3":
            mean = trace.value("delta", step.layer).mean(axis=1, keepdims=True)
            assert np.allclose(mean, step.value)


@every_trace
def test_the_activation_is_said_to_bend_only_where_it_does(name):
    trace = TRACES[name]
    for step, text in said(trace):
        if step.rule.key == "a":
            linear = trace.given.activations[step.layer - 1] == "linear"
            assert not linear or np.array_equal(step.value, trace.value(*step.reads[0]))
            assert text.en.startswith("This activation is linear") == linear
            assert ("线性的" in text.zh) == linear


@every_trace
def test_the_error_is_said_to_be_the_plain_difference_only_where_it_is(name):
    trace = TRACES[name]
    step, text = next((step, text) for step, text in said(trace) if step.rule.key == "bp1")
    matched = trace.loss_function.matched
    assert ("cancels" in text.en, "约去" in text.zh) == (bool(matched),) * 2
    plain = np.allclose(step.value, trace.value("a") - trace.value("y"))
    if matched:
        assert ("output minus target" in text.en, "输出减目标" in text.zh) == (plain,) * 2


@every_trace
def test_a_slope_is_spoken_of_only_where_the_neurons_are_apart(name):
    trace = TRACES[name]
    for step, text in said(trace):
        if step.rule.key in ("bp1", "bp2") and not (step.rule.key == "bp1" and trace.loss_function.matched):
            softmax = trace.given.activations[step.layer - 1] == "softmax"
            assert ("slope of its neuron" in text.en) <= (not softmax)
            assert ("softmax" in text.en) == (softmax and "mask" not in {ref.name for ref in step.reads})


def test_every_reason_of_a_right_pass_is_met_in_some_pass():
    en = {
        text.en.removesuffix(" Biases are not trained here: they stay.") for t in TRACES.values() for _, text in said(t)
    }
    for begins in ("This activation is linear", "The same weights that carried a forward now carry the errors back; "):
        assert any(text.startswith(begins) for text in en)
    assert any("softmax makes each depend on all" in text for text in en)
    assert any("do not sum to 1" in text for text in en)


@together({name: [(name, victim) for victim in VICTIMS] for name in MISTAKES})
def test_a_step_is_said_to_be_wrong_exactly_where_its_equation_is(name, victim):
    model = replace(VICTIMS[victim], mistakes=(name,))
    wrong, right = model.trace(), model.right.trace()
    usual = {step.address: symbolic(right, step) for step in right.steps}
    for step in wrong.steps:
        text = why(wrong, step)
        if (
            step.address != "update" or not wrong.update.optimizer.explained
        ):  # an update that is told in steps looks another
            done_otherwise = symbolic(wrong, step) != usual[step.address]
            without_effect = name == "sum_over_batch" and wrong.m == 1
            assert without_effect or (MISTAKES[name].label.en in text.en) == done_otherwise, step.address
        assert (MISTAKES[name].label.zh in text.zh) == (MISTAKES[name].label.en in text.en)
        assert "old weights" not in text.en


@pytest.mark.parametrize("lang", LANGUAGES)
def test_files_say_it_as_the_stage_does(lang):
    model = MODELS["clipped"]
    frozen = why(model.trace(), model.trace().steps[-1])(lang)
    assert frozen in stage_html(scene_builder(model.trace(), "layer", lang))
    assert frozen in EXPORTS["solution_md"].make(Subject(Spec(model, View(lang=lang))))
