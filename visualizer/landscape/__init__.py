"""Landscape of the page: which surface, the walks on it, and its figures."""

from visualizer.landscape import settings
from visualizer.landscape.edge_picker import drawn_units, offered_places, picker_figure
from visualizer.landscape.landscape_figures import landscape_figure
from visualizer.landscape.loss_surface import LossSurface, Origin, known_surface, network_surface
from visualizer.landscape.settings import FIELDS, NETWORK, LandscapeSettings, landscape_from_query, landscape_to_query

__all__ = [
    "FIELDS",
    "NETWORK",
    "LandscapeSettings",
    "LossSurface",
    "Origin",
    "drawn_units",
    "known_surface",
    "landscape_figure",
    "landscape_from_query",
    "landscape_to_query",
    "network_surface",
    "offered_places",
    "picker_figure",
    "settings",
]
