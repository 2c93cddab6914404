import re
from functools import cache

import pytest

from engine import Ref
from engine.core import LANGUAGES
from tests.together import together
from tests.visualizer.oracles import CASES, LARGE, MODELS, SMALL, box, builder_of, drawn, number_of, overlaps, told
from visualizer.drawing import FULL, SATELLITES
from visualizer.scene import scene_builder
from visualizer.writing import CHARACTERS, PARAMETERS, number, parameter, plain, signed

every_hand = together(CASES)
LETTERS = {"C": "C", "ẑ": "zhat", "δ": "delta", "δu": "delta_u", "δẑ": "delta_hat"} | {name: name for name in "azuh"}
MARKS = {"gamma": "γ", "beta": "β", "mu": "μ", "var": "σ²", "mean": "μ̄", "variance": "σ̄²", "mean_new": "μ̄"}
MARKS |= {"variance_new": "σ̄²", "delta_mu": "δμ", "delta_var": "δσ²", "mhat": "m̂", "vhat": "v̂", "step": "Δ"}
MARKS |= {name: name for name in "msv"}
GRADIENTS = {f"{letter}{name}" for letter in "dgc" for name in PARAMETERS}


@cache
def staged(name, grain):
    return builder_of(MODELS[name], grain)


def mark_of(name):
    """The mark before a number on a label."""
    owner = parameter(name)
    if name in GRADIENTS:
        return f"∂{MARKS.get(owner, '')}"
    kept = name.removesuffix("_new").removesuffix(f"_{owner}") if owner else name
    mark = MARKS.get(name) or MARKS.get(kept if kept != name.removesuffix("_new") else owner, "")
    return f"{mark} " if mark else ""


def moments(builder):
    """Every position with its scene and with what is known there."""
    for position, (known, _, _) in enumerate(told(builder.trace, builder.lecture.granularity)):
        yield position, builder.scene(position), known


def names(builder):
    """The meaning of each letter with its indices."""
    return {plain(*_flat(item)): item for item in told(builder.trace, "layer")[-1][0]}


def _flat(item):
    return item[0], *item[1]


def assert_number(builder, item, text, known, tag=False):
    """The text is the number of this item, with four digits or as many as a tag has room for, and is known."""
    value = number_of(builder.trace, *item, builder.sample)
    assert item in known, f"{item} is shown too early"
    if not tag:
        digits = next((n for n in (4, 3, 2) if len(number(value, n)) <= CHARACTERS), 1)
        assert text == number(value, digits)
        return
    mark, write = mark_of(item[0].name), signed if item[0].name in GRADIENTS else number
    owner = parameter(item[0].name)
    if (
        item[0].name == f"{owner}_new"
        and (old := number_of(builder.trace, item[0]._replace(name=owner), item[1])) != value
    ):
        assert_tells_apart(text.removeprefix(mark), value, old)
        return
    texts = [mark + write(value, n) for n in (3, 2, 1)]
    assert text == next((text for text in texts if len(text) <= CHARACTERS), texts[-1])


def assert_tells_apart(text, new, old):
    """The text is a new number that looks other than the old one, or has an arrow where that would be too long."""
    bare = text.rstrip("↑↓")
    digits = [n for n in range(1, 13) if number(new, n) == bare]
    assert digits
    assert len(text) <= CHARACTERS
    if text == bare:
        assert all(number(old, n) != bare for n in range(1, 13))
    else:
        assert text[-1] == ("↑" if new > old else "↓")


@every_hand
def test_a_node_shows_what_is_known_and_calls_it_by_its_name(name, grain):
    builder = staged(name, grain)
    meaning = names(builder)
    for _, scene, known in moments(builder):
        for node in builder.drawing.nodes.values():
            look = scene.looks[node]
            if look.value:
                assert_number(builder, meaning[look.name], look.value, known, node.kind in SATELLITES)
            for letter, text in re.findall(r"(\S+) (\S+)", look.detail):
                assert letter in LETTERS
                assert_number(builder, (Ref(LETTERS[letter], node.ref.layer), node.indices), text, known)


@every_hand
def test_a_node_shows_a_number_as_soon_as_there_is_one(name, grain):
    builder = staged(name, grain)
    written = [ref.name for step in builder.trace.steps for ref in step.writes]
    order = {"neuron": ("delta", "delta_hat", "delta_u", "a", "h", "u", "zhat", "z")}
    order["bias"] = ("b", *dict.fromkeys(name for name in written if parameter(name) == "b"))[::-1]
    for position, (known, _, needed) in enumerate(told(builder.trace, grain)):
        scene = builder.scene(position)
        for node in (node for node in builder.drawing.nodes.values() if node.kind != "norm"):
            refs = [Ref(name, node.ref.layer) for name in order.get(node.kind, (node.ref.name,))]
            refs = [Ref("J", 0), *refs] if node.kind == "cost" else refs
            look = scene.looks[node]
            there = known & needed if look.state == "read" else known
            newest = next((ref for ref in refs if (ref, node.indices) in there), None)
            assert bool(look.value) == (newest is not None)
            if newest:
                assert_number(builder, (newest, node.indices), look.value, known, node.kind in SATELLITES)


@every_hand
def test_an_edge_shows_what_is_known_and_calls_it_by_its_name(name, grain):
    builder = staged(name, grain)
    meaning = names(builder)
    for _, scene, known in moments(builder):
        for edge in builder.drawing.edges:
            look = scene.looks[edge]
            assert bool(look.label) == bool(edge.ref)
            if edge.ref:
                assert meaning[look.name][1] == edge.indices
                assert_number(builder, meaning[look.name], look.label, known, True)


@together([(*case, lang) for case in CASES for lang in LANGUAGES])
def test_the_text_alternative_tells_the_shown_numbers_and_no_other(name, grain, lang):
    builder = scene_builder(staged(name, grain).trace, grain, lang)
    for position in range(len(builder.lecture) + 1):
        scene, step = builder.scene(position), builder.lecture.moment(position).step
        words = builder.trace.steps[step].rule.title.format(l=builder.trace.steps[step].layer)(lang) if position else ""
        told = [*builder.drawing.nodes.values(), *(edge for edge in builder.drawing.edges if edge.label)]
        numbers = ", ".join(f"{name} = {text}" for name, text, *_ in map(scene.looks.get, told) if text)
        assert scene.alt == (f"{words}: {numbers}" if position else numbers)


@pytest.mark.parametrize("sample", [0, 1, 3])
def test_each_sample_has_its_own_numbers(sample):
    builder = builder_of(MODELS["xor"], sample=sample)
    looks = {item.id: look for item, look in builder.scene(len(builder.lecture)).looks.items()}
    assert [looks[f"a.0.{k}"].value for k in (1, 2)] == [number(x) for x in MODELS["xor"].x[sample]]
    assert looks["y.1"].value == number(MODELS["xor"].y[sample][0])
    assert looks["a.2.1"].value == number(builder.trace.value("delta", 2)[0, sample])
    assert looks["C"].value == number(builder.trace.loss)


def plates(builder, position):
    """The place of everything at a position, labels as wide as the script draws them around their numbers."""
    looks, tag = builder.scene(position).looks, builder.drawing.tag

    def half(text):
        return (tag.margin + tag.glyph * len(text)) / 2

    places = {node.id: box(node, builder.drawing) for node in builder.drawing.nodes.values()}
    for node in builder.drawing.nodes.values():
        if node.kind == "bias":
            places[node.id] = (node.x, node.y, half(looks[node].value), tag.height / 2)
    labels = {
        f"label {edge.id}": (*edge.label, half(looks[edge].label), tag.height / 2)
        for edge in builder.drawing.edges
        if edge.label
    }
    return places | labels


@pytest.mark.parametrize("sizes", SMALL, ids=str)
def test_no_number_covers_anything_at_any_step(sizes):
    builder = builder_of(drawn(sizes, *["tanh"] * (len(sizes) - 1)))
    assert builder.drawing.detail == FULL
    found = {pair for position in range(len(builder.lecture) + 1) for pair in overlaps(plates(builder, position))}
    assert found == set()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_folded_node_says_how_many_units_it_stands_for(lang):
    builder = builder_of(LARGE["784-128-128-10"], lang=lang)
    looks = builder.scene(0).looks
    for node in builder.drawing.nodes.values():
        if node.kind == "fold":
            assert str(node.indices[0]) in looks[node].value
            assert looks[node].name == ""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_layer_that_is_unfolded_whole_says_so_where_it_is_folded_again(lang):
    builder = builder_of(LARGE["784-128-128-10"], lang=lang, unfolded=(3, 1))
    (fold,) = (node for node in builder.drawing.nodes.values() if node.kind == "fold" and node.ref.layer == 3)
    assert builder.lecture.shown[3] == tuple(range(10))
    assert builder.scene(0).looks[fold].value == {"en": "all 10", "zh": "全部 10 个"}[lang]


def test_a_pass_that_diverges_is_drawn_all_the_same():
    model = drawn((2, 2, 1), "linear", "linear")
    builder = builder_of(type(model)(**{**vars(model), "net": (1e200,) * 9}))
    looks = builder.scene(len(builder.lecture)).looks
    assert {"∞", "NaN"} & {look.value.lstrip("−") for look in looks.values() if hasattr(look, "value")}


def test_what_a_batch_has_in_common_stands_beside_the_scale_or_where_there_is_no_room_in_the_neuron():
    for key, place in (("normalized", "gamma.1.1"), ("2-7-1 normalized", "a.1.1")):
        builder = builder_of((MODELS | LARGE)[key])
        for address, name in (("mu.1", "mu"), ("running.1", "mean_new"), ("delta_mu.1", "delta_mu")):
            look = builder.scene(builder.lecture.position(address)).looks[builder.drawing.nodes[place]]
            assert look.name == plain(Ref(name, 1), 0)
            assert look.state == "write"
            said = [number(number_of(builder.trace, Ref(name, 1), (0,)), digits) for digits in (1, 2, 3, 4)]
            assert look.value.rpartition(" ")[2] in said
