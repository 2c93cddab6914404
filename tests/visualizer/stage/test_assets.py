"""The style sheets have the palette's colours in them, and every script has its place."""

import re
import tomllib
from pathlib import Path

import pytest

from visualizer.stage import FONT, assets, script, stylesheet
from visualizer.stage.assets import asset, page_stylesheet, paint_stylesheet, table_stylesheet
from visualizer.writing import palette

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
    allowed |= {colour for _, colour in palette.SCALE} | {ground.background for ground in palette.GROUNDS.values()}
    assert set(re.findall(r"#[0-9a-f]{3,8}\b", SHEETS[name])) - allowed == set()


THEME = tomllib.loads((Path(__file__).parents[3] / ".streamlit/config.toml").read_text(encoding="utf-8"))["theme"]


@pytest.mark.parametrize("stack", [THEME["font"], FONT], ids=["pages", "drawings and files"])
def test_chinese_has_fonts_of_its_own_on_every_system_before_whatever_else_there_is(stack):
    *families, last = (family.strip().strip('"') for family in stack.split(","))
    assert last == "sans-serif"
    assert families[-3:] == ["PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC"]  # of macOS, Windows and Linux


def test_the_legend_of_the_stage_bends_as_its_colours_do():
    stops = ", ".join(f"{colour} {100 * place:.1f}%" for place, colour in palette.SCALE)
    assert SHEETS["stage"].count(f"linear-gradient(90deg, {stops})") == 1


def test_what_is_coloured_in_a_formula_holds_on_a_dark_ground():
    for colour in (palette.READ, palette.WRITE):
        assert f'math [mathcolor="{colour}"] {{\n  color: light-dark({colour}, ' in page_stylesheet()


def test_the_script_is_one_module_with_one_way_in():
    ways = len(re.findall("^export default", script("stepping/live"), re.MULTILINE))
    assert ways == asset("boards/paint.js").count("export default") == 1


def joined(monkeypatch, **modules):
    """The script of modules given by their texts."""
    monkeypatch.setattr(assets, "asset", lambda name: modules[name.removesuffix(".js")])
    monkeypatch.setattr(assets, "_exists", lambda name: name in modules)
    return script("main")


def test_a_module_is_joined_once_and_after_what_it_imports(monkeypatch):
    start = "export default function"
    text = joined(
        monkeypatch,
        main='import { one } from "./one.js";\nimport two from "./two.js";\n\n'
        f"{start} main() {{\n  return one + two();\n}}\n",
        one="export const one = 1;\n",
        two=f'import {{\n  one,\n}} from "./one.js";\n\n{start} next() {{\n  return one;\n}}\n',
    )
    assert [line for line in text.splitlines() if "$" in line] == [
        "const $one = (() => {",
        "const $two = (() => {",
        "const { one } = $one;",
        "const { one } = $one;",
        "const { default: two } = $two;",
    ]
    assert text.count("return { one };") == text.count("return { default: next };") == 1
    assert not re.search("^import", text, re.MULTILINE)


@pytest.mark.parametrize(
    ("modules", "said"),
    [
        ({"main": 'import { two } from "./one.js";\n'}, "main.js imports two from one.js, which exports one"),
        ({"main": 'import one from "./one.js";\n'}, "main.js imports default from one.js, which exports one"),
        ({"main": 'import { one } from "./none.js";\n'}, "main.js imports from none.js, which does not exist"),
        ({"main": 'import "./one.js";\n'}, "main.js: 'import \"./one.js\";' is not a way to import"),
        ({"main": "export { one };\n"}, "main.js: 'export { one };' is not a way to import or to export"),
        (
            {
                "main": 'import { two } from "./two.js";\n',
                "two": 'import { three } from "./three.js";\nexport const two = 2;\n',
                "three": 'import { two } from "./two.js";\nexport const three = 3;\n',
            },
            "these import each other: main → two → three → two",
        ),
    ],
)
def test_a_wrong_import_is_named(monkeypatch, modules, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        joined(monkeypatch, one="export const one = 1;\n", **modules)
