from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

from visualizer.typeset import badge, formula, heading, paragraph, strong, table

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


def test_a_table_has_a_head():
    seen = Seen(table([["1", "mean"], ["0.5", "0.25"]]))
    assert [tag for tag, _ in seen.elements] == ["table", "tr", "th", "th", "tr", "td", "td"]
    assert seen.words == "1mean0.50.25"
