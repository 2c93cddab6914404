"""What a search for causes has found, in words."""

from engine import Text
from engine.causes import Cause, Search
from engine.mistake import Mistake
from visualizer.symbols import number

_RIGHT = Text("It is right, as far as its digits go.", "在所给位数内，它是正确的。")
_NONE = Text(
    "None of {} candidates gives this number: perhaps another weight, or a slip of arithmetic.",
    "{} 种候选错误都得不到这个数：可能是权重抄错或计算失误。",
)
_ONE = Text("One of {} candidates gives exactly this number:", "{} 种候选错误中有一种恰好给出这个数：")
_SOME = Text("{1} of {0} candidates give this number:", "{0} 种候选错误中有 {1} 种给出这个数：")
_FAR = Text("Too far away, or too large, to try every mistake.", "迭代太远或网络太大，无法逐一尝试。")
_GIVES = Text("{}. {} (It gives {}.)", "{}。{}（得到 {}。）")
_SAYS = Text("{}. {}", "{}。{}")
_AND = Text(" together with ", "，并且")


def verdict(search: Search, lang: str) -> str:
    """Return how many candidates fit, in one sentence."""
    if search.right:
        return _RIGHT(lang)
    if not search.whole:
        return _FAR(lang)
    found = len(search.found)
    return (_NONE if not found else _ONE if found == 1 else _SOME).format(search.tried, found)(lang)


def label(cause: Cause, lang: str) -> str:
    """Return what was done, in a few words."""
    return _AND(lang).join(part.label(lang) for part in cause.parts)


def mistakes_of(cause: Cause) -> list[str]:
    """Return the names of the mistakes in a cause, which is none where it is a slip of the pen."""
    return [part.name for part in cause.parts if isinstance(part, Mistake)]


def explanation(cause: Cause, computed: float, lang: str) -> str:
    """Return what was done, what is right instead, and the number that comes of it."""
    why = " ".join(part.why(lang) for part in cause.parts)
    named = f"**{label(cause, lang)}**"
    if cause.value == computed:  # a slip of the pen
        return _SAYS.format(named, why)(lang)
    return _GIVES.format(named, why, number(cause.value, 10))(lang)
