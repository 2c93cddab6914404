"""Digits: what a network reads in images, and images drawn by hand."""

from visualizer.digits.digits import (
    MOST_UNITS,
    mistakes,
    outputs_figure,
    reading,
    reading_tile,
    shown_set,
    weight_tiles,
)
from visualizer.digits.handwriting import as_image, grid_of, read_drawing
from visualizer.digits.pixels import SLOPE_WHY, Tile, ink, stage_tiles, tiles_html

__all__ = [
    "MOST_UNITS",
    "SLOPE_WHY",
    "Tile",
    "as_image",
    "grid_of",
    "ink",
    "mistakes",
    "outputs_figure",
    "read_drawing",
    "reading",
    "reading_tile",
    "shown_set",
    "stage_tiles",
    "tiles_html",
    "weight_tiles",
]
