"""Symbols of the values: letters with their indices in TeX and Unicode; and numbers in TeX."""

import re
from functools import cache

from engine import OPTIMIZERS, Ref
from engine.optimizers import STEP
from visualizer.writing.numbers import DIGITS, number

_TEX = {
    "z": "z^{{{l}}}",
    "a": "a^{{{l}}}",
    "y": "y",
    "C": "C",
    "delta": r"\delta^{{{l}}}",
    "J": "J",
    "penalty": "P",
    "norm": r"\lVert\nabla\rVert",
    "grad": r"\nabla_{{\!a}} C_x",
    "slope": r"\sigma'(z^{{{l}}})",
    "jacobian": r"\left(\mathrm{{diag}}(a^{{{l}}}) - a^{{{l}}}(a^{{{l}}})^{{T}}\right)",
}
_TEX_ELEMENT = {
    "z": "z^{{{l}}}_{{{i}}}",
    "a": "a^{{{l}}}_{{{i}}}",
    "y": "y_{{{i}}}",
    "C": "C",
    "delta": r"\delta^{{{l}}}_{{{i}}}",
    "J": "J",
    "penalty": "P",
    "norm": r"\lVert\nabla\rVert",
    "grad": r"\frac{{\partial C_x}}{{\partial a^{{{l}}}_{{{i}}}}}",
    "slope": r"\sigma'(z^{{{l}}}_{{{i}}})",
}
_PLAIN = {
    "J": "J",
    "penalty": "P",
    "norm": "‖∇‖",
    "delta": "δ{l}{i}",
    "y": "y{i}",
    "C": "C",
    "grad": "∇C",
    "slope": "σ′(z{l})",
    "jacobian": "J{l}",
}
_PLAIN_ELEMENT: dict[str, str] = {}
_OF_NEURONS = {  # of normalized layers and of dropout: a base and what stands below it, in TeX, and plain
    "mu": (r"\mu", "", "μ"),
    "mean": (r"\bar{\mu}", "", "mean"),
    "mean_new": (r"\bar{\mu}", r"\mathrm{new}", "mean new"),
    "variance_new": (r"\bar{v}", r"\mathrm{new}", "variance new"),
    "variance": (r"\bar{v}", "", "variance"),
    "zhat": (r"\hat{z}", "", "ẑ"),
    "u": ("u", "", "u"),
    "h": ("h", "", "h"),
    "mask": ("r", "", "r"),
    "delta_u": (r"\delta", "u", "δu"),
    "delta_hat": (r"\delta", r"\hat{z}", "δẑ"),
    "delta_var": (r"\delta", r"\sigma^{2}", "δσ²"),
    "delta_mu": (r"\delta", r"\mu", "δμ"),
    "compact_delta": (r"\delta", "", "δ"),
}
PARAMETERS = {  # of each the letter of all, that of one, and both plain
    "gamma": (r"\gamma", r"\gamma", "γ", "γ"),
    "beta": (r"\beta", r"\beta", "β", "β"),
    "W": ("W", "w", "W", "w"),
    "b": ("b", "b", "b", "b"),
}


def _braced(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _add(name: str, whole: str, element: str, plain_whole: str, plain_element: str) -> None:
    _TEX[name], _TEX_ELEMENT[name] = whole, element
    _PLAIN[name], _PLAIN_ELEMENT[name] = plain_whole, plain_element


def _add_below(name: str, base: str, below: str, plain_text: str, element: str = "", plain_element: str = "") -> None:
    """Add a value with its layer above its letter, and a subscript before the indices."""
    base, below, element = _braced(base), _braced(below), _braced(element or below)
    rest = rf"_{{{{{below}}}}}" if below else ""
    indices = rf"{element}\,{{i}}" if element else "{i}"
    whole, one = rf"{base}^{{{{{{l}}}}}}{rest}", rf"{base}^{{{{{{l}}}}}}_{{{{{indices}}}}}"
    _add(name, whole, one, f"{plain_text}{{l}}", f"{plain_element or plain_text}{{l}}{{i}}")


for _name, (_base, _below, _plain_text) in _OF_NEURONS.items():
    _add_below(_name, _base, _below, _plain_text)
_TEX["delta_var"] = r"\delta_{{\sigma^{{2}}}}^{{{l}}}"
_TEX_ELEMENT["delta_var"] = r"\delta_{{\sigma^{{2}}\,{i}}}^{{{l}}}"
_add("var", r"\sigma_{{{l}}}^{{2}}", r"\sigma_{{{l},{i}}}^{{2}}", "var{l}", "var{l}{i}")
_add("slope_u", r"\sigma'(u^{{{l}}})", r"\sigma'(u^{{{l}}}_{{{i}}})", "σ′(u{l})", "σ′(u{l})")
_TEX["jacobian_h"] = _TEX["jacobian"].replace("a^", "h^")
_PLAIN["jacobian_h"] = "J{l}"
_LAWS = [law for optimizer in OPTIMIZERS.values() for law in (*optimizer.laws[:-1], *optimizer.explained)]
for _p, (_all, _one, _plain_all, _plain_one) in PARAMETERS.items():
    _w, _wi = rf"{_all}^{{{{{{l}}}}}}", rf"{_one}^{{{{{{l}}}}}}_{{{{{{i}}}}}}"
    _add(_p, _w, _wi, f"{_plain_all}{{l}}", f"{_plain_one}{{l}}{{i}}")
    for _letter, _of in (("d", "C"), ("g", "J")):
        _whole, _element = (rf"\frac{{{{\partial {_of}}}}}{{{{\partial {text}}}}}" for text in (_w, _wi))
        _add(f"{_letter}{_p}", _whole, _element, f"∂{_of}/∂{_plain_all}{{l}}", f"∂{_of}/∂{_plain_one}{{l}}{{i}}")
    _add_below(f"c{_p}", "g", _all, f"g {_plain_all}", _one, f"g {_plain_one}")
    _new = r"_{{{i},\mathrm{{new}}}}"
    _add(
        f"{_p}_new",
        rf"{_w}_{{{{\mathrm{{{{new}}}}}}}}",
        rf"{_one}^{{{{{{l}}}}}}{_new}",
        f"{_plain_all}{{l}} new",
        f"{_plain_one}{{l}}{{i}} new",
    )
    _add(f"step_{_p}", rf"\Delta {_w}", rf"\Delta {_wi}", f"Δ{_plain_all}{{l}}", f"Δ{_plain_one}{{l}}{{i}}")
    for _slot in sorted({law.writes for law in _LAWS} - {STEP}):  # of an optimizer's state, or only explained
        _base, _hat = (rf"\hat{{{_slot[0]}}}", f"{_slot[0]}̂") if _slot.endswith("hat") else (_slot, _slot)
        for _ending, _after, _word in (("", "", ""), ("_new", r",\,\mathrm{new}", " new")):
            _name = f"{_slot}_{_p}{_ending}"
            _add_below(_name, _base, f"{_all}{_after}", f"{_hat} {_plain_all}")
            _TEX_ELEMENT[_name] = rf"{_braced(_base)}^{{{{{{l}}}}}}_{{{{{_braced(_one)}\,{{i}}{_braced(_after)}}}}}"
            _PLAIN[_name] += _word
            _PLAIN_ELEMENT[_name] = f"{_hat} {_plain_one}{{l}}{{i}}{_word}"
SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
SUBSCRIPTS = str.maketrans("0123456789,", "₀₁₂₃₄₅₆₇₈₉,")
_EXACT = re.compile("⟨(.*?)⟩")


@cache  # a picture asks for it thousands of times
def parameter(name: str) -> str:
    """Name of the parameter that a value is laid out like, such as W of dW and of v_W_new; else ""."""
    plain_name = name.removesuffix("_new")
    return next((p for p in PARAMETERS if plain_name.endswith(p)), "")


def around(name: str) -> tuple[str, str]:
    """Return prefix and suffix of a parameter's letter in a name: `v_` and `_new` in v_W_new."""
    plain_name = name.removesuffix("_new")
    return plain_name.removesuffix(parameter(name)), name[len(plain_name) :]


def before_update(name: Ref) -> Ref | None:
    """Return the old value of a new parameter; None for all else."""
    old = parameter(name.name)
    return Ref(old, name.layer) if name.name == f"{old}_new" else None


def tex(name: Ref, *indices: int) -> str:
    """Return the TeX of a value, or of its element at `indices`, counted from 0 and written from 1."""
    if name.name == "a" and name.layer == 0:
        return rf"x_{{{_indices(indices)}}}" if indices else "x"
    table = _TEX_ELEMENT if indices else _TEX
    return _known(table, name.name).format(l=name.layer, i=_indices(indices))


def tex_general(name: Ref) -> str:
    """Return the TeX of a value in any layer l."""
    return _known(_TEX, name.name).format(l="l")


def _known(table: dict[str, str], name: str) -> str:
    """Return the symbol of a value; one without letters of its own gets its name, upright."""
    word = rf"\mathrm{{{{{name.replace('_', ' ')}}}}}^{{{{{{l}}}}}}"
    return table.get(name) or word + ("_{{{i}}}" if table is _TEX_ELEMENT else "")


def plain(name: Ref, *indices: int) -> str:
    """Return the name of a value, or of its element, in Unicode, as in w²₁₃."""
    sub = _indices(indices).translate(SUBSCRIPTS)
    if name.name == "a" and name.layer == 0:
        return f"x{sub}"
    table = _PLAIN | _PLAIN_ELEMENT if indices else _PLAIN
    return table.get(name.name, name.name + "{l}{i}").format(l=str(name.layer).translate(SUPERSCRIPTS), i=sub)


def letters(name: Ref) -> str:
    """Return the letter of a value without layer and indices, as in w."""
    return plain(name).rstrip("⁰¹²³⁴⁵⁶⁷⁸⁹")


def _indices(indices: tuple[int, ...]) -> str:
    written = [str(i + 1) for i in indices]
    return ("," if any(len(i) > 1 for i in written) else "").join(written)


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
