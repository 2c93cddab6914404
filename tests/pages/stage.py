"""Helpers of the stage's tests: readings of the page, and actions on it."""

import re

from tests.pages.app import checked, field, session, texts


def position(app):
    """The position and the number of positions, which stand once on the page."""
    (pair,) = re.findall(r"(?<![\d.])(\d+) / (\d+)(?![\d.])", "\n".join(texts(app)))
    return int(pair[0]), int(pair[1])


def status(app):
    """The line that says where we are."""
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
