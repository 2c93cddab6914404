import pytest

from engine.core import LANGUAGES, write_number
from tests.pages.app import CHINESE, address, checked, session, texts, visit
from tests.pages.app import field as place
from visualizer.exercises import CHECKED, LEVELS, Nudged, all_cells, exercise, quick


def page(**query):
    return visit("exercises", **query)


def cells_of(made):
    return list(all_cells(made).values())


def value_of(made, cell):
    return cell.value if isinstance(cell, Nudged) else made.value(cell)


def number_of(app):
    return place(app, "number_input", "seed")


def field(app, made, cell):
    return app.text_input(key=f"cell_{made.level.name}_{made.seed}_{cell.key}")


def typed(app, made, cell, text):
    return checked(field(app, made, cell).set_value(text).run())


def score(app):
    return next(text for text in texts(app) if "correct" in text or "正确" in text if "**" in text)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("level", LEVELS)
def test_every_level_has_an_empty_field_for_every_number(level, lang):
    app, made = page(level=level, seed="3", lang=lang), exercise(level, 3)
    fields = [text for text in app.text_input if text.key.startswith("cell_")]
    assert [text.key for text in fields] == [f"cell_{level}_3_{cell.key}" for cell in cells_of(made)]
    assert not any(text.value for text in fields)
    words = [text for text in texts(app) if text.startswith("##### ")]
    assert bool(CHINESE.search("".join(words))) == (lang == "zh")


def test_a_whole_sheet_filled_in_is_all_right():
    app, made = page(level="neuron", seed="2", lang="en"), exercise("neuron", 2)
    cells = cells_of(made)
    for number, cell in enumerate(cells, 1):
        typed(app, made, cell, write_number(round(value_of(made, cell), 5)))
        assert f"**{number} of {len(cells)}**" in score(app)
    assert "All correct" in score(app)
    assert all("✓" in field(app, made, cell).label for cell in cells)


def test_a_wrong_number_is_marked_with_its_likely_cause_and_text_with_a_sentence():
    app, made = page(level="relu", seed="3", lang="en"), exercise("relu", 3)
    first, second = cells_of(made)[:2]
    typed(app, made, first, write_number(-made.value(first)))
    assert "✗" in field(app, made, first).label
    assert any("The sign is wrong" in text for text in texts(app))
    typed(app, made, second, "abc")
    assert [text.value[:20] for text in app.warning] == ["This is not a number"]
    typed(app, made, second, "  ")
    assert len(app.warning) == 0


def test_what_was_typed_is_there_again_after_another_exercise_and_can_be_cleared():
    app, made = page(level="relu", seed="3", lang="en"), exercise("relu", 3)
    cell = cells_of(made)[0]
    typed(app, made, cell, "1/3")
    checked(app.button(key="another").click().run())
    assert address(app)["seed"] == "4"
    checked(number_of(app).set_value(3).run())
    assert field(app, made, cell).value == "1/3"
    checked(app.button(key="clear").click().run())
    assert field(app, made, cell).value == ""
    assert app.button(key="clear").disabled


def test_the_level_is_chosen_and_the_number_stays():
    app = page(level="relu", seed="5")
    checked(app.button_group(key="level").set_value("chain").run())
    assert (address(app)["level"], address(app)["seed"]) == ("chain", "5")
    assert app.text_input(key="cell_chain_5_z_1_1").value == ""


WRONG = [{"level": "<b>"}, {"seed": "0"}, {"seed": "x"}, {"seed": "99999"}, {"level": "", "seed": ""}]


@pytest.mark.parametrize("query", WRONG)
def test_what_the_address_says_wrongly_is_answered_in_a_sentence(query):
    app = page(**query, lang="en")
    assert len(app.warning) == len(query)
    assert [text for text in app.text_input if text.key.startswith("cell_")]


def test_an_exercise_opens_on_the_stage():
    app, made = page(level="softmax", seed="2"), exercise("softmax", 2)
    checked(app.button(key="exercise_stage").click().run())
    assert session(app).spec.model == made.model


HOSTILE = {"z_1_1": "<img src=x onerror=alert(1)>", "no such cell": "0.5", "a_1_1": "1/3", "C_1": "9" * 8000}


def test_answers_that_a_browser_has_kept_are_there_again_and_what_is_none_harms_nothing():
    app, made = page(level="neuron", seed="7", lang="en"), exercise("neuron", 7)
    session(app).drafts = {"exercise neuron 7": HOSTILE}
    cells = {cell.key: field(checked(app.run()), made, cell).value for cell in cells_of(made)}
    assert {key: text for key, text in cells.items() if text} == {k: t for k, t in HOSTILE.items() if k in cells}
    assert 1 <= len(app.warning) <= 2


def test_what_was_typed_is_there_again_after_another_page():
    app, made = page(level="relu", seed="3", lang="en"), exercise("relu", 3)
    typed(app, made, cells_of(made)[0], "1/3")
    checked(app.switch_page("check/check.py").run())
    app.query_params["level"], app.query_params["seed"] = "relu", "3"
    checked(app.switch_page("exercises/exercises.py").run())
    assert field(app, made, cells_of(made)[0]).value == "1/3"


def test_a_hint_comes_in_three_stages_and_goes_again():
    app, made = page(level="relu", seed="3", lang="en"), exercise("relu", 3)
    address_of, formulas = f"hint_relu_3_{cells_of(made)[0].step}", []
    for stage in (1, 2, 3):
        assert f"Hint {stage} of 3" in app.button(key=address_of).label
        checked(app.button(key=address_of).click().run())
        formulas.append(len("".join(texts(app))))
    assert app.button(key=address_of).label == "Hide the hint"
    checked(app.button(key=address_of).click().run())
    assert len("".join(texts(app))) < min(formulas)


def test_a_quick_question_is_marked_and_explained():
    app, (question, *_) = page(level="relu", seed="3", lang="en"), quick(exercise("relu", 3))
    key = f"quick_relu_3_{question.name}_{question.right}"
    assert question.why.en not in texts(app)
    checked(app.button(key=key).click().run())
    assert app.button(key=key).label.startswith("✓")
    assert any(question.why.en in text for text in [caption.value for caption in app.caption])


def solve(app, made):
    for cell in cells_of(made):
        session(app).drafts.setdefault(f"exercise {made.level.name} {made.seed}", {})[cell.key] = repr(
            value_of(made, cell)
        )
    return checked(app.run())


def test_three_solved_exercises_lead_on_to_the_next_type_and_are_kept():
    app = page(level="neuron", seed="1", lang="en")
    for seed in (1, 2, 3):
        checked(number_of(app).set_value(seed).run())
        solve(app, exercise("neuron", seed))
        assert session(app).drafts["exercises solved"]["neuron"].split() == [str(n) for n in range(1, seed + 1)]
        assert [button.key for button in app.button].count("next_type") == (seed == 3)
    checked(app.run())
    assert "One neuron ✓" in place(app, "button_group", "level").options
    checked(app.button(key="next_type").click().run())
    assert address(app)["level"] == "relu"


def test_marks_are_saved_as_a_table_once_there_are_some():
    app, made = page(level="relu", seed="3", lang="en"), exercise("relu", 3)
    assert place(app, "button", "marks").disabled
    typed(app, made, cells_of(made)[0], "1")
    assert not place(app, "button", "marks").disabled


def test_quick_questions_and_cells_are_kept_beside_each_other():
    app, made = page(level="relu", seed="3", lang="en"), exercise("relu", 3)
    checked(app.button(key="quick_relu_3_sign_0").click().run())
    typed(app, made, cells_of(made)[0], "1")
    assert {"quick relu 3", "exercise relu 3"} <= set(session(app).drafts)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_check_by_hand_says_what_it_shows_once_it_is_right(lang):
    app, made = page(level="relu", seed="4", lang=lang), exercise("relu", 4)
    *_, last = cells_of(made)
    said = CHECKED(lang).split("{}")[0]
    assert not any(said in text for text in texts(app))
    typed(app, made, last, write_number(round(last.value, 5)))
    assert any(said in text for text in texts(app))
