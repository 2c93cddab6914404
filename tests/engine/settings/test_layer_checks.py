import pytest

from engine import InputError
from engine.core import MOST_LAYERS, MOST_UNITS
from engine.settings.layer_checks import are_sizes, check_batches, check_layers


@pytest.mark.parametrize(
    ("sizes", "fit"),
    [
        ((2, 1), True),
        ((1,) * (MOST_LAYERS + 1), True),
        ((1,) * (MOST_LAYERS + 2), False),
        ((1, MOST_UNITS, 1), True),
        ((1, MOST_UNITS + 1, 1), False),
        ((3, 0, 1), False),
        ((MOST_UNITS, MOST_UNITS, MOST_UNITS), False),
    ],
)
def test_layers_are_few_and_small(sizes, fit):
    assert are_sizes(sizes) is fit
    if fit:
        check_layers(sizes, 0)
    else:
        with pytest.raises(InputError, match="invalid layer sizes"):
            check_layers(sizes, 0)


def test_given_weights_fill_the_layers():
    check_layers((2, 2, 1), 9)
    with pytest.raises(InputError, match=r"9 numbers, or none.*8"):
        check_layers((2, 2, 1), 8)


@pytest.mark.parametrize(
    ("samples", "batch", "fits"), [(10, 5, True), (11, 5, False), (4, 4, True), (4, 1, False), (4, 3, False)]
)
def test_no_normalized_batch_has_one_sample(samples, batch, fits):
    if fits:
        check_batches(samples, batch)
    else:
        with pytest.raises(InputError, match=f"got: {samples} / {batch}"):
            check_batches(samples, batch)
