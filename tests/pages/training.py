"""Helpers of the Train page's tests: readings of the page, and actions on it."""

import json

from tests.pages.app import checked, press, session, visit
from visualizer.pages.train.views import VIEWS

SHORT = {"epochs": "30"}
TECHNIQUES = {
    "schedule": "one_cycle",
    "regularizer": "elastic",
    "strength": "0.001",
    "clip": "norm",
    "clip_at": "0.5",
    "batch_norm": "1",
    "dropout": "0.2",
}
MOONS = {
    "data": "moons",
    "size": "40",
    "hidden": "5",
    "activations": "tanh-sigmoid",
    "loss": "binary_cross_entropy",
    "batch": "8",
    "held": "20",
    "epochs": "30",
}


def train(**query):
    return visit("train", **query)


def lab(app):
    return session(app).lab.snapshot()


def finish(app):
    for _ in range(300):
        if not lab(app).playing:
            return app
        checked(app.run())
    raise AssertionError


def trained(**query):
    return finish(press(train(**query), "train_play"))


def key(app, name):
    return f"train_{name}"


def type_into(app, **typed):
    for name, text in typed.items():
        checked(app.text_input(key=key(app, name)).set_value(text).run())
    return app


def pick(app, **picked):
    for name, value in picked.items():
        checked(app.selectbox(key=key(app, name)).set_value(value).run())
    return app


def show(app, view):
    group = next(each for each in app.button_group if each.key.startswith(f"train_view_{VIEWS[view][3]}"))
    return checked(group.set_value(view).run())


def figure(app, key):
    charts = [chart.proto for chart in app.get("plotly_chart")]
    return json.loads(next(chart for chart in charts if f"-{key}" in chart.id).spec)
