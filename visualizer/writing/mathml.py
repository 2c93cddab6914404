"""MathML from the TeX of the equations, which browsers draw themselves: no fonts, no script, no network.

It reads what the records of the engine, `equation`, `arithmetic` and the reference write, and no more of TeX: a
command that it does not know is an error, so that no formula is shown by half. The brackets of a matrix are borders
that the style sheet draws, because on many machines there is no font whose brackets grow.
"""

import re
from collections.abc import Callable
from functools import partial
from html import escape
from html.entities import name2codepoint

from engine import InputError, Text
from engine.core import names

_TOKEN = re.compile(r"\\[a-zA-Z]+|\\.|[0-9]+(?:\.[0-9]+)?|\S")
_SHORT_FRACTION = re.compile(r"(\\t?frac)(\d)(\d)")  # of two digits, without braces
_SPACES = {r"\,": "0.17em", r"\!": "-0.17em", r"\ ": "0.33em", r"\;": "0.28em", r"\quad": "1em", r"\qquad": "2em"}
_GREEK = {rf"\{name}": chr(code) for name, code in name2codepoint.items() if 0x391 <= code <= 0x3C9}
_LETTERS = _GREEK | {r"\epsilon": "ϵ", r"\phi": "ϕ", r"\infty": "∞", r"\partial": "∂"}
_SIGNS = {
    "-": "−",
    "*": "∗",
    r"\cdot": "⋅",
    r"\odot": "⊙",
    r"\oslash": "⊘",
    r"\times": "×",
    r"\pm": "±",
    r"\nabla": "∇",
    r"\sum": "∑",
    r"\prod": "∏",
    r"\cdots": "⋯",
    r"\vdots": "⋮",
    r"\ddots": "⋱",
    r"\ldots": "…",
    r"\lt": "<",
    r"\gt": ">",
    r"\le": "≤",
    r"\ge": "≥",
    r"\ne": "≠",
    r"\in": "∈",
    r"\sim": "∼",
    r"\approx": "≈",
    r"\to": "→",
    r"\leftarrow": "←",
    r"\Rightarrow": "⇒",
    r"\lVert": "∥",  # of KaTeX's font; ‖ is as wide as a Chinese character where a page is Chinese
    r"\rVert": "∥",
    r"\lvert": "|",
    r"\rvert": "|",
    r"\lfloor": "⌊",
    r"\rfloor": "⌋",
    r"\lceil": "⌈",
    r"\rceil": "⌉",
    r"\{": "{",
    r"\}": "}",
}
_UPRIGHT = {"∞", *(letter for letter in _GREEK.values() if letter.isupper())}  # where TeX slants none
_PRIME = '<mo lspace="0" rspace="0">′</mo>'
_FENCES = "()[]{}|⌊⌋⌈⌉"
_CLOSE = "/∥"  # what a browser would set apart
_HIGH = "<mfrac>", "<mtable"  # what brackets around it grow with; a script alone they need not cover
_LARGER = ' minsize="1.2em" maxsize="1.2em"'
_SIZES = {r"\big": "1.2em", r"\Big": "1.8em"}  # of one bracket; l and r follow in the names
_SIGN_FOLLOWS = set("=+−⋅([{,⊙<>≤≥←⇒→∼≈")  # a minus after one of these belongs to the number
_SCRIPTS = {(True, True): "msubsup", (True, False): "msub", (False, True): "msup"}
_LIMITS = {(True, True): "munderover", (True, False): "munder", (False, True): "mover"}
_WITH_LIMITS = {"<mo>∑</mo>", "<mo>∏</mo>"}
_FUNCTIONS = {
    rf"\{name}" for name in ("ln", "log", "exp", "sin", "cos", "tan", "sinh", "cosh", "tanh", "arctan", "max", "min")
}
_ALPHABETS = {r"\mathcal": "script", r"\mathbb": "double"}
_STYLES = {
    r"\textstyle": 'displaystyle="false"',
    r"\scriptsize": 'scriptlevel="1"',
    r"\small": 'class="small"',
}
_CELLS = {
    "aligned": 'class="aligned" displaystyle="true"',
    "bmatrix": 'class="bmatrix"',
    "cases": 'class="cases" displaystyle="false"',
}


_UNKNOWN = Text("this TeX command is not known", "未知的 TeX 命令")
_TOO_SHORT, _WHOLE = (
    Text("this formula is incomplete", "公式不完整"),
    Text("all braces and environments closed", "花括号与环境都要闭合"),
)


def mathml(tex: str, quoted: bool = False, inline: bool = False) -> str:
    """MathML of a formula, set as a display or in a line of text; on demand with its TeX, which is not shown.

    Raises
    ------
    InputError
        Where the formula has a command that is not known, or ends too early.
    """
    written = _Reader(tex, limits=not inline).until()
    if quoted:
        source = f'<annotation encoding="application/x-tex">{escape(tex)}</annotation>'
        written = f"<semantics><mrow>{written}</mrow>{source}</semantics>"
    return f"<math>{written}</math>" if inline else f'<math display="block">{written}</math>'


class _Reader:
    """Reader of TeX from left to right that writes MathML."""

    def __init__(self, tex: str, limits: bool) -> None:
        self.tex = _SHORT_FRACTION.sub(r"\1{\2}{\3}", tex)
        self.tokens = list(_TOKEN.finditer(self.tex))
        self.at = 0
        self.last = "="  # the sign or atom before, which says what a minus means
        self.limits = limits  # whether those of a sum stand below and above it, as in a display

    def peek(self) -> str:
        """Return the next token; nothing at the end."""
        return self.tokens[self.at][0] if self.at < len(self.tokens) else ""

    def take(self) -> str:
        """Return the next token, and move behind it."""
        token = self.peek()
        if not token:
            raise InputError(_TOO_SHORT, _WHOLE, self.tex)
        self.at += 1
        return token

    def until(self, *ends: str) -> str:
        """Write all up to an ending token, which stays to be read; a change of style holds until there."""
        written = ""
        while (token := self.peek()) and token not in ends:
            if token in _STYLES:
                self.take()
                before, self.limits = self.limits, self.limits and token != r"\textstyle"
                inside = self.until(*ends)
                self.limits = before
                return f"{written}<mstyle {_STYLES[token]}>{inside}</mstyle>"
            written += self.atom()
        return written

    def atom(self) -> str:
        """Write the next element with its scripts."""
        base, scripts = self.base(), {}
        while (mark := self.peek()) in ("^", "_", "'"):
            self.take()
            scripts["_" if mark == "_" else "^"] = _PRIME if mark == "'" else self.row()
        under, over = scripts.get("_"), scripts.get("^")
        if base.startswith("<munder>") and under:
            return f"<munder>{base}{under}</munder>"
        kinds = _LIMITS if self.limits and base in _WITH_LIMITS else _SCRIPTS
        kind = kinds.get((bool(under), bool(over)))
        return f"<{kind}>{base}{under or ''}{over or ''}</{kind}>" if kind else base

    def base(self) -> str:
        """Write the next element without its scripts."""
        token = self.take()
        if token in _READERS:
            return _READERS[token](self)
        before, self.last = self.last, _SIGNS.get(token, token)
        if token in _SPACES:
            self.last = before
            return f'<mspace width="{_SPACES[token]}"></mspace>'
        if token[0].isdigit():
            return f"<mn>{token}</mn>"
        if token in _FUNCTIONS:
            room = "" if self.peek() in ("(", r"\left") else '<mspace width="0.17em"></mspace>'
            return f"{_upright(token[1:])}{room}"
        if token in _LETTERS or token.isalpha():
            letter = _LETTERS.get(token, token)
            return _upright(letter) if letter in _UPRIGHT else f"<mi>{letter}</mi>"
        if token[0] == "\\" and token not in _SIGNS:
            raise InputError(_UNKNOWN, names(sorted(_COMMANDS)), f"{token} in {self.tex}")
        return _sign(token, before)

    def row(self) -> str:
        """Write an argument: a group in braces, or one thing, as one element."""
        self.last = "="
        before, self.limits = self.limits, False
        written = self.base() if self.peek() == "{" else f"<mrow>{self.base()}</mrow>"
        self.limits = before
        return written

    def group(self) -> str:
        """Write a group up to the closing brace."""
        written = f"<mrow>{self.until('}')}</mrow>"
        self.take()
        return written

    def words(self) -> str:
        """Return an argument in braces as it stands, its spaces included."""
        start = self.tokens[self.at].end()
        while self.take() != "}":
            pass
        return self.tex[start : self.tokens[self.at - 1].start()]

    def fraction(self) -> str:
        """Write a fraction."""
        return f"<mfrac>{self.row()}{self.row()}</mfrac>"

    def accented(self, accent: str) -> str:
        """Write an argument below an accent."""
        return f'<mover accent="true">{self.row()}<mo stretchy="false">{accent}</mo></mover>'

    def coloured(self) -> str:
        """Write an argument in a colour."""
        return f'<mstyle mathcolor="{escape(self.words())}">{self.row()}</mstyle>'

    def in_alphabet(self, style: str) -> str:
        """Write an argument in another alphabet."""
        return f'<mi mathvariant="normal" class="{style}">{escape(self.words())}</mi>'

    def bracket(self, size: str, form: str) -> str:
        """Write one bracket of a size."""
        token = self.take()
        self.last = token if form == "prefix" else ")"
        height = f'minsize="{size}" maxsize="{size}"'
        return f'<mo stretchy="true" {height} form="{form}">{escape(_SIGNS.get(token, token))}</mo>'

    def between(self) -> str:
        """Write an expression between two brackets that grow with it."""
        left = _SIGNS.get(token := self.take(), token)
        self.last = "="
        inside = self.until(r"\right")
        self.take()
        right = _SIGNS.get(token := self.take(), token)
        self.last = ")"
        size = "" if any(high in inside for high in _HIGH) else _LARGER
        grown = f'<mo stretchy="true"{size} form="{{}}">{{}}</mo>'.format
        return f"<mrow>{grown('prefix', left)}<mrow>{inside}</mrow>{grown('postfix', right)}</mrow>"

    def table(self) -> str:
        """Write an environment of rows and columns."""
        kind = self.words()
        if kind not in _CELLS:
            raise InputError(_UNKNOWN, names(sorted(_CELLS)), rf"\begin{{{kind}}} in {self.tex}")
        rows = [[self.cell()]]
        while (token := self.take()) in ("&", r"\\"):
            if token == "&":
                rows[-1].append(self.cell())
            else:
                rows.append([self.cell()])
        self.words()
        self.last = ")"
        body = "".join(f"<mtr>{''.join(cells)}</mtr>" for cells in rows)
        made = f"<mtable {_CELLS[kind]}>{body}</mtable>"
        return f'<mrow><mo stretchy="true" form="prefix">{{</mo>{made}</mrow>' if kind == "cases" else made

    def cell(self) -> str:
        """Write one cell of a table."""
        self.last = "="
        return f"<mtd>{self.until('&', chr(92) * 2, chr(92) + 'end')}</mtd>"


def _upright(name: str) -> str:
    return f'<mi mathvariant="normal">{escape(name)}</mi>'


def _sign(token: str, before: str) -> str:
    sign = _SIGNS.get(token, token)
    if sign in _FENCES:
        return f'<mo stretchy="false">{sign}</mo>'
    if sign in _CLOSE:
        return f'<mo stretchy="false" lspace="0" rspace="0">{sign}</mo>'
    return f'<mo form="prefix">{sign}</mo>' if sign == "−" and before in _SIGN_FOLLOWS else f"<mo>{escape(sign)}</mo>"


_READERS: dict[str, Callable[[_Reader], str]] = {
    "{": _Reader.group,
    r"\frac": _Reader.fraction,
    r"\tfrac": lambda reader: f'<mstyle displaystyle="false">{reader.fraction()}</mstyle>',
    r"\sqrt": lambda reader: f"<msqrt>{reader.row()}</msqrt>",
    r"\hat": lambda reader: reader.accented("^"),
    r"\bar": lambda reader: reader.accented("¯"),
    r"\mathrm": lambda reader: _upright(reader.words()),
    r"\mathbf": lambda reader: f'<mstyle class="bold">{_upright(reader.words())}</mstyle>',
    r"\operatorname": lambda reader: _upright(reader.words()),
    r"\text": lambda reader: f"<mtext>{escape(reader.words())}</mtext>",
    r"\textcolor": _Reader.coloured,
    r"\underbrace": lambda reader: f"<munder>{reader.row()}<mo stretchy='true'>⏟</mo></munder>",
    r"\left": _Reader.between,
    r"\begin": _Reader.table,
    **{command: partial(_Reader.in_alphabet, style=style) for command, style in _ALPHABETS.items()},
    **{
        command + side: partial(_Reader.bracket, size=size, form=form)
        for command, size in _SIZES.items()
        for side, form in (("l", "prefix"), ("r", "postfix"))
    },
}
_COMMANDS = {
    command
    for group in (_READERS, _SIGNS, _LETTERS, _SPACES, _FUNCTIONS, _STYLES)
    for command in group
    if command[0] == "\\"
}
