"""Words about a typed number: its verdict, and the result of a search for causes."""

from collections.abc import Iterable, Sequence
from math import isclose

from engine import Text
from engine.core import CHANCE, LEAST_DIGITS, agrees, digits_needed, digits_of, is_coarse, parse_number, passage
from engine.mistakes import Mistake
from engine.studies import Cause, Search, Slip
from visualizer.writing import number

RULES = Text(
    "An answer counts as correct if it agrees to its last digit and has at least {0} significant digits, or if it "
    "is exact (as 0 has to be). A cause is named only if fewer than {1:g} % of all numbers with that many digits "
    "fit one by chance.",
    "至少写出 {0} 位有效数字、且各位都与计算值一致，才算对；不足 {0} 位（如 0）时须完全相等。"
    "只有当同样位数的数碰巧符合的可能小于 {1:g}% 时，才指出原因。",
).format(LEAST_DIGITS, 100 * CHANCE)
COARSE = Text(
    "Too few digits to decide: enter at least {} significant digits.",
    "位数太少，分不出对错：请至少输入 {} 位有效数字。",
).format(LEAST_DIGITS)
_RIGHT = Text("Correct to the digits given.", "在所给位数内，它是正确的。")
_NONE = Text(
    "None of {} candidate mistakes gives this number: perhaps a miscopied weight or an arithmetic slip.",
    "{} 种候选错误都得不到这个数：可能是权重抄错或计算失误。",
)
_ONE = Text(
    "One of {} candidates gives exactly this number, to its {} significant digits:",
    "{} 种候选错误中有一种恰好给出这个数，{} 位有效数字全部相符：",
)
_SOME = Text(
    "{2} of {0} candidates give this number, to its {1} significant digits:",
    "{0} 种候选错误中有 {2} 种给出这个数，{1} 位有效数字全部相符：",
)
_MORE = Text(
    "{1} significant digits fit one of {0} candidates by chance too often: enter at least {2} to have a cause named.",
    "只有 {1} 位有效数字，与 {0} 种候选错误之一碰巧相符的可能太大：请至少输入 {2} 位，才能指出原因。",
)
_PERHAPS = Text(
    "A common mistake may be the cause; enter {} significant digits to have it named.",
    "可能是一种常见的错误；请输入 {} 位有效数字，才能指出是哪一种。",
)
_FAR = Text(
    "The iteration is too late, or the network too large, to try every mistake.",
    "迭代太远或网络太大，无法逐一尝试。",
)
_GIVES = Text("{}. {} (It gives {}.)", "{}。{}（得到 {}。）")
_SAYS = Text("{}. {}", "{}。{}")
_OR = Text("  \n*or, with the same number:* ", "  \n*或者（得到同一个数）：*")
_AND = Text(" together with ", "，并且")
Known = tuple[Text, float]  # a number, and the words for whoever has it
_ROUNDED_ON_THE_WAY = 0.0002  # of a number that a slip gives: four digits along the way are enough


def verdict(search: Search, lang: str) -> str:
    """The result of a search in one sentence, with the number of candidates that fit."""
    if search.right or search.coarse:
        return (_RIGHT if search.right else COARSE)(lang)
    if not search.whole:
        return _FAR(lang)
    found = len(search.found)
    words = _NONE if not found else _MORE if not search.named else _ONE if found == 1 else _SOME
    return words.format(search.tried, search.digits, found if search.named else search.needed)(lang)


def likely(typed: str, computed: float, known: Iterable[Known]) -> Text | None:
    """Return the words of the first known number that a wrong one equals: exactly, or by more than chance.

    Where it has too few digits to tell, it is said how many it takes; what is known to be zero says nothing.
    """
    numbers = [(words, value) for words, value in known if not agrees("0", value)]
    fitting = [(words, value) for words, value in numbers if agrees(typed, value, _ROUNDED_ON_THE_WAY)]
    needed = digits_needed(typed, len({value for _, value in numbers}), _ROUNDED_ON_THE_WAY)
    enough = digits_of(typed) >= needed
    told = (words for words, value in fitting if enough or isclose(parse_number(typed), value))
    unknown = COARSE if is_coarse(typed, computed) else _PERHAPS.format(needed) if fitting else None
    return next(told, unknown)


def label(cause: Cause, lang: str) -> str:
    """Return the label of a cause, in a few words."""
    return _AND(lang).join(part.label(lang) for part in cause.parts)


def mistakes_of(cause: Cause) -> list[str]:
    """Names of the mistakes in a cause; none where it is a slip of the pen."""
    return [part.name for part in cause.parts if isinstance(part, Mistake)]


def explanation(same: Sequence[Cause], lang: str) -> str:
    """Return causes of one number in words: each mistake, the correct way, and the number that comes of them."""
    first, *others = [_explained(cause, lang) for cause in same]
    return "".join((first, *(_OR(lang) + other for other in others)))


def _explained(cause: Cause, lang: str) -> str:
    why = passage(lang, (part.why for part in cause.parts))
    named = f"**{label(cause, lang)}**"
    if isinstance(cause.parts[0], Slip):  # it gives no number of its own
        return _SAYS.format(named, why)(lang)
    return _GIVES.format(named, why, number(cause.value, 10))(lang)
