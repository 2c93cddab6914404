"""Techniques and a record of one's own are chosen in the settings of the stage and stepped through."""

import pytest

from engine import ACTIVATIONS, OPTIMIZERS, Ref, Text
from engine.catalogue import Activation, activations
from engine.core import LANGUAGES, NOWHERE
from engine.passes import trace
from engine.program import program
from engine.settings import Model
from tests.pages.app import checked, press, texts, visit
from tests.pages.stage import position, spec
from tests.visualizer.oracles import builder_of
from visualizer.pages.session import state
from visualizer.state import spec_to_query
from visualizer.state.view import spec_from_query
from visualizer.writing import number


@pytest.fixture
def toy(monkeypatch):
    """An activation of one's own: one record, and nothing else."""
    name, why = Text("square", "平方"), Text("A parabola.", "抛物线。")
    forms = {"f": lambda z: z * z, "vjp": lambda z, a, g: g * (2 * z)}
    record = Activation("square", name, "z^2", "2z", why, **forms, elsewhere=NOWHERE)
    monkeypatch.setitem(ACTIVATIONS, "square", record)
    monkeypatch.setitem(activations._BY_ANY_NAME, "square", record)
    yield record
    for cache in (program._cached, state.trace_of, state._builder, state.packed_keyframes):
        cache.cache_clear()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_record_makes_an_activation(toy, lang):
    app = visit(sizes="2-3-1", activations="square-sigmoid", lang=lang, seed="4")
    assert len(app.warning) == 0
    assert toy.label(lang) in "".join(texts(app))
    press(app, "step_next", "step_next")
    z = builder_of(spec(app).model).trace.value("z", 1)
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
