"""Animation of a step: phases in which numbers travel along the edges and meet."""

from visualizer.animation.context import AnimationContext, AnimationPhase
from visualizer.animation.phases import animation_phases, as_data

__all__ = ["AnimationContext", "AnimationPhase", "animation_phases", "as_data"]
