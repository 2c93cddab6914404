"""Passes: one forward and backward pass as steps with values, and what checks its gradient."""

from engine.passes.autograd import has_torch, torch_gradient
from engine.passes.demon import Nudge, all_nudges, costs, nudge
from engine.passes.gradcheck import STEP, GradientCheck, ParameterCheck, check_gradients, compare
from engine.passes.steps import Step, Trace, Update
from engine.passes.trace import trace

__all__ = [
    "STEP",
    "GradientCheck",
    "Nudge",
    "ParameterCheck",
    "Step",
    "Trace",
    "Update",
    "all_nudges",
    "check_gradients",
    "compare",
    "costs",
    "has_torch",
    "nudge",
    "torch_gradient",
    "trace",
]
