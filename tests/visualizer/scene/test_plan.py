from dataclasses import replace

import pytest

from tests.visualizer.oracles import MODELS, builder_of
from visualizer.scene import scene_builder


@pytest.mark.parametrize(
    "changes",
    [
        {"loss": "cross_entropy"},
        {"optimizer": "adam"},
        {"clip": "norm"},
        {"mistakes": ("no_slope",)},
        {"y": ((1.0, 1.0),)},
    ],
    ids=str,
)
def test_what_changes_more_than_numbers_makes_another_plan(changes):
    model = replace(MODELS["3-4-2"], activations=("tanh", "softmax"), loss="quadratic", y=((1.0, 0.0),))
    assert builder_of(model).plan == builder_of(replace(model, x=((0.1, 0.2, 0.3),))).plan
    assert builder_of(model).plan != builder_of(replace(model, **changes)).plan


def test_the_language_the_grain_and_what_is_asked_make_another_plan():
    trace = MODELS["mazur"].trace()
    plans = [
        scene_builder(trace, "layer", "en").plan,
        scene_builder(trace, "layer", "zh").plan,
        scene_builder(trace, "neuron", "en").plan,
        scene_builder(trace, "layer", "en", asking=True).plan,
        scene_builder(trace, "layer", "en", right=trace).plan,
    ]
    assert len(set(plans)) == len(plans)


def test_a_plan_has_places_and_no_numbers():
    builder = builder_of(MODELS["mazur"])
    moment = builder.lecture.moment(1)
    access = builder.plan.access(1)
    templates = {item.id: builder.plan.template(item, moment, access) for item in builder.items}
    assert [source.value.name for source in templates["a.1.1"].value.sources] == ["z"]
    assert [source.value.name for source in templates["W.1.1.1"].label.sources] == ["W"]
    assert templates["a.2.1"].value == ""
    assert (templates["a.1.1"].state, templates["W.1.1.1"].state, templates["W.2.1.1"].state) == ("write", "read", "")
