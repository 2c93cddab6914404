import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visualizer.writing import in_figure, in_markdown


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("221,900 in line 2: x", "221,900 in line 2: x"),
        ("![x](http://a/b)", r"!\[x\](http:¦//a/b)"),
        ("[x](http://a)", r"\[x\](http:¦//a)"),
        ("$x$ and `x`", r"\$x\$ and \`x\`"),
        (":red[x] :+1: :material/home:", r":¦red\[x\] :¦+1: :¦material/home:"),
        ("a@b.org www.b.org", "a@¦b.org www¦.b.org"),
        ("a -> b -- c", r"a -¦\> b -¦- c"),
        ("# x", r"\# x"),
        ("- x", r"\- x"),
        ("1. x", r"1\. x"),
        ("12) x", r"12\) x"),
        ("> <b>&amp;", r"\> \<b\>\&amp;"),
        ("a | b ~~c~~ **d** __e__", r"a \| b \~\~c\~\~ \*\*d\*\* \_\_e\_\_"),
        ("\\", "\\\\"),
        ("  a \n\n    b  ", "a b"),
    ],
)
def test_every_sign_of_markdown_is_one_that_is_shown(text, markdown):
    assert in_markdown(text) == markdown.replace("¦", "\u2060")


@given(st.text("ab:/@.*_[]()<>$~|&`#-+= \n1w"))
def test_nothing_is_added_but_what_takes_no_room(text):
    shown = in_markdown(text).replace("\u2060", "")
    plain = "".join(sign for at, sign in enumerate(shown) if not _escapes(shown, at))
    assert plain == " ".join(text.split())


def _escapes(text, at):
    """Whether a sign is a backslash that makes the next one plain."""
    before = len(text[:at]) - len(text[:at].rstrip("\\"))
    return text[at] == "\\" and before % 2 == 0


def test_a_name_in_a_figure_is_no_markup():
    name = '<a href="http://a">x</a> & <b>'
    assert "<" not in in_figure(name)
    assert html.unescape(in_figure(name)) == name
