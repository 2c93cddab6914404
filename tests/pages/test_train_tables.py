"""Tables of one's own on the page that trains: pasted, read, asked about and refused."""

from dataclasses import replace

import pytest
from numpy.testing import assert_array_equal

from engine import Text, scores
from engine.core import DECIMAL_SIGNS, LANGUAGES
from engine.settings import OWN, Task
from tests.pages.app import CHINESE, checked, field, press, session, texts, visit, warnings
from tests.pages.training import SHORT, finish, key, lab, pick, train
from visualizer.epochs import confusion_figure
from visualizer.lab import lab_to_query


def test_a_table_of_ones_own_is_pasted_and_its_faults_are_named():
    app = pick(train(**SHORT), data=OWN)
    assert_array_equal(lab(app).task.samples()[0], Task().samples()[0])
    checked(app.text_area(key=key(app, "rows")).set_value("a,b,y\n1,2,0\n3,x,1").run())
    (said,) = warnings(app)
    assert "Line 3, column b" in said
    assert app.text_area(key=key(app, "rows")).value.endswith("x,1")
    checked(app.text_area(key=key(app, "rows")).set_value("a,b,y\n1,2,0\n3,4,1").run())
    assert warnings(app) == []
    assert session(finish(press(app, "train_play"))).lab.snapshot().live.trial.data[0].tolist() == [[1, 2], [3, 4]]


HOUSES = 'price,beds\n"221,900",3\n"180,000",2'


def paste(app, text):
    return checked(app.text_area(key=key(app, "rows")).set_value(text).run())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_number_with_two_readings_is_asked_about_and_the_answer_is_kept(lang):
    app = paste(pick(train(**SHORT, lang=lang), data=OWN), HOUSES)
    (said,) = warnings(app)
    assert "221,900" in said
    assert lab(app).task.rows != HOUSES
    assert [app.button(key=f"train_decimal_{sign}").label for sign in DECIMAL_SIGNS] == ["221900", "221.9"]
    press(app, "train_decimal_point")
    assert warnings(app) == []
    assert replace(lab(app).task, scaled=False).samples()[0].tolist() == [[221900], [180000]]
    pick(app, decimal="comma")
    assert replace(lab(app).task, scaled=False).samples()[0].tolist() == [[221.9], [180]]
    query, _ = lab_to_query(lab(app))
    assert query["decimal"] == "comma"
    assert lab(train(**query)).task == lab(app).task
    paste(app, HOUSES.replace("221,900", "231,900"))  # another table, another question
    assert len(warnings(app)) == 1
    assert app.button(key="train_decimal_comma").label == "231.9"


def test_what_a_table_was_taken_for_is_said():
    app = paste(pick(train(**SHORT), data=OWN), HOUSES + '\n"1,180,000.5",4')
    assert warnings(app) == []
    said = [text for text in texts(app) if "was read as" in text]
    assert said == ["221,900 was read as 221900, because 1,180,000.5 in line 4 shows that “.” is the decimal sign."]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_refused_table_is_told_apart_from_the_one_that_trains(lang):
    app = pick(train(**SHORT, lang=lang), data=OWN)
    table = field(app, "text_area", "train_rows").value
    checked(field(app, "text_area", "train_rows").set_value("<b>a</b>,b\n1,x").run())
    app = finish(press(app, "train_play"))
    assert field(app, "text_area", "train_rows").value == "<b>a</b>,b\n1,x"
    (said,) = [text.value for text in app.text]
    assert "x1,x2,y" in said
    assert "5" in said
    assert bool(CHINESE.search(said)) == (lang == "zh")
    assert lab(app).live.trial.task.rows == table
    press(app, "train_rows_back")
    assert (field(app, "text_area", "train_rows").value, list(app.text), warnings(app)) == (table, [], [])


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", ["train", "landscape"])
def test_what_a_reload_would_lose_is_said(path, lang):
    table = "a,b\n" + "0.123456789,1\n" * 700
    told = [
        text for text in texts(visit(path, data=OWN, rows=table, lang=lang)) if "reload" in text or "重新载入" in text
    ]
    assert [bool(CHINESE.search(text)) for text in told] == [lang == "zh"]


IRIS = "length,width,species\n" + "".join(f"{5 + i / 10},{3 - i / 10},{'abc'[i % 3]}\n" for i in range(12))


def brought(data, name="iris.csv", lang="en"):
    app = pick(train(**SHORT, lang=lang), data=OWN)
    return checked(app.file_uploader(key="train_file").upload(name, data).run())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_file_with_classes_is_prepared_and_told_and_suited(lang):
    app = brought(IRIS.encode("utf-16"), lang=lang)
    task = lab(app).task
    assert task.samples()[1].shape == (12, 3)
    assert task.sizes[-1] == 3
    assert any({"en": "columns of 0 and 1", "zh": "各成一列 0/1"}[lang] in text for text in texts(app))
    assert app.dataframe[0].value.iloc[:, 0].tolist() == ["length", "width", "species"]
    press(app, "sheet_output")
    assert lab(app).task.activations[-1] == "softmax"
    assert lab(app).task.loss == "cross_entropy"
    assert not any(button.key == "sheet_output" for button in app.button)


def test_columns_of_a_file_are_left_out_and_chosen():
    app = brought(IRIS.encode())
    checked(app.multiselect(key="sheet_left_out").set_value(["1"]).run())
    assert lab(app).task.samples()[0].shape == (12, 1)
    checked(app.multiselect(key="sheet_targets").set_value(["2"]).run())
    x, y = lab(app).task.samples()
    assert (x.shape, y.shape) == ((12, 3), (12, 1))
    assert y[1, 0] == 2.9
    query, _ = lab_to_query(lab(app))
    assert lab(train(**query)).task == lab(app).task
    checked(app.multiselect(key="sheet_targets").set_value([]).run())
    assert app.multiselect(key="sheet_targets").value == ["3"]


def test_a_pasted_table_is_prepared_as_a_file_is():
    pasted, file = paste(pick(train(**SHORT), data=OWN), IRIS), brought(IRIS.encode())
    assert lab(pasted).task == lab(file).task
    assert pasted.text_area(key=key(pasted, "rows")).value == IRIS
    checked(pasted.multiselect(key="sheet_left_out").set_value(["2"]).run())
    paste(pasted, IRIS.replace("5.0", "6.0"))  # with the same columns the choices stay
    assert lab(pasted).task.left_out == "2"
    paste(pasted, "u,v\n1,2\n3,4\n")
    assert (lab(pasted).task.left_out, lab(pasted).task.targets) == ("", "")


def test_inputs_are_standardised_by_a_switch_that_is_on_where_they_differ_much():
    rows = "".join(f"{i},{1000 * i + i % 3},{i % 2}\n" for i in range(10))
    app = paste(pick(train(**SHORT), data=OWN), "a,b,y\n" + rows)
    assert field(app, "checkbox", "train_scaled").value
    checked(field(app, "checkbox", "train_scaled").set_value(False).run())
    assert not lab(app).task.scaled
    assert any("differ by more than a factor of 10" in text for text in texts(app))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_classes_have_their_names_in_the_confusion_matrix(lang):
    app = press(brought(IRIS.encode(), lang=lang), "sheet_output")
    figure = confusion_figure(Text("", ""), scores(*[lab(app).task.samples()[1]] * 2), lab(app).task.class_names, lang)
    assert [name.split()[-1] for name in figure.data[0].x] == list("abc")


def test_a_file_that_is_no_table_is_told():
    app = brought(b"<!DOCTYPE html><p>404</p>")
    assert any("a web page" in said for said in warnings(app))
    assert_array_equal(lab(app).task.samples()[0], Task().samples()[0])


@pytest.mark.parametrize("path", ["train", "landscape"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_link_to_a_number_with_two_readings_asks_which_is_meant(path, lang):
    query = {"data": OWN, "rows": HOUSES, "hidden": "3", "activations": "tanh-linear", "loss": "mse", "epochs": "5"}
    app = visit(path, **query, lang=lang)
    (said,) = warnings(app)
    assert "221,900" in said
    assert bool(CHINESE.search(said)) == (lang == "zh")
    assert [app.button(key=f"link_decimal_{sign}").label for sign in DECIMAL_SIGNS] == ["221900", "221.9"]
    press(app, "link_decimal_comma")
    assert warnings(app) == []
    assert not any(button.key.startswith("link_decimal") for button in app.button)
    assert (lab(app).task.decimal, lab(app).task.samples()[0].tolist()) == ("comma", [[221.9], [180.0]])
    assert (lab(app).task.hidden, lab(app).task.epochs) == ((3,), 5)
