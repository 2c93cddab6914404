"""A browser that draws a widget late, on a slow line, has missed the picture in which its value was set.

It takes the default for the value then, and with its next request tells the server so, as if the reader had chosen it.
"""

import pytest

from tests.pages.app import checked, press, visit
from visualizer.words import PAGES

KINDS = ("text_input", "text_area", "selectbox", "multiselect", "slider", "checkbox", "toggle", "button_group")
KINDS += ("number_input",)
OPENED = ("settings", "files", "exports")


def not_told(app):
    """The widgets whose value nobody would know who sees this picture alone, each with value and default."""
    found = {}
    for widget in (widget for kind in KINDS for widget in app.get(kind)):
        proto, value = widget.proto, getattr(widget, "value", None)
        default = getattr(proto, "default", None)
        default = list(default) if hasattr(default, "__len__") and not isinstance(default, str) else default
        if not proto.set_value and default not in (value, [value]):
            found[widget.key] = value, default
    return found


def stage():
    app = visit(example="mazur", step="bp1", batch_norm="1")
    for key in OPENED:
        app.session_state[key] = True
    return checked(app.selectbox(key="choose").set_value("W.1.2.1").run())


def training():
    app = press(visit("train", data="xor", epochs="3", dropout="0.5"), "train_one")
    return checked(app.slider(key="train_slider").set_value(0).run())


def view(name, after=lambda app: app, **query):
    return lambda: after(visit(name, **query))


PLACES = {name: view(name) for name in PAGES if name not in ("stage", "train")}
PLACES |= {
    "stage": stage,
    "train": training,
    "many seeds": view("train", lambda app: checked(app.button_group(key="train_view").set_value("survey").run())),
    "one's own data": view("train", data="own", rows="x,y\n1,2\n3,4"),
    "digits": view("train", data="digits"),
    "a prediction": view(None, lambda app: checked(app.toggle(key="predict").set_value(True).run()), example="mazur"),
}


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_every_picture_says_what_every_field_holds(place):
    app = place()
    assert any(app.get(kind) for kind in KINDS)
    for _ in range(2):
        assert not_told(checked(app.run())) == {}
