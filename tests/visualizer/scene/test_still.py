"""One step as a picture: found by its address, shown by a notebook."""

import pytest

from engine import InputError
from engine.core import LANGUAGES
from tests.visualizer.oracles import MODELS, builder_of
from visualizer import picture, step_figure
from visualizer.scene import scene_svg
from visualizer.scene.still import step_scene

MAZUR = MODELS["mazur"].trace()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("step", "grain"), [("bp2.1", "layer"), ("bp4.2.1.2", "weight"), (0, "neuron")])
def test_a_notebook_shows_the_scene_of_the_step(step, grain, lang):
    builder = builder_of(MODELS["mazur"], grain, lang)
    drawn = picture(MAZUR, step, grain, lang, theme="dark")
    assert drawn._repr_svg_() == drawn.svg == scene_svg(builder.scene(builder.lecture.position(str(step))), "dark")


def test_it_is_the_step_of_the_figure():
    _, title = step_scene(MAZUR, "bp1")
    assert title == step_figure(MAZUR, "bp1").layout.title.text


@pytest.mark.parametrize(
    "wrong", [{"step": "bp9"}, {"granularity": "atom"}, {"lang": "xx"}, {"sample": 1}, {"theme": "x"}]
)
def test_what_there_is_not_is_refused(wrong):
    with pytest.raises(InputError):
        picture(MAZUR, **{"step": 1} | wrong)
