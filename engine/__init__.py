"""Backpropagation computed step by step, in NumPy: networks, traces, and the equations they execute."""

from engine.activations import ACTIVATIONS
from engine.clipping import CLIPS
from engine.datasets import DATASETS
from engine.errors import InputError
from engine.gradcheck import check_gradients
from engine.history import Divergence, History
from engine.initializers import INITIALIZERS
from engine.landscape import Plane, landscape, parameter_plane, principal_plane, random_plane
from engine.layers import BatchNorm, Dense
from engine.losses import LOSSES
from engine.metrics import scores
from engine.network import Network
from engine.optimizers import OPTIMIZERS
from engine.options import GradientOptions, PassOptions
from engine.regularizers import REGULARIZERS
from engine.rules import Ref, Rule
from engine.schedules import SCHEDULES
from engine.steps import Step, Trace
from engine.surfaces import SURFACES, walk
from engine.sweep import Sweep, sweep
from engine.table import read_table
from engine.text import Text
from engine.trace import trace
from engine.training import Epoch, TrainOptions, fit, train
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
    "Sweep",
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
    "read_table",
    "read_weights",
    "scores",
    "sweep",
    "trace",
    "train",
    "walk",
    "weights_of",
]
