"""The worked solution in three formats: Markdown, one HTML file, and LaTeX for XeLaTeX or LuaLaTeX."""

import re
from functools import partial
from itertools import groupby

from engine import Text
from visualizer.exports.solution import MOST_WORKED, Block, solution
from visualizer.exports.subject import Export, Subject
from visualizer.stage import TEMPLATES, document

_COLOUR = re.compile(r"\\textcolor\{#([0-9a-fA-F]{6})\}")
_SIZE = re.compile(r"\\(?:scriptsize|small) ?")


def markdown(subject: Subject) -> str:
    """Return the worked solution as Markdown with formulas between dollar signs."""
    return "\n\n".join(_MARKDOWN[block.kind](_plain(block)) for block in solution(subject)) + "\n"


def _plain(block: Block) -> str:
    """Return a text with Markdown's marks escaped, or a formula without colours, which not all readers know."""
    if block.kind == "formula":
        return _SIZE.sub("", _COLOUR.sub("", block.text))
    return re.sub(r"([*_`$<>\\])", r"\\\1", block.text)


_MARKDOWN = {"title": "# {}".format, "heading": "## {}".format, "words": "{}".format, "formula": "$$\n{}\n$$".format}


def html(subject: Subject, most: int = MOST_WORKED) -> str:
    """HTML file of the worked solution without anything from elsewhere, to read or to print."""
    title, *blocks = solution(subject, most)
    return document(TEMPLATES / "solution.html", subject.lang, title=title.text, blocks=blocks)


def latex(subject: Subject) -> str:
    """Return the worked solution as a LaTeX document; formulas wider than the page are made smaller."""
    head = _CHINESE if subject.lang == "zh" else _ENGLISH
    body = "\n".join(_LATEX[block.kind](block.text) for block in solution(subject))
    return f"{head}{_PREAMBLE}\\begin{{document}}\n{body}\n\\end{{document}}\n"


_CHINESE, _ENGLISH = "\\documentclass[11pt]{ctexart}\n", "\\documentclass[11pt]{article}\n"
_PREAMBLE = r"""\usepackage{amsmath,amssymb,graphicx,xcolor}
\usepackage[margin=2cm]{geometry}
\setcounter{MaxMatrixCols}{99}
\setlength{\parindent}{0pt}
\newsavebox{\formulabox}
\newcommand{\formula}[1]{\par\smallskip\sbox{\formulabox}{$\displaystyle #1$}%
  \ifdim\wd\formulabox>\linewidth\resizebox{\linewidth}{!}{\usebox{\formulabox}}\else\usebox{\formulabox}\fi\par\smallskip}
"""
_SPECIAL = {sign: f"\\{sign}" for sign in "#$%&_{}"} | {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_SIGNS = {  # what the fonts of a document do not have in its text
    "→": r"\to",
    "−": "-",
    "·": r"\cdot",
    "½": r"\tfrac12",
    "¼": r"\tfrac14",
    "‖": r"\Vert ",
    "²": "^2",
    "∂": r"\partial ",
    "∇": r"\nabla ",
    "δ": r"\delta ",
    "η": r"\eta ",
    "λ": r"\lambda ",
    "σ": r"\sigma ",
    "β": r"\beta ",
    "ε": r"\varepsilon ",
    "α": r"\alpha ",
    "γ": r"\gamma ",
    "′": "'",
    "≤": r"\le ",
    "≥": r"\ge ",
    "×": r"\times ",
    "∞": r"\infty ",
    "√": r"\surd ",
    "±": r"\pm ",
    "Σ": r"\Sigma ",
    "Ω": r"\Omega ",
    "Δ": r"\Delta ",
    "¹": "^1",
    "ᵀ": "^T",
    "ˡ": "^l",
}


def _escaped(text: str) -> str:
    """Return a text as LaTeX writes it, runs of mathematical signs as mathematics."""
    pieces = ("".join(run) for _, run in groupby(text, lambda sign: sign in _SIGNS))
    return "".join(
        f"${''.join(_SIGNS[sign] for sign in piece)}$"
        if piece[0] in _SIGNS
        else "".join(_SPECIAL.get(s, s) for s in piece)
        for piece in pieces
    )


def _formula(tex: str) -> str:
    coloured = _COLOUR.sub(lambda found: rf"\textcolor[HTML]{{{found[1].upper()}}}", tex)
    return f"\\formula{{{_SIZE.sub('', coloured)}}}"


_LATEX = {
    "title": lambda text: f"\\section*{{{_escaped(text)}}}",
    "heading": lambda text: f"\\subsection*{{{_escaped(text)}}}",
    "words": lambda text: f"{_escaped(text)}\\par",
    "formula": _formula,
}


SOLUTIONS = (
    Export(
        "solution_md",
        "solution",
        Text("Markdown", "Markdown"),
        Text("For notes and notebooks; formulas in dollar signs.", "用于笔记与笔记本；公式写在美元符号之间。"),
        "solution.md",
        "text/markdown",
        markdown,
        order=2,
    ),
    Export(
        "solution_html",
        "solution",
        Text("HTML", "HTML"),
        Text("One file to read in a browser or to print.", "一个文件，可在浏览器中阅读或打印。"),
        "solution.html",
        "text/html",
        html,
        order=2,
    ),
    Export(
        "solution_short",
        "solution",
        Text("HTML, in short", "HTML（简版）"),
        Text("One number of each step is worked out.", "每一步只写出一个数的算法。"),
        "solution-short.html",
        "text/html",
        partial(html, most=1),
        order=2,
    ),
    Export(
        "solution_tex",
        "solution",
        Text("LaTeX", "LaTeX"),
        Text("For XeLaTeX or LuaLaTeX.", "用 XeLaTeX 或 LuaLaTeX 编译。"),
        "solution.tex",
        "application/x-tex",
        latex,
        order=2,
    ),
)
