import re
from html import unescape
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

from visualizer.writing import badge, formula, heading, mathml, note_html, paragraph, strong, table, with_formulas

HOSTILE = '<img src=x onerror="alert(1)"> & more'


class Seen(HTMLParser):
    """The elements and words of a text, as a browser parses it."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.words = [], ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs).get("class")))

    def handle_data(self, data):
        self.words += data


@pytest.mark.parametrize(
    ("html", "element"),
    [(badge(HOSTILE, "red"), ("span", "badge red")), (strong(HOSTILE), ("strong", None))],
    ids=["badge", "strong"],
)
def test_a_text_stays_a_text(html, element):
    seen = Seen(html)
    assert (seen.elements, seen.words) == ([element], HOSTILE)


@pytest.mark.parametrize("small", [False, True])
def test_a_formula_carries_its_tex(small):
    tex = r"\begin{aligned} a &= \textcolor{#0d8a6a}{b} < c \end{aligned}"
    display = ElementTree.fromstring(formula(tex, small))
    assert display.get("class").split() == ["formula", *(["small"] * small)]
    (source,) = display.iter("annotation")
    assert source.text == tex
    assert source.get("encoding") == "application/x-tex"


def test_what_is_written_is_put_together_and_nothing_is_made_of_nothing():
    assert heading(badge("BP1", "orange"), "error") == '<h4><span class="badge orange">BP1</span> error</h4>'
    assert paragraph("", "a", "b") == "<p>a b</p>"
    assert paragraph("") == ""


@pytest.mark.parametrize("tex", ["a_1 * b_1", "[a_2] | b", "-x", r"\lvert x \rvert < 1", "a : b", "f(x)[1]"])
def test_a_formula_in_markdown_has_no_marks_and_its_signs_stay(tex):
    made = with_formulas(f"**w** ${tex}$ `c`")
    before, inside, after = made[: made.index("<math>")], made[made.index("<math>") : -4], made[-4:]
    assert (before, after) == ("**w** ", " `c`")
    words = re.sub("<[^>]+>", "", inside)
    assert not re.search(r"[*_`|\[\]\\]", words)
    assert unescape(words) == Seen(mathml(tex)).words


def test_words_without_a_formula_stay():
    assert with_formulas("5 $ and *no* more") == "5 $ and *no* more"


def test_a_table_has_a_head():
    seen = Seen(table([["1", "mean"], ["0.5", "0.25"]]))
    assert [tag for tag, _ in seen.elements] == ["table", "tr", "th", "th", "tr", "td", "td"]
    assert seen.words == "1mean0.50.25"


def test_a_note_has_formulas_and_nothing_else_of_markup():
    html = note_html("**δ** is <script>x</script> $a < b$\n\nMore.")
    assert html.count("<p>") == 2
    assert "<strong>δ</strong>" in html
    assert "<script>" not in html
    assert "<math>" in html
