"""Renderings of the stage: a step, a phase, an iteration or a lesson as moving pictures, or as pages."""

from engine.core import records
from visualizer.rendering.page import rendering_html
from visualizer.rendering.record import Rendering
from visualizer.rendering.spans import SPANS, Span, spans_of

RENDERINGS = records(__name__, __path__, Rendering)

__all__ = ["RENDERINGS", "SPANS", "Rendering", "Span", "rendering_html", "spans_of"]
