"""Printed arrays: every usual way in which a library or a person writes them down is read, digits and all."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import InputError
from engine.untrusted import printed_arrays

WAYS = {
    "fc1.weight = tensor([[0.1, 0.2],\n        [0.3, -4e-3]], grad_fn=<X>, dtype=torch.float64)": {
        "fc1.weight": (2, 2)
    },
    "Parameter containing:\ntensor([1., 2.], requires_grad=True)": {"": (2,)},
    "W1 = np.array([[1,2],[3,4]])\nb1 = np.array([0.1, 0.2])": {"W1": (2, 2), "b1": (2,)},
    "[[1. 2.]\n [3. 4.]]\n[5. 6.]": {"": (2, 2), " ": (2,)},
    "1\t2\n3\t4\n\n5\t6": {"": (2, 2), " ": (2,)},
    "W1\n0.1 0.2\n0.3 0.4\n\nb1\n1 2": {"W1": (2, 2), "b1": (2,)},
    '{"W1": [[1,2]], "b1": [3]}': {"W1": (1, 2), "b1": (1,)},
    "params['W1'] = [[1, 2]]": {"W1": (1, 2)},
    "layers[0].W = [[1,2]]": {"layers[0].W": (1, 2)},
    "OrderedDict([('0.weight', tensor([[0.1, 0.2]])), ('0.bias', tensor([0.3]))])": {
        "0.weight": (1, 2),
        "0.bias": (1,),
    },
    "<tf.Variable 'd/kernel:0' shape=(2, 1) dtype=float32, numpy=\narray([[1.],\n [3.]], dtype=float32)>": {
        "d/kernel": (2, 1)
    },
    "<Variable path=d/kernel, shape=(1, 2), dtype=float32, value=[[1. 2.]]>": {"d/kernel": (1, 2)},
    "W = [[1,2],[3,4]] b = [1,2]": {"W": (2, 2), "b": (2,)},
    "z1 = [1,2]  a1 = [3,4]": {"z1": (2,), "a1": (2,)},
    "[array([[1,2],[3,4]]), array([5,6])]": {"": (2, 2), " ": (2,)},
    "损失 = 0.3\n∂C/∂w1 = 3": {"损失": (1,), "∂C/∂w1": (1,)},
    "W = [[1, 2], [3]]": {"W": ()},
    "nothing here": {},
}


@pytest.mark.parametrize("text", WAYS)
def test_a_usual_way_is_read(text):
    found = printed_arrays(text)
    assert [each.name for each in found] == [name.strip() for name in WAYS[text]]
    assert [each.shape for each in found] == list(WAYS[text].values())


@given(st.lists(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=2), min_size=1, max_size=4))
def test_what_numpy_prints_comes_back_digit_by_digit(rows):
    with np.printoptions(precision=17, threshold=10**6):
        (found,) = printed_arrays(f"W1 = {np.array(rows)!r}")
    assert np.array_equal(np.array(found.rows, float), np.array(rows))


def test_decimal_commas_are_those_of_a_sheet():
    assert printed_arrays("0,5\t-2,25\n3\t4")[0].rows == (("0.5", "-2.25"), ("3", "4"))
    assert printed_arrays("1,2\n3,4")[0].shape == (2, 2)


def test_what_was_shortened_or_is_too_long_is_refused():
    for text, told in ((repr(np.ones((200, 200))), "left out when this was printed"), ("1 " * 2_000_000, "too long")):
        with pytest.raises(InputError, match=told):
            printed_arrays(text)
