"""Settings of the Landscape page, as its address carries them: which loss surface, and how it is drawn."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any

from engine import OPTIMIZERS, InputError, Network, Ref, Text
from engine.core import (
    Field,
    changed_fields,
    lookup,
    names,
    one_of,
    parse_number,
    parts_of,
    read_fields,
    switch,
    whole,
    with_readers,
    write_fields,
    write_number,
)
from engine.landscape import SURFACES
from engine.optimizers import as_rate
from engine.settings import LARGEST_SEED
from visualizer.writing import plain

NETWORK = "network"
PLANES = {  # what each shows, and what it hides
    "weights": (
        Text("two parameters", "两个参数"),
        Text(
            "Exact for these two parameters; all others are held fixed, so their joint effect is not visible.",
            "对这两个参数是精确的；其余参数固定不动，因此看不出它们一起变化时会怎样。",
        ),
    ),
    "random": (
        Text("two random directions", "两个随机方向"),
        Text(
            "Shows how steep or flat the neighborhood is, with directions scaled to each neuron's weights. Two "
            "random directions hide most of a run's path and any walls or valleys that lie across them.",
            "以各神经元权重的长度为单位，显示周围有多陡或多平；两个方向只是众多方向中的两个，训练路径的大部分以及"
            "横向的陡壁与谷地都看不到。",
        ),
    ),
    "principal": (
        Text("principal directions of the run", "训练路径的主方向"),
        Text(
            "Shows the two directions in which the run moved most, i.e. its way down. Because the plane is chosen "
            "from the path, it hides everything the run never visited.",
            "显示训练路径变化最大的两个方向，即它下降的路线；平面由路径选出，路径未经过之处看不到。",
        ),
    ),
}
GRIDS = (25, 50, 100)
REACHES = (0.25, 0.5, 1.0, 2.0, 4.0)
MOST_STEPS = 2000
Place = tuple[int, int, int | None]
_PARAMETER = re.compile(r"(?:w(\d{1,4})\.(\d{1,4})\.(\d{1,4})|b(\d{1,4})\.(\d{1,4}))")
_NO_PLACE = Text("the network has no such parameter", "该网络没有这个参数")


@dataclass(frozen=True)
class LandscapeSettings:
    """Settings of a landscape.

    Attributes
    ----------
    ground : str
        `network`, the one of the Train page, or a name in `SURFACES`.
    plane : str
        A name in `PLANES`.
    first, second : tuple or None
        Two parameters as `engine.landscape.parameter_plane` takes them; None for the first ones of the network.
    directions : int
        The seed of random directions.
    reach : float
        The extent of the picture, as a multiple of the usual.
    grid : int
        Points along each side.
    solid : bool
        Whether it is drawn as a surface in space, and not as a map.
    log : bool or None
        Whether heights are logarithmic; None where the heights themselves decide.
    walkers : tuple of str
        Names in `OPTIMIZERS` that walk on a test surface.
    rate : float or None
        Of all of them; None for the one that is usual for each.
    steps : int
    edge : bool
        Whether the sharpness along the run is drawn below, beside the edge of stability.
    """

    ground: str = NETWORK
    plane: str = "random"
    first: Place | None = None
    second: Place | None = None
    directions: int = 0
    reach: float = 1.0
    grid: int = 50
    solid: bool = False
    log: bool | None = None
    walkers: tuple[str, ...] = ("sgd", "momentum", "rmsprop", "adam")
    rate: float | None = None
    steps: int = 200
    edge: bool = False


def read_place(text: str) -> Place:
    """Return the parameter of `w1.2.3`, weight (2, 3) of layer 1, or of `b1.2`, the bias of neuron 2, from 1."""
    found = _PARAMETER.fullmatch(text.strip())
    numbers = [int(part) for part in found.groups() if part] if found else [0]
    if min(numbers) < 1:
        raise InputError(Text("not a parameter", "这不是参数"), Text("such as w1.2.3 or b1.2", "如 w1.2.3、b1.2"), text)
    layer, j, *k = numbers
    return layer, j - 1, k[0] - 1 if k else None


def write_place(place: Place | None) -> str:
    """Return a parameter as `read_place` reads it."""
    if place is None:
        return ""
    layer, j, k = place
    return f"b{layer}.{j + 1}" if k is None else f"w{layer}.{j + 1}.{k + 1}"


def place_name(place: Place) -> str:
    """Return a parameter for reading, as in w²₁₃."""
    layer, j, k = place
    return plain(Ref("b", layer), j) if k is None else plain(Ref("W", layer), j, k)


def places_of(settings: LandscapeSettings, network: Network) -> tuple[Place, Place]:
    """Return the two chosen parameters; where the network lacks one, or both are the same, its first ones."""
    usual: list[Place] = [(1, 0, 0), (1, 0, 1) if network.sizes[0] > 1 else (1, 0, None)]
    first = settings.first if settings.first and has(network, settings.first) else None
    second = settings.second if settings.second and has(network, settings.second) else None
    first = first or next(place for place in usual if place != second)
    second = second if second and second != first else next(place for place in usual if place != first)
    return first, second


def has(network: Network, place: Place) -> bool:
    """Return whether a network has a parameter."""
    try:
        network.index(*place)
    except InputError:
        return False
    return True


def with_click(places: tuple[Place, Place], clicked: Place) -> tuple[Place, Place]:
    """Return the two parameters after a click on one: it becomes the second, and the second becomes the first."""
    return (places[1], clicked) if clicked not in places else (places[1], places[0])


def _read_walkers(text: str) -> tuple[str, ...]:
    given = tuple(dict.fromkeys(parts_of(text, "-", len(OPTIMIZERS)))) if text else ()
    for name in given:
        lookup(Text("optimizer", "优化器"), OPTIMIZERS, name)
    return given


def _one_of_numbers(offered: tuple[Any, ...], text: str) -> Any:
    number = parse_number(text)
    if number not in offered:
        raise InputError(Text("not an available option", "没有这个选项"), names(map(str, offered)), text)
    return offered[offered.index(number)]


def _read_rate(text: str) -> float | None:
    return float(as_rate(parse_number(text))) if text.strip() else None


def _write_rate(rate: float | None) -> str:
    return "" if rate is None else write_number(rate)


FIELDS = {  # in the order of links
    field.name: field
    for field in (
        Field(
            "ground",
            one_of(Text("surface", "曲面"), {NETWORK: None, **SURFACES}),
            label=Text("landscape of", "绘制对象"),
        ),
        Field("plane", one_of(Text("plane", "平面"), PLANES), label=Text("plane", "平面")),
        Field("first", read_place, write_place, Text("first parameter", "第一个参数")),
        Field("second", read_place, write_place, Text("second parameter", "第二个参数")),
        whole("directions", 0, LARGEST_SEED, Text("direction seed", "方向种子")),
        Field("reach", partial(_one_of_numbers, REACHES), write_number, Text("range", "范围")),
        Field("grid", partial(_one_of_numbers, GRIDS), label=Text("resolution", "分辨率")),
        switch("solid", Text("view", "画面")),
        switch("log", Text("log scale", "对数坐标")),
        switch("edge", Text("sharpness along the run", "沿训练过程的锐度")),
        Field("walkers", _read_walkers, "-".join, Text("optimizers", "优化器")),
        Field("rate", _read_rate, _write_rate, Text("learning rate η (all optimizers)", "学习率 η（所有优化器）")),
        whole("steps", 1, MOST_STEPS, Text("steps", "步数")),
    )
}


def landscape_to_query(settings: LandscapeSettings) -> dict[str, str]:
    """Return the query of the landscape settings that differ from the usual."""
    return write_fields(changed_fields(FIELDS, settings, LandscapeSettings()), settings)


def _ranges(network: Network) -> Iterator[str]:
    """Yield the parameters that a network has, in short."""
    for layer, (n_in, n_out) in enumerate(pairwise(network.sizes), 1):
        yield f"w{layer}.1.1…w{layer}.{n_out}.{n_in}"
        yield f"b{layer}.1…b{layer}.{n_out}"


def landscape_from_query(query: Mapping[str, str], network: Network) -> tuple[LandscapeSettings, list[InputError]]:
    """Return the settings that a query describes, and an error for each that could not be used for a network."""
    problems: list[InputError] = []

    def read(text: str) -> Place:
        place = read_place(text)
        if not has(network, place):
            raise InputError(_NO_PLACE, names(_ranges(network)), text)
        return place

    fields = with_readers(FIELDS, {"first": read, "second": read})
    return LandscapeSettings(**read_fields(fields, query, problems)), problems
