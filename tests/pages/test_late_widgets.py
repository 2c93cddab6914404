"""The values of fields that a browser receives: each as its default, and never an order to write into one.

A browser that draws a field late, on a slow line, takes the default for its value, and with its next request tells the
server so, as if the reader had chosen it. One that is told to write into a field overwrites what was typed meanwhile.
"""

import pytest

from tests.pages.app import checked, press, session, visit
from visualizer.writing import PAGES

KINDS = ("text_input", "text_area", "selectbox", "multiselect", "slider", "checkbox", "toggle", "button_group")
KINDS += ("number_input",)
FOLLOWS = {"train_slider", "landscape_slider"}  # the epoch, while a training goes on
OPENED = ("settings", "files", "exports")


def widgets(app):
    return [widget for kind in KINDS for widget in app.get(kind)]


def not_told(app):
    """The widgets whose value nobody would know who sees this picture alone, each with value and default."""
    found = {}
    for widget in widgets(app):
        value, default = held(widget), getattr(widget.proto, "default", None)
        default = list(default) if hasattr(default, "__len__") and not isinstance(default, str) else default
        if not widget.proto.set_value and default not in (value, [value]):
            found[widget.key] = value, default
    return found


def held(widget):
    """The value as a default would say it: of lists, the places of what is picked."""
    for places in ("index", "indices"):
        if hasattr(widget, places):
            return getattr(widget, places) or (0 if places == "index" else [])
    return widget.value


def written(app):
    """The widgets that a browser is told to write into."""
    return {widget.key for widget in widgets(app) if widget.proto.set_value and widget.key not in FOLLOWS}


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
    "many seeds": view("train", lambda app: checked(app.button_group(key="train_view_many").set_value("survey").run())),
    "one's own data": view("train", data="own", rows="x,y\n1,2\n3,4"),
    "digits": view("train", data="digits"),
    "a prediction": view(None, lambda app: checked(app.toggle(key="predict").set_value(True).run()), example="mazur"),
}


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_every_picture_says_what_every_field_holds(place):
    app = place()
    assert widgets(app)
    for _ in range(2):
        assert not_told(checked(app.run())) == {}
        assert written(app) == set()


@pytest.mark.parametrize("popover", OPENED)
def test_fields_of_a_closed_popover_change_nothing_where_a_browser_still_sends_them(popover):
    app = visit(example="mazur", step="bp1")
    app.session_state[popover] = True
    sent = checked(app.run())._tree.get_widget_states()
    app.session_state[popover] = False
    before = session(checked(app.run())).spec
    assert session(checked(app._run(sent))).spec == before
