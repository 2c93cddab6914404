"""The law of all addresses: each opens what it says, says what is shown, and carries the network to other pages."""

from dataclasses import replace
from itertools import cycle, pairwise
from urllib.parse import urlencode

import pytest

from engine.core import LANGUAGES
from engine.settings import Model
from tests.pages.app import CHINESE, address, checked, session, texts, visit, warnings
from visualizer.address import opened, written
from visualizer.address.address import APART, LEFT_OUT_WORDS, OWN, SHOWN, has_apart
from visualizer.state import LONGEST_LINK, Spec, View
from visualizer.writing import PAGES, network_words

SCRIPTS = {name: f"{name}/{name}.py" for name in PAGES}
NET = {"sizes": "2-2-1", "net": "0.3_-0.9_0.5_0.1_0.2_0.3_0.4_0.5_0.6", "x": "1_2~3_4", "y": "0~1", "sample": "2"}
STATES = {
    "an example": {"example": "mazur", "step": "bp2.1.2", "granularity": "neuron"},
    "numbers of one's own": NET | {"iteration": "3", "mistakes": "sequential", "step": "c"},
    "a lesson": {"lesson": "mazur", "stop": "2"},
}
OF_PAGES = {  # something that each page shows, and not of itself
    "stage": {},
    "train": {"data": "spiral", "hidden": "5", "activations": "tanh-sigmoid"},
    "landscape": {"ground": "beale", "walkers": "adam", "grid": "25"},
    "check": {"view": "demon", "neuron": "1.2", "dz": "0.25", "number": "0,25"},
    "examples": {"published": "hagan", "fault": "uphill"},
    "exercises": {"level": "chain", "seed": "5"},
    "reference": {"section": "losses", "find": "softmax"},
}
EVERY_PAGE = list(zip(PAGES, cycle(LANGUAGES), strict=False))


def link(page, on_stage, lang):
    """The address of a page by hand: the names of the stage apart where one of them is the page's own."""
    text = "&".join(f"{name}={value}" for name, value in on_stage.items())
    return ({APART: text} if has_apart(page) else on_stage) | OF_PAGES[page] | {"lang": lang}


def go(app, page):
    app.switch_page(SCRIPTS[page])
    return checked(app.run())


def spec_of(page, query):
    spec, _, problems = opened(page, query, "en")
    assert problems == []
    return spec


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(("page", "lang"), EVERY_PAGE)
def test_an_address_opens_what_it_says_and_stays(page, lang, state):
    query = link(page, STATES[state], lang)
    app = visit(page, **query)
    assert warnings(app) == []
    assert session(app).spec == spec_of("stage", STATES[state] | {"lang": lang})
    assert bool(CHINESE.search("".join(text for text in texts(app) if "Stage" not in text))) == (lang == "zh")
    held = address(app)
    assert {name: held[name] for name in OF_PAGES[page]} == OF_PAGES[page]
    again = visit(page, **held)
    assert (address(again), session(again).spec) == (held, session(app).spec)
    assert warnings(again) == []


PAIRS = list(pairwise((*PAGES, next(iter(PAGES)))))  # a page carries it on, whichever comes next


@pytest.mark.parametrize(("first", "then"), PAIRS)
def test_the_network_goes_on_to_another_page_and_back(first, then):
    app = visit(first, **link(first, NET, "zh"))
    on_stage = session(app).spec
    for page in (then, first):
        held = address(go(app, page))
        assert spec_of(page, held) == on_stage
        assert session(visit(page, **held)).spec == on_stage
    assert {name: held[name] for name in OF_PAGES[first]} == OF_PAGES[first]


@pytest.mark.parametrize("page", ["check", "examples"])
def test_a_page_shows_the_network_of_its_link(page):
    words = network_words(spec_of("stage", NET).model.trace(), "en")
    assert not any(words in text for text in texts(visit(page, example="hagan", lang="en")))
    assert any(words in text for text in texts(visit(page, **NET, lang="en")))


def test_the_example_of_a_link_is_the_one_that_is_shown():
    assert any("Mazur" in text for text in texts(visit("examples", example="mazur", lang="en")))
    assert address(visit("examples", example="mazur", published="mazur")).get("published") is None


WRONG = [(page, name) for page, records in SHOWN.items() for name in records]
WRONG += [(page, "unheard") for page in PAGES] + [(page, "step") for page in PAGES if not has_apart(page)]


@pytest.mark.parametrize(("page", "name"), WRONG)
def test_what_cannot_be_used_is_said_in_one_sentence_and_leaves_the_address(page, name):
    wrong = "?" * 100
    app = visit(page, **{name: wrong}, lang="en")
    (said,) = warnings(app)
    assert name in said
    assert wrong not in address(app).values()
    assert name not in address(app) or address(app)[name] == address(visit(page))[name]
    assert warnings(visit(page, **address(app))) == []


def test_what_was_complained_about_is_settled_by_the_next_choice():
    app = visit("exercises", level="?", seed="3")
    checked(app.button(key="another").click().run())
    assert (warnings(app), address(app)["seed"]) == ([], "4")


@pytest.mark.parametrize(("page", "lang"), EVERY_PAGE)
def test_what_an_address_cannot_hold_is_said_before_and_after_a_reload(page, lang):
    app = visit(lang=lang)
    model = Model.drawn((20, 20, 2), ("tanh", "sigmoid"), "normal", 1)
    session(app).spec = Spec(replace(model, net=tuple((model.network().theta / 3).tolist())), View(lang=lang))
    go(app, page)
    words = LEFT_OUT_WORDS["net"](lang)
    assert [text for text in texts(app) if words in text]
    assert address(app)["without"] == "net"
    assert len(urlencode(address(app))) < LONGEST_LINK
    again = visit(page, **address(app))
    (said,) = warnings(again)
    assert words in said
    assert session(again).spec.model == model
    assert "without" not in address(again)


def test_a_choice_that_the_network_does_not_have_is_not_in_the_address():
    app = visit("check", example="mazur", view="demon", neuron="2.2")
    assert address(app)["neuron"] == "2.2"
    session(app).spec = spec_of("stage", {"sizes": "2-1", "step": "update"})
    assert "neuron" not in address(checked(app.run()))


def test_the_names_of_the_pages_are_their_own():
    names = [name for records in SHOWN.values() for name in records]
    assert len(names) == len(set(names))
    assert set(OWN) == set(PAGES)
    assert written("stage", spec_of("stage", {}), {}) == ("example=relu_softmax&step=0&lang=en", ())
