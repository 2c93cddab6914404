"""MathML from the TeX of the equations, which browsers draw themselves: no fonts, no script, no network.

It reads what the rules of the engine, `equation` and `arithmetic` write, and no more of TeX. A command that it does
not know is shown by its name. The brackets of a matrix are borders that the style sheet draws, because on many machines
there is no font whose brackets grow.
"""

import re
from collections.abc import Callable
from html import escape

_TOKEN = re.compile(r"\\[a-zA-Z]+|\\.|[0-9]+(?:\.[0-9]+)?|\S")
_SHORT_FRACTION = re.compile(r"(\\t?frac)(\d)(\d)")  # of two digits, without braces
_SPACES = {r"\,": "0.17em", r"\!": "-0.17em", r"\ ": "0.33em", r"\;": "0.28em", r"\quad": "1em"}
_LETTERS = {
    r"\alpha": "α",
    r"\beta": "β",
    r"\delta": "δ",
    r"\epsilon": "ϵ",
    r"\gamma": "γ",
    r"\Delta": "Δ",
    r"\eta": "η",
    r"\lambda": "λ",
    r"\mu": "μ",
    r"\pi": "π",
    r"\rho": "ρ",
    r"\sigma": "σ",
    r"\infty": "∞",
    r"\partial": "∂",
}
_SIGNS = {
    "-": "−",
    "*": "∗",
    r"\cdot": "⋅",
    r"\odot": "⊙",
    r"\oslash": "⊘",
    r"\times": "×",
    r"\nabla": "∇",
    r"\sum": "∑",
    r"\cdots": "⋯",
    r"\vdots": "⋮",
    r"\ddots": "⋱",
    r"\ldots": "…",
    r"\le": "≤",
    r"\ge": "≥",
    r"\lVert": "‖",
    r"\rVert": "‖",
    r"\lvert": "|",
    r"\rvert": "|",
}
_UPRIGHT = "∞Δ"  # where TeX slants none
_PRIME = '<mo lspace="0" rspace="0">′</mo>'
_FENCES = "()[]|‖"
_HIGH = "<mfrac>", "<mtable"  # what brackets around it grow with; a script alone they need not cover
_LARGER = ' minsize="1.2em" maxsize="1.2em"'
_SIGN_FOLLOWS = set("=+−⋅([,⊙")  # a minus after one of these belongs to the number
_FUNCTIONS = {r"\ln", r"\log", r"\exp", r"\tanh", r"\max", r"\min"}
_STYLES = {
    r"\textstyle": 'displaystyle="false"',
    r"\scriptsize": 'scriptlevel="1"',
    r"\small": 'class="small"',
}
_CELLS = {"aligned": 'class="aligned" displaystyle="true"', "bmatrix": 'class="bmatrix"'}


def mathml(tex: str, quoted: bool = False) -> str:
    """Return a formula as MathML, set as a display; on demand with its TeX, which is not shown."""
    written = _Reader(tex).until()
    if quoted:
        source = f'<annotation encoding="application/x-tex">{escape(tex)}</annotation>'
        written = f"<semantics><mrow>{written}</mrow>{source}</semantics>"
    return f'<math display="block">{written}</math>'


class _Reader:
    """Reader of TeX from left to right that writes MathML."""

    def __init__(self, tex: str) -> None:
        self.tex = _SHORT_FRACTION.sub(r"\1{\2}{\3}", tex)
        self.tokens = list(_TOKEN.finditer(self.tex))
        self.at = 0
        self.last = "="  # the sign or atom before, which says what a minus means

    def peek(self) -> str:
        """Return the next token; nothing at the end."""
        return self.tokens[self.at][0] if self.at < len(self.tokens) else ""

    def take(self) -> str:
        """Return the next token, and move behind it."""
        token = self.peek()
        self.at += 1
        return token

    def until(self, *ends: str) -> str:
        """Write all up to an ending token, which stays to be read; a change of style holds until there."""
        written = ""
        while (token := self.peek()) and token not in ends:
            if token in _STYLES:
                self.take()
                return f"{written}<mstyle {_STYLES[token]}>{self.until(*ends)}</mstyle>"
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
        kind = {(True, True): "msubsup", (True, False): "msub", (False, True): "msup"}.get((bool(under), bool(over)))
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
        return f"<mtext>{escape(token)}</mtext>" if token[0] == "\\" and token not in _SIGNS else _sign(token, before)

    def row(self) -> str:
        """Write an argument: a group in braces, or one thing, as one element."""
        self.last = "="
        if self.peek() == "{":
            return self.base()
        return f"<mrow>{self.base()}</mrow>"

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
        kind, rows = self.words(), [[self.cell()]]
        while (token := self.take()) in ("&", r"\\"):
            if token == "&":
                rows[-1].append(self.cell())
            else:
                rows.append([self.cell()])
        self.words()
        self.last = ")"
        body = "".join(f"<mtr>{''.join(cells)}</mtr>" for cells in rows)
        return f"<mtable {_CELLS[kind]}>{body}</mtable>"

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
}
