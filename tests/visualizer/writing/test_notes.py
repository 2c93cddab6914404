"""Notes: formulas, bold words and code are markup, and nothing else of what somebody has written."""

from itertools import chain

import pytest

from engine.core import InputError
from visualizer.lessons import LESSONS
from visualizer.writing import check_note, note_html, note_markdown

NOTES = sorted({words for lesson in LESSONS.values() for stop in lesson.stops for words in stop.note})


def test_a_note_has_formulas_and_nothing_else_of_markup():
    html = note_html("**δ** is <script>x</script> $a < b$ in `x_1 < y`\n\nMore.")
    assert html.count("<p>") == 2
    assert "<strong>δ</strong>" in html
    assert "<code>x_1 &lt; y</code>" in html
    assert "<script>" not in html
    assert "<math>" in html


@pytest.mark.parametrize(
    "text", ["![x](http://a.b/c.png)", "[x](javascript:a)", "<b>", ":red[x]", "# x", "- x", "1. x"]
)
def test_other_markup_is_plain_text(text):
    assert "\\" in note_markdown(text) or "\u2060" in note_markdown(text)


def test_notes_of_shipped_lessons_use_no_other_markup():
    for words in chain(NOTES):
        check_note(words)
        assert note_markdown(words).replace("\\", "") == words.replace("\\", "")


@pytest.mark.parametrize("text", ["$\\evil$", "$\\frac{1}$", "$" + "{" * 200 + "}" * 200 + "$", "$" + "x" * 400 + "$"])
def test_a_formula_that_cannot_be_drawn_is_refused(text):
    with pytest.raises(InputError):
        check_note(text)
