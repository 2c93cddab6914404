"""Board of points on the page: samples become a table, and kinds of points give way to each other."""

import pytest

from engine import DATASETS
from engine.core import LANGUAGES
from engine.settings import OWN
from tests.pages.app import checked, field, press, texts, warnings
from tests.pages.training import SHORT, key, lab, pick, train
from visualizer.points import CURVE, points_of


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["moons", "sine"])
def test_samples_of_a_data_set_are_copied_and_a_run_goes_on_with_them(name, lang):
    app = pick(train(**SHORT, lang=lang), data=name)
    before = lab(app).task.samples()
    press(app, "train_one")
    checked(app.run())
    press(app, "points_draw")
    assert lab(app).task.data == OWN
    assert [rows.tolist() for rows in lab(app).task.samples()] == [rows.tolist() for rows in before]
    assert warnings(app) == []
    assert not lab(app).kept


def test_the_points_of_either_kind_come_back():
    app = pick(train(**SHORT), data=OWN)
    first = lab(app).task.rows
    checked(app.text_area(key=key(app, "rows")).set_value(first.replace("1,1,0", "0.25,1,0")).run())
    drawn = points_of(lab(app).task)
    checked(field(app, "button_group", "points_kind").set_value(CURVE).run())
    assert (points_of(lab(app).task).kind, lab(app).task.activations[-1]) == (CURVE, "linear")
    checked(field(app, "button_group", "points_kind").set_value("classes").run())
    assert points_of(lab(app).task) == drawn
    assert lab(app).task.activations[-1] == "sigmoid"


def test_a_table_that_does_not_lie_on_a_plane_says_so():
    app = pick(train(**SHORT), data=OWN)
    checked(app.text_area(key=key(app, "rows")).set_value("a,b,c,y\n1,2,3,0\n4,5,6,1").run())
    assert any("cannot be drawn" in text for text in texts(app))


@pytest.mark.parametrize("name", [name for name, record in DATASETS.items() if record.picture])
def test_images_have_no_board(name):
    app = pick(train(**SHORT), data=name)
    assert not [button for button in app.button if button.key == "points_draw"]
