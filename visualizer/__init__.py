"""Scenes, figures and words: pure functions of what the engine computed."""

from visualizer.export import stage_html
from visualizer.network_figure import network_figure, step_figure
from visualizer.scene import stagehand

__all__ = ["network_figure", "stage_html", "stagehand", "step_figure"]
