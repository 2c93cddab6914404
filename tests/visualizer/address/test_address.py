from dataclasses import replace
from urllib.parse import parse_qsl

import pytest

from engine.core import LANGUAGES
from engine.settings import Model
from visualizer.address import current, in_two, opened, own_query, written
from visualizer.address.address import OWN, has_apart
from visualizer.state import LONGEST_LINK, NAMES, Spec, View

MAZUR = Model.of_example("mazur")
LARGE = Model.drawn((40, 30, 2), ("tanh", "sigmoid"), "normal", 1)
EDITED = replace(LARGE, net=tuple((LARGE.network().theta / 3).tolist()))


def said(text):
    return dict(parse_qsl(text, keep_blank_values=True))


@pytest.mark.parametrize("page", OWN)
def test_no_name_of_an_address_means_two_things(page):
    assert has_apart(page) == bool(set(OWN[page]) & set(NAMES))
    assert not {"stage", "without"} & {*OWN[page], *NAMES}


@pytest.mark.parametrize("page", OWN)
def test_what_is_there_anyway_is_not_apart(page):
    usual, _, _ = opened(page, {}, "en")
    assert "stage" not in said(written(page, usual, {})[0])
    there = said(written(page, Spec(MAZUR, View(step="c")), {})[0])
    assert there == ({"stage": "example=mazur&step=c"} if has_apart(page) else {"example": "mazur", "step": "c"}) | {
        "lang": "en"
    }


@pytest.mark.parametrize("page", OWN)
def test_a_link_that_would_be_too_long_tells_what_it_leaves_out(page):
    assert written(page, Spec(LARGE, View()), {})[1] == ()
    text, left_out = written(page, Spec(EDITED, View(step="z.1")), {})
    assert left_out == ("net",)
    assert len(text) <= LONGEST_LINK
    spec, _, problems = opened(page, said(text), "en")
    assert spec == Spec(LARGE, View(step="z.1"))
    assert ["the weights and biases" in problem.problem.en for problem in problems] == [True]


def test_a_long_memory_is_left_out_of_a_link_too():
    memory = tuple(i / 7 for i in range(len(LARGE.network().theta)))
    text, left_out = written("stage", Spec(replace(LARGE, optimizer="momentum", state=(("v", memory),)), View()), {})
    assert (left_out, "state=" in text, len(text) <= LONGEST_LINK) == (("state",), False, True)


def test_where_a_page_s_own_is_long_the_stage_makes_room_and_it_is_said():
    own = {"rows": "1" * (LONGEST_LINK - 40), "without": "runs"}
    text, left_out = written("train", Spec(MAZUR, View()), own)
    assert left_out == ("runs", "stage")
    assert len(text) <= LONGEST_LINK
    problems = opened("train", said(text), "en")[2]
    assert ["the runs, the current network" in problem.problem.en for problem in problems] == [True]


def test_numbers_that_cannot_fit_are_not_even_written(monkeypatch):
    monkeypatch.setattr("engine.settings.field_texts.write_number", lambda number: pytest.fail("a number was written"))
    sizes = (784, 128, 10)
    large = Model.drawn(sizes, ("relu", "softmax"), "normal", 1)
    trained = replace(large, eta=large.eta, net=(0.5,) * len(large.network().theta))
    assert written("stage", Spec(trained, View()), {})[1] == ("net",)


def test_what_a_network_does_not_have_is_neither_shown_nor_said():
    chosen = {"neuron": "2.2", "quantity": "C@9", "dz": "-2"}
    assert current("neuron", chosen, MAZUR) == "2.2"
    assert current("quantity", chosen, MAZUR) == "C@2"
    assert own_query("check", chosen, MAZUR) == {"view": "gradients", "neuron": "2.2", "dz": "-2"}
    small = Model.drawn((2, 1), ("sigmoid",), "normal", 1)
    assert current("neuron", chosen, small) == "1.1"
    assert own_query("check", chosen, small) == {"view": "gradients", "dz": "-2"}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("page", "query", "received"),
    [
        ("check", {"neuron": "9.9"}, "9.9"),
        ("check", {"dz": "4.5"}, "4.5"),
        ("check", {"number": "1" * 41}, "1" * 41),
        ("exercises", {"stage": "example=mazur&step=bp9.1"}, "bp9.1"),
        ("train", {"stage": "exampel=mazur"}, "exampel"),
        ("landscape", {"example": "mazur"}, "mazur"),
        ("reference", {"stage": "example=mazur"}, "stage"),
    ],
)
def test_what_cannot_be_used_is_told_and_is_gone(page, query, received, lang):
    spec, own, problems = opened(page, query, lang)
    assert [problem.received for problem in problems] == [received if received != "mazur" else "example"]
    assert all(len(problem.sentence(lang)) < 700 for problem in problems)
    assert not set(own) & set(query)
    assert spec.view == View(lang=lang)


def test_of_a_long_list_only_some_are_told():
    (problem,) = opened("check", {"sizes": "2-900-1", "neuron": "x"}, "en")[2]
    assert problem.allowed.en.endswith(", …")
    assert len(problem.sentence("en")) < 300


@pytest.mark.parametrize("page", OWN)
def test_a_name_that_a_link_says_was_left_out_is_one_line_of_a_sentence(page):
    *_, problem = opened(page, {"without": "runs\n\n\x08\u202e-net"}, "en")[2]
    assert problem.sentence("en").isprintable()
    assert (
        problem.problem.en == "this address could not hold runs, the weights and biases: other values are shown instead"
    )


def test_a_step_changes_the_second_part_of_an_address_only():
    here, there = (
        in_two(written("stage", Spec(EDITED.with_options(mistakes=("half",)), View(step=step)), {})[0])
        for step in ("z.1", "c")
    )
    assert here[0] == there[0]
    assert "&".join(here) == written("stage", Spec(EDITED.with_options(mistakes=("half",)), View(step="z.1")), {})[0]
    assert (said(here[1]), said(there[1])) == tuple(
        {"step": step, "without": "net", "lang": "en"} for step in ("z.1", "c")
    )


@pytest.mark.parametrize(("page", "names"), [("check", "view"), ("exercises", "level seed"), ("reference", "section")])
def test_an_address_says_also_what_is_usual_of_what_a_page_is_about(page, names):
    usual, own, _ = opened(page, {}, "en")
    assert set(said(written(page, usual, own_query(page, own, usual.model))[0])) >= set(names.split())
