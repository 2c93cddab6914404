"""The reference is complete by construction: every registry has a section, and each of its entries an entry."""

import importlib
import pkgutil

import pytest

import engine
from engine import ACTIVATIONS, LOSSES, OPTIMIZERS, Text
from engine.core import Field
from engine.equations import UPDATE, pass_rules, rules
from engine.training import METRICS, Scores
from visualizer import reference
from visualizer.reference import Formula, Picture
from visualizer.reference.registries import RULES

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


def test_the_registries_are_found_at_all():
    assert {"ACTIVATIONS", "LOSSES", "OPTIMIZERS", "INITIALIZERS", "METRICS", "DATASETS"} <= set(registries())


def test_every_rule_that_can_happen_has_an_entry():
    happening = [rule for loss in LOSSES.values() for rule, _ in pass_rules(2, loss)] + [UPDATE]
    assert {id(rule) for rule in happening} == {id(rule) for rule in RULES.values()}
    assert [entry.name for entry in reference.entries("rules")] == list(RULES)
    assert {getattr(rules, name.upper()) for name in RULES} == set(RULES.values())


def test_every_score_has_a_metric():
    assert set(METRICS) == set(Scores.__dataclass_fields__)
    assert all(metric.name == name for name, metric in METRICS.items())


def test_activations_losses_optimizers_and_metrics_name_their_sources():
    for records in (ACTIVATIONS, LOSSES, OPTIMIZERS, METRICS):
        assert all(record.source for record in records.values())
    for section in ("activations", "losses", "optimizers", "metrics", "rules"):
        assert all(entry.source for entry in reference.entries(section))


def test_activations_are_plotted_and_every_law_of_an_optimizer_is_shown():
    assert all(any(isinstance(b, Picture) for b in shown.blocks) for shown in reference.entries("activations"))
    for shown, optimizer in zip(reference.entries("optimizers"), OPTIMIZERS.values(), strict=True):
        assert sum(isinstance(block, Formula) for block in shown.blocks) == len(optimizer.laws)
