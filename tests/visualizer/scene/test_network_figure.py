import json
import re
from functools import lru_cache

import numpy as np
import pytest

from engine import InputError
from engine.core import LANGUAGES
from tests.visualizer.oracles import LARGE, MODELS, builder_of
from visualizer import step_figure
from visualizer.drawing import HEIGHT, SATELLITES, WIDTH, Edge, has_room
from visualizer.scene import network_figure
from visualizer.scene.figure_parts import RIM
from visualizer.scene.plan import DROPPED, LEGEND
from visualizer.writing import palette

SCENES = [
    *((name, position) for name in ("mazur", "relu_softmax", "softmax inside", "1-1") for position in (0, 3, 6, -1)),
    *((name, position) for name in LARGE for position in (0, -2)),
]
every_scene = pytest.mark.parametrize(("name", "position"), SCENES)
LOOKS_ALIKE = 40  # in each channel of a colour: edges whose widths differ by less than a quarter of a pixel
FEW = 80


@lru_cache
def drawn(name, position, theme="light", width=WIDTH):
    builder = builder_of((MODELS | LARGE)[name])
    scene = builder.scene(position % (len(builder.lecture) + 1))
    return scene, network_figure(scene, "en", theme, width)


def traces(figure, mode, **has):
    found = [trace for trace in figure.data if trace.mode == mode]
    return [trace for trace in found if all((getattr(trace, key) is not None) == is_so for key, is_so in has.items())]


def strokes(figure):
    """Every straight line of the picture, its ends and the trace that draws it."""
    for trace in traces(figure, "lines", fill=False):
        if trace.y[0] < HEIGHT and not trace.line.color.startswith("rgba"):
            for i in range(0, len(trace.x), 3):
                yield (trace.x[i], trace.y[i], trace.x[i + 1], trace.y[i + 1]), trace.line


def texts(figure):
    """Every text of the picture, without the legend."""
    return sorted(
        text for trace in traces(figure, "text") if trace.y[:1] and trace.y[0] < HEIGHT for text in trace.text
    )


@every_scene
def test_every_edge_has_its_place_colour_width_and_dashes(name, position):
    scene, figure = drawn(name, position)
    found = dict(strokes(figure))
    assert len(found) == len({edge.ends for edge in scene.drawing.edges})
    for edge in scene.drawing.edges:
        look, is_drawn = scene.looks[edge], found[edge.ends]
        assert (is_drawn.dash != "solid") == look.dashed
        assert abs(is_drawn.width - look.width) <= 0.25
        pairs = zip(palette.channels(is_drawn.color), palette.channels(look.colour), strict=True)
        assert all(abs(a - b) <= LOOKS_ALIKE for a, b in pairs)


@every_scene
def test_every_number_that_has_room_is_shown_and_no_other(name, position):
    scene, figure = drawn(name, position)
    full, dense = scene.drawing.detail == "full", scene.drawing.detail == "dense"
    wanted = [scene.looks[edge].label for edge in scene.drawing.edges if edge.label]
    for node in scene.drawing.nodes.values():
        look = scene.looks[node]
        if node.kind == "fold" or (node.kind in SATELLITES and full and has_room(node)):
            wanted.append(look.value)
        elif node.kind not in SATELLITES and not (dense and node.r < 15):
            wanted += [look.name, look.value, *([look.detail] if node.r >= 30 else [])]
    assert texts(figure) == sorted(filter(None, wanted))


@every_scene
def test_one_can_point_at_everything_and_read_its_name_and_number(name, position):
    scene, figure = drawn(name, position)
    (hover,) = traces(figure, "markers", hovertext=True)
    places = set(zip(hover.x, hover.y, hover.hovertext, strict=True))
    rounded = {(round(x, 3), round(y, 3), text) for x, y, text in places}
    for node in scene.drawing.nodes.values():
        look = scene.looks[node]
        told = next(text for x, y, text in places if (x, y) == (node.x, node.y))
        assert told.startswith(f"{look.name} = {look.value}" if look.name and look.value else look.name or look.value)
        assert told.endswith(look.detail)
    for edge in filter(lambda edge: edge.ref, scene.drawing.edges):
        look = scene.looks[edge]
        x1, y1, x2, y2 = edge.ends
        assert (round((x1 + x2) / 2, 3), round((y1 + y2) / 2, 3), f"{look.name} = {look.label}") in rounded


@every_scene
def test_what_is_read_and_written_is_marked(name, position):
    scene, figure = drawn(name, position)
    rims = {"read": (palette.READ, 2.5), "write": (palette.WRITE, 5)}
    shapes = traces(figure, "lines", fill=True)
    for state, (colour, width) in rims.items():
        wanted = [node for node in scene.drawing.nodes.values() if scene.looks[node].state == state]
        found = [trace for trace in shapes if (trace.line.color, trace.line.width) == (colour, width)]
        assert sum(list(trace.x).count(None) for trace in found) == len(wanted)
        assert all(trace.line.dash == "solid" for trace in found)  # dashes are of what is negative
        halos = [trace for trace in traces(figure, "lines", fill=False) if trace.line.color.startswith("rgba")]
        rgb = ",".join(map(str, palette.channels(colour)))
        edges = [edge for edge in scene.drawing.edges if scene.looks[edge].state == state]
        assert sum(list(t.x).count(None) for t in halos if rgb in t.line.color) == len(edges)


@pytest.mark.parametrize(("name", "position", "widths"), [("mazur", 9, {11, 13}), ("8-16-16-4", 9, {4})])
def test_halos_are_wider_than_edges_and_wider_for_what_is_written(name, position, widths):
    scene, figure = drawn(name, position)
    halos = [t for t in traces(figure, "lines", fill=False) if t.line.color.startswith("rgba")]
    assert {halo.line.width for halo in halos} <= widths
    states = {scene.looks[edge].state for edge in scene.drawing.edges if scene.looks[edge].state}
    assert len(halos) == len(states)
    for halo in halos:
        state = "read" if ",".join(map(str, palette.channels(palette.READ))) in halo.line.color else "write"
        assert halo.line.width == (4 if 4 in widths else {"read": 11, "write": 13}[state])


def test_names_stand_above_numbers_and_earlier_numbers_below():
    scene, figure = drawn("mazur", 9)
    shown = {}
    for trace in traces(figure, "text"):
        sizes = trace.textfont.size if isinstance(trace.textfont.size, tuple) else [trace.textfont.size] * len(trace.x)
        for x, y, text, size in zip(trace.x, trace.y, trace.text, sizes, strict=True):
            shown.setdefault((x, text), []).append((y, size))
    for node in (node for node in scene.drawing.nodes.values() if node.kind in ("neuron", "input", "cost")):
        look, r = scene.looks[node], node.r
        for text, offset, size in ((look.name, -0.48, 0.36), (look.value, 0.04, 0.4), (look.detail, 0.52, 0.3)):
            if text:
                (found,) = [at for at in shown[node.x, text] if abs(at[0] - node.y) < r]
                assert found == pytest.approx((node.y + offset * r, max(11, size * r)))


def test_one_can_point_at_five_places_of_an_edge():
    scene, figure = drawn("mazur", 3)
    (hover,) = traces(figure, "markers", hovertext=True)
    edge = next(edge for edge in scene.drawing.edges if edge.ref)
    x1, y1, x2, y2 = edge.ends
    look = scene.looks[edge]
    told = zip(hover.x, hover.y, hover.hovertext, hover.marker.size, strict=True)
    found = sorted((x, y, size) for x, y, text, size in told if text == f"{look.name} = {look.label}")
    shares = (0.2, 0.35, 0.5, 0.65, 0.8)
    assert np.allclose(found, [(x1 + t * (x2 - x1), y1 + t * (y2 - y1), 8) for t in shares])


def test_the_legend_stands_in_a_row_below_the_picture_each_word_beside_its_mark():
    _, figure = drawn("mazur", 9)
    (words,) = (trace for trace in traces(figure, "text") if trace.y and trace.y[0] > HEIGHT)
    assert list(words.x) == [24 + 190 * i + 36 for i in range(len(LEGEND))]
    assert set(words.y) == {HEIGHT + 22}
    marks = [t for t in traces(figure, "lines", fill=False) if t.y[0] == HEIGHT + 22]
    order = list(LEGEND)
    start, look = 24 + 190 * order.index("negative"), (palette.NEGATIVE, 3, "6px,4px")
    (mark,) = (mark for mark in marks if mark.x[0] == start)
    assert (mark.x, (mark.line.color, mark.line.width, mark.line.dash)) == ((start, start + 28), look)
    for kind in ("read", "write"):  # a frame, as about the numbers themselves
        start, (colour, width) = 24 + 190 * order.index(kind), RIM[kind]
        (mark,) = (t for t in traces(figure, "lines", fill=False) if t.x[0] == start and t.y[0] == HEIGHT + 15)
        assert (mark.line.color, mark.line.width, mark.line.dash) == (colour, width, "solid")
        assert (set(mark.x), set(mark.y)) == ({start, start + 28}, {HEIGHT + 15, HEIGHT + 29})
    (scales,) = (t for t in figure.data if t.mode == "markers" and t.marker.symbol == "square")
    for start, size in ((24 + 190 * order.index("gradient"), 5), (24 + 190 * order.index("weight"), 2)):
        found = [
            (x, c, s) for x, c, s in zip(scales.x, scales.marker.color, scales.marker.size, strict=True) if s == size
        ]
        assert found == [(start + i, palette.diverging(i / 14 - 1, 1), size) for i in range(29)]


def test_a_cross_is_in_the_legend_where_a_neuron_is_crossed_out_and_only_there():
    trace, word = MODELS["dropout"].trace(), DROPPED.en
    for step, is_crossed in (("z.1", False), ("bp1.2", True)):
        figure = step_figure(trace, step)
        (words,) = (each for each in traces(figure, "text") if each.y and each.y[0] > HEIGHT)
        assert (word in words.text) == is_crossed
        assert max(words.y) < figure.layout.yaxis.range[0]
        below = [
            t for t in traces(figure, "lines", fill=False) if t.line.color.startswith("rgba") and max(t.y[:2]) > HEIGHT
        ]
        assert len(below) == is_crossed  # both strokes alike
        assert is_crossed <= all(t.y[0] - t.y[1] == t.y[4] - t.y[3] for t in below)


@pytest.mark.parametrize("width", [500, WIDTH])
def test_a_title_has_a_line_above_the_picture(width):
    trace, scale = MODELS["mazur"].trace(), width / WIDTH
    titled, plain = step_figure(trace, 3, width=width), step_figure(trace, 0, width=width)
    assert titled.layout.height - plain.layout.height == pytest.approx(40 * scale, abs=1)
    assert (titled.layout.margin.t, plain.layout.margin.t) == (round(40 * scale), 0)
    assert titled.layout.title.font.size == 20 * scale


@every_scene
def test_a_figure_has_few_traces_and_stays_what_it_is(name, position):
    _, figure = drawn(name, position)
    assert len(figure.data) <= FEW
    layout = figure.layout
    assert (layout.width, tuple(layout.xaxis.range)) == (WIDTH, (0, WIDTH))
    top, bottom = layout.yaxis.range[1], layout.yaxis.range[0]
    assert top == 0 < HEIGHT < bottom
    assert layout.yaxis.scaleanchor == "x"
    assert bottom - top == layout.height
    assert [layout.xaxis.visible, layout.yaxis.visible, layout.showlegend] == [False] * 3
    json.loads(figure.to_json())


@pytest.mark.parametrize("theme", palette.GROUNDS)
def test_every_colour_is_given_and_belongs_to_the_ground(theme):
    _, figure = drawn("relu_softmax", 9, theme)
    ground = palette.GROUNDS[theme]
    assert figure.layout.paper_bgcolor == figure.layout.plot_bgcolor == ground.background
    assert not any(figure.layout.template.layout.to_plotly_json().values())
    assert all(trace.line.color for trace in traces(figure, "lines"))
    assert all(trace.textfont.color for trace in traces(figure, "text"))
    fills = [trace.fillcolor for trace in traces(figure, "lines", fill=True)]
    assert ground.background in fills
    assert ground.raised in fills


@pytest.mark.parametrize("width", [500, 1400])
def test_type_and_lines_grow_with_the_picture(width):
    scale = width / WIDTH
    (_, plain), (_, scaled) = drawn("mazur", 9), drawn("mazur", 9, "light", width)
    assert (scaled.layout.width, scaled.layout.height) == (width, round(plain.layout.height * scale))
    for one, other in zip(plain.data, scaled.data, strict=True):
        assert one.x == other.x
        if one.mode == "lines":
            assert other.line.width == pytest.approx(one.line.width * scale)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_legend_and_the_title_are_in_the_reader_s_words(lang):
    trace = MODELS["mazur"].trace()
    figure = step_figure(trace, "bp2.1", lang=lang)
    shown = {text for trace in traces(figure, "text") for text in trace.text}
    assert {words(lang) for words in LEGEND.values()} <= shown
    assert figure.layout.title.text == trace.steps[8].rule.title.format(l=1)(lang)


def test_a_step_is_found_by_its_address_and_by_its_number():
    trace = MODELS["three samples"].trace()
    figures = [step_figure(trace, step, "neuron", sample=1) for step in ("bp1.2.1", 12)]
    assert figures[0] == figures[1] != step_figure(trace, 12, "neuron", sample=0)
    scene = builder_of(MODELS["three samples"], "neuron", sample=1).scene(12)
    (hover,) = traces(figures[0], "markers", hovertext=True)
    for item, look in scene.looks.items():
        if not isinstance(item, Edge) and look.name and look.value:
            assert any(text.startswith(f"{look.name} = {look.value}") for text in hover.hovertext)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"step": "bp9"}, "no such step.*bp2.1.*bp9"),
        ({"step": "1", "granularity": "atom"}, "granularity.*layer.*atom"),
        ({"step": "1", "lang": "tlh"}, "language.*en.*tlh"),
        ({"step": "1", "theme": "pink"}, "theme.*dark.*pink"),
        ({"step": "1", "width": 0}, "width.*above 0"),
        ({"step": "1", "sample": 7}, "sample.*0.*7"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)
def test_what_does_not_exist_is_answered(wrong, said):
    with pytest.raises(InputError, match=re.compile(said)):
        step_figure(MODELS["mazur"].trace(), **wrong)
