"""Answers and sentences of the lessons on optimizers, batch normalization and digits that no single number tells."""

from dataclasses import replace

import numpy as np
import pytest

from engine import LOSSES, Dense, Network, train
from tests.visualizer.lessons.test_lessons import claimed, spec_at, trace_of
from visualizer.lessons import LESSONS


def model_at(name, number):
    return spec_at(name, number, "en").model


def answer(name, number):
    ask = LESSONS[name].stops[number - 1].ask
    return ask.choices[ask.right].en


def test_the_ravine_is_the_one_of_the_note_and_its_steep_direction_limits_the_rate():
    model = model_at("optimizers", 1)
    for w in ((1.0, 1.0), (-0.3, 0.7), (0.2, -2.0)):
        assert replace(model, net=(*w, 0.0)).trace().loss == pytest.approx(w[0] ** 2 + w[1] ** 2 / 100)
    costs = {rate: replace(model, eta=rate, iteration=200).trace().loss for rate in (0.99, 1.01)}
    assert costs[0.99] < 1.01 < costs[1.01]
    assert "steep" in answer("optimizers", 1)
    assert "without bound" in answer("optimizers", 3)


def test_most_of_what_is_left_after_ten_steps_is_across_and_the_way_along_takes_hundreds():
    model, cost = model_at("optimizers", 3), claimed("optimizers", 3, "C")
    assert claimed("optimizers", 3, "W.1.1.1") ** 2 > cost / 2
    assert float(replace(model, iteration=200).trace().value("W", 1)[0, 1]) > 0.01


def test_a_velocity_on_a_constant_slope_is_ten_gradients_and_doubles_at_first():
    v = 0.0
    for _ in range(300):
        v = 0.9 * v + 1
    assert v == pytest.approx(10)
    assert claimed("optimizers", 6, "v_W_new.1.1.2") / 0.02 == pytest.approx(1.9, abs=0.01)
    assert answer("optimizers", 5).startswith("10 times")


def test_the_first_steps_of_adam_are_alike_and_a_rotated_ravine_slows_adam_alone():
    assert claimed("optimizers", 8, "step_W.1.1.1") == pytest.approx(claimed("optimizers", 8, "step_W.1.1.2"))
    turn = np.array([[1.0, -1.0], [1.0, 1.0]]) / np.sqrt(2)
    straight, y, start = np.array([[2.0, 0.0], [0.0, 0.2]]), np.zeros((2, 1)), np.array([[1.0, 1.0]])

    def end(rotation, optimizer):
        network = Network((Dense(start @ rotation, [0.0], "linear", train_bias=False),))
        return train(network, straight @ rotation, y, "quadratic", optimizer, 0.1, epochs=50, record="full").loss[-1]

    for optimizer in ("sgd", "momentum"):
        assert end(turn, optimizer) == pytest.approx(end(np.eye(2), optimizer))
    assert end(turn, "adam") > 10 * end(np.eye(2), "adam")
    assert answer("optimizers", 9) == "Adam"


def test_a_bias_before_a_normalization_has_no_effect_and_errors_add_up_to_zero():
    before, after = (trace_of("batch_norm", number, "") for number in (3, 4))
    assert np.allclose(before.value("zhat", 1), after.value("zhat", 1), atol=1e-6)
    assert answer("batch_norm", 3) == "not at all"
    assert float(trace_of("batch_norm", 2, "").value("var", 1)[0, 0]) == float(answer("batch_norm", 1))
    done = trace_of("batch_norm", 9, "")
    assert done.value("delta", 1).sum() == pytest.approx(float(answer("batch_norm", 8)), abs=1e-12)
    assert done.value("delta", 1)[0, 3] * done.value("delta_u", 1)[0, 3] < 0
    resting = trace_of("batch_norm", 11, "")
    assert np.allclose(resting.value("zhat", 1), resting.value("z", 1), atol=1e-4)


def test_the_answers_about_the_digits_are_so():
    wrong = trace_of("digits", 5, "")
    assert (np.abs(wrong.value("delta", 2)) > 0.1).sum() == int(answer("digits", 4))
    assert np.log(10) / wrong.loss == pytest.approx(0.5, abs=0.06)
    error, slope = np.abs(wrong.value("delta", 1))[:, 0], wrong.value("slope", 1)[:, 0]
    assert (error.argmax(), slope.argmax()) == (4, 4)
    assert slope[3] < 0.001
    gradient, image = wrong.value("dW", 1)[4], wrong.value("a", 0)[:, 0]
    assert np.allclose(gradient, image * wrong.value("delta", 1)[4, 0])
    assert (image[0], image[3], gradient[0]) == (0, 1, float(answer("digits", 6)))
    assert trace_of("digits", 1, "").value("a", 1)[1, 0] == pytest.approx(1, abs=0.001)
    assert round(claimed("digits", 8, "C"), 2) == float(answer("digits", 7))
    assert LOSSES[wrong.loss_name].name == "cross_entropy"


def test_the_answers_about_the_best_known_example_are_so():
    assert all(0.5 < claimed("mazur", 2, f"a.1.{j}") < 0.7 for j in (1, 2))
    assert claimed("mazur", 6, "delta.1.1") > 0
    moved = [abs(claimed("mazur", 7, f"W_new.{layer}.1.1") - claimed("mazur", 7, f"W.{layer}.1.1")) for layer in (1, 2)]
    assert moved[1] > 10 * moved[0]
    assert claimed("mazur", 9, "C") < claimed("mazur", 8, "C")
    assert [answer("mazur", n) for n in (1, 5, 6, 8)] == ["between 0.5 and 0.7", "positive", "w²₁₁", "lower"]


def test_the_answers_about_the_four_equations_and_softmax_are_so():
    assert claimed("four_equations", 5, "delta.2.1") < 0 < claimed("four_equations", 5, "delta.2.2")
    assert claimed("four_equations", 9, "db.1.1") == claimed("four_equations", 9, "delta.1.1")
    assert model_at("four_equations", 12).eta == 0.15
    assert claimed("four_equations", 12, "a.1.1") == pytest.approx(float(answer("four_equations", 11)), abs=0.01)
    assert sum(claimed("relu_softmax", 4, f"a.2.{j}") for j in (1, 2)) == pytest.approx(1)
    ratio = claimed("relu_softmax", 12, "delta.2.1") / claimed("relu_softmax", 6, "delta.2.1")
    assert ratio == pytest.approx(2, abs=0.01)
    assert answer("relu_softmax", 11) == "about twice as large"


def test_the_answers_about_exclusive_or_are_so():
    before, after = ([claimed("xor", stop, f"a.2.1.{i}") for i in (1, 2, 3, 4)] for stop in (6, 11))
    assert np.ptp(before) < 0.1
    assert claimed("xor", 9, "C") == pytest.approx(float(answer("xor", 8)), abs=0.01)
    learned = [np.abs(np.subtract(after, (0, 1, 1, 0))).max() < 0.1]
    for stop in (12, 13):
        outputs = [claimed("xor", stop, f"a.2.1.{i}") for i in (1, 2, 3, 4)]
        learned.append(np.abs(np.subtract(outputs, (0, 1, 1, 0))).max() < 0.1)
    assert learned == [True, False, True]
