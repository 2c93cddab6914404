"""Link codec of a model: its example or drawn network, and then only the settings that differ from that.

Parsing never raises: what cannot be used is reported and replaced by the default. How each setting is written says its
row in `engine.settings.fields`.
"""

from collections.abc import Container, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from engine.core import Field, InputError, Text, changed_fields, in_link, read_fields, with_readers, write_fields
from engine.layers import NORM_VALUES, count_parameters
from engine.settings.field_texts import read_numbers, read_state
from engine.settings.fields import OF_PASS
from engine.settings.model import Model

DEFAULT_EXAMPLE = "relu_softmax"
DEFAULT_ACTIVATION = "sigmoid"
_HEAD = ("example", "sizes", "activations", "init", "seed")


def _behind(fields: dict[str, Field], name: str, other: str) -> dict[str, Field]:
    """Return fields with one of them moved behind another."""
    listed = [moved for each in fields if each != name for moved in ((each, name) if each == other else (each,))]
    return {each: fields[each] for each in listed}


HEAD = {name: OF_PASS[name] for name in _HEAD}
BODY = _behind({name: f for name, f in OF_PASS.items() if name not in HEAD}, "batch_norm", "mode")  # as links have it
_IDLE = {  # why a field that describes a network is of no use, by whether the network is drawn
    True: (
        Text("a network defined by sizes cannot also be an example", "由层大小定义的网络不能同时是算例"),
        Text("either an example or sizes", "example 与 sizes 二选一"),
    ),
    False: (
        Text("only valid together with sizes", "只对由 sizes 生成的网络有用"),
        Text("together with sizes such as 3-4-2", "与 sizes（如 3-4-2）一起使用"),
    ),
}
_OF_DRAWN = ("init", "seed")  # with which only a drawn network does something
_TOGETHER = ("loss", "x", "y")  # these have to fit each other, so they are tried together first


def model_to_query(model: Model, left_out: Container[str] = ()) -> dict[str, str]:
    """Shortest query from which `model_from_query` makes this model again, but for names that are left out."""
    head = {name: field for name, field in HEAD.items() if (name == "example") == bool(model.example)}
    changed = changed_fields(BODY, model, model.base)
    return write_fields(head | {name: field for name, field in changed.items() if name not in left_out}, model)


def changed_names(model: Model) -> list[str]:
    """Names of the settings that differ from those of the example or of the drawn network."""
    return list(changed_fields(BODY, model, model.base))


def model_to_whole_query(model: Model) -> dict[str, str]:
    """Return a query with every number and every setting of a model, also those of the example or as drawn."""
    told = replace(model, net=tuple(model.network().theta.tolist()))
    head = {name: f for name, f in HEAD.items() if name not in (_OF_DRAWN if model.example else ("example",))}
    body = {name: f for name, f in BODY.items() if getattr(told, f.attribute) is not None}
    return write_fields(head | body, told)


def model_from_query(query: Mapping[str, str]) -> tuple[Model, list[InputError]]:
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
    return with_readers(BODY, {"net": partial(read_numbers, most=most), "state": partial(read_state, most=most)})


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
