"""Settings in words: what is done beside the plain equations, and nothing else."""

from dataclasses import replace

import pytest

from engine.core import LANGUAGES
from tests.visualizer.writing.test_words import MAZUR
from visualizer.writing import settings_words

DONE = {
    "a penalty": {"regularizer": "l2", "strength": 0.25},
    "clipping": {"clip": "norm", "clip_at": 0.25},
    "dropout": {"dropout": 0.25},
    "batch normalization": {"batch_norm": True},
    "an optimizer": {"optimizer": "adam"},
    "a mistake": {"mistakes": ("no_bias",)},
    "another rate": {"eta": 0.25},
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("change", DONE.values(), ids=DONE)
def test_what_is_done_beside_the_plain_equations_is_said(change, lang):
    before, after = (settings_words(model.trace(), lang) for model in (MAZUR, MAZUR.with_settings(**change)))
    assert len(set(after) - set(before)) == 1
    assert ("0.25" in (set(after) - set(before)).pop()) == (0.25 in change.values())


def test_inference_is_said_where_it_makes_a_difference():
    told = [
        [settings_words(replace(model, training=training).trace(), "en") for training in (True, False)]
        for model in (MAZUR, replace(MAZUR, dropout=0.5))
    ]
    assert [one == other for one, other in told] == [True, False]
