import re
from xml.etree import ElementTree

import pytest

from engine import ACTIVATIONS, LOSSES
from engine.optimizers import OPTIMIZERS
from tests.together import together
from tests.visualizer.oracles import LARGE, unread
from tests.visualizer.test_equation import TRACES, written
from visualizer import palette
from visualizer.arithmetic import arithmetic
from visualizer.elements import element
from visualizer.equation import coloured
from visualizer.graph import shown_units
from visualizer.lecture import Lecture
from visualizer.mathml import mathml

ALL = TRACES | {name: model.trace() for name, model in LARGE.items()}
RECORDS = [
    *((name, tex) for name, record in ACTIVATIONS.items() for tex in (record.tex, record.tex_df)),
    *((name, tex) for name, record in LOSSES.items() for tex in (record.tex, record.tex_term, record.tex_grad)),
    *((name, record.tex) for name, record in OPTIMIZERS.items()),
]


def read(tex):
    return ElementTree.fromstring(mathml(tex))


def texts(tree, *names):
    return [node.text for node in tree.iter() if node.tag in names and node.text]


def formulas(trace):
    """Every formula that a lecture by layers shows."""
    lecture = Lecture(trace, "layer", shown_units(trace))
    yield from (text for _, text in written(trace))
    for position, step in enumerate(trace.steps, 1):
        yield arithmetic(trace, step, element(lecture, lecture.moment(position), None, 0)).to_tex()


def numbers(tex):
    """The numbers of a formula, subscripts before superscripts; colours are none, and a short fraction has two."""
    tex = re.sub(r"\^(\{\d+\})_(\{[^{}]*(?:\{[^{}]*\})?\})", r"_\2^\1", tex)
    tex = re.sub(r"#[0-9a-f]{6}", "", re.sub(r"(\\t?frac)(\d)(\d)", r"\1 \2 \3", tex))
    return re.findall(r"\d+(?:\.\d+)?", tex)


@together(list(ALL))
def test_every_formula_is_read_whole(name):
    for tex in formulas(ALL[name]):
        tree = read(tex)
        assert unread(tex) == []
        assert texts(tree, "mn") == numbers(tex)
        assert len(list(tree.iter("mstyle"))) >= tex.count(r"\textcolor")
        assert len([t for t in tree.iter("mtable") if t.get("class") == "bmatrix"]) == tex.count(r"\begin{bmatrix}")


@together(RECORDS)
def test_every_record_s_formula_is_known(name, tex):
    assert unread(re.sub(r"<\w+>", "p", tex)) == []


def test_a_matrix_has_its_rows_and_columns():
    (table,) = read(r"\begin{bmatrix}1 & -2 & 3 \\ 4 & 5 & \cdots\end{bmatrix}").iter("mtable")
    assert [["".join(cell.itertext()) for cell in row] for row in table] == [["1", "−2", "3"], ["4", "5", "⋯"]]


def test_lines_are_aligned_at_their_equals_signs():
    (table,) = read(r"\begin{aligned} a &= b + c \\ &\quad - d \\ &= e \end{aligned}").iter("mtable")
    assert [["".join(cell.itertext()) for cell in row] for row in table] == [["a", "=b+c"], ["", "−d"], ["", "=e"]]


@pytest.mark.parametrize("colour", [palette.READ, palette.WRITE])
def test_a_colour_is_kept(colour):
    (styled,) = read(coloured(r"\delta^{1}", colour)).iter("mstyle")
    assert (styled.get("mathcolor"), "".join(styled.itertext())) == (colour, "δ1")


@pytest.mark.parametrize(
    ("tex", "signs"),
    [("-1", [True]), ("a - 1", [False]), (r"a\cdot (-1)", [True]), ("e^{-z} - 1", [True, False]), ("10^{-5}", [True])],
)
def test_a_minus_before_a_number_stands_close_to_it(tex, signs):
    assert [node.get("form") == "prefix" for node in read(tex).iter("mo") if node.text == "−"] == signs


@pytest.mark.parametrize(
    ("tex", "tag", "parts"),
    [
        (r"\frac{1}{m}", "mfrac", ["1", "m"]),
        (r"\tfrac12 x", "mfrac", ["1", "2"]),
        ("w^{2}_{13}", "msubsup", ["w", "13", "2"]),
        (r"\sigma'(z)", "msup", ["σ", "′"]),
        ("(x)^T", "msup", [")", "T"]),
        (r"\sqrt{2/\pi}", "msqrt", ["2/π"]),
        (r"\underbrace{\cdots}_{16}", "munder", ["⋯⏟", "16"]),
    ],
)
def test_a_part_has_its_place(tex, tag, parts):
    found = next(read(tex).iter(tag))
    assert ["".join(part.itertext()) for part in found] == parts


def test_a_style_ends_with_its_group():
    tree = read(r"{\textstyle\sum_x} y")
    (styled,) = tree.iter("mstyle")
    assert "".join(styled.itertext()) == "∑x"


def test_what_is_not_known_is_shown_by_its_name():
    assert texts(read(r"a \unheardof b < 1"), "mtext", "mo") == [r"\unheardof", "<"]


def test_words_keep_their_spaces():
    assert texts(read(r"1\text{ if }z>0"), "mtext") == [" if "]
