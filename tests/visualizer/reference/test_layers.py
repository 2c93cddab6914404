"""Entries of normalized layers and of dropout: all of their rules, each with a stage."""

from engine.equations import layer_rules, rules
from visualizer import reference
from visualizer.reference.layers import LAYER_RULES
from visualizer.state import open_link


def test_every_rule_of_normalized_layers_and_of_dropout_has_an_entry_and_a_stage():
    shown = {entry.name: entry for entry in reference.entries("layers")}
    happening = {id(rule) for rule in vars(layer_rules).values() if isinstance(rule, rules.Rule)}
    assert {id(LAYER_RULES[name]) for name in shown} == happening - {id(rules.BP2)}
    for name, rule in LAYER_RULES.items():
        spec, problems = open_link(dict(shown[name].opens), "en")
        step = next(s for s in spec.model.trace().steps if s.address == spec.view.step)
        assert problems == []
        assert name == "norm_compact" or step.rule.tex == rule.tex
