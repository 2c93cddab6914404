"""The style sheets have the palette's colours in them, and every script has its place."""

import re

import pytest

from visualizer import palette
from visualizer.stage.assets import asset, page_stylesheet, paint_stylesheet, script, stylesheet, table_stylesheet

SHEETS = {"stage": stylesheet(), "page": page_stylesheet(), "paint": paint_stylesheet(), "table": table_stylesheet()}


@pytest.mark.parametrize("name", SHEETS)
def test_a_style_sheet_has_its_colours_and_is_whole(name):
    sheet = SHEETS[name]
    assert "$" not in sheet
    assert sheet.count("{") == sheet.count("}")
    assert palette.READ in sheet


@pytest.mark.parametrize("name", SHEETS)
def test_every_colour_is_one_of_the_palette(name):
    allowed = {palette.ZERO, palette.READ, palette.WRITE, palette.CHANGED, palette.WRONG}
    allowed |= {colour for _, colour in palette.SCALE}
    assert set(re.findall(r"#[0-9a-f]{3,8}\b", SHEETS[name])) - allowed == set()


def test_the_legend_of_the_stage_bends_as_its_colours_do():
    stops = ", ".join(f"{colour} {100 * place:.1f}%" for place, colour in palette.SCALE)
    assert SHEETS["stage"].count(f"linear-gradient(90deg, {stops})") == 2


def test_what_is_coloured_in_a_formula_holds_on_a_dark_ground():
    for colour in (palette.READ, palette.WRITE):
        assert f'math [mathcolor="{colour}"] {{\n  color: light-dark({colour}, ' in page_stylesheet()


def test_the_script_is_one_module_with_one_way_in():
    assert script().count("export default") == asset("paint.js").count("export default") == 1
