import pytest

from engine import Ref
from visualizer.lecture import Placeholder, Source
from visualizer.scene.templates import EdgeTemplate, NodeTemplate, Shade, edge_style, node_style
from visualizer.writing import palette

A, LARGEST, MASK, RIGHT = (Source(Ref(name, 1), (0,)) for name in ("a", "largest", "mask", "right"))
NUMBERS = {A: -0.5, LARGEST: 2.0, MASK: 0.0, RIGHT: 0.25}
IN_CIRCLE, ON_EDGE = Placeholder("circle", (A,)), Placeholder("gradient", (A,), "∂")


def test_a_node_has_its_number_its_colour_and_is_crossed_out_where_its_mask_is_0():
    style = node_style(NodeTemplate("a", IN_CIRCLE, "was 1", "read", Shade(A, LARGEST), MASK), NUMBERS.__getitem__)
    assert style == ("a", "−0.5", "was 1", "read", palette.diverging(-0.5, 2.0), True, "")


@pytest.mark.parametrize(("place", "value", "detail"), [(IN_CIRCLE, "✗−0.5", "✓ 0.25"), (ON_EDGE, "✗∂−0.5", "")])
def test_a_wrong_number_of_a_node_stands_beside_the_right_one(place, value, detail):
    style = node_style(NodeTemplate("a", place, right=RIGHT), NUMBERS.__getitem__)
    assert style.value == value
    assert style.detail == detail
    assert style.right.lstrip("+") == "0.25"


def test_an_edge_is_drawn_by_its_amount():
    style = edge_style(EdgeTemplate("w", ON_EDGE, "write", Shade(A, LARGEST)), NUMBERS.__getitem__, 7.0)
    assert style == ("w", "∂−0.5", palette.diverging(-0.5, 2.0), 2.8, True, "write", "")


def test_an_edge_without_a_value_is_thin_and_grey():
    assert edge_style(EdgeTemplate(), NUMBERS.__getitem__, 7.0) == ("", "", palette.ZERO, 1.0, False, "", "")
