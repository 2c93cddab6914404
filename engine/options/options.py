"""Options of a pass beside the plain equations: a penalty on the weights, clipping, the mode of its layers.

`OPTIONS` is the table of these settings: their words, their texts in links, what is allowed. All that lists settings,
takes, writes or says them reads it there.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypedDict

import numpy as np
from numpy.typing import DTypeLike

from engine.catalogue import CLIPS, REGULARIZERS
from engine.core import PASS, Field, Text, amount, as_tuple, lookup, named, parts_of
from engine.mistakes import MISTAKES, check_mistakes
from engine.options.stopping import StopOptions

MODES = {"training": True, "inference": False}
_NONE, NO_MISTAKE = "none", Text("no mistake", "没有错误")


class Options(NamedTuple):
    """Options that a program is compiled for.

    Attributes
    ----------
    regularizer, strength : str, float
        A name in `REGULARIZERS`, and λ.
    clip, clip_at : str, float
        A name in `CLIPS`, and the limit.
    training : bool
        Whether normalized layers take the mean and variance of the batch, and dropout drops: or inference mode.
    mistakes : tuple of str
        Names in `MISTAKES`: what is done wrongly, on purpose.
    """

    regularizer: str = "none"
    strength: float = 0.01
    clip: str = "none"
    clip_at: float = 1.0
    training: bool = True
    mistakes: tuple[str, ...] = ()

    @property
    def regularized(self) -> bool:
        """Whether there is a penalty."""
        return self.uses("regularizer")

    @property
    def clipped(self) -> bool:
        """Whether gradients are clipped."""
        return self.uses("clip")

    def uses(self, attribute: str) -> bool:
        """Return whether a setting is another than the usual one, with which it does nothing."""
        return bool(getattr(self, attribute) != USUAL[attribute])

    def amounts(self, attribute: str) -> tuple[float, ...]:
        """Return the amounts that belong to a setting."""
        return tuple(getattr(self, name) for name, field in OPTIONS.items() if field.of == attribute)

    def checked(self) -> "Options":
        """Return the options as a pass takes them, or raise `InputError`, as `options_of` does."""
        return self if self == PLAIN else options_of(**self._asdict())


PLAIN = Options()
USUAL: Mapping[str, Any] = PLAIN._asdict()


class GradientOptions(TypedDict, total=False):
    """Keyword options of `sweep`, `train`, `fit` and `trace`: transforms of the gradient before an update.

    Attributes
    ----------
    regularizer : str
        A name in `REGULARIZERS`: a penalty on the weights, not on the biases, that is no part of the loss shown.
    strength : float
        λ of the penalty, 0.01 unless given.
    clip : str
        A name in `CLIPS`: what happens to a gradient that is too large.
    clip_at : float
        The limit, 1 unless given.
    """

    regularizer: str
    strength: float
    clip: str
    clip_at: float


class PassOptions(GradientOptions, total=False):
    """Keyword options of `train`, `fit` and `trace`: all of `GradientOptions`, and mistakes.

    Attributes
    ----------
    mistakes : sequence of str
        Names in `engine.mistakes.registry.MISTAKES`: what is done wrongly, on purpose, in every pass and update.
    """

    mistakes: Sequence[str]


class SweepOptions(GradientOptions, StopOptions, total=False):
    """Keyword options of `sweep`, `train` and `fit`.

    All of `GradientOptions` and `StopOptions`, the order of samples, and how η changes.

    Attributes
    ----------
    shuffle : bool
        Whether each epoch has an order of its own, drawn from the seed and its number; so it is unless given.
    seed : int
        Of the orders, and of which samples a validation share holds out; 0 unless given.
    record : str
        `running`, the usual: the loss is the mean cost seen before each update; `full`: the cost of the whole set
        after an epoch.
    schedule : str
        A name in `SCHEDULES`: how η changes from epoch to epoch, over all of them, also those that were done before.
    """

    shuffle: bool
    seed: int
    record: str
    schedule: str


def check_keywords(function: str, given: Iterable[str], allowed: type) -> None:
    """Raise `TypeError`, as Python does, for a keyword that is not in a `TypedDict`."""
    known: dict[str, Any] = allowed.__annotations__
    for name in given:
        if name not in known:
            raise TypeError(f"{function}() got an unexpected keyword argument {name!r}")


def read_mistakes(text: str) -> tuple[str, ...]:
    """Return names of mistakes from `sequential-no_bias`; `none` or nothing for none."""
    return () if text.strip() in ("", _NONE) else tuple(parts_of(text.strip(), "-", len(MISTAKES)))


def write_mistakes(mistakes: tuple[str, ...]) -> str:
    """Return names of mistakes as `read_mistakes` reads them."""
    return "-".join(mistakes) or _NONE


def _read_mode(text: str) -> bool:
    return lookup(Text("mode", "模式"), MODES, text)


def _write_mode(training: bool) -> str:
    return next(name for name, on in MODES.items() if on == training)


def _check_mistakes(mistakes: Any, *_: Any) -> tuple[str, ...]:
    made = as_tuple(mistakes)
    check_mistakes(made)
    return made


def _mistake_words(mistakes: tuple[str, ...]) -> Text:
    return Text(" + ", " + ").join(MISTAKES[name].label for name in mistakes) if mistakes else NO_MISTAKE


OPTIONS: Mapping[str, Field] = {
    field.attribute: field._replace(usual=USUAL[field.attribute])
    for field in (
        named(
            "regularizer",
            Text("regularizer", "正则化方法"),
            REGULARIZERS,
            Text("regularizer", "正则化"),
            said=Text("penalty {}", "惩罚项：{}"),
            line=Text("P: {}, λ = {}", "P: {}, λ = {}"),
            in_cost=True,
            midway=True,
        ),
        amount(
            "strength",
            Text("invalid strength λ", "正则化系数 λ 无效"),
            Text("penalty strength λ", "正则化系数 λ"),
            said=Text("λ = {}", "λ = {}"),
            of="regularizer",
            letter=r"\lambda",
            midway=True,
        ),
        named(
            "clip",
            Text("clipping", "裁剪方式"),
            CLIPS,
            Text("gradient clipping", "梯度裁剪"),
            said=Text("clipping {}", "裁剪：{}"),
            line=Text("clipping {}, c = {}", "梯度{}，c = {}"),
            midway=True,
        ),
        amount(
            "clip_at",
            Text("invalid clipping threshold", "裁剪阈值无效"),
            Text("clipping threshold c", "裁剪阈值 c"),
            above=True,
            said=Text("c = {}", "c = {}"),
            of="clip",
            letter="c",
            midway=True,
        ),
        Field("training", _read_mode, _write_mode, Text("Mode", "模式"), where=PASS, link="mode"),
        Field(
            "mistakes",
            read_mistakes,
            write_mistakes,
            Text("deliberate mistakes", "故意的错误"),
            show=_mistake_words,
            check=_check_mistakes,
        ),
    )
}
_IN_TURN = sorted(OPTIONS.values(), key=lambda field: bool(field.of))  # an amount behind the setting that it is of
GRADIENT = tuple(OPTIONS[name] for name in GradientOptions.__annotations__)


def techniques() -> Iterator[tuple[Field, tuple[Field, ...]]]:
    """Yield the settings of what can be done with a gradient, each with the amounts that belong to it."""
    for field in GRADIENT:
        if not field.of:
            yield field, tuple(amount for amount in GRADIENT if amount.of == field.attribute)


def is_plain(options: Mapping[str, Any]) -> bool:
    """Whether options ask for nothing beside the plain equations."""
    return all(options.get(name, field.usual) == field.usual for name, field in OPTIONS.items() if not field.of)


def options_of(dtype: DTypeLike = np.float64, **given: Any) -> Options:
    """Return checked options; an amount is the usual one where nothing is done with it.

    Raises
    ------
    InputError
        For an unknown name, a negative strength, a limit that is not above 0, or mistakes that exclude each other.
    """
    values = dict(USUAL)
    for field in _IN_TURN:
        name, used = field.attribute, not field.of or values[field.of] != USUAL[field.of]
        value = given.pop(name, field.usual)
        value = field.check(value, dtype, used) if field.check else value
        values[name] = value if used else field.usual
    if given:
        raise TypeError(f"no such options: {', '.join(given)}")
    return Options(**values | {"training": bool(values["training"])})
