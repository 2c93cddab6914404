"""Link codec of a model: its example or drawn network, and then only the settings that differ from that.

Parsing never raises: what cannot be used is reported and replaced by the default. Sizes are checked before anything is
built. Numbers stand in the order of `Network.theta`, joined by `_`; rows of data are joined by `~`. In a row without
`_`, as it is typed by hand, a comma joins numbers; beside `_` it is a decimal comma.
"""

import re
from collections.abc import Callable, Container, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

from engine.activations import activation
from engine.architecture import NORM_VALUES
from engine.clipping import CLIPS
from engine.errors import InputError, lookup
from engine.examples import EXAMPLES
from engine.initializers import INITIALIZERS
from engine.limits import MOST_LAYERS, MOST_PARAMETERS, MOST_UNITS
from engine.losses import LOSSES
from engine.mistakes import MISTAKES
from engine.model import FIRST_MASKS, MOST_ITERATIONS, MOST_SAMPLES, Model, Rows, count_parameters
from engine.numbers import parse_number, parse_whole, parts_of, write_number
from engine.optimizers import OPTIMIZERS
from engine.regularizers import REGULARIZERS
from engine.text import Text

DEFAULT_EXAMPLE = "relu_softmax"
DEFAULT_ACTIVATION = "sigmoid"
LARGEST_SEED = 2**32 - 1
MODES = {"training": True, "inference": False}
NO_MISTAKE = "none"
_MOST_SLOTS = max(len(optimizer.slots) for optimizer in OPTIMIZERS.values())


def read_sizes(text: str) -> tuple[int, ...]:
    """Return layer sizes from `3-4-2`, or raise `InputError` where they are too many or too large to be drawn."""
    parts = text.strip().split("-", MOST_LAYERS + 1)
    sizes = tuple(int(part) for part in parts) if all(re.fullmatch(r"\d{1,6}", part) for part in parts) else ()
    fits = 2 <= len(sizes) <= MOST_LAYERS + 1 and all(1 <= n <= MOST_UNITS for n in sizes)
    if fits and count_parameters(sizes) <= MOST_PARAMETERS:
        return sizes
    raise InputError(
        Text("these layer sizes do not work", "层的大小无效"),
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


def _read_rows(text: str) -> Rows:
    rows = re.split(r"[~;]", text.strip("~; "), maxsplit=MOST_SAMPLES)
    if len(rows) > MOST_SAMPLES:
        allowed = Text("at most {}", "至多 {} 个").format(MOST_SAMPLES)
        raise InputError(Text("too many samples", "样本太多"), allowed, text)
    return tuple(read_numbers(row, MOST_UNITS) for row in rows)


def write_numbers(numbers: tuple[float, ...]) -> str:
    """Return numbers as `read_numbers` reads them."""
    return "_".join(write_number(number) for number in numbers)


def _read_state(text: str, most: int = MOST_PARAMETERS) -> tuple[tuple[str, tuple[float, ...]], ...]:
    """Return the parts of an optimizer's state from `v.0.1_0.2~t.5`."""
    parts = (part.partition(".") for part in parts_of(text, "~", _MOST_SLOTS))
    return tuple((slot, read_numbers(numbers, most)) for slot, _, numbers in parts)


def _write_state(state: tuple[tuple[str, tuple[float, ...]], ...] | None) -> str:
    return "~".join(f"{slot}.{write_numbers(numbers)}" for slot, numbers in state or ())


def read_masks(text: str) -> tuple[int, int, int]:
    """Return the seed of masks, with hyphens also the epoch and the batch of a training."""
    parts = [parse_whole(part, 0, LARGEST_SEED) for part in text.strip().split("-", len(FIRST_MASKS))]
    if len(parts) > len(FIRST_MASKS):
        allowed = Text("a seed, or seed-epoch-batch", "一个种子，或 种子-轮次-批次")
        raise InputError(Text("masks cannot be drawn from this", "无法由此抽取掩码"), allowed, text)
    seed, epoch, batch = (*parts, *FIRST_MASKS[len(parts) :])
    return seed, epoch, batch


def write_masks(masks: tuple[int, int, int]) -> str:
    """Return the seed of masks as `read_masks` reads it."""
    shortened = masks[:1] if masks[1:] == FIRST_MASKS[1:] else masks
    return "-".join(map(str, shortened))


def _read_mode(text: str) -> bool:
    return lookup(Text("mode", "模式"), MODES, text)


def one_of(what: Text, registry: Mapping[str, Any]) -> Callable[[str], str]:
    """Return a reader of names in a registry."""

    def read(text: str) -> str:
        lookup(what, dict(registry), text)
        return text

    return read


def read_mistakes(text: str) -> tuple[str, ...]:
    """Return names of mistakes from `sequential-no_bias`; `none` or nothing for none."""
    return () if text.strip() in ("", NO_MISTAKE) else tuple(parts_of(text.strip(), "-", len(MISTAKES)))


def write_mistakes(mistakes: tuple[str, ...]) -> str:
    """Return names of mistakes as `read_mistakes` reads them."""
    return "-".join(mistakes) or NO_MISTAKE


class Field(NamedTuple):
    """Setting in a link: the model's attribute, and its reader and writer."""

    attribute: str
    read: Callable[[str], Any]
    write: Callable[[Any], str] = str


HEAD = {
    "example": Field("example", one_of(Text("example", "例子"), EXAMPLES)),
    "sizes": Field("sizes", read_sizes, write_sizes),
    "activations": Field("activations", read_activations, "-".join),
    "init": Field("init", one_of(Text("initializer", "初始化方法"), INITIALIZERS)),
    "seed": Field("seed", lambda text: parse_whole(text, 0, LARGEST_SEED)),
}
BODY = {
    "loss": Field("loss", one_of(Text("loss", "损失函数"), LOSSES)),
    "x": Field("x", _read_rows, lambda rows: "~".join(map(write_numbers, rows))),
    "y": Field("y", _read_rows, lambda rows: "~".join(map(write_numbers, rows))),
    "optimizer": Field("optimizer", one_of(Text("optimizer", "优化器"), OPTIMIZERS)),
    "eta": Field("eta", parse_number, write_number),
    "biases": Field("train_bias", lambda text: bool(parse_whole(text, 0, 1)), lambda trained: str(int(trained))),
    "regularizer": Field("regularizer", one_of(Text("regularizer", "正则化方法"), REGULARIZERS)),
    "strength": Field("strength", parse_number, write_number),
    "clip": Field("clip", one_of(Text("clipping", "裁剪方式"), CLIPS)),
    "clip_at": Field("clip_at", parse_number, write_number),
    "dropout": Field("dropout", parse_number, write_number),
    "masks": Field("masks", read_masks, write_masks),
    "mode": Field("training", _read_mode, lambda training: next(m for m, on in MODES.items() if on == training)),
    "batch_norm": Field("batch_norm", lambda text: bool(parse_whole(text, 0, 1)), lambda on: str(int(on))),
    "mistakes": Field("mistakes", read_mistakes, write_mistakes),
    "net": Field("net", read_numbers, write_numbers),
    "state": Field("state", _read_state, _write_state),
    "iteration": Field("iteration", lambda text: parse_whole(text, 1, MOST_ITERATIONS)),
}
_IDLE = {  # why a field that describes a network is of no use, by whether the network is drawn
    True: (
        Text("a network drawn from sizes has no example", "由 sizes 生成的网络不使用例子"),
        Text("either an example or sizes", "example 与 sizes 二选一"),
    ),
    False: (
        Text("of use for a network drawn from sizes only", "只对由 sizes 生成的网络有用"),
        Text("together with sizes such as 3-4-2", "与 sizes（如 3-4-2）一起使用"),
    ),
}
_OF_DRAWN = ("init", "seed")  # with which only a drawn network does something
_TOGETHER = ("loss", "x", "y")  # these have to fit each other, so they are tried together first


def to_query(model: Model, left_out: Container[str] = ()) -> dict[str, str]:
    """Return the shortest query from which `from_query` makes this model again, but for names that are left out."""
    head = {name: field for name, field in HEAD.items() if (name == "example") == bool(model.example)}
    changed = {name: BODY[name] for name in changed_names(model) if name not in left_out}
    return {name: field.write(getattr(model, field.attribute)) for name, field in (head | changed).items()}


def changed_names(model: Model) -> list[str]:
    """Names of the settings that differ from those of the example or of the drawn network."""
    base = model.base
    return [name for name, f in BODY.items() if getattr(model, f.attribute) != getattr(base, f.attribute)]


def to_whole_query(model: Model) -> dict[str, str]:
    """Return a query with every number and every setting of a model, also those of the example or as drawn."""
    told = replace(model, net=tuple(model.network().theta.tolist()))
    head = {name: f for name, f in HEAD.items() if name not in (_OF_DRAWN if model.example else ("example",))}
    body = {name: f for name, f in BODY.items() if getattr(told, f.attribute) is not None}
    return {name: field.write(getattr(told, field.attribute)) for name, field in (head | body).items()}


def from_query(query: Mapping[str, str]) -> tuple[Model, list[InputError]]:
    """Return the model that a query describes, and an error for everything in it that could not be used."""
    problems: list[InputError] = []
    model = _base(read_fields(HEAD, query, problems), problems)
    values = read_fields(_body(model), query, problems)
    together = {name: value for name, value in values.items() if name in _TOGETHER}
    try:
        model = _changed(model, together)
    except InputError:
        groups = [{"loss"}, {"x", "y"}]
        model = _in_turn(model, [{n: v for n, v in together.items() if n in group} for group in groups], problems)
    rest = [{name: value} for name, value in values.items() if name not in _TOGETHER]
    return _in_turn(model, rest, problems), problems


def read_fields(fields: Mapping[str, Field], query: Mapping[str, str], problems: list[InputError]) -> dict[str, Any]:
    """Return the settings in a query, and add to `problems` those that could not be read."""
    values = {}
    for name, field in fields.items():
        if name in query:
            try:
                values[name] = field.read(query[name])
            except InputError as error:
                problems.append(in_link(name, error))
    return values


def _base(head: dict[str, Any], problems: list[InputError]) -> Model:
    """Return the example or the drawn network that a query starts from."""
    described = {name: head.get(name) for name in ("sizes", "activations")}
    if "example" in head and described == _shape(Model.of_example(head["example"])):
        head = {name: value for name, value in head.items() if name not in described}  # said twice, and the same
    drawn = "sizes" in head
    idle = {name: HEAD[name].write(v) for name, v in head.items() if name != "sizes" and (name == "example") == drawn}
    if idle:
        problems.append(in_link(", ".join(idle), InputError(*_IDLE[drawn], ", ".join(idle.values()))))
    if not drawn:
        return Model.of_example(head.get("example", DEFAULT_EXAMPLE))
    sizes, init, seed = head["sizes"], head.get("init", "xavier_uniform"), head.get("seed", 1)
    default = (DEFAULT_ACTIVATION,) * (len(sizes) - 1)
    try:
        return Model.drawn(sizes, head.get("activations", default), init, seed)
    except InputError as error:
        problems.append(in_link("activations", error))
        return Model.drawn(sizes, default, init, seed)


def _shape(model: Model) -> dict[str, Any]:
    return {"sizes": model.sizes, "activations": model.activations}


def _body(model: Model) -> dict[str, Field]:
    """Return the fields beside the head, which take no more numbers than the network has room for."""
    most = count_parameters(model.sizes) + 2 * len(NORM_VALUES) * sum(model.sizes[1:-1])
    readers = {"net": read_numbers, "state": _read_state}
    return BODY | {name: BODY[name]._replace(read=partial(read, most=most)) for name, read in readers.items()}


def _changed(model: Model, values: dict[str, Any]) -> Model:
    changed = model.with_settings(**{BODY[name].attribute: value for name, value in values.items()})
    changed.check()
    return changed


def _in_turn(model: Model, groups: list[dict[str, Any]], problems: list[InputError]) -> Model:
    for group in groups:
        try:
            model = _changed(model, group)
        except InputError as error:
            problems.append(in_link(", ".join(group), error))
    return model


def in_link(name: str, error: InputError) -> InputError:
    """Return an error with the part of the link that it is about."""
    return InputError(Text("{}: {}", "{}：{}").format(name, error.problem), error.allowed, error.received)
