import json
from itertools import cycle

import pytest
from numpy.testing import assert_array_equal

from engine.model import Model
from engine.numbers import DECIMAL_SIGNS
from engine.task import OWN, Task
from engine.text import LANGUAGES
from tests.pages.app import CHINESE, address, checked, field, press, session, texts, visit, warnings
from visualizer.experiments import EXPERIMENTS
from visualizer.families import FAMILIES
from visualizer.lab import Lab
from visualizer.lab_link import lab_to_file, lab_to_query
from visualizer.pages import _lab
from visualizer.pages._session import Session
from visualizer.pages._train_views import VIEWS
from visualizer.runs import labels
from visualizer.view import Spec, View

SHORT = {"epochs": "30"}
TECHNIQUES = {
    "schedule": "one_cycle",
    "regularizer": "elastic",
    "strength": "0.001",
    "clip": "norm",
    "clip_at": "0.5",
    "batch_norm": "1",
    "dropout": "0.2",
}
MOONS = {
    "data": "moons",
    "size": "40",
    "hidden": "5",
    "activations": "tanh-sigmoid",
    "loss": "binary_cross_entropy",
    "batch": "8",
    "held": "20",
    "epochs": "30",
}


def train(**query):
    return visit("train", **query)


def lab(app):
    return session(app).lab.snapshot()


def finish(app):
    for _ in range(300):
        if not lab(app).playing:
            return app
        checked(app.run())
    raise AssertionError


def trained(**query):
    return finish(press(train(**query), "train_play"))


def key(app, name):
    return f"train_{name}"


def type_into(app, **typed):
    for name, text in typed.items():
        checked(app.text_input(key=key(app, name)).set_value(text).run())
    return app


def pick(app, **picked):
    for name, value in picked.items():
        checked(app.selectbox(key=key(app, name)).set_value(value).run())
    return app


def show(app, view):
    return checked(app.button_group(key="train_view").set_value(view).run())


def figure(app, key):
    charts = [chart.proto for chart in app.get("plotly_chart")]
    return json.loads(next(chart for chart in charts if f"-{key}" in chart.id).spec)


@pytest.mark.parametrize(("view", "lang"), list(zip(VIEWS, cycle(LANGUAGES), strict=False)))
def test_every_view_is_drawn_in_its_language_before_and_after_a_training(view, lang):
    app = show(train(**MOONS, lang=lang), view)
    app = finish(press(app, "train_play"))
    assert warnings(app) == []
    words = "".join([*texts(app), *(button.label for button in app.button)])
    assert bool(CHINESE.search(words)) == (lang == "zh")


@pytest.mark.parametrize("view", ["why", "runs", "layers", "weights", "scores", "film"])
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
    app.switch_page("visualizer/pages/stage.py")
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
    ("name", "typed"), [("eta", "x"), ("hidden", "3-0"), ("epochs", "0"), ("held", "95"), ("noise", "-1")]
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
    assert lab(app).task.samples()[0].tolist() == [[221900], [180000]]
    pick(app, decimal="comma")
    assert lab(app).task.samples()[0].tolist() == [[221.9], [180]]
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


def test_what_is_in_force_stays_said_beside_a_value_that_was_refused():
    app = type_into(train(**SHORT), eta="x")
    pick(app, optimizer="adam")
    assert app.text_input(key=key(app, "eta")).value == "x"
    (said,) = warnings(app)
    assert said.endswith("In force: 0.2.")
    type_into(app, eta="0.3")
    assert warnings(app) == []


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
    told = [text for text in texts(again) if "trained again" in text or "重新训练" in text]
    assert [bool(CHINESE.search(text)) for text in told] == [lang == "zh"]
    press(again, "train_pause")
    assert lab(again).current.parts == lab(app).current.parts


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", ["train", "landscape"])
def test_what_a_reload_would_lose_is_said(path, lang):
    table = "a,b\n" + "0.123456789,1\n" * 700
    told = [
        text for text in texts(visit(path, data=OWN, rows=table, lang=lang)) if "reload" in text or "重新载入" in text
    ]
    assert [bool(CHINESE.search(text)) for text in told] == [lang == "zh"]


def test_a_slider_moves_the_epoch_only_of_the_run_that_it_was_drawn_for(monkeypatch):
    made = Lab(Task(epochs=7))
    made.play()
    while made.advance():
        pass
    held = Session("", Spec(Model.of_example("mazur"), View()), lab=made)
    monkeypatch.setattr(_lab.st, "session_state", {"session": held, "slider": 3})
    for chosen, last, moved in ((0, 5, None), (1, 7, None), (0, 7, 3)):
        _lab._look("slider", chosen, last)
        assert held.train.epoch == moved
    made.play()
    held.train.epoch = None
    _lab._look("slider", 0, 7)
    assert held.train.epoch is None


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


def test_an_experiment_stands_alone():
    app = trained(**SHORT)
    app.session_state.experiments = True
    finish(press(checked(app.run()), "experiment_rates"))
    assert tuple(run.trial.task for run in lab(app).runs) == EXPERIMENTS["rates"].tasks


@pytest.mark.parametrize("name", FAMILIES)
def test_a_family_is_trained_with_one_click(name):
    app = finish(press(show(train(**MOONS | {"epochs": "3"}), "families"), f"family_{name}"))
    tasks = [run.trial.task for run in lab(app).runs]
    assert tasks == FAMILIES[name].tasks(Task(**_task(**MOONS | {"epochs": "3"})))
    assert len(tasks) > 1


def _task(**query):
    from engine.task_query import from_query  # noqa: PLC0415

    task, problems = from_query(query)
    assert problems == []
    return vars(task)


def assert_told(app, experiment, lang):
    (said,) = (info.value for info in app.info)
    assert said.startswith(experiment.story(lang))
    assert experiment.question(lang) in said
    assert experiment.answer(lang) in texts(app)


@pytest.mark.parametrize(("name", "lang"), [("exploding", "en"), ("vanishing", "zh")])
def test_an_experiment_opens_with_one_link_that_stays_its_address(name, lang):
    app = train(experiment=name, lang=lang)
    assert_told(app, EXPERIMENTS[name], lang)
    assert lab(app).runs
    assert address(app) == {"experiment": name, "lang": lang}
    assert warnings(app) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_unknown_experiment_is_answered_with_a_sentence(lang):
    app = train(experiment="nothing", lang=lang)
    assert len(warnings(app)) == 1
    assert not lab(app).playing


@pytest.mark.parametrize(("name", "lang"), list(zip(EXPERIMENTS, cycle(LANGUAGES), strict=False)))
def test_an_experiment_tells_its_story_and_begins(name, lang):
    app = train(lang=lang)
    app.session_state.experiments = True
    checked(app.run())
    press(app, f"experiment_{name}")
    assert_told(app, EXPERIMENTS[name], lang)
    begun = [*(run.trial.task for run in lab(app).runs), *(plan.parts[0][1] for plan in lab(app).waiting)]
    assert tuple(begun) == EXPERIMENTS[name].tasks


def test_a_moment_is_opened_on_the_stage_and_back_everything_is_there():
    app = trained(**MOONS)
    checked(app.slider(key="train_slider").set_value(7).run())
    trial = lab(app).live.trial
    press(app, "train_open")
    assert_array_equal(session(app).spec.model.network().theta, trial.network_at(7).theta)
    app.switch_page("visualizer/pages/stage.py")
    press(checked(app.run()), "step_next")
    app.switch_page("visualizer/pages/train.py")
    checked(app.run())
    assert lab(app).live.trial.epochs == 30
    assert app.slider(key="train_slider").value == 7


def test_the_address_brings_settings_and_runs_back():
    app = trained(**MOONS)
    query = address(app)
    assert query == lab_to_query(lab(app))[0] | {"lang": "en"}
    again = finish(train(**query))
    assert_array_equal(lab(again).live.trial.loss, lab(app).live.trial.loss)
    assert lab(again).strays == ()


def test_the_address_follows_every_button():
    app = press(train(**SHORT), "train_one")
    (run,) = json.loads(address(app)["runs"])
    assert run["parts"] == [[0, {"epochs": "1"}]]
    app = press(app, "train_reset")
    assert "runs" not in address(app)


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
    assert [text.value for text in app.text] == ["Found with the settings that there were then: gradient descent"]


def test_a_survey_of_too_many_is_answered_with_a_sentence():
    app = show(train(**SHORT), "survey")
    checked(app.text_input(key="survey_seeds").set_value("300").run())
    press(app, "survey_start")
    (said,) = warnings(app)
    assert "256" in said
    assert app.text_input(key="survey_seeds").value == "300"


def test_two_sessions_do_not_see_each_others_runs():
    one, other = trained(**SHORT), train(**SHORT)
    assert (len(lab(one).runs), len(lab(other).runs)) == (1, 0)


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
