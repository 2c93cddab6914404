import json
from types import SimpleNamespace
from unittest.mock import patch

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from engine import InputError, Text
from engine.core import LANGUAGES
from engine.landscape import SURFACES
from tests.pages.app import CHINESE, address, checked, in_turn, press, session, texts, visit, warnings
from visualizer.landscape import LandscapeSettings
from visualizer.landscape.settings import PLANES
from visualizer.pages.landscape import settings

MOONS = {"data": "moons", "size": "40", "hidden": "5", "activations": "tanh-sigmoid", "epochs": "30"}
GROUNDS = [{"ground": name} for name in SURFACES] + [{"plane": name} for name in PLANES]


def look(**query):
    return finish(visit("landscape", **query))


def finish(app):
    for _ in range(300):
        surface = session(app).landscape.surface
        if not session(app).lab.snapshot().playing and not (surface and surface.running):
            return app
        checked(app.run())
    raise AssertionError


def trained(**query):
    app = press(visit("train", **MOONS), "train_play")
    while session(app).lab.snapshot().playing:
        checked(app.run())
    for name, value in query.items():
        app.query_params[name] = value
    app.switch_page("landscape/landscape.py")
    return finish(checked(app.run()))


def figure(app):
    charts = [chart.proto for chart in app.get("plotly_chart")]
    return json.loads(next(chart for chart in charts if "-landscape_chart" in chart.id).spec)


def pick(app, **picked):
    for name, value in picked.items():
        checked(app.selectbox(key=f"site_{name}").set_value(value).run())
    return finish(app)


@pytest.mark.parametrize("solid", ["0", "1"])
@pytest.mark.parametrize(("query", "lang"), in_turn(GROUNDS), ids=str)
def test_every_landscape_is_drawn_in_its_language(query, lang, solid):
    app = look(lang=lang, solid=solid, **query)
    assert len(warnings(app)) == (query == {"plane": "principal"})  # before a training there is no such plane
    assert bool(CHINESE.search("".join([*texts(app), *warnings(app)]))) == (lang == "zh")


@pytest.mark.parametrize("plane", PLANES)
def test_the_run_of_the_train_page_leaves_its_path_here(plane):
    app = pick(trained(), plane=plane)
    assert warnings(app) == []
    (path,) = session(app).landscape.surface.paths
    trial = session(app).lab.snapshot().live.trial
    assert_array_equal(path.heights, trial.loss[path.at])
    assert len(figure(app)["frames"]) == 31


def test_the_epoch_is_that_of_the_train_page():
    app = trained(plane="weights")
    checked(app.slider(key="landscape_slider").set_value(7).run())
    assert session(app).train.look.epoch == 7
    *_, below = figure(app)["data"]
    assert np.frombuffer(_bytes(below["x"]), "f8" if below["x"]["dtype"] == "f8" else below["x"]["dtype"])[0] == 7
    app.switch_page("train/train.py")
    assert checked(app.run()).slider(key="train_slider").value == 7


def _bytes(array):
    import base64  # noqa: PLC0415

    return base64.b64decode(array["bdata"])


def test_it_is_computed_in_portions_cancelled_and_gone_on_with():
    app = visit("landscape", **MOONS | {"hidden": "60-60", "activations": "tanh-tanh-sigmoid"}, grid="100")
    assert 0 < session(app).landscape.surface.done < 1
    press(app, "landscape_cancel")
    done = session(app).landscape.surface.done
    assert session(checked(app.run())).landscape.surface.done == done
    press(app, "landscape_compute")
    assert session(app).landscape.surface.done > done
    begun = session(app).landscape.surface
    session(app).landscape.surface = None  # as where a click comes when another setting has left no such plane
    session(app).landscape.problem = InputError(Text("none", "无"), Text("another", "另一个"), "")
    press(app, "landscape_cancel")
    assert begun.cancelled


def test_what_only_changes_the_picture_computes_nothing_anew():
    app = look(**MOONS)
    before = session(app).landscape.surface
    checked(app.button_group(key="site_solid").set_value(True).run())
    for value in (True, False):
        key = next(toggle.key for toggle in app.toggle)
        checked(app.toggle(key=key).set_value(value if key.endswith("False") else not value).run())
    assert figure(app)["data"][0]["type"] == "surface"
    assert session(app).landscape.surface is before
    assert address(app)["solid"] == "1"
    assert session(pick(app, grid="25")).landscape.surface is not before


def test_settings_are_in_the_address_and_come_back():
    app = pick(look(**MOONS), plane="weights", grid="25", reach="2", first="w2.1.3", second="b1.2")
    assert session(app).landscape.settings == LandscapeSettings(
        plane="weights", first=(2, 0, 2), second=(1, 1, None), reach=2.0, grid=25
    )
    query = address(app)
    again = look(**query)
    assert session(again).landscape.settings == session(app).landscape.settings
    assert_array_equal(session(again).landscape.surface.cost, session(app).landscape.surface.cost)


def test_runs_of_an_address_are_trained_before_they_are_looked_at():
    app = trained()
    query = address(app)
    again = look(**query)
    assert_array_equal(session(again).landscape.surface.cost, session(app).landscape.surface.cost)
    assert len(session(again).landscape.surface.paths) == 1


def test_the_other_parameter_chosen_again_changes_places():
    app = look(plane="weights")
    assert [app.selectbox(key=f"site_{name}").value for name in ("first", "second")] == ["w1.1.1", "w1.1.2"]
    pick(app, first="w1.1.2")
    assert (session(app).landscape.settings.first, session(app).landscape.settings.second) == ((1, 0, 1), (1, 0, 0))


@pytest.mark.parametrize(
    ("clicked", "taken"),
    [
        ([2, 0, 1], {"first": (1, 0, 1), "second": (2, 0, 1)}),
        ([1, 1, None], {"first": (1, 0, 1), "second": (1, 1, None)}),
    ],
)
def test_a_clicked_edge_or_bias_is_taken(clicked, taken):
    selection = SimpleNamespace(points=[{"customdata": clicked}])
    held = SimpleNamespace(selection=selection)
    with patch.object(settings, "widget_value", {"edges": held}.get), patch.object(settings, "settle") as settle:
        settings._click("edges", ((1, 0, 0), (1, 0, 1)))
        selection.points = []
        settings._click("edges", ((1, 0, 0), (1, 0, 1)))
    settle.assert_called_once_with(**taken)


def test_optimizers_rate_and_steps_of_a_test_surface():
    app = look(ground="rosenbrock")
    checked(app.multiselect(key="site_walkers").set_value(["adam", "sgd"]).run())
    checked(app.text_input(key="site_rate").set_value("1/1000").run())
    checked(app.text_input(key="site_steps").set_value("50").run())
    assert session(app).landscape.settings == LandscapeSettings(
        "rosenbrock", walkers=("sgd", "adam"), rate=0.001, steps=50
    )
    assert [path.at[-1] for path in session(app).landscape.surface.paths] == [50, 50]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("key", "typed"), [("rate", "x"), ("rate", "-1"), ("steps", "0"), ("steps", "99999")])
def test_rubbish_is_answered_with_one_sentence(key, typed, lang):
    app = look(ground="bowl", lang=lang)
    app = checked(app.text_input(key=f"site_{key}").set_value(typed).run())
    (said,) = warnings(app)
    assert typed in said
    assert bool(CHINESE.search(said)) == (lang == "zh")


@pytest.mark.parametrize(
    "query", [{"ground": "hill"}, {"grid": "7"}, {"first": "x"}, {"first": "w1.9.9"}, {"walkers": "x"}, {"rate": "-1"}]
)
def test_an_address_that_is_wrong_is_answered_with_a_sentence(query):
    assert len(warnings(look(**{"ground": "bowl"} | query))) == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_sharpness_along_the_run_is_drawn_with_the_edge_of_stability_and_is_in_the_address(lang):
    app = trained(lang=lang)
    computed = session(app).landscape.surface
    checked(app.toggle(key="site_edge").set_value(True).run())
    assert session(app).landscape.surface is computed  # nothing is computed anew for it
    (spec,) = (chart.proto.spec for chart in app.get("plotly_chart") if "-landscape_edge" in chart.proto.id)
    sharp, limit = json.loads(spec)["data"]
    assert sharp["x"] == limit["x"]
    assert address(app)["edge"] == "1"
    assert session(visit("landscape", **address(app))).landscape.settings.edge
