"""Experiments and families on the page that trains."""

from itertools import cycle

import pytest

from engine.core import LANGUAGES
from engine.settings import Task
from tests.pages.app import address, checked, field, press, session, texts, warnings
from tests.pages.training import MOONS, SHORT, finish, lab, show, train, trained
from visualizer.experiments import EXPERIMENTS
from visualizer.lab import Lab
from visualizer.runs import final_rows
from visualizer.surveys import FAMILIES


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
    from engine.settings import task_from_query  # noqa: PLC0415

    task, problems = task_from_query(query)
    assert problems == []
    return vars(task)


def assert_told(app, experiment, lang):
    (said,) = (info.value for info in app.info)
    assert said.startswith(experiment.story(lang))
    assert experiment.question(lang) in said
    folder = next(block for block in app.get("popover") if "experiment_answer" in block.proto.id)
    assert folder.proto.popover.disabled == lab(app).playing


@pytest.mark.parametrize(("name", "lang"), [("exploding", "en"), ("vanishing", "zh")])
def test_an_experiment_opens_with_one_link_that_stays_its_address(name, lang):
    app = train(experiment=name, lang=lang)
    assert_told(app, EXPERIMENTS[name], lang)
    assert lab(app).runs
    assert address(app) == {"experiment": name, "lang": lang}
    assert warnings(app) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_comes_out_is_told_after_the_runs_and_with_their_figures_and_a_prediction_is_judged(lang, monkeypatch):
    experiment = EXPERIMENTS["spiral"]
    with monkeypatch.context() as held:
        held.setattr(Lab, "advance", lambda *_: None)
        app = train(experiment="spiral", lang=lang)
        begun = experiment.answer(lang).split("{")[0]
        assert not any(text.startswith(begun) for text in texts(app))
        checked(field(app, "button_group", "prediction_spiral").set_value(2).run())
    finish(app)
    checked(app.run())
    runs = {run.trial.task: run.trial for run in lab(app).runs}
    told = experiment.explained([runs[task] for task in experiment.tasks])
    assert told(lang) in texts(app)
    assert any(text.startswith(":green[✓]") and "0.0019" in text for text in texts(app))
    assert session(app).drafts["predictions"] == {"spiral": "2"}


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
    now = lab(app)  # at one moment: it goes on
    plans = [plan for plan in (now.current, *now.waiting) if plan]
    begun = [*(run.trial.task for run in now.kept), *(plan.parts[0][1] for plan in plans)]
    assert tuple(begun) == EXPERIMENTS[name].tasks


@pytest.mark.parametrize("lang", LANGUAGES)
def test_why_a_run_stands_still_is_found_out_by_trainings_that_can_be_laid_beside_it(lang):
    app = trained(hidden="1", epochs="300", eta="0.1", optimizer="adam", lang=lang)
    press(app, "tries_start")
    for _ in range(200):
        if not session(app).train.tries.running:
            break
        checked(app.run())
    found = session(app).train.tries.found
    assert found.cause == "small"
    assert any(found.verdict(lang)[:20] in text for text in texts(app))
    press(app, "tries_curves")
    assert len(lab(app).waiting) + len(lab(app).runs) >= len(found.outcomes)


class Newcomer:
    """Somebody at the page who counts each click; a choice in a list takes two."""

    def __init__(self):
        self.app, self.clicks = train(), 0

    def press(self, key):
        self.app, self.clicks = finish(press(self.app, key)), self.clicks + 1

    def show(self, view):
        self.app, self.clicks = show(self.app, view), self.clicks + 1

    def choose(self, key, index):
        self.app, self.clicks = checked(self.app.selectbox(key=key).set_value(index).run()), self.clicks + 2


def test_a_newcomer_finds_which_rate_is_best_and_why_the_worst_fails_in_eight_clicks():
    reader = Newcomer()
    reader.press("begin_rates")
    reader.show("runs")
    (table,) = (frame.value for frame in reader.app.dataframe)
    assert table.sort_values("loss").iloc[0]["name"] == "η = 0.1"
    worst = table["stopped"].tolist().index("diverged")
    assert table.iloc[worst]["name"] == "η = 1.5"
    reader.choose("train_chosen", worst)
    assert any(text.startswith("Diverged in epoch 115: ") for text in texts(reader.app))
    reader.show("why")
    assert any("(1) At epoch 115" in text and "steps stay stable up to η = " in text for text in texts(reader.app))
    assert reader.clicks <= 8


def test_a_newcomer_learns_in_eight_clicks_which_rate_is_best_and_why_the_worst_fails():
    app, clicks = train(**MOONS | {"batch": "0", "held": "0", "epochs": "60", "eta": "1"}), 0
    show(app, "families")
    finish(press(app, "family_rates"))
    rows = final_rows(lab(app).runs, "en")
    show(app, "runs")
    clicks += 3
    best, *_, worst = sorted(range(len(rows)), key=lambda place: rows[place]["loss"])
    assert [rows[best]["name"], rows[worst]["name"]] == ["η = 3", "η = 10"]
    assert list(app.dataframe[-1].value.iloc[:, 0]) == [row["name"] for row in rows]  # with the loss of each beside it
    checked(app.selectbox(key="train_chosen").set_value(worst).run())
    show(app, "why")
    clicks += 2 + 1  # a list is opened, and one of it is taken
    assert any("η was 10: the rate is too large" in text for text in texts(app))
    assert clicks <= 8
