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
DONE = {
    "a penalty": {"regularizer": "l2", "strength": 0.25},
    "clipping": {"clip": "norm", "clip_at": 0.25},
    "dropout": {"dropout": 0.25},
    "batch normalization": {"batch_norm": True},
    "an optimizer": {"optimizer": "adam"},
    "a mistake": {"mistakes": ("no_bias",)},
    "another rate": {"eta": 0.25},
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", MODELS)
def test_a_network_is_named_by_all_its_sizes_and_activations(name, lang):
    t = MODELS[name].trace()
    first, *layers = network_words(t, lang).split(" → ")
    assert int(first) == t.given.sizes[0]
    for said, size, activation in zip(layers, t.given.sizes[1:], t.given.activations, strict=True):
        assert said == f"{size} {ACTIVATIONS[activation].label(lang)}"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("change", DONE.values(), ids=DONE)
def test_what_is_done_beside_the_plain_equations_is_said(change, lang):
    before, after = (settings_words(model.trace(), lang) for model in (MAZUR, MAZUR.with_settings(**change)))
    assert len(set(after) - set(before)) == 1
    assert ("0.25" in (set(after) - set(before)).pop()) == (0.25 in change.values())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_words_are_those_of_the_records(lang):
    model = replace(MAZUR, regularizer="l1", clip="value", optimizer="adamw", mistakes=("uphill",))
    said = "; ".join(settings_words(model.trace(), lang))
    records = LOSSES["quadratic"], REGULARIZERS["l1"], CLIPS["value"], OPTIMIZERS["adamw"], MISTAKES["uphill"]
    assert all(record.label(lang) in said for record in records)


def test_inference_is_said_where_it_makes_a_difference():
    told = [
        [settings_words(replace(model, training=training).trace(), "en") for training in (True, False)]
        for model in (MAZUR, replace(MAZUR, dropout=0.5))
    ]
    assert [one == other for one, other in told] == [True, False]


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
