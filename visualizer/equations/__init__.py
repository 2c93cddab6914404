"""Equations of a step with letters and with numbers, its arithmetic, and why it is done."""

from visualizer.equations import mistake_terms
from visualizer.equations.arithmetic import WRITERS, Arithmetic, Element, arithmetic
from visualizer.equations.equation import Known, matrices, numeric, parts, shapes, symbolic, takes_mean
from visualizer.equations.layer_terms import dropped, named
from visualizer.equations.reads_writes import AT_ACTIVATION, Access
from visualizer.equations.reasons import mistakes_in, why

__all__ = [
    "AT_ACTIVATION",
    "WRITERS",
    "Access",
    "Arithmetic",
    "Element",
    "Known",
    "arithmetic",
    "dropped",
    "matrices",
    "mistake_terms",
    "mistakes_in",
    "named",
    "numeric",
    "parts",
    "shapes",
    "symbolic",
    "takes_mean",
    "why",
]
