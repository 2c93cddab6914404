import numpy as np
import pytest

from engine import InputError
from engine.studies import FEWEST, codes, importances, logarithms

RNG = np.random.default_rng(3)
COUNT = 60
ETA = (10 ** RNG.uniform(-3, 0, COUNT)).tolist()
KIND = RNG.choice(["a", "b", "c"], COUNT).tolist()
NOISE = RNG.integers(0, 9, COUNT).tolist()


def test_what_the_loss_depends_on_comes_first_and_the_signs_are_right():
    losses = [eta**0.5 * 1.02**noise for eta, noise in zip(ETA, NOISE, strict=True)]
    found = importances({"batch": NOISE, "eta": ETA}, losses)
    assert [row.setting for row in found.rows] == ["eta", "batch"]
    assert found.rows[0].share > 0.9
    assert sum(row.share for row in found.rows) == pytest.approx(1)
    assert found.rows[0].correlation > 0.95
    assert found.explained > 0.9
    assert found.runs == COUNT


def test_a_setting_without_an_order_may_matter_too():
    found = importances({"kind": KIND, "eta": ETA}, [{"a": 1.0, "b": 0.01, "c": 0.1}[kind] for kind in KIND])
    assert found.rows[0].setting == "kind"
    assert np.isnan(found.rows[0].correlation)


def test_where_nothing_matters_nothing_is_explained():
    found = importances({"eta": ETA, "kind": KIND}, RNG.lognormal(size=COUNT))
    assert found.explained < 0.2


def test_a_diverged_run_is_worse_than_all_others_and_zero_is_no_less_than_the_least():
    np.testing.assert_allclose(logarithms([0.1, np.nan, np.inf, 0.0, 1.0]), [-1, 1, 1, -1, 0])
    assert logarithms([np.nan, 0.0]).tolist() == [0, 0]


def test_values_have_places_in_the_order_in_which_they_come():
    assert codes(["b", "a", "b", None]).tolist() == [0, 1, 0, 2]
    assert codes([(12,), (3,), (6, 2)]).tolist() == [2, 0, 1]
    assert codes([3, 1.5]).tolist() == [3, 1.5]
    assert codes([True, False]).tolist() == [0, 1]


@pytest.mark.parametrize(
    ("values", "losses"),
    [({"eta": [1.0] * 9}, [0.1] * 9), ({}, [0.1] * 9), ({"eta": ETA[: FEWEST - 1]}, [1.0] * (FEWEST - 1))],
)
def test_too_few_runs_are_refused(values, losses):
    with pytest.raises(InputError, match="too few runs"):
        importances(values, losses)
