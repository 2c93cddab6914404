"""Pairs of series in a log: which are losses, and which of them is of held-out samples and belongs to another."""

import re
from collections.abc import Collection, Sequence

from engine import Text
from engine.core import echo
from engine.data import Series
from visualizer.outside.curve import LONGEST_NAME, Line, OutsideCurve, line_of

_HELD = re.compile(
    r"(?<![a-z])(valid(?:ation)?|val|eval|test|dev|held[ _-]?out|验证集?|测试集?)(?![a-z])", re.IGNORECASE
)
_TRAIN = re.compile(r"(?<![a-z])(train(?:ing)?|训练集?)(?![a-z])", re.IGNORECASE)
_LOSS = re.compile(r"loss|cost|error|mse|mae|nll|entropy|perplexity|^value$|^\d+$|损失|代价|误差", re.IGNORECASE)
_BETWEEN = re.compile(r"[\W_]+")
_THINNED = Text(
    "{}: of {} points only the lowest and the highest in each interval are kept, {} in all.",
    "{}：共 {} 个点，每一段只保留最低与最高的点，共 {} 个。",
)


def usual_series(series: Sequence[Series]) -> list[str]:
    """Names of the series that are meant most probably: the losses, else all there are."""
    named = [each.name for each in series if _LOSS.search(each.name)]
    return named or [each.name for each in series]


def curves_of(
    series: Sequence[Series], chosen: Collection[str], name: str = ""
) -> tuple[list[OutsideCurve], list[Text]]:
    """Return the curves of the chosen series, and remarks; one of held-out samples lies with that of its training.

    Parameters
    ----------
    series : sequence of Series
    chosen : collection of str
        Names of series.
    name : str
        The name of the file, which tells curves of one name in several files apart.
    """
    wanted = [each for each in series if each.name in chosen and len(each.values) > 1]
    held = [each for each in wanted if _HELD.search(each.name)]
    train = [each for each in wanted if not _HELD.search(each.name)]
    stems = {_stem(each.name): each for each in reversed(held)}
    partner = {each.name: stems.get(_stem(each.name)) for each in train}
    paired = set(map(id, partner.values()))
    alone = [each for each in held if id(each) not in paired]
    said: list[Text] = []
    curves = [_curve(each, partner.get(each.name), name, said) for each in (*train, *alone)]
    return curves, said


def _stem(name: str) -> str:
    """Name of a series without the part of the data that it was measured on."""
    return _BETWEEN.sub(" ", _TRAIN.sub(" ", _HELD.sub(" ", name))).strip().lower()


def _curve(train: Series, held: Series | None, file: str, said: list[Text]) -> OutsideCurve:
    own = "" if train.name.isdigit() else train.name
    label = " · ".join(filter(None, (file, own)))[:LONGEST_NAME]
    return OutsideCurve(label, _line(train, said), _line(held, said) if held else None)


def _line(series: Series, said: list[Text]) -> Line:
    line, short = line_of(series)
    if short:
        said.append(_THINNED.format(echo(series.name), len(series.values), len(line.values)))
    return line
