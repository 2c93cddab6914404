import pytest

from tests.visualizer.oracles import CASES, LARGE, MODELS, builder_of
from visualizer.drawing import FULL, HEIGHT, SATELLITES, WIDTH, has_room
from visualizer.scene.figure_parts import outline, parts
from visualizer.writing import GROUNDS

GROUND = GROUNDS["light"]
cases = pytest.mark.parametrize(("name", "grain"), CASES[::3])


def scenes(name, grain="layer"):
    builder = builder_of((MODELS | LARGE)[name], grain)
    for position in {0, 1, len(builder.lecture) // 2, len(builder.lecture)}:
        yield builder.scene(position)


@cases
def test_every_line_is_one_stroke_as_it_looks(name, grain):
    for scene in scenes(name, grain):
        strokes = parts(scene, GROUND).strokes
        for edge, stroke in zip(scene.drawing.edges, strokes, strict=True):
            look = scene.looks[edge]
            assert (stroke.ends, stroke.colour, stroke.width) == (edge.ends, look.colour, look.width)
            assert (stroke.dash != "solid") == look.dashed


@cases
def test_what_a_step_touches_has_a_halo_and_nothing_else(name, grain):
    for scene in scenes(name, grain):
        access = [edge.ends for edge in scene.drawing.edges if scene.looks[edge].state]
        halos = parts(scene, GROUND).halos
        assert [halo.ends for halo in halos] == access


@cases
def test_every_outline_is_closed_and_within_the_picture(name, grain):
    for scene in scenes(name, grain):
        made = parts(scene, GROUND)
        assert len(made.nodes) == sum(node.kind != "fold" for node in scene.drawing.nodes.values())
        for xs, ys in map(outline, (*made.nodes, *made.plates)):
            assert (xs[0], ys[0]) == (xs[-2], ys[-2])
            assert 0 <= min(xs) <= max(xs) <= WIDTH
            assert 0 <= min(ys) <= max(ys) <= HEIGHT


@cases
def test_every_number_of_an_edge_with_room_stands_in_its_place(name, grain):
    for scene in scenes(name, grain):
        labels = {(label.x, label.y): label.text for label in parts(scene, GROUND).labels}
        for edge in scene.drawing.edges:
            if edge.label:
                x, y = edge.label
                assert labels[x, y + 1] == scene.looks[edge].label


@cases
def test_a_gradient_stands_on_a_round_plate_and_a_weight_on_one_with_corners(name, grain):
    for scene in scenes(name, grain):
        made, height = parts(scene, GROUND), scene.drawing.tag.height / 2
        nodes = [node for node in scene.drawing.nodes.values() if node.kind != "fold"]
        labels = [(scene.looks[edge].label, plate) for edge, plate in zip(tagged(scene), made.plates, strict=True)]
        if scene.drawing.detail == FULL:
            drawn = zip(nodes, made.nodes, strict=True)
            labels += [(scene.looks[n].value, p) for n, p in drawn if n.kind in SATELLITES and has_room(n)]
        assert {plate.corner == height for text, plate in labels if "∂" in text} <= {True}
        assert {plate.corner < height / 2 for text, plate in labels if "∂" not in text} <= {True}


def tagged(scene):
    return [edge for edge in scene.drawing.edges if edge.label]


@pytest.mark.parametrize("name", ["mazur", "dropout", "5-6-3"])
def test_whatever_one_points_at_tells_its_name_and_its_number(name):
    for scene in scenes(name):
        told = {point.text for point in parts(scene, GROUND).points}
        for edge in scene.drawing.edges:
            if edge.ref:
                assert f"{scene.looks[edge].name} = {scene.looks[edge].label}" in told
        for node in scene.drawing.nodes.values():
            assert any(scene.looks[node].value in text for text in told)


def test_a_neuron_that_is_switched_off_is_crossed_out():
    builder = builder_of(MODELS["dropout"])
    scene = builder.scene(len(builder.lecture))
    off = sum(bool(getattr(look, "crossed", False)) for look in scene.looks.values())
    assert off
    crosses = parts(scene, GROUND).crosses
    assert len(crosses) == 2 * off
    for down, up in zip(crosses[::2], crosses[1::2], strict=True):
        (x, y, right, below), (left, bottom, x2, top) = down.ends, up.ends
        assert (left, bottom, x2, top) == (x, below, right, y)  # from corner to corner, and back
        assert (right > x) == (below > y)
