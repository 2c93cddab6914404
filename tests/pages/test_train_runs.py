"""Runs on the page that trains: named, hidden, deleted, brought back, and held by the address."""

import json
from types import SimpleNamespace

import pytest
from numpy.testing import assert_array_equal

from engine.core import LANGUAGES
from engine.settings import Model, Task
from engine.studies import range_test
from tests.pages.app import CHINESE, address, checked, press, session, texts, warnings
from tests.pages.training import MOONS, SHORT, figure, finish, lab, pick, show, train, trained, type_into
from visualizer.lab import Lab, lab_to_file, lab_to_query
from visualizer.pages.session import lab_session as _lab
from visualizer.pages.session.session import Session
from visualizer.pages.train import curves as _curves
from visualizer.runs import AXES, QUANTITIES, Look, labels
from visualizer.state import Spec, View


def test_runs_that_were_taken_away_come_back():
    app = press(trained(**SHORT), "train_reset")
    assert lab(app).runs == ()
    press(app, "train_bring_back")
    assert (len(lab(app).runs), lab(app).removed) == (1, ())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_reload_trains_the_runs_again_and_says_so(lang):
    app = press(train(**SHORT | {"epochs": "100000"}, lang=lang), "train_play")
    again = train(**address(app))
    assert lab(again).playing
    told = [text for text in texts(again) if "being retrained" in text or "正在重新进行" in text]
    assert [bool(CHINESE.search(text)) for text in told] == [lang == "zh"]
    press(again, "train_pause")
    assert lab(again).current.parts == lab(app).current.parts


def test_a_slider_moves_the_epoch_only_of_the_run_that_it_was_drawn_for(monkeypatch):
    made = Lab(Task(epochs=7))
    made.play()
    while made.advance():
        pass
    held = Session("", Spec(Model.of_example("mazur"), View()), lab=made)
    monkeypatch.setattr(_lab.st, "session_state", {"session": held, "slider": 3})
    for chosen, last, moved in ((0, 5, None), (1, 7, None), (0, 7, 3)):
        _lab._look("slider", chosen, last)
        assert held.train.look.epoch == moved
    made.play()
    held.train.look = Look()
    _lab._look("slider", 0, 7)
    assert held.train.look.epoch is None


def test_the_picture_follows_a_run_that_trains_and_is_of_the_chosen_epoch_when_it_stands(monkeypatch):
    made = Lab(Task(epochs=7))
    held = Session("", Spec(Model.of_example("mazur"), View()), lab=made)
    monkeypatch.setattr(_lab.st, "session_state", {"session": held})
    held.train.look = Look(epoch=3)  # of a link, which trains its runs again
    made.one_epoch()
    while made.advance():
        pass
    assert _lab.shown().epoch == 1
    made.play()
    made.advance(0.0)
    assert (_lab.shown().lab.playing, _lab.shown().epoch) == (True, made.snapshot().done)
    while made.advance(1e-9):
        assert _lab.shown().epoch == made.snapshot().done
    assert _lab.shown().epoch == 3


def test_runs_are_named_hidden_deleted_and_built_upon():
    app = press(trained(**SHORT), "train_keep")
    app = finish(press(pick(app, optimizer="adam"), "train_play"))
    app = show(press(app, "train_keep"), "runs")
    app = checked(app.selectbox(key="train_chosen").set_value(0).run())
    app = checked(app.text_input(key="train_name_0").set_value("first").run())
    assert labels(lab(app).runs, "en") == ["first", "Adam"]
    assert [line.get("name") for line in figure(app, "loss_curves")["data"]][:2] == ["first", "Adam"]
    press(app, "train_hide_0")
    assert "first" not in [line.get("name") for line in figure(app, "loss_curves")["data"]]
    press(app, "train_same")
    assert lab(app).task.optimizer == "sgd"
    press(app, "train_delete_0")
    assert labels(lab(app).runs, "en") == ["η = 0.2 · Adam"]


@pytest.mark.parametrize("button", ["train_delete_1", "train_hide_1", "train_same"])
def test_what_is_asked_of_a_run_that_has_gone_is_asked_of_no_other(button):
    """As where a second click comes before the page shows what the first has done."""
    app = press(trained(**SHORT), "train_keep")
    for eta in ("0.3", "0.4"):
        app = press(finish(press(type_into(app, eta=eta), "train_play")), "train_keep")
    app = show(app, "runs")
    app = checked(app.selectbox(key="train_chosen").set_value(1).run())
    first, gone, last = lab(app).kept
    session(app).lab.remove(gone.colour)
    press(app, button)
    assert lab(app).kept == (first, last)


def test_a_run_that_has_gone_is_not_opened_on_the_stage():
    app = press(trained(**SHORT), "train_keep")
    model = session(app).spec.model
    session(app).lab.remove(0)
    press(app, "train_open")
    assert session(app).spec.model == model


@pytest.mark.parametrize("after", ["good", "gone"])
def test_a_complaint_about_one_file_of_runs_is_over_with_the_next(after):
    app = train(**SHORT)
    app.session_state.train_files = True
    checked(app.run())
    checked(app.file_uploader(key="train_open_file").upload("runs.json", b"rubbish").run())
    assert len(app.warning) == 1
    files = [("runs.json", lab_to_file(lab(app)).encode(), "application/json")] if after == "good" else []
    checked(app.file_uploader(key="train_open_file").set_value(files).run())
    assert len(app.warning) == 0


def test_the_latest_run_has_no_need_to_be_kept_before_it_is_named_or_deleted():
    app = show(trained(**SHORT), "runs")
    checked(app.text_input(key="train_name_0").set_value("mine").run())
    assert labels(lab(app).runs, "en") == ["mine"]
    app = finish(press(app, "train_play"))
    press(app, "train_delete_1")
    assert labels(lab(app).runs, "en") == ["mine"]


def test_the_address_brings_settings_and_runs_back():
    app = trained(**MOONS)
    query = address(app)
    assert query == lab_to_query(lab(app))[0] | {"lang": "en"}
    again = finish(train(**query))
    assert_array_equal(lab(again).live.trial.loss, lab(app).live.trial.loss)
    assert lab(again).strays == ()


def test_all_that_is_looked_at_survives_a_reload():
    app = press(pick(two_rates(), quantity="cost", axis="update", group="eta", shade="eta"), "train_keep")
    for key in ("train_log", "train_log_x", "train_listed"):
        checked(app.toggle(key=key).set_value(True).run())
    checked(app.slider(key="train_smoothing").set_value(0.5).run())
    checked(show(app, "runs").selectbox(key="train_chosen").set_value(0).run())
    checked(app.slider(key="train_slider").set_value(12).run())
    looked = Look("cost", "update", True, True, 0.5, "eta", "eta", True, 0, -1, 12, "runs")
    assert session(app).train.look == looked
    again = checked(finish(train(**address(app))).run())
    assert session(again).train.look == looked
    assert address(again) == address(app)
    assert figure(again, "loss_curves")["layout"] == figure(app, "loss_curves")["layout"]
    assert again.slider(key="train_slider").value == 12
    assert again.selectbox(key="train_chosen").value == 0
    assert warnings(again) == []


CHANGED = {"eta": "0.5", "optimizer": "adam", "hidden": "4"}  # midway, midway, and for a run of its own


@pytest.mark.parametrize("epoch", [None, 3])
@pytest.mark.parametrize("name", CHANGED)
def test_slider_and_curves_stand_at_the_end_of_a_run_whose_settings_change_while_it_trains(name, epoch):
    app = trained(**MOONS)
    if epoch is not None:
        checked(app.slider(key="train_slider").set_value(epoch).run())
    press(type_into(app, epochs="6000"), "train_play")
    (type_into if name in ("eta", "hidden") else pick)(app, **{name: CHANGED[name]})
    if name == "hidden":
        press(type_into(app, epochs="60"), "train_play")
    for _ in range(300):
        playing, before = lab(app).playing, session(app).train.look.epoch
        checked(app.run())
        shown = app.slider(key="train_slider").value
        assert (figure(app, "loss_curves")["layout"]["shapes"][-1]["x0"], before) == (shown, None)
        if not playing:
            break
    assert shown == lab(app).runs[-1].trial.epochs == lab(app).task.epochs


def test_an_address_with_a_view_that_there_is_not_says_so():
    app = train(**SHORT, tab="nothing")
    (said,) = warnings(app)
    assert "nothing" in said
    assert "tab" not in address(app)


def test_the_address_follows_every_button():
    app = press(train(**SHORT), "train_one")
    (run,) = json.loads(address(app)["runs"])
    assert run["parts"] == [[0, {"epochs": "1"}]]
    app = press(app, "train_reset")
    assert "runs" not in address(app)


def test_two_sessions_do_not_see_each_others_runs():
    one, other = trained(**SHORT), train(**SHORT)
    assert (len(lab(one).runs), len(lab(other).runs)) == (1, 0)


@pytest.mark.parametrize("axis", AXES)
def test_what_is_drawn_over_what_can_be_chosen(axis):
    app = trained(**MOONS)
    checked(app.selectbox(key="train_axis").set_value(axis).run())
    for quantity in QUANTITIES:
        checked(app.selectbox(key="train_quantity").set_value(quantity).run())
        layout = figure(app, "loss_curves")["layout"]
        assert layout["yaxis"]["title"]["text"] == QUANTITIES[quantity].label.en
        assert layout["xaxis"]["title"]["text"] == AXES[axis].label.en
    assert warnings(app) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_rate_is_searched_for_and_taken(lang):
    app = press(show(train(**MOONS, lang=lang), "rate"), "rate_find", "rate_use")
    found = range_test(Task(**_read(MOONS)))
    assert lab(app).task.eta == float(f"{found.steepest:.1g}")
    assert warnings(app) == []


def _read(query):
    return {name: getattr(lab(train(**query)).task, name) for name in query}


def two_rates(lang="en"):
    app = press(trained(**SHORT, lang=lang), "train_keep")
    return finish(press(type_into(app, eta="0.9"), "train_play"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_runs_are_gathered_coloured_and_pinned(lang):
    app = pick(two_rates(lang), group="eta")
    names = [line["name"] for line in figure(app, "loss_curves")["data"] if line.get("showlegend")]
    assert len([name for name in names if name.startswith("η = ")]) == 2
    app = show(pick(app, group="", shade="eta"), "runs")
    pinned = app.session_state.session.lab.snapshot().runs[-1].colour
    press(app, f"train_pin_{pinned}")
    assert lab(app).runs[-1].pinned
    assert any(line.get("name", "").startswith("★") for line in figure(app, "loss_curves")["data"])
    press(app, f"train_pin_{pinned}")
    assert not lab(app).runs[-1].pinned


def test_a_setting_by_which_runs_were_gathered_stays_chosen_when_they_have_gone():
    app = pick(two_rates(), group="eta")
    press(app, "train_reset")
    assert app.selectbox(key="train_group").value == "eta"


@pytest.mark.parametrize(
    ("told", "looked"), [([7, 0.1, 0], (0, 7)), ([9, 0.1, 1], (1, 9)), ([5, 0.1, 99], (1, 5)), ([0.2, 0.1], (1, 30))]
)
def test_a_click_on_a_curve_looks_at_that_run_at_that_epoch(told, looked, monkeypatch):
    made = Lab(Task(epochs=30))
    made.play()
    while made.advance():
        pass
    made.keep()
    made.play()
    while made.advance():
        pass
    held = Session("", Spec(Model.of_example("mazur"), View()), lab=made)
    monkeypatch.setattr(_lab.st, "session_state", {"session": held})
    points = SimpleNamespace(selection=SimpleNamespace(points=[{"customdata": told}]))
    monkeypatch.setattr(_curves, "widget_value", lambda key: points)
    _curves._click()
    now = _lab.shown()
    assert (now.chosen, now.epoch) == looked
