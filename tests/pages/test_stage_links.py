"""Links to the stage: the state that each opens, and the answers to rubbish."""

from dataclasses import replace

import pytest

from engine.core import LANGUAGES
from engine.settings import BODY, HEAD
from tests.pages.app import CHINESE, address, visit
from tests.pages.stage import position, spec
from tests.visualizer.oracles import builder_of
from visualizer.state import choices
from visualizer.state.view import spec_from_query


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"example": "xor", "step": "bp1"}, {"example": "xor", "place": 6}),
        (
            {"sizes": "8-16-16-4", "activations": "tanh-tanh-softmax", "seed": "1"},
            {"sizes": (8, 16, 16, 4), "place": 0},
        ),
        ({"sizes": "2-3-1", "seed": "7", "step": "update"}, {"sizes": (2, 3, 1), "seed": 7, "place": 12}),
        ({"example": "mazur", "iteration": "3", "step": "c"}, {"iteration": 3, "place": 5}),
        ({"step": "7"}, {"example": "relu_softmax", "place": 7}),
        ({"example": "mazur", "granularity": "weight", "step": "bp4.2.1.2"}, {"example": "mazur", "place": 15}),
    ],
    ids=str,
)
def test_an_address_opens_what_it_says(query, expected):
    app = visit(**query)
    assert len(app.warning) == 0
    place = expected.pop("place")
    assert {name: getattr(spec(app).model, name) for name in expected} == expected
    assert position(app)[0] == place


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "query",
    [
        {"example": "nothing"},
        {"sizes": "0-1"},
        {"sizes": "2-2", "activations": "magic"},
        {"example": "mazur", "eta": "-1"},
        {"granularity": "atom"},
        {"sample": "9"},
        {"iteration": "0"},
        {"step": "zzz"},
        {"example": "mazur", "step": "bp9.1"},
    ],
    ids=str,
)
def test_an_address_that_is_wrong_is_answered_with_a_sentence_and_the_default(query, lang):
    app = visit(**query, lang=lang)
    (warning,) = app.warning
    assert bool(CHINESE.search(warning.value)) == (lang == "zh")
    assert position(app)[0] == 0
    assert address(app).get("step", "0") == "0"


NASTY = [
    "",
    " ",
    "-1",
    "0",
    "nan",
    "inf",
    "-inf",
    "1e308",
    "1e999",
    "1/0",
    "0x10",
    "null",
    "None",
    "true",
    "٣",
    "²",
    "１２",
    "\x00",
    "\n",
    "\ud7ff\U0001f600",
    "ＤＲＯＰ",
    "'; DROP TABLE users; --",
    "<script>alert(1)</script>",
    "{{7*7}}",
    "../../etc/passwd",
    "%s%n",
    "1-1-1-1-1-1-1-1-1-1-1-1-1-1-1-1",
    "999999-999999",
    "1024-1024-1024",
    "1_2_3~4;5",
    "00012",
    "0001" + "9" * 5000,
    "9" * 100_000,
    "a" * 100_000,
    "1-" * 50_000,
]
FIELDS = [*HEAD, *BODY, "step", "granularity", "lang", "sample", "data", "lesson"]


@pytest.mark.parametrize("value", NASTY, ids=range(len(NASTY)))
def test_no_address_is_an_exception(value):
    place, last = position(visit(**dict.fromkeys(FIELDS, value)))
    assert 0 <= place <= last


@pytest.mark.parametrize("field", FIELDS)
def test_no_part_of_an_address_is_an_exception(field):
    drawn = set()
    for value in NASTY:
        query = {"example": "xor", field: value}
        (model, view), problems = spec_from_query(query, "en")
        assert all(0 < len(problem.sentence("zh")) < 700 for problem in problems)
        seen = (model, replace(view, step=str(builder_of(model).lecture.position(view.step))))
        if seen not in drawn:  # one page for each state that comes out of it
            drawn.add(seen)
            visit(**query)


@pytest.mark.parametrize("query", [{"lesson": "nothing"}, {"lesson": "mazur", "stop": "99"}, {"unfold": "9.9"}])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_a_link_asks_in_vain_is_said(query, lang):
    app = visit(**query, lang=lang)
    assert len(app.warning) == 1
    assert bool(CHINESE.search(app.warning[0].value)) == (lang == "zh")


def test_a_large_layer_can_be_unfolded_by_its_link():
    app = visit(sizes="50-3-2", unfold="0.2")
    assert spec(app).view.unfolded == (0, 2)
    assert "a.0.50" in choices(builder_of(spec(app).model, unfolded=(0, 2)).drawing)
