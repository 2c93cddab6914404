"""Settings, views and trainings on the page that trains."""

from itertools import cycle

import pytest
from numpy.testing import assert_array_equal

from engine.core import LANGUAGES
from engine.settings import OWN, Model
from tests.pages.app import CHINESE, address, checked, press, session, texts, visit, warnings
from tests.pages.training import (
    MOONS,
    SHORT,
    TECHNIQUES,
    figure,
    finish,
    key,
    lab,
    pick,
    show,
    train,
    trained,
    type_into,
)
from visualizer.pages.train.views import VIEWS
from visualizer.runs import ending
from visualizer.state import Spec, View


@pytest.mark.parametrize(("view", "lang"), list(zip(VIEWS, cycle(LANGUAGES), strict=False)))
def test_every_view_is_drawn_in_its_language_before_and_after_a_training(view, lang):
    app = show(train(**MOONS, lang=lang), view)
    app = finish(press(app, "train_play"))
    assert warnings(app) == []
    words = "".join([*texts(app), *(button.label for button in app.button)])
    assert bool(CHINESE.search(words)) == (lang == "zh")


@pytest.mark.parametrize("view", ["why", "runs", "layers", "edge", "weights", "scores", "film"])
def test_every_view_is_drawn_of_a_training_with_all_techniques(view):
    app = show(trained(**MOONS, **TECHNIQUES), view)
    assert warnings(app) == []
    assert lab(app).live.trial.task.batch_norm


@pytest.mark.parametrize("lang", LANGUAGES)
def test_techniques_are_chosen_and_the_stage_opens_with_them(lang):
    app = pick(train(**MOONS, lang=lang), schedule="cosine", regularizer="l1", clip="value")
    type_into(app, strength="0.01", clip_at="0.2", dropout="0.1")
    checked(app.checkbox(key=key(app, "batch_norm")).check().run())
    app = finish(press(app, "train_play"))
    task = lab(app).live.trial.task
    assert (task.schedule, task.regularizer, task.strength, task.clip) == ("cosine", "l1", 0.01, "value")
    assert (task.clip_at, task.batch_norm, task.dropout) == (0.2, True, 0.1)
    press(app, "train_open")
    app.switch_page("stage/stage.py")
    checked(app.run())
    assert [info.value for info in app.info] == []
    model = session(app).spec.model
    assert (model.regularizer, model.clip, model.batch_norm, model.dropout) == ("l1", "value", True, 0.1)
    assert model.masks == (task.order, 31, 0)
    titles = {step.rule.title.format(l=step.layer)(lang) for step in model.trace().steps}
    press(app, *["step_next"] * 8)
    assert any(title in text for title in titles for text in texts(app))


def test_it_trains_pauses_goes_on_with_another_rate_and_keeps_the_run():
    app = press(train(epochs="100000"), "train_play", "train_pause")
    done = lab(app).done
    assert not lab(app).playing
    assert 0 < done < 100_000
    type_into(app, eta="1/2", epochs=str(done + 10))
    finish(press(app, "train_play"))
    assert lab(app).live.trial.changes == {done: {"eta": 0.5}}
    press(app, "train_keep")
    assert [run.trial.epochs for run in lab(app).kept] == [done + 10]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_early_stopping_is_set_said_and_comes_back_with_the_address(lang):
    app = type_into(train(**MOONS | {"epochs": "2000"}, lang=lang), patience="12")
    type_into(app, min_improvement="0.05")
    app = finish(press(app, "train_play"))
    trial = lab(app).live.trial
    assert (trial.stopped, trial.task.patience, trial.task.min_improvement) == ("plateau", 12, 0.05)
    assert trial.epochs < 2000
    (said,) = (bar.proto.text for bar in app.get("progress"))
    assert ending(trial, lang) in said
    again = finish(train(**address(app)))
    assert lab(again).live.trial.stopped == "plateau"
    assert_array_equal(lab(again).live.trial.loss, trial.loss)
    type_into(app, patience="")
    assert lab(app).task.patience is None
    assert "train_min_improvement" not in {field.key for field in app.text_input}


def test_single_epochs_reset_and_new_weights():
    app = press(train(**SHORT), "train_one", "train_one")
    assert lab(app).live.trial.epochs == 2
    first = lab(app).live.trial.network_at(0).theta
    press(app, "train_reset", "train_one")
    assert (len(lab(app).runs), lab(app).live.trial.epochs) == (1, 1)
    assert_array_equal(lab(app).live.trial.network_at(0).theta, first)
    press(app, "train_new", "train_one")
    assert len(lab(app).runs) == 2
    assert (lab(app).live.trial.network_at(0).theta != first).any()


def test_the_settings_of_a_page_are_those_that_are_trained():
    app = pick(train(), data="spiral")
    type_into(app, hidden="3-2", seed="5", size="20", noise="0", batch="5", epochs="4", held="50", order="2")
    pick(app, f_0="relu", f_2="softmax", init="he_normal", optimizer="adam")
    app = finish(press(app, "train_play"))
    trial = lab(app).live.trial
    assert trial.network_at(4).sizes == (2, 3, 2, 2)
    assert trial.network_at(4).activations == ("relu", "sigmoid", "softmax")
    assert (trial.task.loss, len(trial.data[0]), len(trial.held_out[0])) == ("cross_entropy", 10, 10)
    assert [len(rows) for rows in trial.batches(1)] == [5, 5]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("eta", "x"),
        ("hidden", "3-0"),
        ("epochs", "0"),
        ("held", "95"),
        ("noise", "-1"),
        ("patience", "0"),
        ("target_loss", "low"),
    ],
)
def test_rubbish_is_answered_with_one_sentence_and_stays_in_its_field(name, typed, lang):
    app = pick(trained(**SHORT, lang=lang), data="moons")
    before = lab(app).task
    app = type_into(app, **{name: typed})
    (said,) = warnings(app)
    assert typed in said
    assert bool(CHINESE.search(said)) == (lang == "zh")
    assert app.text_input(key=key(app, name)).value == typed
    assert (lab(app).task, len(lab(app).runs)) == (before, 1)


def test_what_is_in_force_stays_said_beside_a_value_that_was_refused():
    app = type_into(train(**SHORT), eta="x")
    pick(app, optimizer="adam")
    assert app.text_input(key=key(app, "eta")).value == "x"
    (said,) = warnings(app)
    assert said.endswith("In use: 0.2.")
    type_into(app, eta="0.3")
    assert warnings(app) == []


def test_a_moment_is_opened_on_the_stage_and_back_everything_is_there():
    app = trained(**MOONS)
    checked(app.slider(key="train_slider").set_value(7).run())
    trial = lab(app).live.trial
    press(app, "train_open")
    assert_array_equal(session(app).spec.model.network().theta, trial.network_at(7).theta)
    app.switch_page("stage/stage.py")
    press(checked(app.run()), "step_next")
    app.switch_page("train/train.py")
    checked(app.run())
    assert lab(app).live.trial.epochs == 30
    assert app.slider(key="train_slider").value == 7


@pytest.mark.parametrize(
    "query", [{"runs": "["}, {"eta": "x"}, {"data": "none"}, {"hidden": "9999"}, {"rows": "x", "data": OWN}]
)
def test_an_address_that_is_wrong_is_answered_with_a_sentence(query):
    app = train(**query)
    assert len(warnings(app)) == 1
    finish(press(app, "train_one"))


def test_a_survey_counts_what_was_solved():
    app = show(train(epochs="50"), "survey")
    checked(app.text_input(key="survey_seeds").set_value("3").run())
    checked(app.text_input(key="survey_rates").set_value("0.2, 2").run())
    press(app, "survey_start")
    for _ in range(100):
        if session(app).train.survey.found:
            break
        checked(app.run())
    found = session(app).train.survey.found
    assert found.final.shape == (2, 3)
    assert sum("of 3 seeds solved" in text for text in texts(app)) == 2
    assert not list(app.text)
    pick(app, optimizer="adam")
    assert [text.value for text in app.text] == ["Results for the settings at that time: gradient descent"]


def test_a_survey_of_too_many_is_answered_with_a_sentence():
    app = show(train(**SHORT), "survey")
    checked(app.text_input(key="survey_seeds").set_value("300").run())
    press(app, "survey_start")
    (said,) = warnings(app)
    assert "256" in said
    assert "In use" not in said
    assert app.text_input(key="survey_seeds").value == "300"


def test_a_training_starts_from_the_network_on_the_stage():
    app = visit("train", **MOONS)
    app.session_state.train_files = True
    press(checked(app.run()), "train_start_from_stage")
    assert any("does not fit" in warning.value for warning in app.warning)
    session(app).spec = Spec(Model.drawn((2, 3, 1), ("relu", "sigmoid"), "he_normal", 5), View())
    press(app, "train_start_from_stage")
    task = lab(app).task
    assert (task.hidden, task.activations) == ((3,), ("relu", "sigmoid"))
    assert_array_equal(task.network().theta, session(app).spec.model.network().theta)
    assert any(text.startswith("Starts from the weights") for text in texts(app))
    type_into(app, seed="9")
    assert lab(app).task.net == ()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_data_surface_and_first_loss_are_drawn_before_anything_is_pressed(lang):
    app = train(**MOONS, lang=lang)
    curves, moment = figure(app, "loss_curves"), figure(app, "train_moment")
    named = next(trace["name"] for trace in curves["data"] if trace.get("name"))
    first = trained(**MOONS | {"epochs": "1"})
    assert f"{lab(first).live.trial.loss[0]:.3g}" in named
    assert curves["layout"]["xaxis"]["range"] == [0, 30]
    assert len(moment["data"]) >= 3  # the surface and both classes
    assert lab(app).current is None
    begun = finish(press(press(app, "begin_rates"), "experiment_run"))
    assert len(lab(begun).runs) == 4


@pytest.mark.parametrize(("typed", "size"), [("all", 0), ("全部", 0), ("", 0), ("8", 8)])
def test_all_samples_at_once_is_a_word_in_the_field_and_a_nought_in_the_address(typed, size):
    app = type_into(train(**MOONS), batch="16")
    type_into(app, batch=typed)
    assert lab(app).task.batch == size
    assert warnings(app) == []
    opened = train(**MOONS | {"batch": str(size)})
    assert lab(opened).task.batch == size
    field = next(field for field in opened.text_input if field.key.startswith(key(app, "batch")))
    assert field.value == (str(size) if size else "")
