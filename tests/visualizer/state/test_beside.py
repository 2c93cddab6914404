"""The network kept beside: in links and files, and refused where it is none."""

from dataclasses import replace

import pytest

from engine import InputError
from engine.examples import EXAMPLES
from engine.settings import Model
from visualizer.address import opened, written
from visualizer.address.address import LEFT_OUT_WORDS
from visualizer.state import Spec, View, beside_of, from_file, model_beside, open_link, spec_to_query, to_file
from visualizer.state.beside import LONGEST_BESIDE, read_beside

WIDE = Model.drawn((64, 64, 10), ("tanh", "softmax"), "randn", 1)


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_network_reads_back_as_it_was(name):
    model = Model.of_example(name)
    assert model_beside(beside_of(model)) == model
    assert read_beside(beside_of(model)) == beside_of(model)


def test_links_and_files_have_it():
    spec = Spec(Model.of_example("mazur"), View(beside=beside_of(Model.of_example("mazur").with_options(mistakes=()))))
    assert open_link(spec_to_query(spec), "en") == (spec, [])
    assert from_file(to_file(spec), "en") == (spec, [])


NONE = ["x", "x=1", "sizes=2-0-1", "example=nobody", "example=mazur&z=1", "a=1&" * 100, "net=" + "1" * LONGEST_BESIDE]


@pytest.mark.parametrize("text", NONE)
def test_what_is_none_is_told_and_left_out(text):
    with pytest.raises(InputError, match="network kept for comparison cannot be read"):
        read_beside(text)
    spec, problems = open_link({"example": "mazur", "beside": text}, "en")
    assert (spec.view.beside, len(problems)) == ("", 1)


def test_an_address_that_cannot_hold_both_says_which_is_left_out():
    edited = WIDE.edited(WIDE.network().with_weight(layer=1, j=0, k=0, value=0.5))
    beside = beside_of(edited)
    assert len(beside) > LONGEST_BESIDE
    spec = Spec(Model.of_example("mazur"), replace(View(), beside=beside))
    text, left_out = written("stage", spec, {})
    assert left_out == ("beside",)
    assert len(text) < LONGEST_BESIDE
    assert opened("stage", {"example": "mazur", "without": "beside"}, "en")[2][0].sentence("zh")
    assert "beside" in LEFT_OUT_WORDS
