"""Activations, losses, initializers, regularizers, clipping and schedules: a record each, with its equations."""

from engine.catalogue.activations import ACTIVATIONS, Activation, activation, remarks
from engine.catalogue.clipping import CLIPS, Clip
from engine.catalogue.initializers import INITIALIZERS, Initializer
from engine.catalogue.losses import LOSSES, Loss, loss_for
from engine.catalogue.regularizers import REGULARIZERS, Regularizer
from engine.catalogue.schedules import SCHEDULES, Schedule

__all__ = [
    "ACTIVATIONS",
    "CLIPS",
    "INITIALIZERS",
    "LOSSES",
    "REGULARIZERS",
    "SCHEDULES",
    "Activation",
    "Clip",
    "Initializer",
    "Loss",
    "Regularizer",
    "Schedule",
    "activation",
    "loss_for",
    "remarks",
]
