"""Curves from outside on the page: pasted, taken from files, named, hidden, deleted, saved and told about."""

import pytest

from engine.core import LANGUAGES
from tests.pages.app import checked, field, press, texts, warnings
from tests.pages.training import SHORT, lab, train
from visualizer.lab import lab_to_query

KERAS = "epoch,loss,val_loss\n" + "\n".join(f"{i},{0.9**i},{0.5 + abs(i - 20) / 100}" for i in range(60))


def opened(**query):
    app = train(**SHORT | query)
    return checked(app.button_group(key="train_view_all").set_value("outside").run())


def paste(app, text):
    return checked(field(app, "text_area", "outside_paste").set_value(text).run())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_pasted_numbers_lie_beside_the_runs_with_what_is_found_in_them(lang):
    app = paste(opened(lang=lang), KERAS)
    (curve,) = lab(app).outside
    assert len(curve.train.values) == len(curve.held.values) == 60
    assert field(app, "text_area", "outside_paste").value == ""
    words = {"en": "overfitting", "zh": "过拟合"}[lang]
    assert any(words in text and "20" in text for text in texts(app))


def test_what_is_none_stays_in_its_field_with_a_sentence():
    app = paste(opened(), "name,colour\na,red\n")
    assert lab(app).outside == ()
    (said,) = warnings(app)
    assert "No curve found" in said
    assert field(app, "text_area", "outside_paste").value.startswith("name,colour")
    assert warnings(paste(app, "0.5 ; 0.4 ; 0.3")) == []
    assert lab(app).outside[0].train.values == (0.5, 0.4, 0.3)


def test_a_curve_is_named_hidden_deleted_and_brought_back():
    app = paste(opened(), "0.5\n0.4\n0.3\n")
    checked(field(app, "text_input", "outside_name_1").set_value("![mine](x)").run())
    press(app, "outside_hide_1")
    (curve,) = lab(app).outside
    assert (curve.name, curve.hidden) == ("![mine](x)", True)
    press(app, "outside_delete_1")
    assert lab(app).outside == ()
    press(app, "train_bring_back")
    assert lab(app).outside == (curve,)


def test_a_file_is_asked_which_of_its_curves_are_meant():
    app = opened()
    uploader = next(each for each in app.file_uploader if each.key.startswith("outside_files"))
    checked(uploader.upload("run.csv", KERAS.replace("epoch,loss", "epoch,accuracy").encode(), "text/csv").run())
    (choice,) = (each for each in app.multiselect if each.key.startswith("outside_series"))
    assert (choice.options, choice.value) == (["accuracy", "val_loss"], ["val_loss"])
    checked(choice.set_value(["accuracy", "val_loss"]).run())
    press(app, "outside_add")
    assert [curve.name for curve in lab(app).outside] == ["run · accuracy", "run · val_loss"]
    assert not [each for each in app.multiselect if each.key.startswith("outside_series")]


def test_a_file_that_is_no_log_is_told_by_its_name():
    app = opened()
    uploader = next(each for each in app.file_uploader if each.key.startswith("outside_files"))
    checked(uploader.upload("a[b](c).pdf", b"%PDF-1.4", "application/pdf").run())
    (said,) = warnings(app)
    assert "not a table" in said


def test_the_address_has_them_and_an_axis_that_they_lack_is_told():
    app = paste(opened(), "step,loss\n0,1\n10,0.5\n20,0.4\n")
    assert any("indexed by" in text for text in texts(app))
    again = train(**lab_to_query(lab(app))[0])
    assert lab(again).outside == lab(app).outside
    assert warnings(again) == []
