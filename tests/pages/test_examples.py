import pytest

from engine.examples import EXAMPLES
from engine.faults import FAULTS
from tests.pages.app import CHINESE, checked, in_turn, panel, press, shown, visit
from tests.pages.stage import spec
from visualizer.checking import RULES, first_wrong, judged
from visualizer.checking.cause_words import COARSE
from visualizer.pages.stage.remarks import _PRINTED


def page(**query):
    return visit("examples", **query)


def choose(app, name):
    return checked(pills(app, "published_example").set_value(name).run())


def pills(app, key):
    return next(group for group in app.button_group if group.key == key)


@pytest.mark.parametrize(("name", "lang"), in_turn(EXAMPLES))
def test_every_example_is_shown_in_its_language(name, lang):
    app = choose(page(lang=lang), name)
    assert EXAMPLES[name].label(lang) in shown(app)
    assert all(remark(lang) in shown(app) for remark in EXAMPLES[name].remarks)
    assert all(value.why(lang) in shown(app) for value in EXAMPLES[name].stated if value.why)
    assert bool(CHINESE.search(shown(app))) == (lang == "zh")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("softmax_dead", "0 of 1 printed values are correct."),
        ("nielsen", "1 of 1 printed values are correct."),
        ("mazur", "5 of 7 printed values are correct."),
        ("hagan", "No numbers are known to be printed"),
        ("xor", "No numbers are known to be printed"),
    ],
)
def test_only_printed_values_are_counted(name, said):
    app = choose(page(lang="en"), name)
    assert said in shown(app)
    assert ("Reference: not printed" in shown(app)) == (name in ("softmax_dead", "nielsen", "hagan"))


@pytest.mark.parametrize("name", ["relu_softmax", "two_sigmoids", "mazur", "softmax_dead"])
def test_a_click_leads_to_the_step_where_an_example_goes_wrong(name):
    app = choose(page(lang="en"), name)
    checked(app.button(key="open_wrong").click().run())
    wrong = first_wrong(name)
    assert spec(app).model == wrong.model
    assert spec(app).view.step == wrong.address
    assert any(button.key == "step_next" for button in app.button)  # the stage is on


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"example": "mazur", "iteration": "2", "step": "c"}, "C = 0.291027924. Computed here: 0.2910277737."),
        ({"example": "relu_softmax", "step": "a.2"}, "a² = (0.393, 0.607). Computed here: (0.4803, 0.5197)."),
        ({"example": "mazur", "step": "c"}, "C = 0.298371109. The value computed here is the same."),
    ],
)
def test_what_was_printed_stands_beside_what_is_computed_with_digits_that_tell_them_apart(query, said):
    assert said in "\n".join(panel(visit(lang="en", **query)))


STATED = {(bool(value.stated.where), name): value for name in EXAMPLES for value in reversed(judged(name))}


@pytest.mark.parametrize(("is_printed", "name"), STATED)
def test_the_stage_calls_printed_what_was_printed_and_nothing_else(is_printed, name):
    value = STATED[is_printed, name]
    place = {"iteration": str(value.stated.iteration), "step": value.address}
    said = "\n".join(panel(visit(example=name, lang="en", **place)))
    assert (_PRINTED.en.split("{}")[0] in said) == is_printed


def test_every_wrong_value_opens_its_own_step():
    app = choose(page(), "two_sigmoids")
    checked(app.button(key="see_4").click().run())
    assert spec(app).view.step == "update"


def test_where_all_is_right_only_the_start_is_opened():
    app = choose(page(), "hagan")
    assert "open_wrong" not in [button.key for button in app.button]
    checked(app.button(key="open_stage").click().run())
    assert (spec(app).model.example, spec(app).view.step) == ("hagan", "0")


def test_an_example_can_be_trained_on():
    app = choose(page(), "mazur")
    checked(app.button(key="open_train").click().run())
    assert spec(app).model.example == "mazur"


def compare(app, text):
    app.text_area(key="claims").set_value(text)
    return checked(next(b for b in app.button if b.key and b.key.endswith("compare")).click().run())


def test_own_values_are_compared_and_their_causes_guessed():
    app = compare(choose(page(lang="en"), "mazur"), "C@2 .291027924\na2 0.751 0.773\nδ2_1 nonsense")
    assert "output weights updated first" in shown(app)
    assert shown(app).count(":green[✓]") == 13 + 2  # of the example, and both outputs
    assert len(app.warning) == 1


def test_own_values_are_judged_by_the_rule_that_is_said():
    app = compare(choose(page(lang="en"), "mazur"), "δ2_1 0\nδ2_2 -0.04\nC 0.29837\na2 0.8 1/4")
    assert RULES.en in shown(app)
    assert shown(app).count(":green[✓]") == 13 + 1  # of the example, and the cost
    assert shown(app).count(COARSE.en) == 2  # a zero is meant as one


def test_own_values_of_what_is_on_the_stage():
    app = compare(choose(page(sizes="2-2-1", lang="zh"), ""), "C 9")
    assert "9" in shown(app)
    assert len(app.warning) == 0


def test_own_values_of_a_diverged_network():
    app = choose(page(sizes="2-2-1", activations="linear-linear", eta="1e200", iteration="5"), "")
    compare(app, "C 0.123456\nz1 1 2")


@pytest.mark.parametrize("text", ["C@10000 1", "C@10001 1", "a2 1 2 3", "W9 1", "1", "=", "C@2 " + "9" * 400])
def test_whatever_is_typed_is_answered(text):
    compare(page(), text)


@pytest.mark.parametrize("name", list(FAULTS)[:2])
def test_the_way_to_the_listings_leads_to_the_one_of_the_address(name):
    app = press(visit("examples", lang="en", fault=name), "faults")
    assert FAULTS[name].task.en in shown(app)
