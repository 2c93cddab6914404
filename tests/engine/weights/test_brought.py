"""Every file that people bring is read number by number, or refused with what is there and a way out."""

from importlib.util import find_spec

import numpy as np
import pytest

from engine import InputError
from engine.core import LANGUAGES
from engine.weights import weight_readings
from tests.engine.weights.brought import FILES

X = np.random.default_rng(2).normal(size=(5, 3))


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::UserWarning", "ignore::FutureWarning")
@pytest.mark.parametrize("name", FILES)
def test_it_comes_in_or_is_told(name):
    file = FILES[name]
    if missing := [package for package in file.needs if not find_spec(package)]:
        pytest.skip(f"{', '.join(missing)} is not installed")
    data = file.write()
    if file.refused:
        with pytest.raises(InputError, match=file.refused) as told:
            weight_readings(data, file.name)
        assert told.value.sentence("zh") != told.value.sentence("en")
        return
    read = weight_readings(data, file.name, layout=file.layout or None)
    assert read.told == 1, [(weights.order, weights.layout) for weights in read.found[: read.told]]
    net = file.net() if callable(file.net) else file.net
    weights = read.found[0]
    assert weights.sizes == net.sizes
    assert weights.activations == (file.activations or weights.activations)
    for lang in LANGUAGES:
        assert all(words(lang) for words in weights.said)
    assert set(file.left_out) <= set(weights.left_out), weights.left_out
    made = weights.network(net.activations)
    assert made.predict(X) == pytest.approx(net.predict(X), rel=0, abs=20 * file.digits)
