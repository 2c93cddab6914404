"""Ends of a training before its last epoch: a target loss, and early stopping.

`STOPPING` is the table of these settings; all that lists settings, takes, writes or draws them reads it there.
"""

from typing import Any, NamedTuple, TypedDict

import numpy as np

from engine.core import TRAINING, Field, InputError, Text, as_number, as_whole, number, optional, whole

_TARGET = Text("invalid target loss", "目标损失无效")
_PATIENCE = Text("invalid patience", "早停容忍轮数（patience）无效")
_IMPROVEMENT = Text("invalid minimum improvement", "最小改善量无效")
_BELOW_ONE = Text("a number from 0 up to, but not including, 1", "从 0 到 1（不含 1）的数")
_LONGEST_PATIENCE = 100_000


class StopOptions(TypedDict, total=False):
    """Keyword options of `train`, `fit` and `sweep`: when a training ends before its last epoch.

    The loss that counts is that of the held-out samples where there are some.

    Attributes
    ----------
    target_loss : float, optional
        The training ends once the loss is not above this.
    patience : int, optional
        Early stopping: the training ends once the loss has not improved for so many epochs.
    min_improvement : float
        The share of the best loss so far by which it has to become smaller to have improved, 0.0001 unless given.
    """

    target_loss: float | None
    patience: int | None
    min_improvement: float


class Stopping(NamedTuple):
    """Checked `StopOptions`; `stopping_of` makes them."""

    target_loss: float | None = None
    patience: int | None = None
    min_improvement: float = 1e-4

    @property
    def used(self) -> bool:
        """Whether a training may end before its last epoch."""
        return any(getattr(self, field.attribute) is not None for field in STOPPING if not field.of)

    def checked(self) -> "Stopping":
        """Return the settings as a training takes them, or raise `InputError`, as `stopping_of` does."""
        return self if self == NEVER else stopping_of(**self._asdict())


NEVER = Stopping()


def stopping_of(**given: Any) -> Stopping:
    """Return checked settings of when a training ends; raises `InputError` for those that cannot be used."""
    asked = NEVER._replace(**given)._asdict()
    for field in STOPPING:
        if field.check:
            asked[field.attribute] = field.check(asked[field.attribute], np.float64, True)
    return Stopping(**asked)


def _as_share(value: Any, *_: Any) -> float:
    share = as_number(_IMPROVEMENT, value, 0)
    if share >= 1:
        raise InputError(_IMPROVEMENT, _BELOW_ONE, value)
    return share


def taken_stopping(options: dict[str, Any]) -> Stopping:
    """Return the checked settings of when a training ends, and take them out of its keyword options."""
    return stopping_of(**{name: options.pop(name) for name in StopOptions.__annotations__ if name in options})


STOPPING: tuple[Field, ...] = (
    optional(
        number(
            "target_loss",
            Text("target loss", "目标损失"),
            check=lambda value, *_: as_number(_TARGET, value),
            said=Text("target loss {}", "目标损失 {}"),
            about=Text(
                "Training ends once the loss (the validation loss, if there is a validation set) has fallen to "
                "this value.",
                "损失（有验证集时为验证损失）降到此值，训练即结束。",
            ),
            where=TRAINING,
            midway=True,
        ),
        Text("no target loss", "无目标损失"),
    ),
    optional(
        whole(
            "patience",
            1,
            _LONGEST_PATIENCE,
            Text("patience in epochs", "早停容忍轮数"),
            check=lambda value, *_: as_whole(_PATIENCE, value, 1),
            said=Text("early stopping after {} epochs", "早停容忍 {} 轮"),
            about=Text(
                "Early stopping: training ends once the loss (the validation loss, if there is a validation set) "
                "has not improved for this many epochs.",
                "早停：损失（有验证集时为验证损失）连续这么多轮没有改善，训练即结束。",
            ),
            where=TRAINING,
            midway=True,
        ),
        Text("no early stopping", "不用早停"),
    ),
    number(
        "min_improvement",
        Text("minimum improvement", "最小改善比例"),
        check=_as_share,
        said=Text("minimum improvement {}", "最小改善比例 {}"),
        about=Text(
            "The loss counts as improved if it falls below the best so far by at least this fraction: 0.01 is 1%.",
            "损失比此前最佳值至少下降这一比例才算改善：0.01 即 1%。",
        ),
        of="patience",
        where=TRAINING,
        midway=True,
    ),
)
