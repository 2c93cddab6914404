from functools import cache

import pytest

from engine import ACTIVATIONS, INITIALIZERS, OPTIMIZERS
from engine.core import MOST_UNITS
from engine.mistakes import MISTAKES
from engine.options import setting_names
from engine.settings import Task, differences
from tests.together import together
from visualizer.experiments import EXPERIMENTS
from visualizer.surveys import FAMILIES

TASKS = {
    "the default": Task(),
    "no hidden layer": Task("and", hidden=(), activations=("sigmoid",)),
    "one output of softmax": Task("blobs", activations=("relu", "softmax"), loss="cross_entropy", optimizer="adam"),
    "the widest": Task("moons", hidden=(MOST_UNITS,)),
    "many samples": Task("sine", 10_000, held=90, activations=("tanh", "linear"), batch=32, epochs=5),
} | {name: experiment.tasks[0] for name, experiment in EXPERIMENTS.items()}
VARIES = {
    "rates": {"eta"},
    "optimizers": {"optimizer", "eta"},
    "initializers": {"init"},
    "batches": {"batch"},
    "activations": {"activations"},
    "seeds": {"seed"},
    "sizes": {"hidden", "activations"},
    "random": {"optimizer", "eta", "batch", "hidden"},
    "mistakes": {"mistakes"},
}


@cache
def begin(task):
    next(task.fit(task.network(), 0, 1, None))


@together({name: [(family, task) for task in TASKS.values()] for name, family in FAMILIES.items()})
def test_a_family_begins_with_the_task_and_every_member_can_be_trained(family, task):
    members = family.tasks(task)
    assert members[0] == task
    assert len(set(members)) == len(members) <= max(map(len, (OPTIMIZERS, INITIALIZERS, ACTIVATIONS, MISTAKES)))
    assert set(differences(members)) <= VARIES[family.name]
    for i, member in enumerate(members):
        member.check()
        if i in (0, len(members) // 2, len(members) - 1):
            begin(member)


@pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES)
def test_a_family_of_the_default_has_company(family):
    assert len(family.tasks(Task())) > 1


def test_every_optimizer_comes_at_its_own_rate_and_the_present_one_at_the_present():
    members = FAMILIES["optimizers"].tasks(Task(eta=0.7))
    assert {task.optimizer: task.eta for task in members} == {
        name: record.rate for name, record in OPTIMIZERS.items()
    } | {"sgd": 0.7}


def test_the_right_training_stands_beside_mistakes():
    family = FAMILIES["mistakes"]
    made = [task.mistakes for task in family.tasks(Task())]
    assert made[0] == ()
    assert {("sequential",), ("transposed_gradient",), ("sum_over_batch",), ("uphill",)} <= set(made)
    assert not {("log10",), ("diagonal",), ("not_transposed",), ("decimals_2",)} & set(made)  # which change nothing
    wrong = Task(mistakes=("uphill", "no_bias"))
    assert family.tasks(wrong) == [wrong, Task()]


def test_every_initializer_is_there():
    assert {task.init for task in FAMILIES["initializers"].tasks(Task())} == set(INITIALIZERS)


def test_hidden_layers_get_activations_of_single_units_and_the_output_keeps_its_own():
    members = FAMILIES["activations"].tasks(Task("moons", hidden=(3, 3), activations=("tanh", "relu", "sigmoid")))
    assert {task.activations[-1] for task in members} == {"sigmoid"}
    assert {task.activations[0] for task in members[1:]} == {n for n, f in ACTIVATIONS.items() if f.elementwise}


def test_rates_are_geometric_and_round():
    assert [task.eta for task in FAMILIES["rates"].tasks(Task(eta=0.2))] == [0.2, 0.02, 0.06, 0.6, 2.0]
    assert [task.eta for task in FAMILIES["rates"].tasks(Task(eta=0.15))] == [0.15, 0.015, 0.045, 0.45, 1.5]
    assert [task.eta for task in FAMILIES["rates"].tasks(Task(eta=0.125))][2] == 0.0375


def test_seeds_count_on_from_the_present_one():
    assert [task.seed for task in FAMILIES["seeds"].tasks(Task(seed=5))] == [5, 6, 7, 8, 9, 10, 11, 12]


def test_hidden_layers_are_halved_and_doubled_and_one_is_added():
    task = Task("moons", hidden=(6, 1), activations=("tanh", "relu", "sigmoid"))
    *members, deeper = FAMILIES["sizes"].tasks(task)
    assert [member.hidden for member in members] == [(6, 1), (3, 1), (12, 2), (24, 4), (48, 8)]
    assert (deeper.hidden, deeper.activations) == ((6, 1, 1), ("tanh", "relu", "relu", "sigmoid"))
    first = FAMILIES["sizes"].tasks(Task("and", hidden=(), activations=("sigmoid",)))
    assert [(member.hidden, member.activations) for member in first[1:]] == [
        ((units,), ("tanh", "sigmoid")) for units in (2, 4, 8)
    ]


def test_batches_are_smaller_than_the_training_set():
    def sizes(**settings):
        return [task.batch for task in FAMILIES["batches"].tasks(Task("moons", **settings))]

    assert sizes(size=60, held=50) == [0, 1, 4, 16]
    assert sizes(size=64) == [0, 1, 4, 16]  # a batch of 64 is all of them
    assert sizes(size=66) == [0, 1, 4, 16, 64]
    assert sizes(size=256) == [0, 1, 4, 16, 64]  # no more than 256 updates in an epoch
    assert sizes(size=258) == [0, 4, 16, 64, 256]


def test_a_layer_too_wide_is_left_out():
    widest = FAMILIES["sizes"].tasks(Task("moons", hidden=(MOST_UNITS,)))
    assert max(n for task in widest for n in task.hidden) == MOST_UNITS


def test_names_and_settings_are_those_of_a_task():
    assert set(VARIES) == set(FAMILIES)
    assert {name for names in VARIES.values() for name in names} <= set(setting_names(Task))
