"""Networks from elsewhere: dense layers out of files of weights, and out of models that other libraries have fitted."""

from engine.weights.formats import FORMATS, read_weights
from engine.weights.models import weights_of
from engine.weights.stack import Weights

__all__ = ["FORMATS", "Weights", "read_weights", "weights_of"]
