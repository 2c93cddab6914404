"""Slips at one number: each is found again from what it leads to."""

import pytest

from engine import Ref
from engine.settings import Model
from engine.studies import FED_WITH_Z, Place, causes
from engine.studies.slips import SLIPS
from tests.engine.studies.test_causes import AFTER, COST, names, softmax_of_two


@pytest.mark.parametrize(
    ("typed", "slip"),
    [
        ("0.2910277736", 0),  # the true digits go on with 9
        ("0.29103778", None),
        ("0.2911", 1),
        ("-0.29102777", 2),
        ("0.29837111", 4),
    ],
)
def test_slips_of_the_pen(typed, slip):
    found = names(causes(AFTER, COST, typed))
    assert ((SLIPS[slip].label.en,) in found) if slip is not None else found == []


def test_another_entry_is_recognised():
    model = Model.of_example("mazur")
    assert (SLIPS[3].label.en,) in names(causes(model, Place(Ref("dW", 2), (0, 1)), "0.08216704"))


@pytest.mark.parametrize(("j", "typed"), [(0, "6.125"), (1, "2.625")])
def test_the_jacobian_written_in_z_from_the_field(j, typed):
    assert ("z_in_jacobian",) in names(causes(softmax_of_two(), Place(Ref("delta", 1), (j,)), f"{typed}0"))


def test_a_slope_fed_with_z_is_found_in_both_layers():
    model = Model.of_example("mazur")
    t = model.trace()
    z = t.value("z", 2)
    made = ((t.value("a", 2) - t.value("y")) * z * (1 - z))[1, 0]
    assert names(causes(model, Place(Ref("delta", 2), (1,)), f"{made:.5e}"))[0] == ("z_in_sigmoid",)
    assert FED_WITH_Z.label.zh
    assert list(FED_WITH_Z.gives("", Place(Ref("delta", 2), (1,)), t, {})) == pytest.approx([made])
    relu = Model.of_example("homework")  # its slope is one of z
    assert not causes(relu, Place(Ref("delta", 1), (0,)), "-0.31415").found
