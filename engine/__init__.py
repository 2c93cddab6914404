"""Backpropagation computed step by step, in NumPy: networks, traces, and the equations they execute."""

from engine.catalogue import ACTIVATIONS, CLIPS, INITIALIZERS, LOSSES, REGULARIZERS, SCHEDULES
from engine.core import InputError, Text
from engine.data import DATASETS, read_log, read_table
from engine.equations import Ref, Rule
from engine.landscape import SURFACES, Plane, landscape, parameter_plane, principal_plane, random_plane, walk
from engine.layers import BatchNorm, Dense
from engine.network import Network
from engine.optimizers import OPTIMIZERS
from engine.options import GradientOptions, PassOptions, StopOptions, SweepOptions
from engine.passes import Step, Trace, check_gradients, trace
from engine.training import Divergence, Epoch, History, Sweep, TrainOptions, fit, scores, sweep, train
from engine.weights import FORMATS, Weights, read_weights, weights_of

__all__ = [
    "ACTIVATIONS",
    "CLIPS",
    "DATASETS",
    "FORMATS",
    "INITIALIZERS",
    "LOSSES",
    "OPTIMIZERS",
    "REGULARIZERS",
    "SCHEDULES",
    "SURFACES",
    "BatchNorm",
    "Dense",
    "Divergence",
    "Epoch",
    "GradientOptions",
    "History",
    "InputError",
    "Network",
    "PassOptions",
    "Plane",
    "Ref",
    "Rule",
    "Step",
    "StopOptions",
    "Sweep",
    "SweepOptions",
    "Text",
    "Trace",
    "TrainOptions",
    "Weights",
    "check_gradients",
    "fit",
    "landscape",
    "parameter_plane",
    "principal_plane",
    "random_plane",
    "read_log",
    "read_table",
    "read_weights",
    "scores",
    "sweep",
    "trace",
    "train",
    "walk",
    "weights_of",
]
