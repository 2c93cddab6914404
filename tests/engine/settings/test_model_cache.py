import pytest

from engine.settings import Model, cached_by_model
from engine.settings.model_cache import FEW, MANY


@pytest.mark.parametrize(("sizes", "most"), [((2, 2), MANY), ((100, 100), FEW)])
def test_of_large_networks_only_the_latest_are_kept(sizes, most):
    made = cached_by_model(lambda model, _: object())
    models = [Model.drawn(sizes, ("tanh",), "normal", seed) for seed in range(most + 1)]
    first = [made(model, "en") for model in models]
    assert made(models[-1], "en") is first[-1]
    assert made(models[1], "en") is first[1]
    assert made(models[1], "zh") is not first[1]
    assert made(models[0], "en") is not first[0]
