"""A second network at the step of a first one: what reads differently is marked, and nothing else."""

import pytest

from engine.core import LANGUAGES
from engine.settings import Model
from visualizer.lecture import GRANULARITIES
from visualizer.scene import scene_beside, scene_builder, scene_svg
from visualizer.scene.beside import CHANGED
from visualizer.writing import palette

FIRST = Model.of_example("mazur")
OTHER = FIRST.edited(FIRST.network().with_weight(layer=1, j=0, k=1, value=0.9))


def builder(model, granularity="layer", lang="en"):
    return scene_builder(model.trace(), granularity, lang)


@pytest.mark.parametrize("granularity", GRANULARITIES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_at_every_step_the_numbers_that_differ_are_marked_and_no_others(granularity, lang):
    first, second = builder(FIRST, granularity, lang), builder(OTHER, granularity, lang)
    for position in range(len(first.lecture) + 1):
        step = first.lecture.address(position)
        scene, count = scene_beside(second, first, step)
        plain = first.scene(position).looks
        marked = {item for item, look in scene.looks.items() if look.state == CHANGED}
        assert len(marked) == count
        for item, look in scene.looks.items():
            reads = 1  # the place of the digits in a style
            assert look[reads] == plain[item][reads] or item in marked
        assert (palette.CHANGED in scene_svg(scene)) == bool(count)


def test_before_the_first_step_it_is_the_one_weight():
    scene, count = scene_beside(builder(OTHER), builder(FIRST), "0")
    (item,) = (item for item, look in scene.looks.items() if look.state == CHANGED)
    assert (count, scene.looks[item].label) == (1, "0.9")


def test_a_network_differs_nowhere_from_itself():
    assert scene_beside(builder(FIRST), builder(FIRST), "bp2.1")[1] == 0


def test_other_layers_or_steps_are_not_compared():
    assert (
        scene_beside(builder(Model.drawn((2, 3, 2), ("sigmoid", "sigmoid"), "randn", 1)), builder(FIRST), "0") is None
    )
    assert scene_beside(builder(OTHER), builder(FIRST), "bp9.9") is None
