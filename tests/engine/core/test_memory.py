import numpy as np
import pytest
from numpy.testing import assert_array_equal

from engine.core import aligned, aligned_copy


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("order", ["C", "F"])
@pytest.mark.parametrize("shape", [(), (1,), (100_001,), (3, 5), (2, 3, 4)], ids=str)
def test_memory_begins_with_a_line_of_the_cache(shape, order, dtype):
    array = aligned(shape, dtype, order)
    assert (array.shape, array.dtype) == (shape, dtype)
    assert array.flags[f"{order}_CONTIGUOUS"]
    assert array.flags.writeable
    assert not array.__array_interface__["data"][0] % 64


@pytest.mark.parametrize("order", ["C", "F"])
def test_a_copy_has_the_same_entries_and_memory_of_its_own(order):
    array = np.arange(6.0).reshape(2, 3).T
    copy = aligned_copy(array, order)
    assert_array_equal(copy, array)
    assert copy.flags[f"{order}_CONTIGUOUS"]
    assert not np.shares_memory(copy, array)
