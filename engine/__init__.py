"""Backpropagation computed step by step, in NumPy: networks, traces, and the equations they execute."""

from engine.activations import ACTIVATIONS
from engine.errors import InputError
from engine.gradcheck import check_gradients
from engine.initializers import INITIALIZERS
from engine.layers import Dense
from engine.losses import LOSSES
from engine.network import Network
from engine.optimizers import OPTIMIZERS
from engine.rules import Ref, Rule
from engine.text import Text
from engine.trace import Step, Trace, trace

__all__ = [
    "ACTIVATIONS",
    "INITIALIZERS",
    "LOSSES",
    "OPTIMIZERS",
    "Dense",
    "InputError",
    "Network",
    "Ref",
    "Rule",
    "Step",
    "Text",
    "Trace",
    "check_gradients",
    "trace",
]
