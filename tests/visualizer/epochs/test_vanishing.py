from itertools import pairwise

import numpy as np
import pytest

from engine.core import LANGUAGES
from engine.passes import trace
from visualizer.epochs import deep, rows
from visualizer.epochs.vanishing import DEPTHS, KINDS, SEEDS, ratio
from visualizer.writing import number


def measured(kind, layers):
    """The ratio of gradients once more, from the gradient as one vector."""
    found = []
    for seed in range(SEEDS):
        task = deep(kind, layers, seed=seed)
        kept = trace(task.network(), *task.samples(), task.loss)
        parts = [kept.gradient[part] for part, _ in kept.given.architecture.blocks]
        found.append(np.linalg.norm(parts[0]) / np.linalg.norm(parts[-1]))
    return sorted(found)[SEEDS // 2]


@pytest.mark.parametrize("layers", DEPTHS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_ratio_is_that_of_the_gradients(kind, layers):
    task = deep(kind, layers)
    task.check()
    assert len(task.network().layers) == layers
    assert ratio(kind, layers) == pytest.approx(measured(kind, layers), rel=1e-9)


def test_the_gradient_of_sigmoids_vanishes_with_every_layer_and_the_remedies_keep_it():
    sigmoid = [ratio("sigmoid", layers) for layers in DEPTHS]
    assert all(before > 10 * after for before, after in pairwise(sigmoid))
    assert sigmoid[-1] < 1e-5
    for kind in set(KINDS) - {"sigmoid"}:
        assert all(0.1 < ratio(kind, layers) < 10 for layers in DEPTHS)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_table_has_a_row_for_every_kind_and_a_column_for_every_depth(lang):
    table = rows(lang)
    assert [next(iter(row.values())) for row in table] == [kind.label(lang) for kind in KINDS.values()]
    for row, kind in zip(table, KINDS, strict=True):
        assert list(row.values())[1:] == [number(ratio(kind, layers), 2) for layers in DEPTHS]
