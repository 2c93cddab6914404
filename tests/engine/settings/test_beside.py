"""Activations and losses that go together, whichever output is chosen."""

import pytest

from engine import ACTIVATIONS, LOSSES
from engine.settings import Task, differences, losses_for, with_activation, with_output


@pytest.mark.parametrize("name", ACTIVATIONS)
@pytest.mark.parametrize("loss", LOSSES)
def test_every_output_gets_a_loss_that_can_be_trained(name, loss):
    matched = LOSSES[loss].matched
    begun = with_output(Task(loss="squared_error"), matched.activation) if matched else Task(loss=loss)
    task = with_output(begun, name)
    task.check()
    assert task.activations == ("sigmoid", name)
    assert task.loss in losses_for(task)


def test_a_hidden_layer_leaves_the_loss_alone():
    assert differences([Task(), with_activation(Task(), 0, "relu")]) == ("activations",)
    assert differences([Task(), with_output(Task(), "softmax")]) == ("activations", "loss")
