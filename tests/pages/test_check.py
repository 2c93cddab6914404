from dataclasses import replace

import numpy as np
import pytest

from engine import ACTIVATIONS
from engine.core import LANGUAGES, NOWHERE
from engine.examples import EXAMPLES
from engine.mistakes import MISTAKES
from engine.settings import Model
from engine.studies import check_mistaken
from tests.pages.app import CHINESE, checked, session, shown, texts, visit
from tests.pages.stage import spec
from visualizer.checking import RULES
from visualizer.checking.cause_words import COARSE

VIEWS = ("gradients", "differ", "demon", "steps")


@pytest.fixture(autouse=True)
def _found_at_once(monkeypatch):
    """No search is still under way because the machine is slow."""
    monkeypatch.setattr("visualizer.pages.check.differ._AT_ONCE", 60.0)


def page(view="gradients", **query):
    return visit("check", view=view, **query)


def charts(app):
    return app.get("plotly_chart")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("example", ["relu_softmax", "adam"])
def test_every_view_of_an_example_is_drawn_in_its_language(view, example, lang):
    app = page(view, example=example, lang=lang)
    assert bool(CHINESE.search(shown(app))) == (lang == "zh")


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_gradients_of_every_example_are_right(example):
    app = page(example=example, lang="en")
    assert ":green-badge[✓]" in shown(app)
    (table,) = app.dataframe
    assert "✗ wrong" not in set(table.value["verdict"])


@pytest.mark.parametrize("name", ["sequential", "half", "sum_over_batch", "shared_bias", "log10", "digits_3"])
def test_a_mistake_switched_on_is_caught(name):
    mistake = MISTAKES[name]
    example = next(
        e for e in ("softmax_dead", "mazur", "xor") if not check_mistaken(Model.of_example(e), [mistake]).passed
    )
    app = page(example=example, lang="en")
    checked(app.multiselect(key="check_mistakes").set_value([name]).run())
    assert ":red-badge[✗]" in shown(app)
    assert "The first error is at" in shown(app)
    assert MISTAKES[name].why.en in shown(app)
    table, *changed = app.dataframe
    assert table.value["verdict"].iloc[0] == "✗ wrong"
    assert len(changed) == 1


def test_mistakes_in_the_same_operation_are_not_offered_together():
    app = page(example="mazur", lang="en")
    checked(app.multiselect(key="check_mistakes").set_value(["not_transposed"]).run())
    offered = app.multiselect(key="check_mistakes").options
    assert MISTAKES["sequential"].label.en in offered
    assert MISTAKES["not_transposed"].label.en in offered
    assert MISTAKES["no_slope"].label.en not in offered


def test_the_step_where_a_mistake_begins_is_opened():
    app = page(example="mazur", lang="en")
    checked(app.multiselect(key="check_mistakes").set_value(["sequential"]).run())
    checked(app.button(key="see_first").click().run())
    assert (spec(app).model.example, spec(app).view.step) == ("mazur", "bp2.1")


def differ(app, number):
    return checked(app.text_input(key="differ_number").set_value(number).run())


def test_the_most_cited_wrong_number_is_explained_and_the_mistake_switched_on():
    app = differ(page("differ", example="mazur", lang="en"), ".291027924")
    assert "output weights updated first" in shown(app)
    assert "candidates gives exactly this number" in shown(app)
    checked(app.button(key="switch_0").click().run())
    assert spec(app).model.mistakes == ("sequential",)
    assert "6 of 12 parameters are wrong" in shown(app)


def test_a_long_search_has_a_bar_and_can_be_cancelled(monkeypatch):
    monkeypatch.setattr("visualizer.pages.check.differ._AT_ONCE", 0.0)
    app = differ(page("differ", example="mazur", lang="en"), "0.1234567")
    assert app.get("progress")[0].value < 100
    assert 0 < session(app).causes.running.latest.share < 1
    checked(app.button(key="differ_cancel").click().run())
    assert "was cancelled" in shown(app)
    assert not app.get("progress")
    monkeypatch.setattr("visualizer.pages.check.differ._AT_ONCE", 60.0)
    checked(app.button(key="differ_again").click().run())
    assert "candidate mistakes gives this number" in shown(app)


def test_mistakes_of_one_number_are_one_answer_and_each_can_be_made():
    app = page("differ", example="mazur", lang="en")
    checked(app.selectbox(key="differ_place").set_value("δ²₁@1").run())
    differ(app, "0.741365070")
    assert f"*or, with the same number:* **{MISTAKES['no_output_slope'].label.en}**" in shown(app)
    checked(app.button(key="switch_1").click().run())
    assert spec(app).model.mistakes == ("no_output_slope",)


def test_another_value_can_be_meant():
    app = page("differ", example="mazur", lang="en")
    place = next(key for key in app.selectbox(key="differ_place").options if key == "δ²₁")
    checked(app.selectbox(key="differ_place").set_value(f"{place}@1").run())
    differ(app, "0.138499")
    assert "Correct to the digits given" in shown(app)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("typed", "badge"),
    [("0.1", ":orange-badge[?]"), ("0", ":red-badge[✗]"), ("0.3", ":red-badge[✗]"), ("0.14", ":green-badge[✓]")],
)
def test_what_is_right_and_by_which_rule_is_said(typed, badge, lang):
    app = page("differ", example="mazur", lang=lang)
    checked(app.selectbox(key="differ_place").set_value("δ²₁@1").run())
    differ(app, typed)
    assert badge in shown(app)
    assert RULES(lang) in shown(app)
    assert (COARSE(lang) in shown(app)) == ("?" in badge)


@pytest.mark.parametrize("typed", ["abc", "", "1/0", "nan", "9" * 40, "<b>1</b>", "0,5"])
def test_whatever_is_typed_is_answered(typed):
    differ(page("differ", example="mazur"), typed)


def test_the_demon_is_told_beside_the_truth():
    app = page("demon", example="homework", lang="en")
    checked(app.selectbox(key="demon_neuron").set_value("1.1").run())
    checked(app.slider(key="demon_nudge").set_value(1.0).run())
    assert "−0.144 · 1 = **−0.144**; the cost really changes by **+0.036**" in shown(app)


def test_where_the_demon_can_do_nothing_it_is_said():
    app = page("demon", example="homework_dead_hidden", lang="en")
    assert "almost no effect: z¹₂ (σ′ = 0" in shown(app)


def test_the_saturated_neuron_is_shown_on_the_spot():
    app = page("demon", example="mazur", lang="en")
    checked(app.button(key="open_saturated").click().run())
    assert spec(app).model.example == "saturated"
    assert "δ · Δz = 0.000335" in shown(app)
    assert "a large error may hide here" in shown(app)
    assert len(charts(app)) == 2


@pytest.mark.parametrize(("view", "told"), [("gradients", True), ("differ", False), ("demon", False), ("steps", True)])
def test_a_large_network_is_answered(view, told):
    app = page(view, sizes="784-128-128-10", activations="relu-relu-softmax", lang="en")
    assert any("118,282" in info.value for info in app.info) == told


@pytest.mark.parametrize("view", VIEWS)
def test_a_later_iteration_of_a_batch_is_checked(view):
    page(view, example="xor", iteration="7", optimizer="adam")


@pytest.mark.parametrize("view", VIEWS)
def test_a_diverged_network_is_answered(view):
    app = page(view, sizes="2-2-1", activations="linear-linear", eta="1e200", iteration="5", lang="en")
    assert "Some numbers of this pass" in app.warning[0].value


@pytest.mark.parametrize("mode", ["training", "inference"])
def test_a_network_with_norms_and_dropout_is_checked_in_every_view(mode):
    query = {"batch_norm": "1", "dropout": "0.5", "mode": mode, "regularizer": "l2", "clip": "norm", "iteration": "2"}
    app = page(sizes="2-3-1", **query)
    assert any("✓" in text and "wrong" not in text for text in texts(app))
    for view in ("differ", "demon", "steps"):
        checked(app.button_group(key="check_view").set_value(view).run())
    assert len(app.warning) == 0


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("stage", {"sizes": "2-2-1", "activations": "sigmoid-softmax"}),
        ("check", {"sizes": "2-2-1", "activations": "sigmoid-softmax"}),
        ("train", {"hidden": "1", "activations": "softmax-sigmoid"}),
        ("landscape", {"hidden": "1", "activations": "softmax-sigmoid"}),
    ],
)
def test_a_softmax_of_one_unit_is_remarked_on_wherever_it_is_seen(name, query, lang):
    app = visit(name, lang=lang, **query)
    (said,) = [info.value for info in app.info]
    assert ("Softmax of a single neuron is always 1" if lang == "en" else "只有一个神经元的 softmax 恒为 1") in said
    app = visit(name, lang=lang)
    assert len(app.info) == 0


@pytest.mark.parametrize("settings", [{}, {"regularizer": "l2", "strength": "0.1"}], ids=str)
def test_the_gradient_by_pytorch_is_one_more_column_also_with_a_penalty(settings):
    pytest.importorskip("torch", reason="PyTorch is what is asked here")
    app = page(example="mazur", lang="en", **settings)
    checked(app.toggle(key="with_torch").set_value(True).run())
    table = app.dataframe[0].value
    np.testing.assert_allclose(table["PyTorch"], table["backpropagation"], rtol=1e-9)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_pytorch_does_not_have_is_told(lang, monkeypatch):
    pytest.importorskip("torch", reason="PyTorch is what is asked here")
    monkeypatch.setitem(ACTIVATIONS, "sigmoid", replace(ACTIVATIONS["sigmoid"], elsewhere=NOWHERE))
    app = page(example="mazur", lang=lang)
    checked(app.toggle(key="with_torch").set_value(True).run())
    words = {"en": "PyTorch has no counterpart for sigmoid", "zh": "PyTorch 中没有与sigmoid（Logistic 函数）对应的写法"}
    assert words[lang] in shown(app)
    assert "PyTorch" not in app.dataframe[0].value
