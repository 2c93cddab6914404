"""Scenes, figures and words: pure functions of what the engine computed."""

import warnings
from typing import Any

from visualizer.exports import stage_html
from visualizer.scene import network_figure, picture, scene_builder, step_figure

__all__ = ["network_figure", "picture", "scene_builder", "stage_html", "step_figure"]

_RENAMED = {"stagehand": "scene_builder"}  # for one release


def __getattr__(name: str) -> Any:
    """Name that was renamed, with a warning."""
    if name not in _RENAMED:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    warnings.warn(f"{name} is called {_RENAMED[name]} now", DeprecationWarning, stacklevel=2)
    return globals()[_RENAMED[name]]
