"""The live stage: scenes drawn as SVG in the page, stepped through in the browser."""

from visualizer.stage.assets import FONT, HTML, script, stylesheet
from visualizer.stage.document import TEMPLATES, document
from visualizer.stage.drafts import MOST_PLACES, Drafts, read_cells, read_drafts

__all__ = [
    "FONT",
    "HTML",
    "MOST_PLACES",
    "TEMPLATES",
    "Drafts",
    "document",
    "read_cells",
    "read_drafts",
    "script",
    "stylesheet",
]
