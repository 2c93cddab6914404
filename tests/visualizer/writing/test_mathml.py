import re
from xml.etree import ElementTree

import pytest

from engine import ACTIVATIONS, LOSSES, InputError, Text
from engine.optimizers import OPTIMIZERS
from tests.together import together
from tests.visualizer.equations.test_equation import TRACES, written
from tests.visualizer.oracles import LARGE, unread
from visualizer.drawing import shown_units
from visualizer.equations import arithmetic
from visualizer.equations.equation import coloured
from visualizer.lecture import Lecture
from visualizer.reference import SECTIONS, Formula, Table, entries
from visualizer.reference.entry import Words
from visualizer.state import element
from visualizer.writing import mathml, palette

ALL = TRACES | {name: model.trace() for name, model in LARGE.items()}
RECORDS = [
    *((name, tex) for name, record in ACTIVATIONS.items() for tex in (record.tex, record.tex_df)),
    *((name, tex) for name, record in LOSSES.items() for tex in (record.tex, record.tex_term, record.tex_grad)),
    *((name, record.tex) for name, record in OPTIMIZERS.items()),
]


def cells(block):
    """Words of a block of the reference: a display, or words with formulas between dollar signs."""
    texts = [cell for row in block.rows for cell in row] if isinstance(block, Table) else [block[0]]
    said = [word for text in texts for word in (text if isinstance(text, Text) else (text,))]
    return said if isinstance(block, Formula) else [tex for word in said for tex in re.findall(r"\$([^$]+)\$", word)]


LOOKED_UP = {  # every registry of the engine has its section
    section: [
        tex
        for entry in entries(section)
        for block in entry.blocks
        if isinstance(block, Formula | Words | Table)
        for tex in cells(block)
    ]
    for section in SECTIONS
}


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


@pytest.mark.parametrize("section", [name for name, found in LOOKED_UP.items() if found])
def test_every_formula_that_can_be_looked_up_is_read_whole(section):
    for tex in LOOKED_UP[section]:
        assert unread(tex) == []
        assert sorted(texts(read(tex), "mn")) == sorted(numbers(tex.replace(r"\mathbf{1}", "")))


def test_no_title_and_no_other_words_of_the_reference_have_formulas():
    every = [entry for section in SECTIONS for entry in entries(section)]
    assert not [entry.name for entry in every if "$" in "".join((*entry.title, *entry.source))]


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
        (r"\sum_{k=1}^n a_k", "munderover", ["∑", "k=1", "n"]),
        (r"\prod_k a_k", "munder", ["∏", "k"]),
    ],
)
def test_a_part_has_its_place(tex, tag, parts):
    found = next(read(tex).iter(tag))
    assert ["".join(part.itertext()) for part in found] == parts


def test_a_style_ends_with_its_group():
    tree = read(r"{\textstyle\sum_x} y")
    (styled,) = tree.iter("mstyle")
    assert "".join(styled.itertext()) == "∑x"


@pytest.mark.parametrize(
    ("tex", "tag"), [(r"\sum_k a", "munder"), (r"{\textstyle\sum_k} a", "msub"), (r"\frac{\sum_k a}{m}", "msub")]
)
def test_the_limits_of_a_sum_stand_below_it_in_a_display_only(tex, tag):
    assert [node.tag for node in read(tex).iter() if node.tag in ("munder", "msub")] == [tag]
    inline = ElementTree.fromstring(mathml(tex, inline=True))
    assert [node.tag for node in inline.iter() if node.tag in ("munder", "msub")] == ["msub"]


def test_a_sum_after_a_small_one_has_its_limits_again():
    tree = read(r"{\textstyle\sum_x} \frac{1}{m} \sum_k a")
    assert [node.tag for node in tree.iter() if node.tag in ("munder", "msub")] == ["msub", "munder"]


def test_cases_stand_behind_a_brace():
    tree = read(r"\begin{cases} -1 & t \lt s \\ \lfloor t \rfloor & t \ge s \end{cases}")
    (table,) = tree.iter("mtable")
    assert [["".join(cell.itertext()) for cell in row] for row in table] == [["−1", "t<s"], ["⌊t⌋", "t≥s"]]
    assert texts(tree, "mo")[0] == "{"


@pytest.mark.parametrize(("command", "height"), [("big", "1.2em"), ("Big", "1.8em")])
def test_a_bracket_has_its_size(command, height):
    left, right = (
        read(rf"\{command}l( -x \{command}r)").iter("mo"),
        [("(", "prefix"), ("−", "prefix"), (")", "postfix")],
    )
    found = list(left)
    assert [(node.text, node.get("form")) for node in found] == right
    assert {node.get("maxsize") for node in (found[0], found[2])} == {height}


@pytest.mark.parametrize(
    ("tex", "letter"), [(r"\xi", "ξ"), (r"\Omega", "Ω"), (r"\mathcal{N}", "N"), (r"\mathbb{R}", "R")]
)
def test_a_letter_is_slanted_as_tex_slants_it(tex, letter):
    (node,) = read(tex).iter("mi")
    assert (node.text, node.get("mathvariant") == "normal") == (letter, tex != r"\xi")


@pytest.mark.parametrize("tex", [r"a \unheardof b", r"\begin{pmatrix}1\end{pmatrix}", r"\;\%"])
def test_a_command_that_is_not_known_is_an_error_that_names_it(tex):
    with pytest.raises(InputError, match="not known") as caught:
        mathml(tex)
    assert re.search(r"unheardof|pmatrix|%", caught.value.received)


@pytest.mark.parametrize("tex", [r"\frac{1}{2", r"\frac1", r"\left( a", r"\text{a", r"\begin{cases} 1", "x^"])
def test_a_formula_that_ends_too_early_is_an_error(tex):
    with pytest.raises(InputError, match="formula is incomplete"):
        mathml(tex)


def test_a_formula_in_a_line_is_no_display():
    assert ElementTree.fromstring(mathml("x", inline=True)).attrib == {}
    assert read("x").attrib == {"display": "block"}


def test_words_keep_their_spaces():
    assert texts(read(r"1\text{ if }z>0"), "mtext") == [" if "]
