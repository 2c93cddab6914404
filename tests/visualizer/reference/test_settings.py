"""Entries of settings: a row of the table each, with the rule that it asks for."""

from engine.options import TRANSFORMS
from engine.settings import ROWS
from visualizer import reference
from visualizer.reference import Formula
from visualizer.reference.entry import Words


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
