"""One run at its epochs: predictions, layers, gradients, scores, replay."""

from visualizer.epochs.confusion import (
    MEASURES,
    VALIDATION,
    class_rows,
    confusion_figure,
    score_rows,
    scores_at,
    sets_of,
)
from visualizer.epochs.epoch_figures import HEIGHT, gradient_norm, layers_figure, moment_figure, weights_figure
from visualizer.epochs.gradient_strip import WHY_EDGE, WHY_STRIP, edge_figure, gradient_figure
from visualizer.epochs.prediction_figures import looked_at, predicted
from visualizer.epochs.run_animation import key_epochs, run_animation_figure
from visualizer.epochs.thinning import thinned
from visualizer.epochs.vanishing import WHY_VANISHING, deep, rows

__all__ = [
    "HEIGHT",
    "MEASURES",
    "VALIDATION",
    "WHY_EDGE",
    "WHY_STRIP",
    "WHY_VANISHING",
    "class_rows",
    "confusion_figure",
    "deep",
    "edge_figure",
    "gradient_figure",
    "gradient_norm",
    "key_epochs",
    "layers_figure",
    "looked_at",
    "moment_figure",
    "predicted",
    "rows",
    "run_animation_figure",
    "score_rows",
    "scores_at",
    "sets_of",
    "thinned",
    "weights_figure",
]
