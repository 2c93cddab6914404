"""Notes of lessons: plain text in which formulas, bold words and code are marked, and nothing else is markup."""

import re
from collections.abc import Callable
from html import escape, unescape

from engine import InputError, Text
from visualizer.writing.mathml import mathml
from visualizer.writing.plain_text import in_markdown
from visualizer.writing.symbols import SUBSCRIPTS, SUPERSCRIPTS

_MARKED = re.compile(r"\$([^$]+)\$|\*\*([^*]+)\*\*|`([^`]+)`")
_SCRIPT, _TAG = re.compile(r"([\^_])(?:\{([\d,]+)\}|(\d))"), re.compile("<[^>]*>")
_HIGH = re.compile("<(msu|mfrac|msqrt|munder|mover|mtable)")
_SCRIPTS = {"^": SUPERSCRIPTS, "_": SUBSCRIPTS}
_LONGEST_FORMULA, _MOST_BRACES = 300, 30
_TOO_LONG = Text("this formula is too long or too deep", "公式太长或嵌套太深")
_ALLOWED = Text("at most {} characters and {} braces", "至多 {} 个字符、{} 个花括号").format(
    _LONGEST_FORMULA, _MOST_BRACES
)


def check_note(text: str) -> None:
    """Raise `InputError` where a formula in a note cannot be drawn."""
    for marked in _MARKED.finditer(text):
        formula = marked[1]
        if formula and (len(formula) > _LONGEST_FORMULA or formula.count("{") > _MOST_BRACES):
            raise InputError(_TOO_LONG, _ALLOWED, formula)
        if formula:
            mathml(formula, inline=True)


def note_html(text: str) -> str:
    """Return a note as HTML.

    Examples
    --------
    >>> note_html("It is **not** <b>, but `b`.")
    '<p>It is <strong>not</strong> &lt;b&gt;, but <code>b</code>.</p>'
    """
    return "".join(f"<p>{_written(part, _plain_html, _html)}</p>" for part in _paragraphs(text))


def phrase_html(text: str) -> str:
    """Return a phrase, such as a question, as HTML without paragraphs.

    Examples
    --------
    >>> phrase_html("Is it **not** <b>?")
    'Is it <strong>not</strong> &lt;b&gt;?'
    """
    return " ".join(_written(part, _plain_html, _html) for part in _paragraphs(text))


def note_text(text: str) -> str:
    r"""Return a note as plain text in one line.

    Examples
    --------
    >>> note_text(r"Is $\delta^2_{12}$ **small**?")
    'Is δ²₁₂ small?'
    """
    return " ".join(_written(part, str, _text) for part in _paragraphs(text))


def note_markdown(text: str) -> str:
    r"""Return a note as the Markdown that Streamlit draws.

    Examples
    --------
    >>> note_markdown("It is **not** <b>, but `b`.")
    'It is **not** \\<b\\>, but `b`.'
    """
    return "\n\n".join(_written(part, _plain_markdown, _markdown) for part in _paragraphs(text))


def _paragraphs(text: str) -> list[str]:
    """Return the lines of a note, each a paragraph."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def _written(paragraph: str, plain: Callable[[str], str], marked: Callable[[str, str, str], str]) -> str:
    """Return a paragraph, its plain parts written in one way and its marked ones in another."""
    done, written = 0, ""
    for found in _MARKED.finditer(paragraph):
        formula, strong, code = (part or "" for part in found.groups())
        written += plain(paragraph[done : found.start()]) + marked(formula, strong, code)
        done = found.end()
    return written + plain(paragraph[done:])


def _plain_html(text: str) -> str:
    return escape(text, quote=False)


def _html(formula: str, strong: str, code: str) -> str:
    if formula:
        return mathml(formula, inline=True)
    return f"<strong>{_plain_html(strong)}</strong>" if strong else f"<code>{_plain_html(code)}</code>"


def _text(formula: str, strong: str, code: str) -> str:
    """Return a marked part in Unicode; a formula that needs more than one line of it stays TeX."""
    if not formula:
        return strong or code
    raised = _SCRIPT.sub(lambda script: (script[2] or script[3]).translate(_SCRIPTS[script[1]]), formula)
    written = mathml(raised, inline=True)
    return formula if _HIGH.search(written) else unescape(_TAG.sub("", written))


def _plain_markdown(text: str) -> str:
    """Return plain text in Markdown, with the spaces at its ends."""
    before, after = (" " if end.isspace() else "" for end in (text[:1], text[-1:]))
    return f"{before}{in_markdown(text)}{after}" if text.strip() else before


def _markdown(formula: str, strong: str, code: str) -> str:
    if formula:
        return f"${formula.strip()}$"
    return f"**{in_markdown(strong)}**" if strong else f"`{code}`"
