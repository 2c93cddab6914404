"""The drawing that stands still: what the scene says is in it, in its colours, and no word leaves its place."""

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from engine import InputError
from tests.visualizer.oracles import LARGE, MODELS, builder_of
from visualizer.scene import PAGE, NodeStyle, scene_svg
from visualizer.scene.figure_parts import RIM, parts
from visualizer.scene.styles import told
from visualizer.writing import palette

SVG = "{http://www.w3.org/2000/svg}"
NAMES = ["mazur", "softmax inside", "dropout", "normalized", "three samples"]


def read(scene, theme="light", **settings):
    return ElementTree.fromstring(scene_svg(scene, theme, **settings))


def found(root, tag):
    return list(root.iter(SVG + tag))


@pytest.mark.parametrize("name", NAMES)
def test_every_text_and_every_look_of_a_scene_is_in_it(name):
    builder = builder_of(MODELS[name])
    for position in range(0, len(builder.lecture) + 1, 3):
        scene = builder.scene(position)
        root, made = read(scene), parts(scene, palette.GROUNDS["light"])
        assert [text.text for text in found(root, "text")] == [label.text for label in made.labels if label.text]
        drawn = [line.get("stroke") for line in found(root, "line")]
        assert [stroke.colour for stroke in (*made.halos, *made.strokes)] == drawn[
            : len(made.halos) + len(made.strokes)
        ]
        dashed = [line for line in found(root, "line") if line.get("stroke-dasharray") == "9,6"]
        assert len(dashed) == sum(look.dashed for look in scene.looks.values() if not isinstance(look, NodeStyle))
        assert root.get("aria-label") == scene.alt


@pytest.mark.parametrize("name", ["mazur", "three samples"])
def test_what_one_points_at_tells_its_name_and_number(name):
    builder = builder_of(MODELS[name])
    scene = builder.scene(len(builder.lecture))
    tips = {title.text for title in found(read(scene), "title")}
    for item, look in scene.looks.items():
        if look.name and told(look):
            assert f"{look.name} = {told(look)}" in tips, item.id


def test_what_a_step_writes_has_its_rim():
    builder = builder_of(MODELS["mazur"])
    colour, width = RIM["write"]
    rims = [(rect.get("stroke"), rect.get("stroke-width")) for rect in found(read(builder.scene(1)), "rect")]
    assert rims.count((colour, f"{width:g}")) == sum(
        look.state == "write" for look in builder.scene(1).looks.values() if isinstance(look, NodeStyle)
    )


@pytest.mark.parametrize("name", ["mazur", "8-16-16-4", "784-128-128-10"])
def test_all_of_it_lies_inside_and_every_step_has_the_same_size(name):
    builder = builder_of((MODELS | LARGE)[name])
    boxes = {read(builder.scene(position)).get("viewBox") for position in (0, 1, len(builder.lecture))}
    (box,) = boxes
    left, top, width, height = map(float, box.split())
    for rect in found(read(builder.scene(0)), "rect"):
        x, y, w, h = (float(rect.get(key)) for key in ("x", "y", "width", "height"))
        assert left <= x <= x + w <= left + width
        assert top <= y <= y + h <= top + height


@pytest.mark.parametrize("theme", palette.GROUNDS)
def test_the_ground_is_the_theme_s_or_none(theme):
    scene = builder_of(MODELS["mazur"]).scene(3)
    ground = palette.GROUNDS[theme].background
    assert found(read(scene, theme), "rect")[0].get("fill") == ground
    assert len(found(read(scene, theme), "rect")) == len(found(read(scene, theme, clear=True), "rect")) + 1


def test_a_drawing_inside_a_page_has_the_colours_of_both_grounds():
    scene = builder_of(MODELS["dropout"]).scene(3)
    light, dark, page = ([text.get("fill") for text in found(read(scene, t), "text")] for t in ("light", "dark", PAGE))
    assert page == [f"light-dark({a}, {b})" for a, b in zip(light, dark, strict=True)]
    assert palette.WRITE in scene_svg(scene, PAGE)  # colours that hold on both are as they were


@pytest.mark.parametrize("evil", ["</text><script>", '"><b>', "a & b", "]]>"])
def test_no_word_leaves_its_place(evil):
    builder = builder_of(MODELS["mazur"])
    scene = builder.scene(3)
    looks = {
        i: look._replace(name=evil, value=evil) if isinstance(look, NodeStyle) else look
        for i, look in scene.looks.items()
    }
    root = read(scene._replace(looks=looks, alt=evil))
    assert evil in {text.text for text in found(root, "text")}
    assert root.get("aria-label") == evil
    assert {node.tag for node in root.iter()} <= {SVG + tag for tag in ("svg", "rect", "line", "text", "title")}


def test_a_diverged_pass_is_drawn():
    model = replace(MODELS["mazur"], net=tuple(1e300 for _ in MODELS["mazur"].net or range(12)))
    builder = builder_of(model)
    assert found(read(builder.scene(len(builder.lecture))), "text")


def test_a_theme_that_there_is_not_is_refused():
    with pytest.raises(InputError, match="theme"):
        scene_svg(builder_of(MODELS["mazur"]).scene(0), "sepia")
