"""Experiments and families on the page that trains."""

from itertools import cycle

import pytest

from engine.core import LANGUAGES
from engine.settings import Task
from tests.pages.app import address, checked, field, press, session, texts, warnings
from tests.pages.training import MOONS, SHORT, finish, lab, show, train, trained
from visualizer.experiments import EXPERIMENTS
from visualizer.surveys import FAMILIES


def test_an_experiment_stands_alone():
    app = trained(**SHORT)
    app.session_state.experiments = True
    press(checked(app.run()), "experiment_rates")
    assert len(lab(app).runs) == 1  # the earlier one stays until the experiment is run
    finish(press(app, "experiment_run"))
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
    assert folder.proto.popover.disabled


@pytest.mark.parametrize(("name", "lang"), [("exploding", "en"), ("vanishing", "zh")])
def test_an_experiment_opens_with_one_link_that_stays_its_address(name, lang):
    app = train(experiment=name, lang=lang)
    assert_told(app, EXPERIMENTS[name], lang)
    assert not lab(app).plans
    assert address(app) == {"experiment": name, "lang": lang}
    press(app, "experiment_run")
    assert lab(app).plans
    assert address(app) == {"experiment": name, "lang": lang}
    assert warnings(app) == []


@pytest.mark.parametrize(
    ("lang", "predicted", "said"),
    [
        ("en", 2, ":green[✓] As you predicted, "),
        ("zh", 1, ":red[✗] 最低的是：η = 0.01 · Adam"),
        ("en", None, "η = 0.01 · Adam ended lowest"),
    ],
)
def test_an_experiment_is_predicted_then_run_then_compared_and_explained(lang, predicted, said):
    experiment = EXPERIMENTS["spiral"]
    app = train(experiment="spiral", lang=lang)
    begun = experiment.answer(lang).split("{")[0]
    assert not any(text.startswith(begun) for text in texts(app))
    if predicted is not None:
        checked(field(app, "button_group", "prediction_spiral").set_value(predicted).run())
    finish(press(app, "experiment_run"))
    checked(app.run())
    runs = {run.trial.task: run.trial for run in lab(app).runs}
    ordered = [runs[task] for task in experiment.tasks]
    assert experiment.explained(ordered)(lang) in texts(app)
    (compared,) = (text for text in texts(app) if text.startswith(said) and "0.0019" in text)
    wrong = predicted not in {None, 2}
    assert (wrong and f"{ordered[predicted].loss[-1]:.3f}"[:5] in compared) or not wrong
    assert field(app, "button_group", "prediction_spiral").disabled
    assert session(app).drafts.get("predictions", {}) == ({} if predicted is None else {"spiral": str(predicted)})


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
    press(app, "experiment_run")
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
    reader.press("experiment_run")
    reader.show("runs")
    (table,) = (frame.value for frame in reader.app.dataframe)
    assert table.sort_values("loss").iloc[0]["name"] == "η = 0.1"
    worst = table["stopped"].tolist().index("diverged")
    assert table.iloc[worst]["name"] == "η = 1.5"
    reader.choose("train_chosen", worst)
    assert any(text.startswith("Diverged in epoch 115: ") for text in texts(reader.app))
    reader.show("why")
    assert any(
        "(1) At epoch 115" in text and "the largest curvature allows stable steps up to η = " in text
        for text in texts(reader.app)
    )
    assert reader.clicks <= 8
