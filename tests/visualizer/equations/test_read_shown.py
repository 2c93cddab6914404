"""Agreement of picture and equation: a number framed as read is in the arithmetic."""

from dataclasses import replace

from engine import Ref
from engine.mistakes import MISTAKES
from tests.together import together
from tests.visualizer.equations.test_arithmetic import worked
from tests.visualizer.equations.test_mistakes_shown import VICTIMS
from tests.visualizer.oracles import CASES, MODELS, builder_of, drawn, number_of
from visualizer.drawing import Node
from visualizer.lecture import WRONG
from visualizer.scene import scene_builder
from visualizer.writing import number, plain, signed, tex

SQUARE = {
    "square": drawn((3, 3, 3), "tanh", "sigmoid"),
    "square softmax": drawn((2, 2, 2), "softmax", "softmax", loss="cross_entropy", samples=2),
    "square, dropped": replace(drawn((2, 2, 2), "tanh", "sigmoid", samples=2), dropout=0.4),
}
_TRIED = SQUARE | {name: VICTIMS[name] for name in ("three samples", "Mazur")}
WRONG_MODELS = {  # softmax, where most of them are felt, with every mistake; the others with a third of them in turn
    f"{victim}, {name}": replace(model, mistakes=(name,))
    for i, (victim, model) in enumerate(_TRIED.items())
    for j, name in enumerate(MISTAKES)
    if victim == "square softmax" or (i + j) % 3 == 1
}
GRAINS = ("layer", "neuron", "weight")  # in turn
SEQUENTIAL = [("Mazur, sequential", grain) for grain in GRAINS]
JACOBIAN = r"J_{"  # its entries are made of the activations of the layer


def shown_as_read(builder, position):
    for item, look in builder.scene(position).looks.items():
        if look.state == "read":
            yield item, look


def meaning(builder):
    """The values that each name in the drawing stands for."""
    refs = {ref for step in builder.trace.steps for ref in (*step.reads, *step.writes)}
    found = {}
    for item in builder.items:
        for ref in refs if item.ref else ():
            if ref.layer in (item.ref.layer, 0):
                indices = item.indices if builder.trace.value(*ref).ndim else ()
                found[plain(ref, *indices)] = ref, indices
    return found


def texts(value):
    return {write(value, digits) for digits in range(1, 13) for write in (number, signed)}


def is_number(text, value):
    bare = text.removeprefix(WRONG).rpartition(" ")[2].lstrip("∂γβ")
    return bare in texts(value)


def assert_shows_what_is_read(builder):
    names = meaning(builder)
    for position in range(1, len(builder.lecture) + 1):
        step = builder.trace.steps[builder.lecture.moment(position).step]
        for item, look in shown_as_read(builder, position):
            if not look[1]:
                assert isinstance(item, Node), "a number that is read is known"
                continue
            ref, indices = names[look.name]
            assert ref in step.reads, (position, step.address, item.id, look)
            assert is_number(look[1], number_of(builder.trace, ref, indices, builder.sample)), (step.address, look)


@together(CASES)
def test_what_is_framed_as_read_shows_the_number_that_is_read(name, grain):
    assert_shows_what_is_read(builder_of(MODELS[name], grain))


@together([(name, GRAINS[i % 3]) for i, name in enumerate(WRONG_MODELS)] + SEQUENTIAL)
def test_with_any_mistake_what_is_framed_as_read_shows_the_number_that_is_read(name, grain):
    model = WRONG_MODELS[name]
    assert_shows_what_is_read(scene_builder(model.trace(), grain, "en", right=model.right.trace()))


@together(list(WRONG_MODELS))
def test_a_mistaken_step_frames_what_its_arithmetic_has_in_it(name):
    """Unit by unit: of the values that the drawing shows, those in the letters, and no others, are touched."""
    model = WRONG_MODELS[name]
    builder = scene_builder(model.trace(), "weight", "en", right=model.right.trace())
    told = {(step.address, e.ref, e.indices): t.letters for step, e, t in worked(builder.trace) if step.rule.element}
    for position in range(1, len(builder.lecture) + 1):
        moment = builder.lecture.moment(position)
        step = builder.trace.steps[moment.step]
        unit = builder.lecture.units[moment.step][moment.done - 1]
        if step.rule.phase == "cost" or (step.address, step.writes[0], unit) not in told:
            continue
        letters = told[step.address, step.writes[0], unit]
        if JACOBIAN in letters:
            continue
        for item, _ in shown_as_read(builder, position):
            assert any(tex(ref, *item.indices) in letters or ref.name == "y" for ref in refs_of(item)), (
                step.address,
                unit,
                item.id,
                letters,
            )
        looks = builder.scene(position).looks
        for edge in (edge for edge in builder.drawing.edges if edge.ref and looks[edge].state != "write"):
            named = any(tex(ref, *edge.indices) in letters for ref in refs_of(edge))
            assert (looks[edge].state == "read") == named, (step.address, unit, edge.id, letters)


def refs_of(item):
    name, layer = item.ref
    own = ("a", "h", "z", "u", "delta", "delta_u", "delta_hat") if name == "a" else (name,)
    own = ("W", "dW", "W_new") if name == "W" else own
    return [Ref(letter, layer) for letter in own]


def test_a_bias_that_a_layer_shares_by_mistake_reads_the_gradients_of_all():
    model = replace(SQUARE["square"], mistakes=("shared_bias",))
    builder = scene_builder(model.trace(), "weight", "en", right=model.right.trace())
    looks = {item.id: look for item, look in builder.scene(builder.lecture.position("update.1.2.4")).looks.items()}
    assert [looks[f"b.1.{j}"].state for j in (1, 2, 3)] == ["read", "write", "read"]
    assert [looks[f"b.1.{j}"].name for j in (1, 3)] == ["∂C/∂b¹₁", "∂C/∂b¹₃"]
    assert looks["b.2.1"].state == looks["W.1.2.1"].state == ""


def test_errors_that_go_back_by_updated_weights_travel_as_what_is_read():
    model = replace(MODELS["mazur"], mistakes=("sequential",))
    builder = scene_builder(model.trace(), "layer", "en", right=model.right.trace())
    scene = builder.scene(builder.lecture.position("bp2.1"))
    trace = builder.trace
    product = trace.value("W_new", 2)[0, 0] * trace.value("delta", 2)[0, 0]
    assert scene.animation[2].notes["W.2.1.1"] == number(product, 3)
    assert number(product, 3) != number(trace.value("W", 2)[0, 0] * trace.value("delta", 2)[0, 0], 3)
