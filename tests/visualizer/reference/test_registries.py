"""The reference is complete by construction: every registry has a section, and each of its entries an entry."""

import importlib
import pkgutil

import pytest

import engine
from engine import ACTIVATIONS, LOSSES, OPTIMIZERS, Text
from engine.core import Field
from engine.equations import UPDATE, layer_rules, pass_rules, rules
from engine.options import TRANSFORMS
from engine.settings import ROWS
from engine.training import METRICS, Scores
from visualizer import reference
from visualizer.reference import Entry, Formula, Picture
from visualizer.reference.entry import Words
from visualizer.reference.layers import LAYER_RULES
from visualizer.reference.registries import RULES, entry
from visualizer.state import open_link

ELSEWHERE = {"EXAMPLES", "FAULTS"}  # they have a page of their own


def registries():
    """Every dict of named records that the engine has, by its name."""
    found = {}
    for module in pkgutil.iter_modules(engine.__path__):
        for name, records in vars(importlib.import_module(f"engine.{module.name}")).items():
            if name.isupper() and not name.startswith("_") and isinstance(records, dict) and records:
                if any(isinstance(record, Field) for record in records.values()):
                    continue  # a view of the table of settings, which has a section as a whole
                labels = [getattr(record, "label", None) for record in records.values()]
                if all(isinstance(label, Text) for label in labels) and name not in ELSEWHERE:
                    found[name] = records
    return found


@pytest.mark.parametrize("name", registries())
def test_every_registry_has_a_section_with_all_of_its_records(name):
    records = registries()[name]
    titles = [[entry.title for entry in reference.entries(section)] for section in reference.SECTIONS]
    assert [record.label for record in records.values()] in titles


def test_every_setting_has_an_entry_with_its_name_in_links_and_the_rule_it_asks_for():
    shown = reference.entries("settings")
    assert [entry.title for entry in shown] == [field.label for field in ROWS]
    for field, found in zip(ROWS, shown, strict=True):
        assert found.name.startswith(field.name)
        said = [block.text for block in found.blocks if isinstance(block, Words)]
        assert field.name in said[0].en
        assert field.name in said[0].zh
        asked = [t.rule for t in TRANSFORMS if t.setting == field.attribute]
        assert {rule.why for rule in asked} <= set(said)
        assert any(isinstance(block, Formula) for block in found.blocks) == bool(asked)


def test_the_registries_are_found_at_all():
    assert {"ACTIVATIONS", "LOSSES", "OPTIMIZERS", "INITIALIZERS", "METRICS", "DATASETS"} <= set(registries())


def test_every_rule_that_can_happen_has_an_entry():
    happening = [rule for loss in LOSSES.values() for rule, _ in pass_rules(2, loss)] + [UPDATE]
    assert {id(rule) for rule in happening} == {id(rule) for rule in RULES.values()}
    assert [entry.name for entry in reference.entries("rules")] == list(RULES)
    assert {getattr(rules, name.upper()) for name in RULES} == set(RULES.values())


def test_every_rule_of_normalized_layers_and_of_dropout_has_an_entry_and_a_stage():
    shown = {entry.name: entry for entry in reference.entries("layers")}
    happening = {id(rule) for rule in vars(layer_rules).values() if isinstance(rule, rules.Rule)}
    assert {id(LAYER_RULES[name]) for name in shown} == happening - {id(rules.BP2)}
    for name, rule in LAYER_RULES.items():
        spec, problems = open_link(dict(shown[name].opens), "en")
        step = next(s for s in spec.model.trace().steps if s.address == spec.view.step)
        assert problems == []
        assert name == "norm_compact" or step.rule.tex == rule.tex


def test_every_score_has_a_metric():
    assert set(METRICS) == set(Scores.__dataclass_fields__)
    assert all(metric.name == name for name, metric in METRICS.items())


@pytest.mark.parametrize("section", reference.SECTIONS)
def test_the_entries_of_a_section_have_names_of_their_own_and_words_in_both_languages(section):
    entries = reference.entries(section)
    assert len({entry.name for entry in entries}) == len(entries) > 0
    for shown in entries:
        assert shown.title.en.strip()
        assert shown.title.zh.strip()
        said = [block.text for block in shown.blocks if isinstance(block, Words)]
        assert all(text.en != text.zh for text in said)


def test_activations_losses_optimizers_and_metrics_name_their_sources():
    for records in (ACTIVATIONS, LOSSES, OPTIMIZERS, METRICS):
        assert all(record.source for record in records.values())
    for section in ("activations", "losses", "optimizers", "metrics", "rules"):
        assert all(entry.source for entry in reference.entries(section))


@pytest.mark.parametrize("section", reference.SECTIONS)
def test_no_formula_has_a_place_left_open(section):
    for shown in reference.entries(section):
        for block in shown.blocks:
            if isinstance(block, Formula):
                assert not set("<>") & set(str(block.tex).replace("[z>0]", "").replace("z>0", ""))
                assert block.tex.count("{") == block.tex.count("}")
                assert not any(part in block.tex for part in ("{mean}", "{loss}", "{delta}", "{sigma}", "{vjp"))


def test_activations_are_plotted_and_every_law_of_an_optimizer_is_shown():
    assert all(any(isinstance(b, Picture) for b in shown.blocks) for shown in reference.entries("activations"))
    for shown, optimizer in zip(reference.entries("optimizers"), OPTIMIZERS.values(), strict=True):
        assert sum(isinstance(block, Formula) for block in shown.blocks) == len(optimizer.laws)


class Unknown:
    """A registry entry of a kind that the reference has never seen."""

    label, why, tex, source = Text("thing", "东西"), Text("Does it.", "有用。"), r"\theta", "Somebody 2030"


def test_a_record_of_a_kind_to_come_is_shown_by_its_words_and_formulas():
    shown = entry("thing", Unknown())
    assert shown == Entry("thing", Unknown.label, (Words(Unknown.why), Formula(r"\theta")), "Somebody 2030")
