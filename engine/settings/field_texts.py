"""Settings as short texts, in links, in files and typed by hand: sizes, rows of data, states, seeds of masks.

Numbers stand in the order of `Network.theta`, joined by `_`; rows of data are joined by `~`. In a row without `_`, as
it is typed by hand, a comma joins numbers; beside `_` it is a decimal comma. Sizes are checked before anything is
built.
"""

import re

from engine.catalogue import activation
from engine.core import (
    MOST_LAYERS,
    MOST_PARAMETERS,
    MOST_UNITS,
    InputError,
    Text,
    parse_number,
    parse_whole,
    parts_of,
    write_number,
)
from engine.optimizers import OPTIMIZERS
from engine.settings.layer_checks import are_sizes
from engine.settings.model import FIRST_MASKS, MOST_SAMPLES, Rows

LARGEST_SEED = 2**32 - 1
_MOST_SLOTS = max(len(optimizer.slots) for optimizer in OPTIMIZERS.values())
_NO_HIDDEN = "0"


def read_sizes(text: str) -> tuple[int, ...]:
    """Return layer sizes from `3-4-2`, or raise `InputError` where they are too many or too large to be drawn."""
    parts = text.strip().split("-", MOST_LAYERS + 1)
    sizes = tuple(int(part) for part in parts) if all(re.fullmatch(r"\d{1,6}", part) for part in parts) else ()
    if len(sizes) >= 2 and are_sizes(sizes):
        return sizes
    raise InputError(
        Text("invalid layer sizes", "层的大小无效"),
        Text(
            "2 to {} whole numbers from 1 to {} joined by hyphens, such as 3-4-2, with at most {} parameters",
            "用连字符连接的 2 到 {} 个 1 到 {} 的整数，如 3-4-2，参数至多 {} 个",
        ).format(MOST_LAYERS + 1, MOST_UNITS, MOST_PARAMETERS),
        text,
    )


def write_sizes(sizes: tuple[int, ...]) -> str:
    """Return layer sizes as `read_sizes` reads them."""
    return "-".join(map(str, sizes))


def read_activations(text: str) -> tuple[str, ...]:
    """Return names of activations from `relu-softmax`."""
    return tuple(activation(name).name for name in parts_of(text.strip(), "-", MOST_LAYERS))


def read_numbers(text: str, most: int = MOST_PARAMETERS) -> tuple[float, ...]:
    """Return numbers joined by `_`, or, where there is none, by commas."""
    parts = re.split(r"[_\s]+" if "_" in text else r"[,\s]+", text.strip(), maxsplit=most)
    if len(parts) > most:
        raise InputError(Text("too many numbers", "数值太多"), Text("at most {}", "至多 {} 个").format(most), text)
    return tuple(parse_number(part) for part in parts)


def read_rows(text: str) -> Rows:
    """Return rows of data joined by `~`, or typed by hand with semicolons."""
    rows = re.split(r"[~;]", text.strip("~; "), maxsplit=MOST_SAMPLES)
    if len(rows) > MOST_SAMPLES:
        allowed = Text("at most {}", "至多 {} 个").format(MOST_SAMPLES)
        raise InputError(Text("too many samples", "样本太多"), allowed, text)
    return tuple(read_numbers(row, MOST_UNITS) for row in rows)


def write_numbers(numbers: tuple[float, ...]) -> str:
    """Return numbers as `read_numbers` reads them."""
    return "_".join(write_number(number) for number in numbers)


def read_state(text: str, most: int = MOST_PARAMETERS) -> tuple[tuple[str, tuple[float, ...]], ...]:
    """Return the parts of an optimizer's state from `v.0.1_0.2~t.5`."""
    parts = (part.partition(".") for part in parts_of(text, "~", _MOST_SLOTS))
    return tuple((slot, read_numbers(numbers, most)) for slot, _, numbers in parts)


def write_state(state: tuple[tuple[str, tuple[float, ...]], ...] | None) -> str:
    """Return an optimizer's state as `read_state` reads it."""
    return "~".join(f"{slot}.{write_numbers(numbers)}" for slot, numbers in state or ())


def read_masks(text: str) -> tuple[int, int, int]:
    """Return the seed of masks, with hyphens also the epoch and the batch of a training."""
    parts = [parse_whole(part, 0, LARGEST_SEED) for part in text.strip().split("-", len(FIRST_MASKS))]
    if len(parts) > len(FIRST_MASKS):
        allowed = Text("a seed, or seed-epoch-batch", "一个种子，或 种子-轮次-小批量")
        raise InputError(Text("not a valid dropout seed", "无法由此抽取掩码"), allowed, text)
    seed, epoch, batch = (*parts, *FIRST_MASKS[len(parts) :])
    return seed, epoch, batch


def write_masks(masks: tuple[int, int, int]) -> str:
    """Return the seed of masks as `read_masks` reads it."""
    shortened = masks[:1] if masks[1:] == FIRST_MASKS[1:] else masks
    return "-".join(map(str, shortened))


def write_rows(rows: Rows) -> str:
    """Return rows of data as `read_rows` reads them."""
    return "~".join(map(write_numbers, rows))


def read_hidden(text: str) -> tuple[int, ...]:
    """Return sizes of hidden layers from `8-8`; `0` or nothing for none."""
    try:
        return () if text.strip() in ("", _NO_HIDDEN) else read_sizes(f"1-{text.strip()}")[1:]
    except InputError as error:
        raise InputError(error.problem, error.allowed, text) from None


def write_hidden(hidden: tuple[int, ...]) -> str:
    """Return sizes of hidden layers as `read_hidden` reads them."""
    return "-".join(map(str, hidden)) or _NO_HIDDEN


def read_given(text: str) -> tuple[float, ...]:
    """Return the numbers that a training starts from; nothing for drawn ones."""
    return read_numbers(text) if text.strip() else ()
