from dataclasses import replace

import pytest

from engine import ACTIVATIONS, CLIPS, LOSSES, OPTIMIZERS, REGULARIZERS, Text
from engine.core import LANGUAGES
from engine.equations import PHASES
from engine.mistakes import MISTAKES
from engine.settings import Model
from tests.visualizer.oracles import MODELS
from visualizer.writing import network_words, settings_words, short_name, words

MAZUR = Model.of_example("mazur")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", MODELS)
def test_a_network_is_named_by_all_its_sizes_and_activations(name, lang):
    t = MODELS[name].trace()
    first, *layers = network_words(t, lang).split(" → ")
    assert int(first) == t.given.sizes[0]
    for said, size, activation in zip(layers, t.given.sizes[1:], t.given.activations, strict=True):
        assert said == f"{size} {ACTIVATIONS[activation].label(lang)}"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_words_are_those_of_the_records(lang):
    model = replace(MAZUR, regularizer="l1", clip="value", optimizer="adamw", mistakes=("uphill",))
    said = "; ".join(settings_words(model.trace(), lang))
    records = LOSSES["quadratic"], REGULARIZERS["l1"], CLIPS["value"], OPTIMIZERS["adamw"], MISTAKES["uphill"]
    assert all(record.label(lang) in said for record in records)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", MODELS)
def test_a_step_has_the_name_of_its_equation_or_of_its_phase(name, lang):
    for step in MODELS[name].trace().steps:
        short = short_name(step, lang)
        assert short == step.rule.name or short == PHASES[step.rule.phase](lang)
        assert short.startswith("BP") == step.rule.name.startswith("BP")


def test_what_pages_say_they_say_in_both_languages():
    held = [value for value in vars(words).values() if isinstance(value, Text)]
    held += [text for pair in words.TRANSPORT.values() for text in pair]
    held += [*words.PAGES.values(), *words.IN_LESSON.values()]
    assert all(text.en and text.zh for text in held)
    assert len({text.en for text in words.PAGES.values()}) == len({text.zh for text in words.PAGES.values()}) == 7
