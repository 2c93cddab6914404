"""A link of a stranger cannot make the page draw, load or link to what it likes: its words are shown as written."""

import pytest

from visualizer.state import open_link

pytestmark = pytest.mark.browser
NASTY = (
    "![x](http://a.test/x.png)[y](http://a.test/)",
    "<img src=http://a.test/x.png><b>x</b>&amp;<!-- x -->",
    "http://a.test www.a.test x@a.test <http://a.test>",
    "$x^2$ $$y$$ `z` ``w`` ~~v~~ **u** __t__ *s*",
    ":red[x] :small[y] :color[z]{foreground=red} :a b:c 1:2",
    ":smile: :+1: :material/home: :streamlit: :help[x]",
    "-> <- <-> -- >= <= ~= \\ \\* \\\\",
    "# x ## y - z | a | b | [^1] [x]: http://a.test",
    "1. x 2) y > z + w === --- ~~~ ```",
)
PLACES = ("example", "loss", "optimizer", "eta", "net", "mode", "granularity", "unfold", "pixels")


def test_words_of_a_link_are_shown_as_they_are_written(visit):
    query = dict(zip(PLACES, NASTY, strict=True))
    page = visit(lang="en", **query)
    _, problems = open_link(query, "en")
    alerts = page.locator("[data-testid=stAlert]")
    shown = [text.replace("\u2060", "").strip() for text in alerts.all_inner_texts()]
    assert shown == [problem.sentence("en") for problem in problems]
    assert len(shown) == len(NASTY)
    assert (
        alerts.locator("a, img, code, b, strong, em, del, sup, li, h1, h2, table, .katex, [style*=color]").count() == 0
    )
