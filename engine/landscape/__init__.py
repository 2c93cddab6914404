"""Loss landscapes: planes through a network's parameters, and test surfaces."""

from engine.landscape.landscape import Chunk, Plane, landscape, parameter_plane, principal_plane, random_plane
from engine.landscape.surfaces import SURFACES, Surface, walk

__all__ = [
    "SURFACES",
    "Chunk",
    "Plane",
    "Surface",
    "landscape",
    "parameter_plane",
    "principal_plane",
    "random_plane",
    "walk",
]
