"""Outputs of a network: a pass without targets, in inference mode."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.core import as_numbers, as_rows
from engine.equations import Ref
from engine.layers import Architecture
from engine.options import PLAIN
from engine.program import WHOLE_PASS, inference, program_for


def predict(architecture: Architecture, theta: NDArray, X: ArrayLike) -> NDArray:
    """Return the outputs for rows X (m, n_0) as (m, n_L), or for one sample (n_0,) as (n_L,)."""
    rows = as_rows("X", X, architecture.sizes[0], architecture.dtype)
    program = program_for(architecture, None, len(rows), (), WHOLE_PASS, inference(architecture, PLAIN))
    with program.lock:
        if not program.run(theta, rows, None):
            as_numbers("X", X, architecture.dtype)
        a = program.value(Ref("a", len(architecture.activations))).mT.copy()
    return a[0] if np.ndim(X) == 1 and np.size(X) == architecture.sizes[0] else a
