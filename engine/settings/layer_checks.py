"""Checks of the layers and batches of a training: what is too large, and what cannot be normalized."""

from engine.core import MOST_LAYERS, MOST_PARAMETERS, MOST_UNITS, InputError, Text
from engine.layers import count_parameters

_SIZES = Text("invalid layer sizes", "层的大小无效")
_FITTING = Text(
    "up to {} layers of 1 to {} neurons, with at most {} parameters",
    "至多 {} 层，每层 1 到 {} 个神经元，参数至多 {} 个",
).format(MOST_LAYERS, MOST_UNITS, MOST_PARAMETERS)
_WEIGHTS = Text("the given weights do not fit", "给定的权重不匹配")
_NUMBERS = Text("{} numbers, or none", "{} 个数，或不给出")
_ALONE = Text("the last batch has one sample, which cannot be normalized", "最后一批只有一个样本，无法归一化")
_OTHER = Text("another batch size, or no batch normalization", "换一个小批量大小，或不用批量归一化")


def are_sizes(sizes: tuple[int, ...]) -> bool:
    """Whether layers are few and small enough to be drawn and trained; the first size is the number of inputs."""
    few = len(sizes) <= MOST_LAYERS + 1 and all(1 <= n <= MOST_UNITS for n in sizes)
    return few and count_parameters(sizes) <= MOST_PARAMETERS


def check_layers(sizes: tuple[int, ...], given: int) -> None:
    """Raise `InputError` where layers are too many or too large, or so many given weights do not fill them."""
    if not are_sizes(sizes):
        raise InputError(_SIZES, _FITTING, "-".join(map(str, sizes)))
    if given not in (0, count_parameters(sizes)):
        raise InputError(_WEIGHTS, _NUMBERS.format(count_parameters(sizes)), given)


def check_batches(samples: int, batch: int) -> None:
    """Raise `InputError` where one of the batches that are normalized has a single sample."""
    if batch == 1 or samples % batch == 1:
        raise InputError(_ALONE, _OTHER, f"{samples} / {batch}")
