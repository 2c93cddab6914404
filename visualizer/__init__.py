"""Scenes, figures and words: pure functions of what the engine computed."""

from visualizer.export import stage_html
from visualizer.network_figure import network_figure, step_figure
from visualizer.scene import scene_builder
from visualizer.still import picture

__all__ = ["network_figure", "picture", "scene_builder", "stage_html", "step_figure"]
