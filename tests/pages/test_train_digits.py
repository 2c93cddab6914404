"""The Train page on images: a digit drawn by hand, mistakes, weights, and MNIST from outside."""

from collections import OrderedDict
from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from engine import InputError, Text
from engine.core import LANGUAGES
from engine.images import SHELF, read_images
from engine.settings import MNIST, Task, task_to_query
from tests.engine.digit_files import mnist_files, shelve
from tests.pages.app import CHINESE, checked, press, session, texts, visit, warnings
from tests.pages.training import finish, lab, pick, show, type_into
from visualizer.digits import as_image, mistakes, read_drawing, shown_set
from visualizer.pages.train import images as _train_images

SMALL = task_to_query(replace(Task().with_data("digits"), size=150, hidden=(10, 8), epochs=4))
INK = "".join("f" if 12 <= k % 32 < 18 and 4 <= k // 32 < 28 else "0" for k in range(32 * 32))


def trained(**query):
    return show(finish(press(visit("train", **SMALL | query), "train_play")), "digits")


def pictures(app):
    """The number of pictures in each block of them."""
    return [block.value.count("<img") for block in app.get("html")]


def charts(app):
    return [chart.proto.id for chart in app.get("plotly_chart")]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_images_the_view_says_so_and_takes_the_settings_for_digits(lang):
    app = show(visit("train", lang=lang, epochs="20"), "digits")
    said = [text for text in texts(app) if "手写数字" in text or "Handwritten digits" in text]
    assert [bool(CHINESE.search(text)) for text in said] == [lang == "zh"]
    press(app, "digits_settings")
    assert lab(app).task == replace(Task().with_data("digits"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_mistakes_and_weights_are_shown_and_a_drawing_is_read(lang):
    app = trained(lang=lang)
    trial = lab(app).live.trial
    wrong = len(mistakes(trial, 4))
    assert any(str(wrong) in text and str(len(trial.held_out[0])) in text for text in texts(app))
    assert pictures(app) == [1] * min(12, wrong) + [1, 10]
    before = len(charts(app))
    session(app).train.digits.ink = INK
    checked(app.run())
    assert pictures(app)[0] == 1
    assert len(charts(app)) == before + 1
    image = as_image(read_drawing(INK, (32, 32)), (8, 8))
    assert app.selectbox(key="train_meant").value == trial.network_at(4).predict(image).argmax()
    checked(app.selectbox(key="train_meant").set_value(1).run())
    press(app, "digit_open")
    model, view = session(app).spec
    assert_allclose(model.x[0], image)
    assert (np.argmax(model.y[0]), view.pixels, view.lang) == (1, 8, lang)


def test_any_image_opens_on_the_stage_with_the_gradient_of_its_pixels():
    app = trained()
    trial = lab(app).live.trial
    _, (x, y) = shown_set(trial)
    checked(app.number_input(key="train_image").set_value(5).run())
    press(app, "image_open")
    assert_array_equal(session(app).spec.model.x[0], x[4])
    app.switch_page("stage/stage.py")
    checked(app.run())
    assert pictures(app) == [1]
    press(app, "step_last")
    assert pictures(app) == [2]
    app.switch_page("train/train.py")
    worst = mistakes(trial, 4)[0]
    press(show(checked(app.run()), "digits"), "mistake_open_0")
    model = session(app).spec.model
    assert_array_equal(model.x[0], x[worst.row])
    assert np.argmax(model.y[0]) == worst.truth == y[worst.row].argmax()


def test_files_are_trained_on_and_judged_by_their_test_set():
    app = trained(data=MNIST, images=shelve(), size="")
    assert lab(app).live.trial.data[0].dtype == np.float32
    assert any("test set" in text and "of 20 wrong" in text for text in texts(app))
    show(app, "scores")
    table = app.dataframe[0].value
    assert list(table["samples"]) == ["training set", "validation set", "test set"]


def test_images_that_are_gone_are_told_and_nothing_breaks(monkeypatch):
    app = trained(data=MNIST, images=shelve(), size="")
    monkeypatch.setattr(SHELF, "_kept", OrderedDict())
    for name in ("scores", "digits", "why", "runs", "layers", "film", "weights"):
        show(app, name)
    press(press(app, "train_keep"), "train_play")
    assert "not on this server" in warnings(app)[0]
    press(show(app, "families"), "family_rates")
    assert "not on this server" in warnings(app)[0]


@pytest.fixture
def no_images(monkeypatch):
    monkeypatch.setattr(SHELF, "_kept", OrderedDict())


def fetched(app):
    """The page once the fetching has ended."""
    for _ in range(200):
        if not session(app).train.fetches:
            return checked(app.run())
        checked(app.run())
    raise AssertionError


def test_mnist_is_fetched_and_then_here_for_everybody(monkeypatch, no_images):
    monkeypatch.setattr(_train_images, "fetch_mnist", lambda: read_images(mnist_files(side=28)))
    app = pick(visit("train"), data=MNIST)
    assert lab(app).task == Task()
    fetched(press(app, "images_fetch"))
    assert (lab(app).task.data, lab(app).task.images, lab(app).task.picture) == (MNIST, "", (28, 28))
    assert lab(app).task.network().sizes == (784, 128, 128, 10)
    other = pick(visit("train"), data=MNIST)
    assert lab(other).task.data == MNIST


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_a_network_a_sentence_says_so_and_the_data_stay(monkeypatch, no_images, lang):
    def fail():
        raise InputError(Text("MNIST is far", "MNIST 太远"), Text("a network", "网络"), "no route")

    monkeypatch.setattr(_train_images, "fetch_mnist", fail)
    app = fetched(press(pick(visit("train", lang=lang), data=MNIST), "images_fetch"))
    (said,) = warnings(app)
    assert ("MNIST 太远" if lang == "zh" else "MNIST is far") in said
    assert lab(app).task == Task()
    press(app, "images_close")
    assert "images_fetch" not in [button.key for button in app.button]


def uploaded(app, files):
    picked = [(name, content, "application/octet-stream") for name, content in files.items()]
    return checked(app.file_uploader(key=f"images_files_{lab(app).edition}").set_value(picked).run())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_idx_files_are_uploaded_and_what_is_wrong_with_them_is_told(no_images, lang):
    app = pick(visit("train", lang=lang), data=MNIST)
    files = mnist_files()
    uploaded(app, {name: content for name, content in files.items() if "train-images" not in name})
    (said,) = warnings(app)
    assert ("缺少文件" if lang == "zh" else "A file is missing") in said
    assert lab(app).task == Task()
    assert warnings(uploaded(app, {})) == []
    assert len(warnings(uploaded(app, {"rubbish": b"rubbish"}))) == 1
    uploaded(app, files)
    assert warnings(app) == []
    task = lab(app).task
    assert (task.data, len(task.samples()[0]), len(task.test_set[0])) == (MNIST, 60, 20)
    finish(press(type_into(app, epochs="1"), "train_play"))
    assert lab(app).live.trial.epochs == 1
