"""Animation of a step: phases in which numbers travel along the edges and meet."""

from visualizer.animation.context import AnimationContext, AnimationPhase, resolved
from visualizer.animation.curve import Curve, curves
from visualizer.animation.phases import animation_phases, sums_to_one

__all__ = ["AnimationContext", "AnimationPhase", "Curve", "animation_phases", "curves", "resolved", "sums_to_one"]
