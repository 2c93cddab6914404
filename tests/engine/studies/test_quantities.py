"""Numbers that are right for something else: each is found again from what it is."""

from dataclasses import replace

import pytest

from engine import Ref
from engine.settings import Model
from engine.studies import Place, causes
from engine.studies.quantities import QUANTITIES
from tests.engine.studies.test_causes import names

MODEL = replace(Model.drawn((2, 2, 2), ("sigmoid", "sigmoid"), "xavier_uniform", 5), loss="quadratic", eta=0.3)
MODEL = replace(MODEL, x=((0.3, 0.7), (0.9, -0.2)), y=((0.1, 0.8), (0.6, 0.4)))
T = MODEL.trace()
LABELS = [slip.label.en for slip in QUANTITIES]


def value(name, l, *indices):
    return T.value(name, l)[indices]


@pytest.mark.parametrize(
    ("place", "number", "slip"),
    [
        (Place(Ref("dW", 2), (0, 1)), value("W_new", 2, 0, 1), 1),
        (Place(Ref("dW", 2), (0, 1)), 0.3 * value("dW", 2, 0, 1), 1),
        (Place(Ref("W_new", 1), (1, 0)), value("dW", 1, 1, 0), 1),
        (Place(Ref("delta", 2), (0, 0)), value("a", 2, 0, 0) - T.value("y")[0, 0], 2),
        (Place(Ref("z", 1), (1, 0)), value("a", 1, 1, 0), 2),
        (Place(Ref("C", 2)), 0.5 * (value("a", 2, 0, 0) - 0.1) ** 2, 3),
        (Place(Ref("db", 2), (0, 0)), value("delta", 2, 0, 1), 3),
        (Place(Ref("dW", 2), (0, 1)), (T.value("delta", 2)[0] @ T.value("a", 0)[1]) / 2, 4),
        (Place(Ref("dW", 1), (0, 0)), value("dW", 1, 0, 0) + value("dW", 2, 0, 0), 6),
        (Place(Ref("C", 2)), replace(MODEL, iteration=2).trace().loss, 7),
        (Place(Ref("dW", 1), (0, 0)), 2 * value("dW", 1, 0, 0), 0),
    ],
)
def test_it_is_named(place, number, slip):
    assert (LABELS[slip],) in names(causes(MODEL, place, f"{number:.9e}"))


def test_a_bias_times_its_gradient():
    model = replace(MODEL, net=(0.1, 0.2, 0.3, 0.4, 0.5, 0.6) * 2)
    t = model.trace()
    made = t.value("db", 2)[0, 0] * t.value("b", 2)[0, 0]
    assert (LABELS[5],) in names(causes(model, Place(Ref("db", 2), (0,)), f"{made:.9e}"))
