"""Views of the Train page below its curves, one at a time: findings, digits, runs, comparisons."""

from visualizer.pages.views.compare import draw_families, draw_rate
from visualizer.pages.views.digits import draw_digits
from visualizer.pages.views.outside import draw_outside
from visualizer.pages.views.pair import draw_pair
from visualizer.pages.views.runs import draw_runs
from visualizer.pages.views.survey import draw_survey
from visualizer.pages.views.sweep import draw_matters
from visualizer.pages.views.why import TONES, draw_why

__all__ = [
    "TONES",
    "draw_digits",
    "draw_families",
    "draw_matters",
    "draw_outside",
    "draw_pair",
    "draw_rate",
    "draw_runs",
    "draw_survey",
    "draw_why",
]
