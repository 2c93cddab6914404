"""Mistakes made by the program itself: in single passes, in training, in stacks of networks, with every technique."""

from dataclasses import replace
from itertools import islice

import numpy as np
import pytest

from engine import InputError, train
from engine.mistakes import MISTAKES, check_mistakes, made_of
from engine.passes import trace
from engine.program import program_for
from engine.settings import Model, Task, model_from_query, model_to_query, task_from_query, task_to_query
from engine.studies import RunDriver, survey

EVERYTHING = {
    "hidden": (3, 3),
    "activations": ("tanh", "tanh", "sigmoid"),
    "batch_norm": True,
    "dropout": 0.3,
    "regularizer": "l2",
    "clip": "norm",
    "clip_at": 0.1,
    "optimizer": "adam",
    "epochs": 4,
}


def trained(task):
    training = RunDriver(task)
    while training.advance(1):
        pass
    return training.trial.loss


@pytest.mark.parametrize("name", MISTAKES)
@pytest.mark.parametrize("beside", [{}, {"optimizer": "adam", "regularizer": "l2", "clip": "norm", "clip_at": 0.01}])
def test_training_makes_the_mistake_that_stepping_through_it_shows(name, beside):
    for example in ("xor", "mazur"):
        model = replace(Model.of_example(example), mistakes=(name,), **beside)
        stepped = [done.loss for done in islice(model.passes(), 3)]
        settings = {key: value for key, value in beside.items() if key != "optimizer"}
        history = train(
            model.network(), model.x, model.y, model.loss, model.optimizer, model.eta, 3, mistakes=(name,), **settings
        )
        np.testing.assert_allclose(history.loss, stepped, rtol=1e-9)


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_can_be_made_beside_every_technique(name):
    task = Task(**EVERYTHING, mistakes=(name,))
    task.check()
    assert np.isfinite(trained(task)).all()


def test_a_mistake_in_bp2_leaves_the_mask_of_dropout_alone():
    task = Task(**EVERYTHING | {"batch_norm": False, "dropout": 0.5, "activations": ("relu", "relu", "sigmoid")})
    x, y = task.samples()
    for mistakes in ((), ("no_hidden_slope",), ("sequential", "gradient_for_error")):
        done = trace(task.network(), x, y, task.loss, "sgd", 0.1, mistakes=mistakes)
        dropped = done.value("mask", 1) == 0
        assert dropped.any()
        assert not done.value("delta", 1)[dropped].any()


def test_stacked_networks_make_the_mistakes_that_one_alone_makes():
    for name in (
        "sequential",
        "gradient_for_error",
        "transposed_gradient",
        "elementwise",
        "half",
        "shared_bias",
        "digits_3",
    ):
        task = replace(Task(), epochs=5, mistakes=(name,))
        (done,) = [progress.survey for progress in survey(task, range(2), [0.2]) if progress.survey]
        alone = [trained(replace(task, seed=seed))[-1] for seed in range(2)]
        np.testing.assert_allclose(np.ravel(done.final), alone, rtol=1e-9, err_msg=name)


def test_without_a_mistake_nothing_is_compiled_anew():
    model = Model.of_example("mazur")
    program = model.trace()._program
    replace(model, mistakes=("no_slope",)).trace()
    assert program_for(model.network().architecture, model.loss, 1) is program
    assert program.made == ()


@pytest.mark.parametrize(
    "mistakes", [("no_slope", "not_transposed"), ("sequential", "sequential"), ("nothing",), (["uphill"],), (1,)]
)
def test_what_cannot_be_made_is_answered(mistakes):
    with pytest.raises(InputError):
        check_mistakes(mistakes)
    for model in (Model.of_example("mazur"), Task()):
        with pytest.raises(InputError):
            replace(model, mistakes=mistakes).check()


@pytest.mark.parametrize("mistakes", [(), ("sequential",), ("no_bias", "uphill", "digits_3")])
def test_a_link_carries_mistakes(mistakes):
    model = replace(Model.of_example("mazur"), mistakes=mistakes)
    task = Task(mistakes=mistakes)
    assert model_from_query(model_to_query(model)) == (model, [])
    assert task_from_query(task_to_query(task)) == (task, [])
    assert ("mistakes" in model_to_query(model)) == bool(mistakes)


@pytest.mark.parametrize("said", ["no_slope-not_transposed", "x", "-", "sequential-sequential"])
def test_mistakes_that_a_link_cannot_mean_are_reported(said):
    for read, usual in ((model_from_query, Model.of_example("mazur")), (task_from_query, Task())):
        query = {"example": "mazur"} if isinstance(usual, Model) else {}
        found, problems = read(query | {"mistakes": said})
        assert found == usual
        assert len(problems) == 1


@pytest.mark.parametrize("name", MISTAKES)
def test_an_equation_looks_wrong_exactly_where_another_operation_is_done(name):
    (mistake,) = made_of([name])
    for example in ("mazur", "relu_softmax", "softmax_dead", "xor"):
        right = Model.of_example(example).trace()
        wrong = replace(Model.of_example(example), mistakes=(name,)).trace()
        for one, other in zip(right.steps, wrong.steps, strict=True):
            changed = one.rule.operations != other.rule.operations and one.rule.key in mistake.forms
            assert (one.rule.tex != other.rule.tex) == (changed or (bool(mistake.reads) and one.rule.key == "bp2"))
