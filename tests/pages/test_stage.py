import io
import json
import re
from dataclasses import replace

import numpy as np
import pytest

from engine import ACTIVATIONS, OPTIMIZERS, Network, Ref, Text, activations, program, trace
from engine.activations import Activation
from engine.elsewhere import NOWHERE
from engine.examples import EXAMPLES
from engine.model import Model
from engine.numbers import write_number
from engine.spec import BODY, HEAD
from engine.text import LANGUAGES
from tests.pages.app import CHINESE, checked, field, in_turn, mounted, panel, press, session, texts, visit
from tests.visualizer.oracles import MODELS, hand_of
from visualizer.elements import choices
from visualizer.exports import EXPORTS, GROUPS
from visualizer.lessons import LESSONS
from visualizer.pages import _state as state
from visualizer.saved import stop_of
from visualizer.symbols import number
from visualizer.values import by_sample
from visualizer.view import Spec, spec_from_query, spec_to_query
from visualizer.words import IN_LESSON, TRANSPORT


def position(app):
    """The position and the number of positions, which stand once on the page."""
    (pair,) = re.findall(r"(?<![\d.])(\d+) / (\d+)(?![\d.])", "\n".join(texts(app)))
    return int(pair[0]), int(pair[1])


def status(app):
    """The line with the present position."""
    return next(text for text in texts(app) if re.search(r"\d+ / \d+", text))


def spec(app):
    return session(app).spec


def choose(app, element):
    return checked(app.selectbox(key="choose").set_value(element).run())


def type_value(app, text):
    return checked(app.text_input(key="edit_value").set_value(text).run())


def slider(app):
    """The slider of the chosen value: another one each time that something else has changed it."""
    return field(app, "slider", "edit_drag")


WALKS = [(name, "layer", lang) for name, lang in in_turn(name for name in MODELS if name in EXAMPLES)]
WALKS += [("mazur", "neuron", "zh"), ("xor", "weight", "en")]


@pytest.mark.parametrize(("name", "grain", "lang"), WALKS)
def test_every_example_is_stepped_through_in_its_language(name, grain, lang):
    app = visit(example=name, granularity=grain, lang=lang)
    last = len(hand_of(Model.of_example(name), grain).lecture)
    for place in range(last + 1):
        assert position(app) == (place, last)
        words = panel(app)[0]
        assert words
        assert bool(CHINESE.search(words)) == (lang == "zh")
        if place < last:
            press(app, "step_next")


def test_the_buttons_step_forward_and_back():
    app = visit(example="mazur")
    keys = ("step_next", "step_next", "step_prev", "step_last", "step_prev", "step_first", "step_prev")
    assert [position(press(app, key))[0] for key in keys] == [1, 2, 1, 12, 11, 0, 0]


def test_the_cost_is_told_once_it_is_known_and_its_successor_after_the_update():
    losses = [replace(Model.of_example("mazur"), iteration=i).trace().loss for i in (1, 2)]
    before, after = (number(loss, 6) for loss in losses)
    app = visit(example="mazur")
    for place in range(13):
        assert (before in status(app)) == (place >= 5)
        assert (after in status(app)) == (place == 12)
        if place < 12:
            press(app, "step_next")


def test_the_step_after_the_last_begins_the_next_iteration_and_back_again():
    app = press(visit(example="mazur"), "step_last")
    assert "Iteration 1" in status(app)
    after = re.search(r"→ (\S+)", status(app))[1]
    press(app, "step_next")
    assert position(app) == (0, 12)
    assert "Iteration 2" in status(app)
    assert spec(app).model.iteration == 2
    press(app, *["step_next"] * 5)
    assert f"C = {after}" in status(app)
    press(app, "step_first", "step_prev")
    assert position(app) == (12, 12)
    assert "Iteration 1" in status(app)


def test_a_grain_keeps_the_place():
    app = press(visit(example="mazur"), *["step_next"] * 9)
    address = spec(app).view.step
    for grain, place in (("neuron", 17), ("weight", 19), ("layer", 9)):
        press(app, f"grain_{grain}")
        assert position(app)[0] == place
        assert spec(app).view.step.startswith(address)


@pytest.mark.parametrize(("text", "value"), [("1/3", 1 / 3), ("0,35", 0.35), ("−2", -2.0), (" 1e-3 ", 0.001)])
@pytest.mark.parametrize("element", ["W.1.2.1", "b.2.1", "a.0.2", "y.1"])
def test_a_typed_value_is_computed_with_and_the_step_stays(element, text, value):
    app = choose(visit(example="mazur", step="bp1"), element)
    type_value(app, text)
    assert position(app) == (6, 12)
    assert len(app.warning) == 0
    kept = spec(app).model.trace()
    places = {
        "W.1.2.1": ("W", 1, (1, 0)),
        "b.2.1": ("b", 2, (0, 0)),
        "a.0.2": ("a", 0, (1, 0)),
        "y.1": ("y", 2, (0, 0)),
    }
    name, layer, indices = places[element]
    assert kept.value(name, layer)[indices] == value
    assert app.text_input(key="edit_value").value == write_number(value)
    assert number(kept.loss, 6) in status(app)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("text", ["abc", "", "1/0", "nan", "1e999", "1;2", "9" * 300, "<script>alert(1)</script>"])
def test_rubbish_is_answered_with_one_sentence_and_changes_nothing(text, lang):
    app = choose(visit(example="mazur", step="bp1", lang=lang), "W.1.1.1")
    model = spec(app).model
    type_value(app, text)
    assert spec(app).model == model
    assert position(app) == (6, 12)
    (warning,) = app.warning
    assert bool(CHINESE.search(warning.value)) == (lang == "zh")
    assert app.text_input(key="edit_value").value == text
    type_value(app, "0.5")
    assert len(app.warning) == 0


def test_a_target_that_the_loss_cannot_use_is_answered_with_a_sentence():
    app = choose(visit(sizes="2-1", loss="binary_cross_entropy"), "y.1")
    type_value(app, "2")
    assert "from 0 to 1" in app.warning[0].value
    assert spec(app).model.y == ((1.0,),)


def test_the_field_shows_the_value_of_what_is_chosen():
    app = choose(visit(example="mazur"), "W.1.1.1")
    assert app.text_input(key="edit_value").value == "0.15"
    choose(app, "b.2.2")
    assert app.text_input(key="edit_value").value == "0.6"
    choose(app, "a.1.1")
    assert not [field for field in app.text_input if field.key == "edit_value"]


def test_the_list_and_the_field_show_what_was_chosen_elsewhere():
    app = visit(example="mazur", step="bp1")
    model, view = spec(app)
    for element, value in (("W.1.1.1", "0.15"), ("b.2.2", "0.6"), ("", None), ("W.1.2.1", "0.25")):
        session(app).spec = Spec(model, replace(view, chosen=element))
        checked(app.run())
        assert app.selectbox(key="choose").value == (element or None)
        assert [field.value for field in app.text_input if field.key == "edit_value"] == [value] * bool(value)


def test_edits_are_undone_with_one_press():
    app = type_value(choose(visit(example="mazur", step="bp1"), "W.1.1.1"), "0.5")
    press(app, "reset")
    assert spec(app).model == Model.of_example("mazur")
    assert position(app) == (6, 12)
    assert app.text_input(key="edit_value").value == "0.15"


def test_the_language_keeps_the_place_and_what_was_chosen():
    app = choose(visit(example="mazur", step="bp2.1"), "W.1.2.1")
    checked(app.button_group(key="lang").set_value("zh").run())
    assert position(app) == (9, 12)
    assert "第 1 次迭代" in status(app)
    assert app.selectbox(key="choose").value == "W.1.2.1"
    checked(app.button_group(key="lang").set_value("en").run())
    assert "Iteration 1" in status(app)


def test_another_example_starts_at_its_beginning():
    app = visit(example="mazur", step="bp2.1")
    checked(app.selectbox(key="example").set_value("xor").run())
    assert position(app) == (0, 12)
    assert spec(app).model == Model.of_example("xor")


def test_an_example_becomes_one_s_own_network_with_all_its_numbers():
    app = visit(example="mazur", step="bp1")
    before = spec(app).model.network().theta
    checked(app.selectbox(key="example").set_value("own").run())
    assert spec(app).model.example is None
    np.testing.assert_array_equal(spec(app).model.network().theta, before)
    assert position(app) == (6, 12)


@pytest.mark.parametrize("element", ["W.1.1.2", "b.1.1", "a.0.1", "y.1"])
def test_an_edit_between_numbers_of_one_hash_is_drawn(element):
    """Numbers with `hash(-1.0) == hash(-2.0)`: the browser draws only a picture of another name than the last."""
    app = choose(visit(sizes="2-2-1", seed="1", step="update"), element)
    films = [mounted(type_value(app, text), "stage")[0] for text in ("-1", "-2")]
    assert len({film["id"] for film in films}) == len({film["lecture"] for film in films}) == 2
    assert films[0]["frames"] != films[1]["frames"]
    (position,) = (data for data in mounted(app, "channel") if data["channel"] == "position")
    assert position["lecture"] == films[1]["lecture"]


@pytest.mark.parametrize("sample", [1, 2, 4])
def test_the_sample_shown_is_chosen(sample):
    app = checked(visit(example="xor", step="z.1").selectbox(key="sample").set_value(sample).run())
    assert spec(app).view.sample == sample
    assert position(app) == (1, 12)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"example": "xor", "step": "bp1"}, {"example": "xor", "place": 6}),
        (
            {"sizes": "8-16-16-4", "activations": "tanh-tanh-softmax", "seed": "1"},
            {"sizes": (8, 16, 16, 4), "place": 0},
        ),
        ({"sizes": "2-3-1", "seed": "7", "step": "update"}, {"sizes": (2, 3, 1), "seed": 7, "place": 12}),
        ({"example": "mazur", "iteration": "3", "step": "c"}, {"iteration": 3, "place": 5}),
        ({"step": "7"}, {"example": "relu_softmax", "place": 7}),
        ({"example": "mazur", "granularity": "weight", "step": "bp4.2.1.2"}, {"example": "mazur", "place": 15}),
    ],
    ids=str,
)
def test_an_address_opens_what_it_says(query, expected):
    app = visit(**query)
    assert len(app.warning) == 0
    place = expected.pop("place")
    assert {name: getattr(spec(app).model, name) for name in expected} == expected
    assert position(app)[0] == place


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "query",
    [
        {"example": "nothing"},
        {"sizes": "0-1"},
        {"sizes": "2-2", "activations": "magic"},
        {"example": "mazur", "eta": "-1"},
        {"granularity": "atom"},
        {"sample": "9"},
        {"iteration": "0"},
    ],
    ids=str,
)
def test_an_address_that_is_wrong_is_answered_with_a_sentence_and_the_default(query, lang):
    app = visit(**query, lang=lang)
    (warning,) = app.warning
    assert bool(CHINESE.search(warning.value)) == (lang == "zh")
    assert position(app)[0] == 0


NASTY = [
    "",
    " ",
    "-1",
    "0",
    "nan",
    "inf",
    "-inf",
    "1e308",
    "1e999",
    "1/0",
    "0x10",
    "null",
    "None",
    "true",
    "٣",
    "²",
    "１２",
    "\x00",
    "\n",
    "\ud7ff\U0001f600",
    "ＤＲＯＰ",
    "'; DROP TABLE users; --",
    "<script>alert(1)</script>",
    "{{7*7}}",
    "../../etc/passwd",
    "%s%n",
    "1-1-1-1-1-1-1-1-1-1-1-1-1-1-1-1",
    "999999-999999",
    "1024-1024-1024",
    "1_2_3~4;5",
    "00012",
    "0001" + "9" * 5000,
    "9" * 100_000,
    "a" * 100_000,
    "1-" * 50_000,
]


FIELDS = [*HEAD, *BODY, "step", "granularity", "lang", "sample", "data", "lesson"]


@pytest.mark.parametrize("value", NASTY, ids=range(len(NASTY)))
def test_no_address_is_an_exception(value):
    place, last = position(visit(**dict.fromkeys(FIELDS, value)))
    assert 0 <= place <= last


@pytest.mark.parametrize("field", FIELDS)
def test_no_part_of_an_address_is_an_exception(field):
    drawn = set()
    for value in NASTY:
        query = {"example": "xor", field: value}
        (model, view), problems = spec_from_query(query, "en")
        assert all(0 < len(problem.sentence("zh")) < 700 for problem in problems)
        seen = (model, replace(view, step=str(hand_of(model).lecture.position(view.step))))
        if seen not in drawn:  # one page for each state that comes out of it
            drawn.add(seen)
            visit(**query)


@pytest.mark.parametrize("query", [{"sizes": "1-1", "net": "_".join(["1e308"] * 2), "eta": "1e308"}], ids=["overflow"])
def test_a_pass_that_diverges_is_stepped_through(query):
    app = visit(**query)
    while position(app)[0] < position(app)[1]:
        press(app, "step_next")
    press(app, "step_next")
    assert spec(app).model.iteration in (1, 2)


@pytest.fixture
def toy(monkeypatch):
    """An activation of one's own: one registry entry, and nothing else."""
    name, why = Text("square", "平方"), Text("A parabola.", "抛物线。")
    forms = {"f": lambda z: z * z, "vjp": lambda z, a, g: g * (2 * z)}
    record = Activation("square", name, "z^2", "2z", why, **forms, elsewhere=NOWHERE)
    monkeypatch.setitem(ACTIVATIONS, "square", record)
    monkeypatch.setitem(activations._BY_ANY_NAME, "square", record)
    yield record
    for cache in (program._cached, state.trace_of, state._hand, state._film):
        cache.cache_clear()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_record_makes_an_activation(toy, lang):
    app = visit(sizes="2-3-1", activations="square-sigmoid", lang=lang, seed="4")
    assert len(app.warning) == 0
    assert toy.label(lang) in "".join(texts(app))
    press(app, "step_next", "step_next")
    z = hand_of(spec(app).model).trace.value("z", 1)
    written = "".join(texts(app))
    assert r"\sigma({z^{1}_{1}})" in written.replace(r"\sigma(z^{1}_{1})", r"\sigma({z^{1}_{1}})")
    assert "{z^{1}_{1}}^2" in written
    assert number(float(z[0, 0] ** 2)).replace("−", "-") in written
    while position(app)[0] < 12:
        press(app, "step_next")


def test_a_network_with_the_new_activation_learns(toy):
    model = Model.drawn((2, 3, 1), ("square", "sigmoid"), "xavier_uniform", 4)
    losses, network = [], model.network()
    for _ in range(20):
        done = trace(network, model.x, model.y, optimizer="sgd", learning_rate=0.5)
        losses.append(done.loss)
        network = done.network
    assert losses == sorted(losses, reverse=True)
    assert done.value("delta", 1).shape == (3, 1)
    assert Ref("slope", 1) not in [ref for step in done.steps for ref in step.writes]


def test_an_edit_is_undone_and_done_again():
    app = choose(visit(example="mazur", step="bp2.1"), "W.1.1.1")
    before = spec(app).model
    type_value(app, "0.9")
    after = spec(app).model
    press(app, "undo")
    assert (spec(app).model, spec(app).view.step) == (before, "bp2.1")
    assert app.button(key="undo").disabled
    press(app, "redo")
    assert spec(app).model == after
    assert app.text_input(key="edit_value").value == "0.9"
    assert app.button(key="redo").disabled


def test_going_on_to_the_next_iteration_is_nothing_to_undo():
    app = press(visit(example="mazur", step="update"), "step_next")
    assert spec(app).model.iteration == 2
    assert app.button(key="undo").disabled


def test_a_dragged_value_is_the_typed_one():
    app = choose(visit(example="mazur", step="bp2.1"), "W.2.1.1")
    checked(slider(app).set_value(-0.25).run())
    assert app.text_input(key="edit_value").value == "-0.25"
    assert spec(app).model.network().layers[1].W[0, 0] == -0.25
    assert spec(app).view.step == "bp2.1"


def test_a_value_beyond_the_slider_widens_it():
    app = type_value(choose(visit(example="mazur"), "W.2.1.1"), "30")
    assert slider(app).value == 30
    assert slider(app).max == 60


@pytest.mark.parametrize("text", ["1e308", "-1.7e308"])
def test_a_value_too_large_for_a_slider_has_none(text):
    app = type_value(choose(visit(example="mazur"), "W.2.1.1"), text)
    assert spec(app).model.network().layers[1].W[0, 0] == float(text)
    assert not [slider for slider in app.slider if slider.key.startswith("edit_drag_")]
    assert slider(type_value(app, "0.5")).value == 0.5


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_cost_so_far_is_drawn_from_the_second_iteration_on(lang):
    assert len(visit(example="mazur", lang=lang).get("plotly_chart")) == 0
    assert len(visit(example="mazur", lang=lang, iteration="3").get("plotly_chart")) == 1


def test_a_batch_is_told_sample_by_sample():
    said = "\n".join(texts(visit(example="xor", step="bp4.1", sample="2")))
    alone = by_sample(Model.of_example("xor").trace(), Ref("dW", 1), (0, 0))
    assert "**2**" in said
    assert all(number(value) in said for value in alone)


@pytest.mark.parametrize(("loss", "shown"), [("cross_entropy", True), ("quadratic", False)])
def test_the_long_way_stands_beside_the_short_form(loss, shown):
    said = "\n".join(texts(visit(example="relu_softmax", loss=loss, step="bp1.2")))
    assert ("The long way" in said) == shown


def test_the_digits_of_the_equation_are_a_setting():
    said = "\n".join(texts(visit(example="mazur", step="c", digits="9")))
    assert "0.298371109" in said


def test_a_lesson_leads_from_stop_to_stop():
    app = visit(lesson="mazur", lang="en")
    lesson = LESSONS["mazur"]
    for stop in range(1, len(lesson.stops) + 1):
        assert lesson.stops[stop - 1].note("en") in texts(app)
        expected = stop_of("mazur", stop, "en")
        assert (spec(app).model, spec(app).view.step) == (expected.model, expected.view.step)
        if stop < len(lesson.stops):
            press(app, "lesson_next")
    press(app, "lesson_prev", "step_last", "lesson_here", "lesson_leave")
    assert spec(app).view.lesson == ""
    assert spec(app).model == stop_of("mazur", len(lesson.stops) - 1, "en").model


@pytest.mark.parametrize("query", [{"lesson": "nothing"}, {"lesson": "mazur", "stop": "99"}, {"unfold": "9.9"}])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_a_link_asks_in_vain_is_said(query, lang):
    app = visit(**query, lang=lang)
    assert len(app.warning) == 1
    assert bool(CHINESE.search(app.warning[0].value)) == (lang == "zh")


def test_a_large_layer_can_be_unfolded_by_its_link():
    app = visit(sizes="50-3-2", unfold="0.2")
    assert spec(app).view.unfolded == (0, 2)
    assert "a.0.50" in choices(hand_of(spec(app).model, unfolded=(0, 2)).drawing)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_penalty_and_clipping_are_set_and_stepped_through(lang):
    app = visit(example="mazur", lang=lang)
    app.session_state.settings = True
    checked(app.run())
    for name, chosen in (("regularizer", "elastic"), ("clip", "norm")):
        checked(app.selectbox(key=name).set_value(chosen).run())
    for name, typed in (("strength", "0.1"), ("clip_at", "0.05")):
        checked(app.text_input(key=name).set_value(typed).run())
    model = spec(app).model
    assert (model.regularizer, model.strength, model.clip, model.clip_at) == ("elastic", 0.1, "norm", 0.05)
    titles = [step.rule.title(lang) for step in model.trace().steps if not step.layer]
    told = []
    for _ in model.trace().steps:
        press(app, "step_next")
        told += [title for title in titles if any(title in text for text in texts(app))]
    assert told == titles
    assert len(app.warning) == 0
    checked(app.text_input(key="clip_at").set_value("0").run())
    assert len(app.warning) == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_norms_dropout_and_an_optimizer_are_set_and_stepped_through(lang):
    app = visit(sizes="2-3-1", lang=lang)
    app.session_state.settings = True
    checked(app.run())
    checked(app.checkbox(key="batch_norm").check().run())
    checked(app.text_input(key="dropout").set_value("1/2").run())
    checked(app.text_input(key="masks").set_value("3").run())
    checked(app.selectbox(key="optimizer").set_value("adam").run())
    model = spec(app).model
    assert (model.batch_norm, model.dropout, model.masks, model.optimizer, len(model.x)) == (
        *(True, 0.5, (3, 1, 0), "adam"),
        4,
    )
    assert model.eta == OPTIMIZERS["adam"].rate
    assert spec_from_query(spec_to_query(spec(app)), lang) == (spec(app), [])
    steps = model.trace().steps
    assert len(steps) == 5 * 2 + 1 + 11 + 1 + 6
    for step in steps:
        press(app, "step_next")
        title, why = step.rule.title.format(l=step.layer)(lang), step.rule.why(lang)
        assert any(title in text and why in text for text in texts(app)), step.address
    checked(app.selectbox(key="mode").set_value("inference").run())
    assert {step.rule.key for step in spec(app).model.trace().steps}.isdisjoint({"mu", "drop", "running"})
    checked(app.text_input(key="dropout").set_value("1").run())
    assert len(app.warning) == 1
    checked(app.checkbox(key="batch_norm").uncheck().run())
    assert spec(app).model.net is None


def test_scales_are_chosen_and_edited_and_other_sizes_keep_the_modes():
    app = visit(sizes="2-3-1", batch_norm="1", step="u.1")
    checked(app.selectbox(key="choose").set_value("gamma.1.2").run())
    checked(app.text_input(key="edit_value").set_value("2").run())
    assert spec(app).model.network().layers[0].batch_norm.gamma.ravel().tolist() == [1, 2, 1]
    assert spec(app).view.step == "u.1"
    app.session_state.settings = True
    checked(app.run())
    checked(app.text_input(key="sizes").set_value("3-4-2").run())
    model = spec(app).model
    assert (model.sizes, model.batch_norm, len(model.x)) == ((3, 4, 2), True, 4)
    assert len(app.warning) == 0


def npz(**arrays):
    held = io.BytesIO()
    np.savez(held, **arrays)
    return held.getvalue()


def uploaded(app, content, name="net.npz"):
    app.session_state.files = True
    checked(app.run())
    return checked(app.file_uploader(key="open_file").upload(name, content).run())


def test_weights_from_elsewhere_are_chosen_for_and_stepped_through():
    net = Network.random((2, 2, 2), ("tanh", "softmax"), seed=9)
    (W1, b1), (W2, b2) = ((layer.W, layer.b) for layer in net.layers)
    app = uploaded(visit(example="mazur", lang="zh"), npz(W1=W1, b1=b1, W2=W2, b2=b2), "my_net.npz")
    assert app.selectbox(key="import_1").value == "relu"
    assert any("my\\_net.npz** 有多种读法" in text for text in texts(app))
    assert app.selectbox(key="import_way").value is None
    assert app.button(key="import_take").disabled
    ways = app.selectbox(key="import_way").options
    assert ways[:2] == ["2 → 2 → 2，行对应神经元：W1, W2", "2 → 2 → 2，列对应神经元：W1, W2"]
    checked(app.selectbox(key="import_way").set_value(0).run())
    assert any("my\\_net.npz**：2 → 2 → 2" in text for text in texts(app))
    assert app.dataframe[0].value.iloc[:, 1].tolist() == ["W1", "W2"]
    checked(app.selectbox(key="import_1").set_value("tanh").run())
    checked(app.selectbox(key="import_2").set_value("softmax").run())
    assert app.selectbox(key="import_loss").value == "cross_entropy"
    press(app, "import_take")
    spec = session(app).spec
    assert np.array_equal(spec.model.network().theta, net.theta)
    assert (spec.model.activations, spec.view.lang) == (("tanh", "softmax"), "zh")
    press(app, "step_next", "step_next")
    assert session(app).spec.view.step == "a.1"
    uploaded(app, b"rubbish")
    assert any("无法读取" in warning.value for warning in app.warning)
    assert session(app).spec.view.step == "a.1"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_a_file_tells_is_taken_and_said_and_can_be_read_otherwise(lang):
    app = uploaded(visit(lang=lang), npz(who=np.ones((1, 3)), wih=np.ones((3, 2))))
    assert any("**net.npz**" in text and "2 → 3 → 1" in text for text in texts(app))
    assert app.dataframe[0].value.iloc[:, 1].tolist() == ["wih", "who"]
    said = {"en": "Only this way round do the sizes fit", "zh": "只有这种朝向大小相配"}[lang]
    assert any(said in text for text in texts(app))
    assert not app.button(key="import_take").disabled
    checked(app.selectbox(key="import_way").set_value(1).run())
    assert app.dataframe[0].value.iloc[:, 1].tolist() == ["who", "wih"]
    press(app, "import_take")
    assert session(app).spec.model.sizes == (1, 3, 2)


def test_names_that_contradict_the_sizes_are_asked_about():
    app = uploaded(visit(lang="en"), npz(**{"fc1.weight": np.ones((2, 4)), "fc2.weight": np.ones((4, 3))}))
    assert any("contradict each other" in text for text in texts(app))
    assert app.button(key="import_take").disabled


@pytest.mark.parametrize("after", ["good", "gone"])
def test_a_complaint_about_one_file_is_over_with_the_next(after):
    app = uploaded(visit(lang="en"), b"rubbish")
    assert any("cannot be read" in warning.value for warning in app.warning)
    if after == "good":
        uploaded(app, npz(wih=np.ones((3, 2)), who=np.ones((1, 3))))
    else:
        checked(app.file_uploader(key="open_file").set_value([]).run())
    assert len(app.warning) == 0


def test_what_was_chosen_for_a_file_that_has_gone_is_nobody_s():
    """A browser may still send what stood beside a file when another one, which is refused, took its place."""
    app = uploaded(visit(lang="en"), npz(W1=np.ones((2, 2)), b1=np.ones(2)))
    checked(app.selectbox(key="import_way").set_value(0).run())
    app.selectbox(key="import_way").set_value(1)
    app.selectbox(key="import_1").set_value("tanh")
    app.selectbox(key="import_loss").set_value("mse")
    app.button(key="import_take").click()
    app.file_uploader(key="open_file").upload("x.npz", npz(**{"x.weight": np.ones((2, 2, 2))}))
    checked(app.run())
    assert any("cannot be represented" in warning.value for warning in app.warning)
    assert session(app).spec.model == session(visit(lang="en")).spec.model


def test_every_export_stands_in_one_place_and_costs_nothing_until_it_is_asked_for(monkeypatch):
    made = []
    for name, record in EXPORTS.items():
        monkeypatch.setitem(EXPORTS, name, replace(record, make=made.append))
    app = visit(example="mazur", step="bp2.1", lang="zh")
    assert not any(button.key.startswith("export_") for button in app.get("download_button"))
    app.session_state.exports = True
    checked(app.run())
    assert {button.key for button in app.get("download_button")} == {f"export_{name}" for name in EXPORTS}
    assert made == []
    assert all(CHINESE.search(group.zh) and group.zh in texts(app) for group in GROUPS.values())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_in_a_lesson_next_and_back_go_from_stop_to_stop_as_the_keys_do_and_say_so(lang):
    app = visit(lesson="lecture", stop="5", lang=lang)
    for key, stop in (("step_next", 6), ("step_next", 7), ("step_prev", 6)):
        press(app, key)
        assert spec(app) == stop_of("lecture", stop, lang)
        assert app.button(key=key).proto.help == IN_LESSON[key](lang)
    usual = visit(example="mazur", lang=lang)
    assert usual.button(key="step_next").proto.help == TRANSPORT["step_next"][1](lang)


def test_a_page_tells_the_browser_its_language():
    for lang, tag in (("en", "en"), ("zh", "zh-CN")):
        app = visit(lang=lang)
        (told,) = [json.loads(part.json) for part in app.get("bidi_component") if '"session"' in part.json]
        assert told["lang"] == tag
