"""Dense layers, and the architecture of a network: all but its numbers."""

from engine.layers.architecture import NORM_VALUES, Architecture, count_parameters, strengths, trained
from engine.layers.layers import BatchNorm, Dense, as_share

__all__ = ["NORM_VALUES", "Architecture", "BatchNorm", "Dense", "as_share", "count_parameters", "strengths", "trained"]
