"""The assets of the stage put together: its script and its style sheet, on the live page and in an export."""

from pathlib import Path
from string import Template

from visualizer import palette

_HERE = Path(__file__).parent
_SCRIPTS = ("draw.js", "swarm.js", "beats.js", "bar.js", "stage.js", "fit.js", "drawing.js", "keys.js")
_STYLES = ("stage.css", "bar.css")
_PAGE_STYLES = ("page.css", "narrow.css", "fields.css", "words.css", "training.css", "transport.css", "present.css")
_PAINT_STYLES = ("paint.css",)
_TABLE_STYLES = ("table.css",)
_COLOURS = ("NEGATIVE", "ZERO", "READ", "WRITE", "CHANGED", "WRONG")
# narrow ones first, because numbers stand in circles
FONT = (
    '"Source Sans 3", "Source Sans Pro", "Segoe UI", "Helvetica Neue", Arial, '
    '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif'
)
HTML = """
<div class="frame">
  <div class="picture"><canvas class="swarm"></canvas></div>
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
  <div class="told" aria-live="polite"></div>
</div>
"""
PAINT_HTML = """
<div class="paint">
  <canvas tabindex="0" role="application"></canvas>
  <button class="clear"></button>
  <span class="said" role="status"></span>
</div>
"""


def asset(name: str) -> str:
    """Return the text of a file of this folder."""
    return (_HERE / name).read_text(encoding="utf-8")


def script() -> str:
    """Return the stage's script, an ES module whose default export mounts it."""
    return "\n".join(map(asset, _SCRIPTS))


def stylesheet() -> str:
    """Return the style sheet of the stage with the palette's colours filled in."""
    return _filled(_STYLES)


def paint_stylesheet() -> str:
    """Return the style sheet of the grid to draw on."""
    return _filled(_PAINT_STYLES)


def table_stylesheet() -> str:
    """Return the style sheet of a table to type into."""
    return _filled(_TABLE_STYLES)


def page_stylesheet() -> str:
    """Return the style sheet of the page around the stage."""
    return _filled(_PAGE_STYLES) + mathml_stylesheet()


def mathml_stylesheet() -> str:
    """Return the style sheet of formulas."""
    return _filled(("mathml.css",))


def _filled(names: tuple[str, ...]) -> str:
    """Return style sheets with the palette's colours filled in, as such and as a browser writes them into a style."""
    colours = {name.lower(): getattr(palette, name) for name in _COLOURS}
    channels = {f"{name}_channels": ", ".join(map(str, palette.channels(colour))) for name, colour in colours.items()}
    anywhere = {
        f"{name}_anywhere": f"light-dark({c}, color-mix(in srgb, {c} 72%, white))" for name, c in colours.items()
    }
    scale = {"scale": ", ".join(f"{colour} {place:.1%}" for place, colour in palette.SCALE)}
    return Template("".join(map(asset, names))).substitute(colours | channels | anywhere | scale)
