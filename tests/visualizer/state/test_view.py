from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine import ACTIVATIONS
from engine.core import LANGUAGES
from engine.examples import EXAMPLES
from engine.settings import Model
from tests.visualizer.oracles import builder_of
from visualizer.lecture import GRANULARITIES
from visualizer.state import DIGITS_ALLOWED, NAMES, Spec, View, spec_to_query
from visualizer.state.view import FIELDS as ROWS
from visualizer.state.view import spec_from_query

FIELDS = [*NAMES, "data"]
WORDS = ["", "0", "1", "-1", "nan", "1e999", "zh", "neuron", "mazur", "xor", "bp2.1", "2-2-1", "sigmoid-softmax", "1_2"]
LANGS = st.sampled_from(list(LANGUAGES))


@st.composite
def specs(draw):
    if draw(st.booleans()):
        model = Model.of_example(draw(st.sampled_from(list(EXAMPLES))))
    else:
        sizes = tuple(draw(st.lists(st.integers(1, 6), min_size=2, max_size=5)))
        names = tuple(draw(st.sampled_from(list(ACTIVATIONS))) for _ in sizes[1:])
        model = Model.drawn(sizes, names, "he_normal", draw(st.integers(0, 9)))
    model = replace(model, eta=draw(st.sampled_from([0.5, 0.1, 2.0])), iteration=draw(st.integers(1, 3)))
    lecture = builder_of(model, draw(st.sampled_from(list(GRANULARITIES)))).lecture
    view = View(
        step=lecture.address(draw(st.integers(0, len(lecture)))),
        granularity=draw(st.sampled_from(list(GRANULARITIES))),
        lang=draw(LANGS),
        sample=draw(st.integers(1, len(model.x))),
        digits=draw(st.integers(*DIGITS_ALLOWED)),
        unfolded=draw(st.none() | st.tuples(st.integers(0, len(model.sizes) - 1), st.just(1))),
    )
    return Spec(model, view)


@given(specs(), LANGS)
def test_a_state_comes_back_from_its_query(spec, lang):
    query = spec_to_query(spec)
    assert spec_from_query(query, lang) == (spec, [])
    assert all(isinstance(value, str) for value in query.values())


def test_every_field_of_the_view_has_a_row_but_what_is_chosen():
    assert {row.attribute for row in ROWS.values()} == {*vars(View())} - {"chosen"}
    assert [name for name in NAMES if name in ROWS] == list(ROWS)


@given(specs(), st.text(max_size=9))
def test_what_is_chosen_is_no_part_of_the_address(spec, chosen):
    assert spec_to_query(Spec(spec.model, replace(spec.view, chosen=chosen))) == spec_to_query(spec)


@settings(max_examples=300)
@given(st.dictionaries(st.sampled_from(FIELDS), st.one_of(st.text(max_size=50), st.sampled_from(WORDS))), LANGS)
@example({"example": "xor", "sample": "00012"}, "en")
@example({"example": "xor", "sample": "0001" + "9" * 5000}, "en")
@example({"sample": "٣"}, "zh")
@example({"unfold": "٣.١"}, "zh")
@example({"step": "9" * 5000}, "en")
def test_no_query_is_an_error(query, lang):
    spec, problems = spec_from_query(query, lang)
    assert spec.view.granularity in GRANULARITIES
    assert spec.view.lang in LANGUAGES
    assert 1 <= spec.view.sample <= len(spec.model.x)
    assert builder_of(spec.model, spec.view.granularity).lecture.position(spec.view.step) is not None
    for problem in problems:
        assert all(len(problem.sentence(language)) < 700 for language in LANGUAGES)
    assert spec_from_query(spec_to_query(spec), "en") == (spec, [])


@given(st.dictionaries(st.sampled_from(FIELDS), st.sampled_from(WORDS), max_size=4))
def test_every_state_that_a_query_makes_can_be_drawn(query):
    model, view = spec_from_query(query, "en")[0]
    builder = builder_of(model, view.granularity, view.lang, view.sample - 1)
    assert builder.scene(builder.lecture.position(view.step) or 0).alt


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ({"granularity": "atom"}, "granularity"),
        ({"lang": "fr"}, "lang"),
        ({"sample": "2"}, "sample"),
        ({"sample": "0"}, "sample"),
        ({"example": "xor", "sample": "5"}, "sample"),
        ({"sample": "one"}, "sample"),
        ({"example": "nothing"}, "example"),
        ({"step": "zzz"}, "step"),
        ({"example": "mazur", "step": "bp9.1"}, "step"),
        ({"step": ""}, "step"),
        ({"unfold": ""}, "unfold"),
    ],
    ids=str,
)
def test_what_cannot_be_used_is_named_and_the_default_taken(query, word):
    spec, problems = spec_from_query(query, "zh")
    assert [problem.problem.en.split(":")[0] for problem in problems] == [word]
    default = View(lang="zh")
    assert spec.view == default


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_empty_query_is_the_default_in_the_reader_s_language(lang):
    assert spec_from_query({}, lang) == (Spec(Model.of_example("relu_softmax"), View(lang=lang)), [])


def test_the_language_is_always_in_the_address_and_defaults_are_not():
    query = spec_to_query(Spec(Model.of_example("mazur"), View()))
    assert query == {"example": "mazur", "step": "0", "lang": "en"}


@pytest.mark.parametrize("unfold", ["x", "1", "9.1", "1.0", "1.2", "-1.1", "1.1.1", "0.99999999"])
def test_a_page_that_is_not_there_is_reported(unfold):
    spec, problems = spec_from_query({"example": "mazur", "unfold": unfold}, "en")
    assert spec.view.unfolded is None
    assert [problem.received for problem in problems] == [unfold]


@pytest.mark.parametrize(("pixels", "columns"), [("4", 4), ("8", 8), ("3", 0), ("x", 0), ("16", 0)])
def test_the_inputs_are_a_picture_only_where_they_have_its_rows(pixels, columns):
    spec, problems = spec_from_query({"sizes": "16-2", "pixels": pixels}, "en")
    assert (spec.view.pixels, len(problems)) == (columns, int(not columns))
    if columns:
        assert spec_from_query(spec_to_query(spec), "en") == (spec, [])
