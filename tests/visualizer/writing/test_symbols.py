import math
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine import Ref
from tests.visualizer.oracles import MODELS
from visualizer.writing import apart, fitting, number, plain, signed, tex, tex_general, tex_number

TRACES = {name: model.trace() for name, model in MODELS.items()}
FINITE = st.floats(allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (0.35, "0.35"),
        (-2.0, "−2"),
        (1 / 3, "0.3333"),
        (2 / 3, "0.6667"),
        (0.99999, "1"),
        (-0.99999, "−1"),
        (1234.56, "1235"),
        (100.0, "100"),
        (-1.5e-7, "−1.5e−7"),
        (1.23456e10, "1.235e10"),
        (math.inf, "∞"),
        (-math.inf, "−∞"),
        (math.nan, "NaN"),
    ],
    ids=str,
)
def test_numbers_are_written_for_reading(value, written):
    assert number(value) == written


def read(text):
    return Fraction(text.replace("−", "-"))


@given(FINITE, st.integers(1, 8))
@example(999999.6, 4)
@example(99999.6, 2)
@example(0.00009999999, 4)
def test_a_written_number_is_right_in_every_significant_digit(value, digits):
    error = abs(read(number(value, digits)) - Fraction(value))
    assert error <= Fraction(abs(value)) * Fraction(5, 10**digits) * Fraction(1000001, 1000000)


@given(FINITE)
def test_numbers_have_a_true_minus_and_no_idle_digits(value):
    text = number(value)
    assert "-" not in text
    assert text.startswith("−") == (value < 0)
    mantissa = text.partition("e")[0]
    assert "." not in mantissa or not mantissa.endswith(("0", "."))
    assert len(text) <= 11


@pytest.mark.parametrize(("value", "written"), [(0.5, "+0.5"), (-0.5, "−0.5"), (0, "0"), (math.inf, "+∞")])
def test_signed_numbers_show_their_sign(value, written):
    assert signed(value) == written


def test_what_is_no_number_has_no_sign():
    assert signed(math.nan) == "NaN"


@given(FINITE)
def test_numbers_in_tex_are_the_same_numbers(value):
    back = tex_number(value).replace(r"\cdot 10^{", "e").replace("}", "")
    assert read(back) == read(number(value))


@pytest.mark.parametrize(
    ("value", "written"), [(math.inf, r"\infty"), (-math.inf, r"-\infty"), (math.nan, r"\mathrm{NaN}")]
)
def test_tex_writes_what_is_not_finite(value, written):
    assert tex_number(value) == written


@pytest.mark.parametrize(
    ("ref", "indices", "in_tex", "in_text"),
    [
        (Ref("W", 2), (0, 2), "w^{2}_{13}", "w²₁₃"),
        (Ref("W", 1), (9, 0), "w^{1}_{10,1}", "w¹₁₀,₁"),
        (Ref("W", 10), (), "W^{10}", "W¹⁰"),
        (Ref("b", 1), (0,), "b^{1}_{1}", "b¹₁"),
        (Ref("delta", 1), (11,), r"\delta^{1}_{12}", "δ¹₁₂"),
        (Ref("a", 0), (1,), "x_{2}", "x₂"),
        (Ref("a", 0), (), "x", "x"),
        (Ref("a", 3), (1,), "a^{3}_{2}", "a³₂"),
        (Ref("y", 2), (0,), "y_{1}", "y₁"),
        (Ref("dW", 1), (0, 1), r"\frac{\partial C}{\partial w^{1}_{12}}", "∂C/∂w¹₁₂"),
        (Ref("C", 2), (), "C", "C"),
    ],
    ids=str,
)
def test_letters_are_the_book_s_and_count_from_1(ref, indices, in_tex, in_text):
    assert tex(ref, *indices) == in_tex
    assert plain(ref, *indices) == in_text


@pytest.mark.parametrize("name", MODELS)
def test_every_value_of_a_step_has_a_letter_of_its_own(name):
    refs = {ref for step in TRACES[name].steps for ref in (*step.reads, *step.writes)}
    for write in (tex, plain):
        assert len({write(ref) for ref in refs}) == len(refs)
    assert all(tex_general(ref) for ref in refs)


@pytest.mark.parametrize("write", [tex, plain])
def test_no_two_weights_have_the_same_name(write):
    entries = [(j, k) for j in range(25) for k in range(25)]
    assert len({write(Ref("W", 1), *entry) for entry in entries}) == len(entries)


@pytest.mark.parametrize("name", ["W", "b", "z", "a", "y", "delta", "dW", "db", "grad", "slope", "W_new", "b_new"])
def test_elements_are_named_apart_and_their_braces_close(name):
    width = 2 if name in ("W", "dW", "W_new") else 1
    written = {tex(Ref(name, 2), *(i,) * width) for i in range(12)}
    assert len(written) == 12
    assert all(text.count("{") == text.count("}") for text in written)


@given(FINITE, FINITE)
@example(0.291027924, 0.2910277737)
@example(1.0, math.nextafter(1.0, 2.0))
@example(0.5, 0.5)
def test_two_numbers_have_the_digits_that_tell_them_apart_and_no_more(one, other):
    written = apart(one, other)
    assert (written[0] == written[1]) == (one == other)
    digits = next(n for n in range(3, 18) if written == (number(one, n), number(other, n)))
    assert digits == 3 or number(one, digits - 1) == number(other, digits - 1)


@pytest.mark.parametrize(("room", "written"), [(7, "−0.1235"), (6, "−0.123"), (5, "−0.12"), (4, "−0.1"), (1, "−0.1")])
def test_a_number_has_as_many_digits_as_there_is_room_for(room, written):
    assert fitting(-0.123456, room, 4) == written
