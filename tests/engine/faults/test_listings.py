import numpy as np
import pytest
from numpy.testing import assert_allclose

from engine.faults import FAULTS

every_fault = pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
LOUD = {  # what the faulty lines raise; the others say nothing
    "output_product": "ValueError",
    "hidden_error": "ValueError",
    "two_at_once": "SyntaxError",
    "not_yet_there": "NameError",
    "no_outer_product": "ValueError",
    "own_activation": "ValueError",
    "samples_with_layers": "ValueError",
    "not_flattened": "ValueError",
    "weights_of_the_layer_before": "KeyError",
}


@every_fault
def test_a_fault_ends_in_an_error_or_in_another_number(fault):
    wrong, right = fault.run(fault.code), fault.run(fault.mended)
    assert right.error == ""
    assert wrong.error.partition(":")[0] == LOUD.get(fault.name, "")
    if not wrong.error:
        same = np.shape(wrong.value) == np.shape(right.value) and np.allclose(wrong.value, right.value)
        assert not same


@every_fault
def test_a_fault_carries_its_words_and_its_name(fault):
    assert FAULTS[fault.name] is fault
    assert all(text.en and text.zh and text.en != text.zh for text in (fault.source, fault.task, fault.why))


def test_the_mended_way_back_through_a_batch_normalization_is_the_derivative():
    z, h = np.array([1.0, 2.0, 4.0]), 1e-6

    def first(z):
        return ((z - z.mean()) / z.std())[0]

    slope = [(first(z + nudge) - first(z - nudge)) / (2 * h) for nudge in h * np.eye(3)]
    assert_allclose(FAULTS["batch_norm_back"].run(FAULTS["batch_norm_back"].mended).value, slope, atol=1e-8)


@every_fault
def test_wrong_lines_are_among_the_faulty_ones_and_others_are_fine(fault):
    before = len(fault.given.splitlines())
    assert set(fault.wrong) < set(range(1, len(fault.lines) + 1))
    assert min(fault.wrong) > before
    kept = [line for number, line in enumerate(fault.lines, 1) if number > before and number not in fault.wrong]
    assert [line for line in kept if line.strip() not in fault.mended] == []
