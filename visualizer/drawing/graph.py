"""The geometry of a network's drawing, its nodes and edges; the same for every step, so that nothing jumps.

Layers that are too wide are folded: the units that matter most are drawn, and one node says how many are not.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

import networkx as nx
import numpy as np

from engine import Ref, Trace
from visualizer.drawing.label_layout import LABEL_SIZES, Ends, Obstacle, Place, Tag, place_labels
from visualizer.drawing.meeting import meeting_places

WIDTH, HEIGHT = 1000, 640
_MARGIN_X, _MARGIN_TOP, _MARGIN_BOTTOM = 62, 36, 8


class Proportions(NamedTuple):
    """Proportions of a drawing: its height, the largest radius of a node, and a radius as a share of the room.

    `least` is the size of the smallest type in a node, and `sizes` are those of the numbers on edges, the largest
    first. `number` is the size of a node's number that is wanted where the node has room for it.
    """

    height: int
    largest: float
    of_rows: float
    of_columns: float
    least: float
    sizes: tuple[int, ...]
    number: float = 0

    def step(self, rows: int) -> float:
        """Return the distance of the nodes of a column."""
        return (self.height - _MARGIN_TOP - _MARGIN_BOTTOM) / rows


DESK = Proportions(HEIGHT, 50, 0.31, 0.24, 11, LABEL_SIZES)
HALL = Proportions(
    890,
    62,
    0.42,
    0.3,
    16.5,
    (28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17),
    21.7,
)  # beside an equation on a screen
_MOST_UNITS, _MOST_EDGES = 16, 150
UNFOLDED = 40  # units of an unfolded layer that are drawn at a time
_COLUMN_OF_TARGETS, _COLUMN_OF_COST = 0.66, 0.52  # as a share of the gap between layers
_SMALLEST_RADIUS, _LARGEST_DOT = 6, 14.5  # a dot has no room for words
FULL, COMPACT, DENSE = "full", "compact", "dense"
_FULL_SPACING, _COMPACT_SPACING = 96, 52
SATELLITES = ("bias", "norm")
_NORM_SPACING, _NORM_GAP = 119, 165  # from which γ and β of a neuron have room for their numbers
# how far the middle of a satellite is from a neuron's rim, half its height, and how far γ and β are from its middle
_ABOVE, _HALF_PLATE, _BESIDE = 21, 13, 40


class Node(NamedTuple):
    """Node of the drawing: its place, and by `ref` and `indices` the value that it shows."""

    id: str
    kind: str
    ref: Ref
    indices: tuple[int, ...]
    x: float
    y: float
    r: float


class Edge(NamedTuple):
    """Edge of the drawing from one node to another, and the place of its label, if there is room for one."""

    id: str
    source: str
    target: str
    ref: Ref | None
    indices: tuple[int, ...]
    ends: Ends
    label: Place | None
    meet: tuple[float, float] = (0.5, 0.5)


@dataclass(frozen=True, eq=False)
class Drawing:
    """Geometry of a network's drawing: everything in it but the numbers. It is known by its identity."""

    nodes: dict[str, Node]
    edges: tuple[Edge, ...]
    detail: str
    tag: Tag
    meeting: Tag


def shown_units(trace: Trace, unfolded: tuple[int, int] | None = None) -> tuple[tuple[int, ...], ...]:
    """Units of each layer, the inputs first, that are drawn: those with the largest errors, of inputs values.

    Of an unfolded layer, given with a page counted from 1, they are that page's units in their order.
    """
    sizes = trace.given.sizes
    quotas = _quotas(sizes)
    weights = [trace.value("a", 0), *(trace.value("delta", l) for l in range(1, len(sizes)))]
    shown = []
    for size, quota, weight in zip(sizes, quotas, weights, strict=True):
        order = np.argsort(-np.abs(weight).max(axis=1), kind="stable")
        shown.append(tuple(range(size)) if size <= quota else tuple(sorted(order[:quota].tolist())))
    if unfolded:
        layer, page = unfolded
        shown[layer] = tuple(range(sizes[layer])[(page - 1) * UNFOLDED : page * UNFOLDED])
    return tuple(shown)


def next_page(sizes: tuple[int, ...], layer: int, unfolded: tuple[int, int] | None) -> tuple[int, int] | None:
    """Unfolded page of a layer after a click on its fold: its first units, then the next; after the last, folded."""
    page = unfolded[1] + 1 if unfolded and unfolded[0] == layer else 1
    return (layer, page) if (page - 1) * UNFOLDED < sizes[layer] else None


def _quotas(sizes: tuple[int, ...]) -> list[int]:
    """The number of units of each layer that are drawn: all while they fit, else as many as the edges allow."""
    if max(sizes) <= _MOST_UNITS and len(sizes) <= 9:
        return list(sizes)
    quota = _MOST_UNITS
    while sum(min(a, quota) * min(b, quota) for a, b in pairwise(sizes)) > _MOST_EDGES and quota > 2:
        quota -= 1
    return [min(size, quota) for size in sizes]


@lru_cache(maxsize=64)
def drawing(
    sizes: tuple[int, ...],
    shown: tuple[tuple[int, ...], ...],
    norms: tuple[bool, ...] = (),
    proportions: Proportions = DESK,
) -> Drawing:
    """Lay out the network of these sizes, of which these units are drawn; `norms` says which layers are normalized.

    In all proportions the same nodes and edges have room for a number.
    """
    graph = _graph(sizes, shown)
    normed = frozenset(l for l, norm in enumerate(norms, 1) if norm)
    nodes = _nodes(graph, len(sizes), normed, proportions)
    rows = max(len(units) + wide for units, wide in zip(shown, _wide(sizes), strict=True))
    return Drawing(nodes, *_edges(graph, nodes, _detail(DESK.step(rows)), bool(normed), proportions))


def _wide(sizes: tuple[int, ...]) -> list[bool]:
    """Whether each layer is folded when nothing is unfolded: it then has a fold at all times, to click on."""
    return [quota < size for quota, size in zip(_quotas(sizes), sizes, strict=True)]


def _detail(spacing: float) -> str:
    return FULL if spacing >= _FULL_SPACING else COMPACT if spacing >= _COMPACT_SPACING else DENSE


def _graph(sizes: tuple[int, ...], shown: tuple[tuple[int, ...], ...]) -> nx.DiGraph:
    """Return neurons, inputs, targets and the cost, with their column, and an edge for each drawn weight."""
    graph, last, wide = nx.DiGraph(), len(sizes) - 1, _wide(sizes)
    for l, units in enumerate(shown):
        for j in units:
            kind = "neuron" if l else "input"
            graph.add_node(f"a.{l}.{j + 1}", column=l, kind=kind, ref=Ref("a", l), indices=(j,))
        if wide[l]:
            graph.add_node(f"fold.{l}", column=l, kind="fold", ref=Ref("a", l), indices=(sizes[l] - len(units),))
    for l, (before, after) in enumerate(pairwise(shown), 1):
        for j in after:
            for k in before:
                graph.add_edge(f"a.{l - 1}.{k + 1}", f"a.{l}.{j + 1}", ref=Ref("W", l), indices=(j, k))
    graph.add_node("C", column=last + 2, kind="cost", ref=Ref("C", last), indices=())
    for j in shown[-1]:
        graph.add_node(f"y.{j + 1}", column=last + 1, kind="target", ref=Ref("y", last), indices=(j,))
        graph.add_edge(f"a.{last}.{j + 1}", f"y.{j + 1}", ref=None, indices=())
        graph.add_edge(f"y.{j + 1}", "C", ref=None, indices=())
    return graph


def _nodes(graph: nx.DiGraph, columns: int, normed: frozenset[int], form: Proportions) -> dict[str, Node]:
    layers: dict[int, list[str]] = {}
    for node, column in graph.nodes(data="column"):  # lists, because sets would be drawn in any order
        layers.setdefault(column, []).append(node)
    places = nx.multipartite_layout(graph, subset_key=layers)
    tallest = max(map(len, layers.values()))
    step, at_desk = form.step(tallest), DESK.step(tallest)
    gap = (WIDTH - 2 * _MARGIN_X) / (columns - 1 + _COLUMN_OF_TARGETS + _COLUMN_OF_COST)
    roomy = bool(normed) and at_desk >= _NORM_SPACING and gap >= _NORM_GAP
    between = _ABOVE + _HALF_PLATE  # of a neuron and the next one stands a satellite, or two
    most = {DENSE: _LARGEST_DOT, FULL: (step - between) / 2}.get(_detail(at_desk), form.largest)
    most = step / 2 - between if roomy else most
    r = max(_SMALLEST_RADIUS, min(form.largest, form.of_rows * step, form.of_columns * gap, most))
    ys = {node: y for node, (_, y) in places.items()}
    unit = _spacing(layers, ys)
    nodes = {}
    for node, kept in graph.nodes(data=True):
        y = _MARGIN_TOP + form.step(2) + ys[node] / unit * step
        x = _MARGIN_X + gap * _column(kept["column"], columns)
        nodes[node] = Node(node, kept["kind"], kept["ref"], kept["indices"], round(x, 1), round(y, 1), round(r, 1))
    return nodes | _satellites(nodes, _detail(at_desk)) | _norms(nodes, normed, roomy)


def _column(column: int, columns: int) -> float:
    beyond = column - (columns - 1)
    return column if beyond <= 0 else columns - 1 + _COLUMN_OF_TARGETS + (beyond > 1) * _COLUMN_OF_COST


def _spacing(layers: dict[int, list[str]], ys: dict[str, float]) -> float:
    """Return the distance of neighbours in a column of the layout, which is the same in all; the first is on top."""
    gaps = [ys[below] - ys[above] for nodes in layers.values() for above, below in pairwise(nodes)]
    return min(gaps, key=abs) if gaps else 1.0


def _satellites(nodes: dict[str, Node], detail: str) -> dict[str, Node]:
    """Return a small node for the bias of every neuron: above it while there is room, else at its shoulder."""
    roomy = detail == FULL
    size = 13 if roomy else 4  # an empty label says nothing
    biases = {}
    for node in list(nodes.values()):
        if node.kind == "neuron":
            j = node.indices[0]
            dx, dy = (0, -node.r - _ABOVE) if roomy else (-0.95 * node.r - size, -0.8 * node.r)
            name = f"b.{node.ref.layer}.{j + 1}"
            x, y = round(node.x + dx, 1), round(node.y + dy, 1)
            biases[name] = Node(name, "bias", Ref("b", node.ref.layer), (j,), x, y, size)
    return biases


def _norms(nodes: dict[str, Node], normed: frozenset[int], roomy: bool) -> dict[str, Node]:
    """Return two small nodes below every neuron of a normalized layer, for γ and β; without room they are dots."""
    made = {}
    for node in [node for node in nodes.values() if node.kind == "neuron" and node.ref.layer in normed]:
        l, j = node.ref.layer, node.indices[0]
        for side, name in ((-1, "gamma"), (1, "beta")):
            dx, dy = (_BESIDE, node.r + _ABOVE) if roomy else (0.75 * node.r, node.r + 4)
            place = f"{name}.{l}.{j + 1}", "norm", Ref(name, l), (j,)
            made[place[0]] = Node(*place, round(node.x + side * dx, 1), round(node.y + dy, 1), 13 if roomy else 4)
    return made


def has_room(node: Node) -> bool:
    """Return whether a satellite has room for a number."""
    return node.r > 4


def _edges(
    graph: nx.DiGraph, nodes: dict[str, Node], detail: str, normed: bool, form: Proportions
) -> tuple[tuple[Edge, ...], str, Tag, Tag]:
    """Return the edges with their labels, those of the satellites, and the sizes of labels and of what meets."""
    edges = [
        Edge(_name(source, target, kept), source, target, kept["ref"], kept["indices"], ends, None)
        for source, target, kept in graph.edges(data=True)
        for ends in [_ends(nodes[source], nodes[target])]
    ]
    biases = [node for node in nodes.values() if node.kind in SATELLITES]
    owners = [(node, nodes[f"a.{node.ref.layer}.{node.indices[0] + 1}"]) for node in biases]
    ties = [Edge(f"{b.id}>{n.id}", b.id, n.id, None, (), _ends(b, n), None) for b, n in owners]
    ends = [edge.ends for edge in edges if edge.ref]
    covers = [Obstacle(s.x, s.y, s.r + 4, s.r + 4, s.kind in SATELLITES and has_room(s)) for s in nodes.values()]
    grow = detail == FULL and not normed if form == DESK else detail != DENSE
    tag, places = place_labels([] if detail == DENSE else ends, covers, form.sizes if grow else form.sizes[-1:])
    weights = [edge for edge in edges if edge.ref]
    among = [(edge.source, edge.target, edge.ends) for edge in weights] if detail != DENSE else []
    meeting = meeting_places(among, covers, tag)
    rest = iter([*places, *[None] * (len(weights) - len(places))])
    meets = iter(meeting.shares)
    labelled = [e._replace(label=next(rest), meet=next(meets, e.meet)) if e.ref else e for e in edges]
    return (*labelled, *ties), detail, tag, meeting.tag


def _name(source: str, target: str, kept: dict[str, Any]) -> str:
    ref, indices = kept["ref"], kept["indices"]
    return "W." + ".".join(map(str, (ref.layer, *(i + 1 for i in indices)))) if ref else f"{source}>{target}"


def _ends(source: Node, target: Node) -> Ends:
    """Return the ends of an edge at the rims of its nodes, so that it covers neither."""
    dx, dy = target.x - source.x, target.y - source.y
    length = max(1.0, float(np.hypot(dx, dy)))
    ux, uy = dx / length, dy / length
    xs = (source.x + ux * source.r, target.x - ux * target.r)
    ys = (source.y + uy * source.r, target.y - uy * target.r)
    return round(xs[0], 1), round(ys[0], 1), round(xs[1], 1), round(ys[1], 1)
