"""Forms of the arithmetic of mistakes, taken apart; what is played of them is in test_phases.py."""

import pytest

from engine.mistakes import MISTAKES
from visualizer.animation.mistaken import Form, form_of


@pytest.mark.parametrize(
    ("element", "form"),
    [
        ("<grad:j>", ("<grad:j>", "", "", "")),
        (r"[-:<W:jk>\,<a-:k>]", ("", "-", r"<W:jk>\,<a-:k>", "")),
        (r"[-:<W:kj>\,<a-:k>] + <b:j>", ("", "-", r"<W:kj>\,<a-:k>", " + <b:j>")),
        (r"(<W+:nj>\,<delta+:n>)\cdot <slope:j>", ("", "", r"<W+:nj>\,<delta+:n>", r"\cdot <slope:j>")),
        (r"[x:<delta:j>]", ("", "x", "<delta:j>", "")),
    ],
)
def test_a_form_is_a_sum_of_terms_between_what_is_before_and_after_it(element, form):
    assert form_of(element) == Form(*form)


@pytest.mark.parametrize("mistake", MISTAKES)
def test_nothing_of_a_form_is_lost(mistake):
    for form in MISTAKES[mistake].forms.values():
        parts = form_of(form.element)
        left = form.element
        for part in (parts.before, parts.term, parts.after):
            assert part in left
            left = left.replace(part, "", 1)
        assert set(left) <= set("([-+x:])"), left
