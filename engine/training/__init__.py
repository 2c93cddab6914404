"""Training: the loop, its curves and checkpoints, sweeps and scores."""

from engine.training.baseline import SOLVED, constant_loss
from engine.training.history import Divergence, History
from engine.training.loop import Evaluation, Loop, Settings, order_of
from engine.training.metrics import METRICS, Scores, classes, scores
from engine.training.run import as_samples, settings_of
from engine.training.sweep import Sweep, sweep
from engine.training.training import Epoch, Epochs, TrainOptions, fit, train

__all__ = [
    "METRICS",
    "SOLVED",
    "Divergence",
    "Epoch",
    "Epochs",
    "Evaluation",
    "History",
    "Loop",
    "Scores",
    "Settings",
    "Sweep",
    "TrainOptions",
    "as_samples",
    "classes",
    "constant_loss",
    "fit",
    "order_of",
    "scores",
    "settings_of",
    "sweep",
    "train",
]
