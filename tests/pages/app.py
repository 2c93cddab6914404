"""The app without a browser, as the tests of its pages drive it."""

import json
import re
from base64 import b64decode
from html import unescape
from itertools import cycle
from pathlib import Path
from urllib.parse import parse_qsl
from zlib import decompress

from streamlit.testing.v1 import AppTest

from engine.core import LANGUAGES

APP = Path(__file__).parents[2] / "visualizer/pages/router.py"
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def in_turn(cases):
    """Each case with a language, which take turns."""
    return list(zip(cases, cycle(LANGUAGES), strict=False))


def visit(name=None, **query):
    """A page at an address, the stage unless named, run once."""
    app = AppTest.from_file(APP, default_timeout=120)
    for key, value in query.items():
        app.query_params[key] = value
    if name:
        app.switch_page(f"{name}/{name}.py")
    return checked(app.run())


def checked(app):
    assert [error.message for error in app.exception] == []
    assert len(app.error) == 0
    return app


def field(app, kind, key):
    """The field of a kind in a place, whichever of those that have stood there."""
    (found,) = [widget for widget in app.get(kind) if re.fullmatch(rf"{key}(_\d+)?", widget.key or "")]
    return found


def address(app):
    """The query of the page's address; on the stage its two parts come apart."""
    held = [json.loads(part.proto.json) for part in app.get("bidi_component")]
    parts = [data["query"] for data in held if "query" in data]
    assert len(parts) <= 2
    return dict(parse_qsl("&".join(parts), keep_blank_values=True))


def session(app):
    """The session's record."""
    return app.session_state["session"]


def press(app, *keys):
    for key in keys:
        checked(app.button(key=key).click().run())
    return app


def texts(app):
    return [block.value for block in (*app.markdown, *app.caption)] + panel(app)


def shown(app):
    return "\n".join(texts(app))


def warnings(app):
    return [warning.value for warning in app.warning]


def mounted(app, name):
    """The data of each part of the page that the browser draws by itself, by the name of the kind of part."""
    parts = [part.proto for part in app.get("bidi_component") if part.proto.component_name == f"backprop_{name}"]
    return [json.loads(part.json) for part in parts]


def channel(app, name):
    """The data of one of the channels between the page and the drawing."""
    (data,) = (data for data in mounted(app, "channel") if data["channel"] == name)
    return data


def unpacked(words):
    """The HTML of words, as the browser unpacks it."""
    return decompress(b64decode(words)).decode()


def panel(app):
    """The texts beside the picture; formulas are followed by their TeX, and bold is marked as in Markdown."""
    written = [re.sub("</?strong>", "**", unpacked(part["packed"])) for part in mounted(app, "words")]
    return [unescape(re.sub("<[^>]+>", "", html)) for html in written]
