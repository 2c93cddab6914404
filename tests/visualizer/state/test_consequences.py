"""Consequences of a change of one setting are all said, in both languages."""

from dataclasses import replace

import pytest

from engine import ACTIVATIONS, DATASETS, LOSSES
from engine.options import setting_names
from engine.settings import Model, Task
from tests.visualizer.oracles import MODELS, drawn
from visualizer.pages.stage.network import _own, _redrawn, _with_activation, _with_optimizer, _with_sizes
from visualizer.scene import scene_builder
from visualizer.state import EDITED, along, choices, consequences, has_other_values, with_start_values, with_value

MAZUR, CROSS = MODELS["mazur"], drawn((2, 2, 2), "tanh", "softmax", loss="cross_entropy")
LATER = replace(CROSS, optimizer="adam", iteration=3)
STARTS = {"mazur": MAZUR, "cross": CROSS, "later": LATER, "dropped": replace(CROSS, dropout=0.5, regularizer="l2")}
CHANGES = {  # what is asked for, and how
    "sizes": (("sizes", "activations"), lambda model: _with_sizes(model, (2, 3, 2))),
    "more layers": (("sizes", "activations"), lambda model: _with_sizes(model, (2, 3, 3, 2))),
    **{name: (("activations",), lambda model, name=name: _with_activation(model, name, 1)) for name in ACTIVATIONS},
    "optimizer": (("optimizer",), lambda model: _with_optimizer(model, "rmsprop")),
    "batch norm": (("batch_norm",), lambda model: model.with_settings(batch_norm=True)),
    "seed": (("seed",), lambda model: _redrawn("seed")(replace(model, example=None), 7)),
    "own": (("example", "net"), _own),
}
SILENT = {  # what follows from what was asked for, or says nothing that is not said
    "net": "weights of another layout, or those of the example as numbers",
    "masks": "go with the iteration",
}
every_change = pytest.mark.parametrize("start", STARTS)


def words(notes):
    return [(note.en, note.zh) for note in notes]


@pytest.mark.parametrize("change", CHANGES)
@every_change
def test_no_setting_changes_along_with_another_without_a_sentence(start, change):
    before, (asked, make) = STARTS[start], CHANGES[change]
    after = make(before)
    after.check()
    notes = consequences(before, after, asked)
    changed = {name for name in setting_names(Model) if getattr(before, name) != getattr(after, name)}
    for name in changed - {*asked, *SILENT}:
        alone = consequences(before, replace(before, **{name: getattr(after, name)}), ())
        assert alone or name == "state", name
        assert notes, name
    for en, zh in words(notes):
        assert en.endswith(".")
        assert zh.endswith("。")
    if changed <= {*asked, *SILENT}:
        assert notes == []


@every_change
def test_a_network_of_other_sizes_keeps_the_loss_where_it_fits(start):
    for sizes in ((2, 3, 2), (2, 2, 2, 2)):
        after = _with_sizes(STARTS[start], sizes)
        assert after.loss == STARTS[start].loss
        assert not any("loss" in en for en, _ in words(consequences(STARTS[start], after, ("sizes", "activations"))))


def test_a_loss_that_no_longer_fits_gives_way_with_a_sentence():
    after = _with_activation(CROSS, "sigmoid", 1)
    assert after.loss == "quadratic"
    ((en, zh),) = words(consequences(CROSS, after, ("activations",)))
    labels = [LOSSES["quadratic"].label, LOSSES["cross_entropy"].label]
    assert all(label.en in en and label.zh in zh for label in labels)


@pytest.mark.parametrize("chosen", ["W.1.1.1", "b.2.1", "a.0.1", "y.1"])
def test_an_edit_at_a_later_iteration_says_that_it_counts_from_one_again(chosen):
    for model, reset in ((replace(CROSS, iteration=3), False), (LATER, True)):
        trace = model.trace()
        choice = choices(scene_builder(trace, "layer", "en").drawing)[chosen]
        ((en, zh),) = words(consequences(model, with_value(model, trace, choice, 0, 0.25), EDITED))
        assert "iteration 1" in en
        assert "iteration 3" in en
        assert "第 3 次" in zh
        assert ("optimizer state" in en, "优化器的状态" in zh) == (reset, reset)
        first = replace(model, iteration=1)
        assert consequences(first, with_value(first, first.trace(), choice, 0, 0.25), EDITED) == []


@every_change
def test_the_start_values_are_of_numbers_alone(start):
    before = replace(STARTS[start], clip="norm", eta=0.3, mistakes=("no_bias",))
    edited = replace(before, net=tuple(0.5 for _ in before.network().theta), y=((0.25, 0.75),), iteration=4)
    back = with_start_values(edited)
    kept = [name for name in setting_names(Model) if name not in ("net", "x", "y", "state", "iteration")]
    assert [getattr(back, name) for name in kept] == [getattr(before, name) for name in kept]
    assert (back.net, back.x, back.y, back.iteration) == (None, before.base.x, before.base.y, 1)
    assert has_other_values(edited)
    assert not has_other_values(back)
    back.check()


def test_a_setting_or_an_iteration_is_no_other_value():
    for changes in ({"dropout": 0.5}, {"optimizer": "adam"}, {"iteration": 3}, {"mistakes": ("no_bias",)}):
        assert not has_other_values(replace(MAZUR, **changes))
    normed = MAZUR.with_settings(batch_norm=True)
    assert not has_other_values(normed)
    assert len(with_start_values(normed).x) == len(normed.x)


@pytest.mark.parametrize("data", DATASETS)
def test_of_a_training_too_all_that_changes_along_is_said(data):
    before = replace(Task(), size=50, net=())
    after = before.with_data(data)
    changed = {name for name in setting_names(Task) if getattr(before, name) != getattr(after, name)} - {"data", "rows"}
    notes = along(before, after, ("data", "rows"))
    assert bool(notes) == bool(changed)
    if "loss" in changed:
        assert LOSSES[after.loss].label.en.split(" (")[0] in notes[0].en


def test_weights_that_were_given_make_room_with_a_sentence():
    before = Task(hidden=(2,), activations=("tanh", "sigmoid"), net=(0.1,) * 9)
    (note,) = along(before, replace(before, seed=5, net=()), ("seed",))
    assert "random weights" in note.en
    assert "随机权重" in note.zh
