import re
from functools import cache

import numpy as np
import pytest

from engine import Ref
from engine.core import LANGUAGES
from engine.program import OF_SAMPLES
from tests.together import together
from tests.visualizer.oracles import CASES, LARGE, MODELS, SMALL, box, builder_of, drawn, number_of, overlaps, told
from visualizer.drawing import DENSE, FULL, SATELLITES, Edge
from visualizer.scene import scene_builder
from visualizer.scene.plan import LEGEND
from visualizer.writing import CHARACTERS, PARAMETERS, number, palette, parameter, plain, signed

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
        for spot in builder.drawing.spots.values():
            look = scene.looks[spot]
            if look.value:
                assert_number(builder, meaning[look.name], look.value, known, spot.kind in SATELLITES)
            for letter, text in re.findall(r"(\S+) (\S+)", look.detail):
                assert letter in LETTERS
                assert_number(builder, (Ref(LETTERS[letter], spot.ref.layer), spot.indices), text, known)


@every_hand
def test_a_node_shows_a_number_as_soon_as_there_is_one(name, grain):
    builder = staged(name, grain)
    written = [ref.name for step in builder.trace.steps for ref in step.writes]
    order = {"neuron": ("delta", "delta_hat", "delta_u", "a", "h", "u", "zhat", "z")}
    order["bias"] = ("b", *dict.fromkeys(name for name in written if parameter(name) == "b"))[::-1]
    for position, (known, _, needed) in enumerate(told(builder.trace, grain)):
        scene = builder.scene(position)
        for spot in (spot for spot in builder.drawing.spots.values() if spot.kind != "norm"):
            refs = [Ref(name, spot.ref.layer) for name in order.get(spot.kind, (spot.ref.name,))]
            refs = [Ref("J", 0), *refs] if spot.kind == "cost" else refs
            look = scene.looks[spot]
            there = known & needed if look.state == "read" else known
            newest = next((ref for ref in refs if (ref, spot.indices) in there), None)
            assert bool(look.value) == (newest is not None)
            if newest:
                assert_number(builder, (newest, spot.indices), look.value, known, spot.kind in SATELLITES)


@every_hand
def test_an_edge_shows_what_is_known_and_calls_it_by_its_name(name, grain):
    builder = staged(name, grain)
    meaning = names(builder)
    for _, scene, known in moments(builder):
        for line in builder.drawing.lines:
            look = scene.looks[line]
            assert bool(look.label) == bool(line.ref)
            if line.ref:
                assert meaning[look.name][1] == line.indices
                assert_number(builder, meaning[look.name], look.label, known, True)


@every_hand
def test_an_edge_has_the_colour_and_the_dashes_of_the_number_on_it(name, grain):
    builder = staged(name, grain)
    meaning = names(builder)
    layers = range(1, len(builder.trace.given.layers) + 1)
    written = {ref.name for step in builder.trace.steps for ref in step.writes}
    gradients = [name for name in ("cW", "gW", "dW") if name in written]

    def largest(*names):
        return max(
            np.abs(builder.trace.value(part, l)).max()
            for w in names
            for part in (w, w.replace("W", "b"))
            for l in layers
        )

    largest = dict.fromkeys(("W", "W_new"), largest("W")) | dict.fromkeys(gradients, largest(*gradients))
    for _, scene, known in moments(builder):
        for line in filter(lambda line: line.ref, builder.drawing.lines):
            look = scene.looks[line]
            name = meaning[look.name][0].name
            if name not in largest:  # of what an optimizer keeps: that of the gradient
                name = next(n for n in gradients if (Ref(n, line.ref.layer), line.indices) in known)
            amount = number_of(builder.trace, Ref(name, line.ref.layer), line.indices)
            assert look.dashed == (amount < 0)
            assert look.colour == palette.diverging(amount, largest[name])
            share = min(1, abs(amount) / largest[name]) if largest[name] else 0
            assert look.width == pytest.approx(1.4 + (7 - 1.4) * share, abs=0.006)


@pytest.mark.parametrize(("name", "thick"), [("8-16-16-4", 3), ("5-6-3", 7)])
def test_the_widest_edge_is_as_wide_as_the_drawing_has_room_for(name, thick):
    builder = builder_of(LARGE[name])
    assert (builder.drawing.detail == DENSE) == (thick == 3)
    weights = [abs(layer.W).max() for layer in builder.trace.given.layers]
    biases = [abs(layer.b).max() for layer in builder.trace.given.layers]
    assert max(biases) < max(weights)
    looks = builder.scene(0).looks
    assert max(looks[line].width for line in builder.drawing.lines if line.ref) == thick


def test_the_width_of_an_edge_grows_with_its_size():
    builder = staged("3-4-2", "layer")
    lines = [line for line in builder.drawing.lines if line.ref]
    for position, name in ((0, "W"), (builder.lecture.position("bp4.1"), "dW"), (len(builder.lecture), "W_new")):
        looks = builder.scene(position).looks
        sizes = [abs(number_of(builder.trace, Ref(name, line.ref.layer), line.indices)) for line in lines]
        widths = [looks[line].width for _, line in sorted(zip(sizes, lines, strict=True), key=lambda pair: pair[0])]
        assert widths == sorted(widths)
        assert widths[-1] > 2 * widths[0]


@together([(*case, lang) for case in CASES for lang in LANGUAGES])
def test_the_text_alternative_tells_the_shown_numbers_and_no_other(name, grain, lang):
    builder = scene_builder(staged(name, grain).trace, grain, lang)
    for position in range(len(builder.lecture) + 1):
        scene, step = builder.scene(position), builder.lecture.moment(position).step
        words = builder.trace.steps[step].rule.title.format(l=builder.trace.steps[step].layer)(lang) if position else ""
        told = [*builder.drawing.spots.values(), *(line for line in builder.drawing.lines if line.label)]
        numbers = ", ".join(f"{name} = {text}" for name, text, *_ in map(scene.looks.get, told) if text)
        assert scene.alt == (f"{words}: {numbers}" if position else numbers)


@every_hand
def test_what_a_step_reads_and_writes_is_marked(name, grain):
    builder = staged(name, grain)
    for position, (_, new, needed) in enumerate(told(builder.trace, grain)):
        looks = builder.scene(position).looks
        for item in builder.items:
            shown = _elements(item)
            state = "write" if shown & new else "read" if shown & needed else ""
            assert looks[item].state == state, (position, item.id)


@cache
def letters_of_parameters():
    """The names of all that is read or written anywhere, without what optimizers remember."""
    traces = [staged(*case).trace for case in CASES]
    names = {ref.name for trace in traces for step in trace.steps for ref in (*step.reads, *step.writes)}
    return names - {
        ref.name for trace in traces for ref, _ in told(trace, "layer")[0][0] if ref.name[:2] in ("m_", "v_", "s_")
    }


GAMMAS, BETAS = ["mu", "mean", "mean_new", "delta_mu"], ["var", "variance", "variance_new", "delta_var"]


def _elements(item):
    """The elements that a node or edge of the drawing stands for."""
    if item.ref is None:
        return set()
    if item.ref.name == "C":
        return {(item.ref, ()), (Ref("J", 0), ()), (Ref("penalty", 0), ())}
    neuron = not isinstance(item, Edge) and item.kind == "neuron"
    letters = (*OF_SAMPLES, "a") if neuron else (item.ref.name,)
    if item.ref.name in PARAMETERS:
        letters = [name for name in letters_of_parameters() if parameter(name) == item.ref.name]
        letters += {"gamma": GAMMAS, "beta": BETAS}.get(item.ref.name, [])
    return {(Ref(name, item.ref.layer), item.indices) for name in letters}


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

    places = {spot.id: box(spot, builder.drawing) for spot in builder.drawing.spots.values()}
    for spot in builder.drawing.spots.values():
        if spot.kind == "bias":
            places[spot.id] = (spot.x, spot.y, half(looks[spot].value), tag.height / 2)
    labels = {
        f"label {line.id}": (*line.label, half(looks[line].label), tag.height / 2)
        for line in builder.drawing.lines
        if line.label
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
    for spot in builder.drawing.spots.values():
        if spot.kind == "fold":
            assert str(spot.indices[0]) in looks[spot].value
            assert looks[spot].name == ""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_layer_that_is_unfolded_whole_says_so_where_it_is_folded_again(lang):
    builder = builder_of(LARGE["784-128-128-10"], lang=lang, unfolded=(3, 1))
    (fold,) = (spot for spot in builder.drawing.spots.values() if spot.kind == "fold" and spot.ref.layer == 3)
    assert builder.lecture.shown[3] == tuple(range(10))
    assert builder.scene(0).looks[fold].value == {"en": "all 10", "zh": "全部 10 个"}[lang]


def test_a_pass_that_diverges_is_drawn_all_the_same():
    model = drawn((2, 2, 1), "linear", "linear")
    builder = builder_of(type(model)(**{**vars(model), "net": (1e200,) * 9}))
    looks = builder.scene(len(builder.lecture)).looks
    assert {"∞", "NaN"} & {look.value.lstrip("−") for look in looks.values() if hasattr(look, "value")}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_legend_has_words_for_every_mark(lang):
    legend = builder_of(MODELS["mazur"], lang=lang).plan.legend()
    assert [entry["kind"] for entry in legend] == [*LEGEND, "edit"]
    assert len({entry["text"] for entry in legend}) == len(LEGEND) + 1
    kinds = [entry["kind"] for entry in builder_of(MODELS["dropout"], lang=lang).plan.legend()]
    assert kinds == [*LEGEND, "dropped", "edit"]


def test_a_neuron_that_is_switched_off_is_crossed_out_from_then_on():
    builder = builder_of(MODELS["dropout"])
    mask = builder.trace.value("mask", 1)[:, 0]
    assert 0 < (mask == 0).sum() < len(mask)
    for position in range(len(builder.lecture) + 1):
        looks = builder.scene(position).looks
        done = position >= builder.lecture.position("drop.1")
        for spot in builder.drawing.spots.values():
            off = spot.kind == "neuron" and spot.ref.layer == 1 and mask[spot.indices[0]] == 0
            assert getattr(looks[spot], "crossed", False) == (done and off)


def test_what_a_batch_has_in_common_stands_beside_the_scale_or_where_there_is_no_room_in_the_neuron():
    for key, place in (("normalized", "gamma.1.1"), ("2-7-1 normalized", "a.1.1")):
        builder = builder_of((MODELS | LARGE)[key])
        for address, name in (("mu.1", "mu"), ("running.1", "mean_new"), ("delta_mu.1", "delta_mu")):
            look = builder.scene(builder.lecture.position(address)).looks[builder.drawing.spots[place]]
            assert look.name == plain(Ref(name, 1), 0)
            assert look.state == "write"
            said = [number(number_of(builder.trace, Ref(name, 1), (0,)), digits) for digits in (1, 2, 3, 4)]
            assert look.value.rpartition(" ")[2] in said


@every_hand
def test_while_the_next_step_is_asked_for_its_reads_and_writes_are_marked_and_its_result_is_not_there(name, grain):
    asking, moments = (
        scene_builder(staged(name, grain).trace, grain, "en", asking=True),
        told(staged(name, grain).trace, grain),
    )
    meaning = names(asking)
    for position in range(len(asking.lecture)):
        (known, _, _), (_, new, needed) = moments[position : position + 2]
        looks = asking.scene(position).looks
        for item in asking.items:
            shown = _elements(item)
            state = "write" if shown & new else "read" if shown & needed else ""
            assert looks[item].state == state, (position, item.id)
            if item.ref and looks[item][1]:
                assert meaning[looks[item].name] in known, "the answer is told"
                if state == "read":
                    assert meaning[looks[item].name] in needed
    last = len(asking.lecture)
    assert asking.scene(last) == staged(name, grain).scene(last)._replace(beats=asking.scene(last).beats)
