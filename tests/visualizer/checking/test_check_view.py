import pytest

from engine import check_gradients
from engine.core import LANGUAGES
from engine.examples import EXAMPLES
from engine.mistakes import MISTAKES
from engine.settings import Model
from engine.studies import check_mistaken, first_difference, mistaken
from tests.engine.passes.test_gradcheck import DEAD
from tests.visualizer.oracles import LARGE, MODELS, builder_of
from visualizer.checking import COLUMNS, VERDICTS, begins, changes, check_scene, gradient_table, summary
from visualizer.checking.check_view import named, worst_first
from visualizer.scene import network_figure
from visualizer.scene.plan import LEGEND
from visualizer.writing import palette

MAZUR = Model.of_example("mazur")
SEQUENTIAL = [MISTAKES["sequential"]]
KINK = check_gradients(DEAD, [[1.0]], [[3.0]])


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", EXAMPLES)
def test_right_gradients_pass(name, lang):
    check = check_mistaken(Model.of_example(name), ())
    assert check.passed
    assert str(len(check.parameters)) in summary(check, lang)


def test_the_summary_says_how_many_are_wrong_and_where():
    said = summary(check_mistaken(MAZUR, SEQUENTIAL), "en")
    assert said == "6 of 12 parameters are wrong: 4 in W¹, 2 in ∂C/∂b¹.".replace("∂C/∂b¹", "b¹")
    assert "kink" in summary(KINK, "en")
    assert "不可导点" in summary(KINK, "zh")


def test_the_first_step_that_differs_is_named():
    assert begins(first_difference(MAZUR, SEQUENTIAL), "en") == (
        "The first error is at BP2: The error flows back to layer 1."
    )
    assert begins(None, "en") == ""


def test_wrong_ones_come_first_and_the_worst_of_them_before_the_others():
    rows = worst_first(check_mistaken(MAZUR, SEQUENTIAL))
    verdicts = [row.verdict for row in rows]
    assert verdicts == sorted(verdicts, key=list(VERDICTS).index)
    wrong = [row.error for row in rows if row.verdict == "wrong"]
    assert wrong == sorted(wrong, reverse=True)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_table_has_all_columns_and_rows(lang):
    check = check_mistaken(MAZUR, SEQUENTIAL)
    columns = gradient_table(check, lang, {"more": [float(i) for i in range(12)]})
    assert {words(lang) for words in COLUMNS.values()} <= set(columns)
    assert {len(values) for values in columns.values()} == {12}
    names = [named(parameter) for parameter in check.parameters]
    assert [names[int(i)] for i in columns["more"]] == columns[COLUMNS["name"](lang)]


@pytest.mark.parametrize("name", ["mazur", "relu_softmax", "three samples"])
def test_every_weight_has_the_colour_of_its_verdict(name):
    model = MODELS[name]
    check = check_mistaken(model, SEQUENTIAL)
    scene = check_scene(builder_of(model), check)
    verdicts = {named(parameter): parameter.verdict for parameter in check.parameters}
    weights = [look for line, look in scene.looks.items() if line.ref and line.ref.name == "W"]
    assert len(weights) == sum(p.name == "W" for p in check.parameters)
    for look in weights:
        words, colour, width = VERDICTS[verdicts[look.name]]
        assert (look.colour, look.width, look.label[0]) == (colour, width, words.en[0])
        assert look.dashed == (verdicts[look.name] == "wrong")
    assert all(text in scene.alt for text in verdicts)


def test_edges_of_a_crowded_drawing_are_thin():
    model = LARGE["8-16-16-4"]
    looks = check_scene(builder_of(model), check_mistaken(model, ())).looks
    assert max(look.width for line, look in looks.items() if line.ref and line.ref.name == "W") < 1


def test_the_figure_has_the_colours_and_no_legend_of_the_stage():
    scene = check_scene(builder_of(MAZUR), check_mistaken(MAZUR, SEQUENTIAL))
    figure = network_figure(scene, "en", "dark", 600, legend=False)
    colours = {trace.line.color for trace in figure.data if trace.mode == "lines"}
    assert {palette.WRONG, palette.RIGHT} <= colours
    written = {text for trace in figure.data if trace.mode == "text" for text in trace.text}
    assert written.isdisjoint(words.en for words in LEGEND.values())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_numbers_that_change_are_told_and_no_others(lang):
    names, right, wrong = changes(MAZUR.trace(), mistaken(MAZUR, SEQUENTIAL), lang).values()
    assert names[:2] == ["δ¹₁", "δ¹₂"]
    assert "w¹₁₁ new" in names
    assert not {"δ²₁", "w²₁₁ new", "C"} & set(names)
    assert all(one != other for one, other in zip(right, wrong, strict=True))
    assert [*changes(MAZUR.trace(), mistaken(MAZUR, []), lang).values()] == [[], [], []]
