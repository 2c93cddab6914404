"""Weights come into the stage as files, and exports leave it."""

import base64
import io
import zlib
from dataclasses import replace

import numpy as np
import pytest

from engine import Network
from engine.core import LANGUAGES
from engine.settings import Model
from tests.pages.app import CHINESE, checked, mounted, press, session, texts, visit
from visualizer.exports import EXPORTS, GROUPS, Subject
from visualizer.pages.stage import exports
from visualizer.rendering import RENDERINGS, rendering_html
from visualizer.state import Spec, View, to_file


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
    assert app.dataframe[0].value.iloc[:, 2].tolist()[:2] == ["第 1 层的权重，2 → 2", "第 1 层的偏置"]
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
    assert any("没有数值数组" in warning.value for warning in app.warning)
    assert session(app).spec.view.step == "a.1"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_a_file_tells_is_taken_and_said_and_can_be_read_otherwise(lang):
    app = uploaded(visit(lang=lang), npz(who=np.ones((1, 3)), wih=np.ones((3, 2))))
    assert any("**net.npz**" in text and "2 → 3 → 1" in text for text in texts(app))
    first = {"en": "weights of layer 1, 2 → 3", "zh": "第 1 层的权重，2 → 3"}[lang]
    assert app.dataframe[0].value.iloc[1].tolist() == ["wih", "3\u2009×\u20092", first]
    said = {"en": "The sizes fit only in this orientation", "zh": "只有这种朝向大小相配"}[lang]
    assert any(said in text for text in texts(app))
    assert not app.button(key="import_take").disabled
    checked(app.selectbox(key="import_way").set_value(1).run())
    first = {"en": "weights of layer 1, 1 → 3", "zh": "第 1 层的权重，1 → 3"}[lang]
    assert app.dataframe[0].value.iloc[0, 2] == first
    press(app, "import_take")
    assert session(app).spec.model.sizes == (1, 3, 2)


def test_names_that_contradict_the_sizes_are_asked_about():
    app = uploaded(visit(lang="en"), npz(**{"fc1.weight": np.ones((2, 4)), "fc2.weight": np.ones((4, 3))}))
    assert any("contradict each other" in text for text in texts(app))
    assert app.button(key="import_take").disabled


REFUSED = {
    "without arrays": (b"rubbish", "no arrays of numbers"),
    "without a network": (npz(W1=np.ones((3, 2)), W2=np.ones((1, 3)), W_old=np.ones((5, 5))), "cannot be represented"),
}
NEXT = {
    "weights": npz(wih=np.ones((3, 2)), who=np.ones((1, 3))),
    "a saved state": to_file(Spec(Model.of_example("mazur"), View(lang="en"))).encode(),
    "nothing": None,
}


@pytest.mark.parametrize("after", NEXT)
@pytest.mark.parametrize("before", REFUSED)
def test_a_complaint_about_one_file_is_over_with_the_next(before, after):
    content, told = REFUSED[before]
    app = uploaded(visit(lang="en"), content)
    assert [told in warning.value for warning in app.warning] == [True]
    if NEXT[after]:
        uploaded(app, NEXT[after])
    else:
        checked(app.file_uploader(key="open_file").set_value([]).run())
    assert len(app.warning) == 0
    assert not any("do not form a network yet" in text for text in texts(app))


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


def test_what_is_no_layer_is_left_out_by_the_reader():
    app = uploaded(visit(lang="en"), npz(W1=np.ones((3, 2)), W2=np.ones((1, 3)), W_old=np.ones((5, 5))))
    assert any("do not fit" in warning.value or "cannot be represented" in warning.value for warning in app.warning)
    assert any("do not form a network yet" in text for text in texts(app))
    checked(app.multiselect(key="import_drop").set_value(["W_old"]).run())
    assert len(app.warning) == 0
    assert app.dataframe[0].value.iloc[:, 2].tolist()[-1] == "ignored"
    press(app, "import_take")
    assert session(app).spec.model.sizes == (2, 3, 1)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_pasted_numbers_are_read_as_a_file_is(lang):
    app = visit(lang=lang)
    app.session_state.files = True
    checked(app.run())
    text = "fc1.weight: tensor([[0.1, 0.2], [0.3, 0.4], [0.5, 0.6]])\nfc2.weight: tensor([[1., 2., 3.]])"
    checked(app.text_area(key="open_text").set_value(text).run())
    press(app, "import_take")
    assert session(app).spec.model.network().layers[0].W.tolist() == [[0.1, 0.2], [0.3, 0.4], [0.5, 0.6]]


def test_every_export_stands_in_one_place_and_costs_nothing_until_it_is_asked_for(monkeypatch):
    made = []
    for name, record in EXPORTS.items():
        monkeypatch.setitem(EXPORTS, name, replace(record, make=made.append))
    app = visit(example="mazur", step="bp2.1", lang="zh")
    assert not any(button.key.startswith("export_") for button in app.button)
    app.session_state.exports = True
    checked(app.run())
    assert {button.key for button in app.button if button.key.startswith("export_")} == {
        f"export_{name}" for name in EXPORTS
    }
    assert made == []
    assert all(CHINESE.search(group.zh) and group.zh in texts(app) for group in GROUPS.values())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_moving_pictures_and_pages_are_offered_and_made_once(lang):
    app = visit(example="mazur", step="bp1", lang=lang)
    app.session_state.exports = True
    (data,) = mounted(checked(app.run()), "renderings")
    assert [button["name"] for button in data["renderings"]] == list(RENDERINGS)
    assert [span["name"] for span in data["spans"]] == ["step", "phase", "iteration"]
    assert (data["made"], data["problem"]) == (None, "")
    session(app).stage.rendering = exports._rendered(Subject(session(app).spec), RENDERINGS["gif"], "phase")
    (data,) = mounted(checked(app.run()), "renderings")
    assert data["made"]["name"] == "backprop-stage-phase.gif"
    page = zlib.decompress(base64.b64decode(data["made"]["packed"])).decode()
    assert page == rendering_html(Subject(session(app).spec), RENDERINGS["gif"], "phase")
    assert mounted(checked(app.run()), "renderings") == [data]  # with its id, by which the browser knows it


def test_too_many_steps_for_one_file_are_refused_in_the_reader_s_language():
    app = visit(sizes="8-16-16-4", activations="tanh-tanh-softmax", granularity="weight", lang="zh")
    app.session_state.exports = True
    checked(app.run())
    session(app).stage.rendering = exports._rendered(Subject(session(app).spec), RENDERINGS["webm"], "iteration")
    (data,) = mounted(checked(app.run()), "renderings")
    assert data["made"] is None
    assert "步骤太多" in data["problem"]
