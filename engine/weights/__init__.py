"""Networks from elsewhere: dense layers out of files of weights, and out of models that other libraries have fitted."""

from engine.formats import FORMATS
from engine.weights.files import ENDINGS, read_contents, read_weights, weight_readings
from engine.weights.models import weights_of
from engine.weights.naming import LAYOUTS
from engine.weights.readings import Readings, readings_in
from engine.weights.stack import Weights

__all__ = [
    "ENDINGS",
    "FORMATS",
    "LAYOUTS",
    "Readings",
    "Weights",
    "read_contents",
    "read_weights",
    "readings_in",
    "weight_readings",
    "weights_of",
]
