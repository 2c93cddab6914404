"""Two runs in step on the page: both at the epoch of the slider, and what differs between them."""

import pytest

from engine.core import LANGUAGES
from tests.pages.app import checked, field, press, texts
from tests.pages.training import MOONS, finish, lab, trained, type_into


@pytest.mark.parametrize("lang", LANGUAGES)
def test_two_runs_stand_side_by_side_at_the_epoch_of_the_slider(lang):
    app = trained(**MOONS, lang=lang)
    checked(app.button_group(key="train_view_all").set_value("pair").run())
    assert any({"en": "Two runs are needed", "zh": "需要两次训练"}[lang] in text for text in texts(app))
    press(app, "train_keep")
    type_into(app, eta="0.7")
    finish(press(app, "train_play"))
    checked(app.run())
    first, second = lab(app).runs
    said = " ".join(texts(app))
    for run in (first, second):
        assert f"{run.trial.loss[30]:.4g}" in said
    assert list(app.dataframe[-1].value.values[0])[1:] == ["η = 0.7", "η = 0.2"]
    checked(app.slider(key="train_slider").set_value(3).run())
    said = " ".join(texts(app))
    assert f"{first.trial.loss[3]:.4g}" in said
    assert f"{second.trial.loss[3]:.4g}" in said
    assert field(app, "selectbox", "pair_beside").value == 0
