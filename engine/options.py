"""Options of a pass beside the plain equations: a penalty on the weights, clipping, the mode of its layers."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import DTypeLike

from engine.clipping import CLIPS
from engine.errors import InputError, lookup
from engine.inputs import as_number, as_tuple
from engine.making import check_mistakes
from engine.regularizers import REGULARIZERS
from engine.text import Text


class Options(NamedTuple):
    """Options that a program is compiled for.

    Attributes
    ----------
    regularizer, strength : str, float
        A name in `REGULARIZERS`, and λ; 0 without one.
    clip, clip_at : str, float
        A name in `CLIPS`, and the limit; 0 without one.
    training : bool
        Whether normalized layers take the mean and variance of the batch, and dropout drops: or inference mode.
    mistakes : tuple of str
        Names in `MISTAKES`: what is done wrongly, on purpose.
    """

    regularizer: str = "none"
    strength: float = 0.0
    clip: str = "none"
    clip_at: float = 0.0
    training: bool = True
    mistakes: tuple[str, ...] = ()

    @property
    def regularized(self) -> bool:
        """Whether there is a penalty."""
        return self.regularizer != "none"

    @property
    def clipped(self) -> bool:
        """Whether gradients are clipped."""
        return self.clip != "none"


PLAIN = Options()


def options_of(
    regularizer: str = "none",
    strength: float = 0.01,
    clip: str = "none",
    clip_at: float = 1.0,
    training: bool = True,
    dtype: DTypeLike = np.float64,
    mistakes: Sequence[str] = (),
) -> Options:
    """Return checked options.

    Raises
    ------
    InputError
        For an unknown name, a negative strength, a limit that is not above 0, or mistakes that exclude each other.
    """
    penalty = lookup(Text("regularizer", "正则化方法"), REGULARIZERS, regularizer).name
    clip = lookup(Text("clipping", "裁剪方式"), CLIPS, clip).name
    strength = as_number(Text("this strength λ does not work", "强度 λ 无效"), strength, 0, dtype)
    clip_at = as_number(Text("this limit of clipping does not work", "裁剪上限无效"), clip_at, 0, dtype)
    if clip != "none" and clip_at == 0:
        problem = Text("this limit of clipping does not work", "裁剪上限无效")
        raise InputError(problem, Text("a number above 0", "大于 0 的数"), clip_at)
    made = as_tuple(mistakes)
    check_mistakes(made)
    return Options(penalty, strength * (penalty != "none"), clip, clip_at * (clip != "none"), bool(training), made)
