"""The page that renders: what every picture shows is what the stage shows there, and it asks for nothing."""

import json
import re
from dataclasses import replace

import pytest

from engine.core import LANGUAGES
from engine.settings import Model
from tests.pages.app import CHINESE
from tests.visualizer.exports.cases import subject_of
from visualizer.equations import symbolic
from visualizer.exports import Subject, moment_words
from visualizer.lessons import LESSONS
from visualizer.rendering import RENDERINGS, rendering_html
from visualizer.state import stop_of
from visualizer.writing import mathml

GIF = RENDERINGS["gif"]


def data(html):
    (found,) = re.findall(r'<script type="application/json" id="lecture">(.*?)</script>', html, re.DOTALL)
    return json.loads(found)


@pytest.mark.parametrize("name", RENDERINGS)
def test_a_record_has_words_in_both_languages_and_a_script_that_sets_what_renders(name):
    record = RENDERINGS[name]
    assert CHINESE.search(record.why.zh)
    assert not CHINESE.search(record.label.en + record.why.en)
    assert [other.file for other in RENDERINGS.values()].count(record.file) == 1
    html = rendering_html(subject_of(Model.of_example("mazur")), record, "step")
    assert html.count("globalThis.rendering = ") == html.count("globalThis.render = ") == 1
    assert not re.search(r"""(?:src|href)=["'](?!data:)""", html)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_picture_has_the_words_of_its_position(lang):
    subject = subject_of(Model.of_example("mazur"), lang=lang)
    made = data(rendering_html(subject, GIF, "iteration"))
    (lecture,) = made["lectures"]
    for position, shot in enumerate(made["shots"]):
        assert shot["position"] == position
        for name, words in moment_words(subject.builder, position, 4).items():
            assert shot["words"][name] == words
        assert lecture["keyframes"]["first"] <= position <= lecture["keyframes"]["last"]
        if position:
            assert shot["words"]["symbols"] == mathml(symbolic(subject.trace, subject.trace.steps[position - 1]))
            assert any(shot["words"]["equation"]["cells"])


def test_a_mistake_is_in_the_picture_and_is_named():
    model = replace(Model.of_example("mazur"), mistakes=("sequential",))
    made = data(rendering_html(subject_of(model, step="bp2.1"), GIF, "step"))
    assert made["shots"][0]["words"]["wrong"]


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_shares_the_keyframes_of_slides_on_one_network(name):
    made = data(rendering_html(Subject(stop_of(name, 1, "en")), GIF, "lesson"))
    assert len(made["shots"]) == len(LESSONS[name].stops)
    assert {shot["lecture"] for shot in made["shots"]} == set(range(len(made["lectures"])))
    assert len(made["lectures"]) < len(made["shots"])
    for shot in made["shots"]:
        keyframes = made["lectures"][shot["lecture"]]["keyframes"]
        assert keyframes["first"] <= shot["position"] < keyframes["first"] + len(keyframes["frames"])
