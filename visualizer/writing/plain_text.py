"""Plain text shown as it is written, whatever it holds: text from outside is never taken for markup."""

import re
from html import escape

_SIGNS = re.compile(r"([\\`*_\[\]<>$~|&])")
_BEGINS = re.compile(r"^([#+=-]|\d+(?=[.)](?:\s|$)))")  # what makes a heading or a list at the beginning of a line
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
# Emoji, icons, colours and bare addresses are found in the text once its escapes are gone: only a sign that takes no
# room parts them.
_JOINER = "\u2060"
_PARTED = re.compile(r"(?<=:)(?=\S)|(?<=@)(?=\S)|(?<=www)(?=\.)|(?<=[<>~-])(?=[>=-])", re.IGNORECASE)


def in_markdown(text: str) -> str:
    r"""Return the Markdown, of the kind that Streamlit draws, that shows `text` in one line.

    Examples
    --------
    >>> in_markdown("weights_[1].pt: 5 $")
    'weights\\_\\[1\\].pt: 5 \\$'
    """
    line = _PARTED.sub(_JOINER, " ".join(text.split()))
    return _BEGINS.sub(_escaped, _SIGNS.sub(r"\\\1", line))


def _escaped(begin: re.Match[str]) -> str:
    return f"{begin[0]}\\" if begin[0].isdigit() else f"\\{begin[0]}"


def in_cell(text: str) -> str:
    """Return `text` as the cell of a CSV file that no spreadsheet computes, as it does what begins as a formula.

    Examples
    --------
    >>> in_cell("=1+1"), in_cell("a = 1")
    ("'=1+1", 'a = 1')
    """
    return f"'{text}" if text.startswith(_FORMULA) else text


def in_figure(text: str) -> str:
    """Return `text` escaped for a figure of Plotly, which takes some of HTML for markup."""
    return escape(text, quote=False)
