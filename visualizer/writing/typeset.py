"""Typesetting of words and formulas as HTML, there as soon as the picture is."""

import re
from collections.abc import Iterable
from html import escape, unescape

from visualizer.writing.mathml import mathml

_BETWEEN_DOLLARS = re.compile(r"\$([^$]+)\$")
_TEXT = re.compile(r"(?<=>)[^<>]+(?=<)")  # in HTML, between two tags
_MARK = re.compile(r"[!-/:-@\[-`{-~]")  # what may mean something in Markdown


def formula(tex: str, small: bool = False) -> str:
    """Return a formula as a display, with its TeX for those who copy it."""
    return f'<div class="formula{" small" * small}">{mathml(tex, quoted=True)}</div>'


def with_formulas(text: str) -> str:
    r"""Markdown whose formulas, between dollar signs, are MathML, for `st.markdown` with HTML allowed.

    Examples
    --------
    >>> with_formulas("**a** is $x_1$")
    '**a** is <math><msub><mi>x</mi><mrow><mn>1</mn></mrow></msub></math>'
    """
    return _BETWEEN_DOLLARS.sub(lambda found: _unmarked(mathml(found[1], inline=True)), text)


def _unmarked(html: str) -> str:
    """HTML whose words mean nothing in Markdown."""
    return _TEXT.sub(lambda words: _MARK.sub(lambda sign: f"&#{ord(sign[0])};", unescape(words[0])), html)


def badge(text: str, colour: str) -> str:
    """Return a badge, a short text in a coloured box; the colours are those that Streamlit's themes have names for."""
    return f'<span class="badge {colour}">{escape(text)}</span>'


def heading(*parts: str) -> str:
    """Return a heading of written parts."""
    return f"<h4>{' '.join(parts)}</h4>"


def paragraph(*parts: str) -> str:
    """Return a paragraph of written parts; empty where there are none."""
    written = " ".join(filter(None, parts))
    return f"<p>{written}</p>" if written else ""


def strong(text: str) -> str:
    """Return a text in bold."""
    return f"<strong>{escape(text)}</strong>"


def table(rows: Iterable[Iterable[str]]) -> str:
    """Return a table of written cells, the first row its head."""
    head, *body = rows
    lines = [f"<tr>{''.join(f'<th>{cell}</th>' for cell in head)}</tr>"]
    lines += [f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in body]
    return f"<table>{''.join(lines)}</table>"


def note_html(words: str) -> str:
    """Return a note of a lesson as HTML: formulas, paragraphs, and what is bold.

    Examples
    --------
    >>> note_html("It is **not** <b>.")
    '<p>It is <strong>not</strong> &lt;b&gt;.</p>'
    """
    parts = escape(words, quote=False).split("$")
    told = [mathml(unescape(part), inline=True) if i % 2 else _bold(part) for i, part in enumerate(parts)]
    return "".join(f"<p>{one}</p>" for one in "".join(told).split("\n\n"))


def _bold(part: str) -> str:
    return "".join(f"<strong>{p}</strong>" if i % 2 else p for i, p in enumerate(part.split("**")))
