"""Files of weights as people bring them, each written by the library itself in the way in which it is really used.

A file is one record: how it is written, and what comes of it, the network (3-4-2, tanh and linear unless it says
something else), or a sentence that names what is there and a way out.
"""

from tests.engine.weights.brought_arrays import ARRAYS
from tests.engine.weights.brought_keras import KERAS
from tests.engine.weights.brought_programs import PROGRAMS
from tests.engine.weights.brought_texts import TEXTS
from tests.engine.weights.brought_torch import TORCH

FILES = TORCH | KERAS | ARRAYS | TEXTS | PROGRAMS
