"""How the values are written: letters with their indices, in TeX and as plain text, and numbers for reading."""

import re
from math import floor, isfinite, isnan, log10

from engine import OPTIMIZERS, Ref
from engine.update import COUNT

_TEX = {
    "W": "W^{{{l}}}",
    "b": "b^{{{l}}}",
    "z": "z^{{{l}}}",
    "a": "a^{{{l}}}",
    "y": "y",
    "C": "C",
    "delta": r"\delta^{{{l}}}",
    "dW": r"\frac{{\partial C}}{{\partial W^{{{l}}}}}",
    "db": r"\frac{{\partial C}}{{\partial b^{{{l}}}}}",
    "J": "J",
    "penalty": "P",
    "norm": r"\lVert\nabla\rVert",
    "gW": r"\frac{{\partial J}}{{\partial W^{{{l}}}}}",
    "gb": r"\frac{{\partial J}}{{\partial b^{{{l}}}}}",
    "cW": "g^{{{l}}}_{{W}}",
    "cb": "g^{{{l}}}_{{b}}",
    "grad": r"\nabla_{{\!a}} C_x",
    "slope": r"\sigma'(z^{{{l}}})",
    "jacobian": r"\left(\mathrm{{diag}}(a^{{{l}}}) - a^{{{l}}}(a^{{{l}}})^{{T}}\right)",
    "W_new": r"W^{{{l}}}_{{\mathrm{{new}}}}",
    "b_new": r"b^{{{l}}}_{{\mathrm{{new}}}}",
}
_TEX_ELEMENT = {
    "W": "w^{{{l}}}_{{{i}}}",
    "b": "b^{{{l}}}_{{{i}}}",
    "z": "z^{{{l}}}_{{{i}}}",
    "a": "a^{{{l}}}_{{{i}}}",
    "y": "y_{{{i}}}",
    "C": "C",
    "delta": r"\delta^{{{l}}}_{{{i}}}",
    "dW": r"\frac{{\partial C}}{{\partial w^{{{l}}}_{{{i}}}}}",
    "db": r"\frac{{\partial C}}{{\partial b^{{{l}}}_{{{i}}}}}",
    "J": "J",
    "penalty": "P",
    "norm": r"\lVert\nabla\rVert",
    "gW": r"\frac{{\partial J}}{{\partial w^{{{l}}}_{{{i}}}}}",
    "gb": r"\frac{{\partial J}}{{\partial b^{{{l}}}_{{{i}}}}}",
    "cW": r"g^{{{l}}}_{{w\,{i}}}",
    "cb": r"g^{{{l}}}_{{b\,{i}}}",
    "grad": r"\frac{{\partial C_x}}{{\partial a^{{{l}}}_{{{i}}}}}",
    "slope": r"\sigma'(z^{{{l}}}_{{{i}}})",
    "W_new": r"w^{{{l}}}_{{{i},\mathrm{{new}}}}",
    "b_new": r"b^{{{l}}}_{{{i},\mathrm{{new}}}}",
}
_PLAIN = {
    "dW": "∂C/∂W{l}",
    "db": "∂C/∂b{l}{i}",
    "J": "J",
    "penalty": "P",
    "norm": "‖∇‖",
    "gW": "∂J/∂W{l}",
    "gb": "∂J/∂b{l}{i}",
    "cW": "g W{l}",
    "cb": "g b{l}{i}",
    "delta": "δ{l}{i}",
    "y": "y{i}",
    "C": "C",
    "grad": "∇C",
    "slope": "σ′(z{l})",
    "jacobian": "J{l}",
    "W_new": "W{l} new",
    "b_new": "b{l} new",
}
_PLAIN_ELEMENT = {
    "W": "w{l}{i}",
    "dW": "∂C/∂w{l}{i}",
    "gW": "∂J/∂w{l}{i}",
    "cW": "g w{l}{i}",
    "W_new": "w{l}{i} new",
    "b_new": "b{l}{i} new",
}
for _slot in sorted({slot for optimizer in OPTIMIZERS.values() for slot in optimizer.slots} - {COUNT}):
    for _p in ("W", "b"):  # a part of an optimizer's state, such as momentum's v, goes with weights and with biases
        for _ending, _new, _word in (("", "", ""), ("_new", r",\,\mathrm{{new}}", " new")):
            _name = f"{_slot}_{_p}{_ending}"
            _TEX[_name] = rf"{_slot}^{{{{{{l}}}}}}_{{{{{_p}{_new}}}}}"
            _TEX_ELEMENT[_name] = rf"{_slot}^{{{{{{l}}}}}}_{{{{{_p.lower()}\,{{i}}{_new}}}}}"
            _PLAIN[_name] = f"{_slot} {_p}{{l}}{_word}"
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SUBSCRIPTS = str.maketrans("0123456789,", "₀₁₂₃₄₅₆₇₈₉,")
_EXACT = re.compile("⟨(.*?)⟩")
DIGITS = 4
_SMALLEST_PLAIN, _LARGEST_PLAIN = 1e-4, 1e6


def parameter(name: str) -> str:
    """Return which parameter a value belongs to that is laid out like it, such as W of dW and of W_new."""
    return name.removesuffix("_new")[-1]


def tex(name: Ref, *indices: int) -> str:
    """Return the TeX of a value, or of its element at `indices`, counted from 0 and written from 1."""
    if name.name == "a" and name.layer == 0:
        return rf"x_{{{_indices(indices)}}}" if indices else "x"
    table = _TEX_ELEMENT if indices else _TEX
    return table[name.name].format(l=name.layer, i=_indices(indices))


def tex_general(name: Ref) -> str:
    """Return the TeX of a value in any layer l."""
    return _TEX[name.name].format(l="l")


def plain(name: Ref, *indices: int) -> str:
    """Return the same without TeX, as in w²₁₃."""
    sub = _indices(indices).translate(_SUBSCRIPTS)
    if name.name == "a" and name.layer == 0:
        return f"x{sub}"
    table = _PLAIN | _PLAIN_ELEMENT if indices else _PLAIN
    return table.get(name.name, name.name + "{l}{i}").format(l=str(name.layer).translate(_SUPERSCRIPTS), i=sub)


def _indices(indices: tuple[int, ...]) -> str:
    written = [str(i + 1) for i in indices]
    return ("," if any(len(i) > 1 for i in written) else "").join(written)


def number(value: float, digits: int = DIGITS) -> str:
    """Return a number for reading, rounded to significant digits, with a true minus sign."""
    if not isfinite(value):
        return "NaN" if isnan(value) else "−∞" if value < 0 else "∞"
    size = abs(value)
    if value and not _SMALLEST_PLAIN <= size < _LARGEST_PLAIN:
        mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
        text = f"{_trim(mantissa)}e{int(exponent)}"
    else:
        decimals = digits - 1 - (floor(log10(size)) if size else 0)
        text = _trim(f"{value:.{max(0, decimals)}f}")
    return text.replace("-", "−") if text != "-0" else "0"


def _trim(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def signed(value: float, digits: int = DIGITS) -> str:
    """Return a number that always shows its sign."""
    text = number(value, digits)
    return text if text.startswith("−") or not value > 0 else f"+{text}"


def exact(value: float) -> str:
    """Return a place in a TeX formula that holds a number, which `rounded` writes."""
    return f"⟨{value!r}⟩"


def rounded(formula: str, digits: int) -> str:
    """Return a formula with all numbers in it rounded to significant digits."""
    return _EXACT.sub(lambda place: tex_number(float(place[1]), digits), formula)


def tex_number(value: float, digits: int = DIGITS) -> str:
    """Return a number in TeX."""
    text = number(value, digits).replace("−", "-").replace("∞", r"\infty").replace("NaN", r"\mathrm{NaN}")
    mantissa, e, exponent = text.partition("e")
    return rf"{mantissa}\cdot 10^{{{exponent}}}" if e else text
