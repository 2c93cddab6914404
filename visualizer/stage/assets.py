"""The assets of the stage put together: its script and its style sheet, on the live page and in an export.

A component is given one script, and so is a page without a server; the modules that it imports are joined into it here.
"""

import posixpath
import re
from pathlib import Path
from string import Template

from visualizer.writing import palette

_HERE = Path(__file__).parent
_IMPORT = re.compile(r'^import (?:(\w+)|\{([\w\s,]*)\}) from "(\.\.?/[\w/]+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (default )?((?:const|class|function|async function) (\w+))", re.MULTILINE)
_LEFT = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)
_STYLES = ("styles/stage.css", "styles/bar.css")
_PAGE_STYLES = (
    "styles/page.css",
    "styles/narrow.css",
    "styles/fields.css",
    "styles/words.css",
    "styles/training.css",
    "styles/transport.css",
    "styles/present.css",
    "styles/hall.css",
)
_PAINT_STYLES = ("boards/board.css", "boards/paint.css")
_POINTS_STYLES = ("boards/board.css", "boards/points.css")
_TABLE_STYLES = ("boards/table.css",)
_LEAD_STYLES = ("room/lead.css",)
_COLOURS = ("NEGATIVE", "POSITIVE", "ZERO", "READ", "WRITE", "CHANGED", "WRONG", "PEN", "POINTER")
# narrow ones first, because numbers stand in circles
FONT = (
    '"Source Sans 3", "Source Sans Pro", "Segoe UI", "Helvetica Neue", Arial, '
    '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif'
)
HTML = """
<div class="frame">
  <div class="picture"><canvas class="particles"></canvas></div>
  <div class="coming" hidden></div>
  <ul class="legend"></ul>
  <div class="bar">
    <button class="again" data-word="again">↻</button>
    <div class="timeline">
      <div class="phases" aria-hidden="true"></div>
      <input class="slider" type="range" min="0" step="1" value="0" data-word="position">
    </div>
    <select class="speed" data-word="speed">
      <option value="0.25">¼×</option>
      <option value="0.5">½×</option>
      <option value="1" selected>1×</option>
      <option value="2">2×</option>
      <option value="4">4×</option>
    </select>
    <label><input class="moving" type="checkbox"><span data-word="motion"></span></label>
    <button class="share" data-word="share">
      <svg viewBox="0 0 16 16" width="14" fill="none" stroke="currentColor" stroke-width="1.5">
        <path d="M5 5V2h9v9h-3M2 5h9v9H2z"/>
      </svg>
    </button>
    <input class="link" type="text" readonly hidden data-word="share">
    <span class="said" role="status"></span>
  </div>
  <div class="description" aria-live="polite"></div>
</div>
"""
PAINT_HTML = """
<div class="paint">
  <canvas tabindex="0" role="application"></canvas>
  <button class="clear"></button>
  <span class="said" role="status"></span>
</div>
"""
POINTS_HTML = """
<div class="points">
  <div class="tools"></div>
  <svg viewBox="0 0 100 100" tabindex="0" role="application"></svg>
  <span class="said" role="status"></span>
</div>
"""

LEAD_HTML = """
<div class="lead">
  <span class="people" role="status"></span>
  <span class="elsewhere" role="status" hidden></span>
  <button type="button" class="take" hidden></button>
  <span class="answers" hidden><progress class="meter"></progress><span class="count"></span></span>
  <button type="button" class="pen" aria-pressed="false"></button>
  <button type="button" class="clear"></button>
  <button type="button" class="desk"></button>
</div>
"""
RENDERINGS_HTML = """
<div class="renderings">
  <p class="problem" role="alert" hidden></p>
  <select></select>
  <div class="buttons"></div>
</div>
"""


def asset(name: str) -> str:
    """Text of a file, given by its path from this folder."""
    return (_HERE / name).read_text(encoding="utf-8")


def bare(name: str) -> str:
    """Text of a script without indents and lines of comments, as steps send it with small parts."""
    text = re.sub(r"^\s+", "", asset(name), flags=re.MULTILINE)
    return re.sub(r"^(?://.*|/\*\*.*\*/)\n", "", text, flags=re.MULTILINE)


def script(entry: str) -> str:
    """Script of one module and all that it imports, each once and with names of its own, as one ES module.

    A module is given by its path from this folder without the ending, as `"stepping/live"`. What it may write:
    `import { name } from "./module.js";`, `import name from "../folder/module.js";`, and `export` or `export default`
    before a constant, a function or a class.

    Raises
    ------
    ValueError
        Where a module imports what no module exports, or imports itself by a detour, or is written in another way.
    """
    joined: dict[str, str] = {}
    _join(entry, (), joined)
    return "\n".join([*joined.values(), _without_imports(entry)])


def _join(name: str, importers: tuple[str, ...], joined: dict[str, str]) -> None:
    """Add the modules that one imports, each after those that it imports itself."""
    if name in importers:
        raise ValueError(f"these import each other: {' → '.join((*importers, name))}")
    for default, names, there in _IMPORT.findall(asset(f"{name}.js")):
        target = _beside(name, there)
        if not _exists(target):
            raise ValueError(f"{name}.js imports from {target}.js, which does not exist")
        exported = _exported(target)
        wanted = ["default"] if default else _names(names)
        if unknown := ", ".join(one for one in wanted if one not in exported):
            raise ValueError(f"{name}.js imports {unknown} from {target}.js, which exports {', '.join(exported)}")
        if target not in joined:
            _join(target, (*importers, name), joined)
            body = _EXPORT.sub(r"\2", _without_imports(target))
            handed = ", ".join(own if key == own else f"{key}: {own}" for key, own in exported.items())
            joined[target] = f"const {_scope(target)} = (() => {{\n{body}return {{ {handed} }};\n}})();"


def _exported(name: str) -> dict[str, str]:
    """Names that a module exports, and what they are called in it."""
    return {"default" if default else own: own for default, _, own in _EXPORT.findall(asset(f"{name}.js"))}


def _without_imports(name: str) -> str:
    """Text of a module that takes from the modules before it, now constants, what it imports."""

    def take(found: re.Match[str]) -> str:
        default, names, there = found.groups()
        taken = f"default: {default}" if default else ", ".join(_names(names))
        return f"const {{ {taken} }} = {_scope(_beside(name, there))};\n"

    text = _IMPORT.sub(take, asset(f"{name}.js"))
    if left := _LEFT.search(_EXPORT.sub("", text)):
        raise ValueError(f"{name}.js: {left[0]!r} is not a way to import or to export that is known here")
    return text


def _names(listed: str) -> list[str]:
    return re.findall(r"\w+", listed)


def _exists(name: str) -> bool:
    return (_HERE / f"{name}.js").is_file()


def _beside(name: str, there: str) -> str:
    """Path of a module from this folder, which another names as it is seen from its own place."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), there))


def _scope(name: str) -> str:
    return f"${name.replace('/', '_')}"


def stylesheet() -> str:
    """Return the style sheet of the stage with the palette's colours filled in."""
    return _filled(_STYLES)


def paint_stylesheet() -> str:
    """Return the style sheet of the grid to draw on."""
    return _filled(_PAINT_STYLES)


def points_stylesheet() -> str:
    """Return the style sheet of the board to draw points on."""
    return _filled(_POINTS_STYLES)


def table_stylesheet() -> str:
    """Return the style sheet of a table to type into."""
    return _filled(_TABLE_STYLES)


def lead_stylesheet() -> str:
    """Return the style sheet of the bar of a room."""
    return _filled(_LEAD_STYLES)


def page_stylesheet() -> str:
    """Return the style sheet of the page around the stage."""
    return _filled(_PAGE_STYLES) + mathml_stylesheet()


def mathml_stylesheet() -> str:
    """Return the style sheet of formulas."""
    return _filled(("styles/mathml.css",))


def _filled(names: tuple[str, ...]) -> str:
    """Fill in the palette's colours, the same as they hold on any ground, and the ground as it holds on the accent."""
    colours = {name.lower(): getattr(palette, name) for name in _COLOURS}
    anywhere = {
        f"{name}_anywhere": f"light-dark({c}, color-mix(in srgb, {c} 72%, white))" for name, c in colours.items()
    }
    scale = {"scale": ", ".join(f"{colour} {place:.1%}" for place, colour in palette.SCALE)}
    grounds = (palette.GROUNDS[theme].background for theme in ("light", "dark"))
    ground = {"on_accent": f"light-dark({', '.join(grounds)})"}
    return Template("".join(map(asset, names))).substitute(colours | anywhere | scale | ground)
