"""An entry: words and formulas of a record of any kind, none with a place left open."""

import pytest

from engine import Text
from visualizer import reference
from visualizer.reference import Entry, Formula
from visualizer.reference.entry import Words
from visualizer.reference.registries import entry


@pytest.mark.parametrize("section", reference.SECTIONS)
def test_the_entries_of_a_section_have_names_of_their_own_and_words_in_both_languages(section):
    entries = reference.entries(section)
    assert len({entry.name for entry in entries}) == len(entries) > 0
    for shown in entries:
        assert shown.title.en.strip()
        assert shown.title.zh.strip()
        said = [block.text for block in shown.blocks if isinstance(block, Words)]
        assert all(text.en != text.zh for text in said)


@pytest.mark.parametrize("section", reference.SECTIONS)
def test_no_formula_has_a_place_left_open(section):
    for shown in reference.entries(section):
        for block in shown.blocks:
            if isinstance(block, Formula):
                assert not set("<>") & set(str(block.tex).replace("[z>0]", "").replace("z>0", ""))
                assert block.tex.count("{") == block.tex.count("}")
                assert not any(part in block.tex for part in ("{mean}", "{loss}", "{delta}", "{sigma}", "{vjp"))


class Unknown:
    """A registry entry of a kind that the reference has never seen."""

    label, why, tex, source = Text("thing", "东西"), Text("Does it.", "有用。"), r"\theta", "Somebody 2030"


def test_a_record_of_a_kind_to_come_is_shown_by_its_words_and_formulas():
    shown = entry("thing", Unknown())
    assert shown == Entry("thing", Unknown.label, (Words(Unknown.why), Formula(r"\theta")), "Somebody 2030")
