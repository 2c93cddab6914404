"""Later iterations of a model are those that its passes lead to one by one, though training may have come there."""

from dataclasses import replace
from itertools import islice

import numpy as np
import pytest

from engine import OPTIMIZERS
from engine.mistakes import MISTAKES
from engine.settings import Model

SAMPLES = {"x": ((0.1, 0.2), (0.3, -0.4), (0.5, 0.6)), "y": ((0.0, 1.0), (1.0, 0.0), (0.5, 0.5)), "eta": 0.3}
OWN = Model.drawn((2, 3, 2), ("tanh", "sigmoid"), "xavier_uniform", 1).with_settings(**SAMPLES)
MODELS = {
    "plain": OWN,
    "clipped and pulled": replace(OWN, regularizer="l2", strength=0.1, clip="norm", clip_at=0.05, train_bias=False),
    "normalized": OWN.with_settings(batch_norm=True),
    "inference": OWN.with_settings(batch_norm=True, training=False),
    "dropped": replace(OWN, dropout=0.5, masks=(3, 2, 1)),
    "diverges": OWN.with_settings(activations=("linear", "linear"), eta=1e6),
    "with a memory": replace(OWN, optimizer="momentum", state=(("v", (0.25,) * 17),)),
}
MODELS |= {name: replace(OWN, optimizer=name) for name in OPTIMIZERS}
MODELS |= {name: replace(Model.of_example("mazur"), mistakes=(name,)) for name in MISTAKES}


@pytest.mark.filterwarnings("ignore:(overflow|invalid value):RuntimeWarning")
@pytest.mark.parametrize("name", MODELS)
def test_a_later_iteration_is_where_the_passes_lead(name):
    model = replace(MODELS[name], iteration=40)
    *before, last = islice(model.passes(), 40)
    there = model.trace()
    assert np.array_equal(there.network.theta, last.network.theta, equal_nan=True)
    assert np.array_equal(there.given.theta, before[-1].network.theta, equal_nan=True)
    assert np.array_equal(model.costs(), [done.loss for done in (*before, last)], equal_nan=True)
    assert (there.state or {}).keys() == (last.state or {}).keys()
    for slot, values in (last.state or {}).items():
        assert np.array_equal(there.state[slot], values)
