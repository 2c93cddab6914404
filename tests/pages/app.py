"""The app without a browser, as the tests of its pages drive it."""

import re
from itertools import cycle
from pathlib import Path

from streamlit.testing.v1 import AppTest

from engine.text import LANGUAGES

APP = Path(__file__).parents[2] / "app.py"
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def in_turn(cases):
    """Each case with a language, which take turns."""
    return list(zip(cases, cycle(LANGUAGES), strict=False))


def visit(name=None, **query):
    """A page at an address, the stage unless named, run once."""
    app = AppTest.from_file(APP, default_timeout=60)
    for key, value in query.items():
        app.query_params[key] = value
    if name:
        app.switch_page(f"visualizer/pages/{name}.py")
    return checked(app.run())


def checked(app):
    assert [error.message for error in app.exception] == []
    assert len(app.error) == 0
    return app


def press(app, *keys):
    for key in keys:
        checked(app.button(key=key).click().run())
    return app


def texts(app):
    return [block.value for block in (*app.markdown, *app.caption)]
