"""What the stage is made of in a browser: its frame, its script and its styles, with or without a server."""

from pathlib import Path
from string import Template

from visualizer import palette

_HERE = Path(__file__).parent
FRAME = '<div class="frame"><ul class="legend"></ul></div>'
# narrow ones first, because numbers stand in circles
FONT = (
    '"Source Sans 3", "Source Sans Pro", "Segoe UI", "Helvetica Neue", Arial, '
    '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif'
)


def asset(name: str) -> str:
    """Return the text of a file of the stage."""
    return (_HERE / name).read_text(encoding="utf-8")


def stylesheet() -> str:
    """Return the style sheet with the palette's colours filled in."""
    colours = {name.lower(): getattr(palette, name) for name in ("NEGATIVE", "ZERO", "POSITIVE", "READ", "WRITE")}
    return Template(asset("stage.css")).substitute(colours)
