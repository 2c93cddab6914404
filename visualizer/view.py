"""The view: how a model is looked at. Model and view together are the whole state, and the address carries both."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple
from urllib.parse import urlencode

from engine import InputError, Text
from engine.errors import names
from engine.idx import MOST_SIDE
from engine.model import Model
from engine.numbers import parse_whole
from engine.spec import from_query, to_query
from engine.text import LANGUAGES
from visualizer.graph import UNFOLDED
from visualizer.lecture import GRANULARITIES
from visualizer.symbols import DIGITS


@dataclass(frozen=True)
class View:
    """How a model is looked at.

    Attributes
    ----------
    step : str
        The address of the step that happened last; `0` before the first.
    granularity : str
        The grain of the steps.
    lang : str
        A language of the interface.
    sample : int
        Which sample of a batch is drawn, from 1.
    unfolded : tuple of int, or None
        A large layer, 0 being the inputs, of which a page of units is drawn, and the page, from 1.
    digits : int
        To how many significant digits equations are rounded.
    lesson, stop : str, int
        The lesson that is being given, if any, and at which of its stops, from 1.
    pixels : int
        How many columns the picture has that the inputs are; 0 where they are none.
    chosen : str
        The id of the element that the reader has chosen; not part of the address.
    """

    step: str = "0"
    granularity: str = "layer"
    lang: str = "en"
    sample: int = 1
    unfolded: tuple[int, int] | None = None
    digits: int = DIGITS
    lesson: str = ""
    stop: int = 1
    pixels: int = 0
    chosen: str = ""


class Spec(NamedTuple):
    """The whole state: what is computed, and how it is looked at."""

    model: Model
    view: View


DIGITS_ALLOWED = (2, 12)
LONGEST_LINK = 8_000  # characters of a query that every browser and server on its way takes
_CHOICES = {"granularity": GRANULARITIES, "lang": LANGUAGES}


def spec_from_query(query: Mapping[str, str], lang: str) -> tuple[Spec, list[InputError]]:
    """Return the state that a query describes, and what in it could not be used; `lang` is the default language."""
    model, problems = from_query(query)
    view = View(lang=lang)
    for name, allowed in _CHOICES.items():
        if query.get(name, getattr(view, name)) in allowed:
            view = replace(view, **{name: query.get(name, getattr(view, name))})
        else:
            problems.append(InputError(Text(f"{name}: unknown", f"{name}：未知"), names(allowed), query[name]))
    for name, (low, high) in {"sample": (1, len(model.x)), "digits": DIGITS_ALLOWED}.items():
        try:
            view = replace(view, **{name: parse_whole(query.get(name, str(getattr(view, name))), low, high)})
        except InputError as error:
            problem = Text("{}: {}", "{}：{}").format(name, error.problem)
            problems.append(InputError(problem, error.allowed, error.received))
    for name, of, read in (("unfold", "unfolded", _read_unfolded), ("pixels", "pixels", _read_pixels)):
        try:
            view = replace(view, **{of: read(query.get(name, ""), model)})
        except InputError as error:
            problems.append(error)
    return Spec(model, replace(view, step=query.get("step", view.step)[:40])), problems


def _read_unfolded(text: str, model: Model) -> tuple[int, int] | None:
    """Return the layer and the page of its units that `2.1` names."""
    if not text:
        return None
    found = re.fullmatch(r"([0-9]{1,6})\.([0-9]{1,6})", text)
    layer, page = (int(part) for part in found.groups()) if found else (-1, 0)
    if 0 <= layer < len(model.sizes) and 1 <= page <= -(-model.sizes[layer] // UNFOLDED):
        return layer, page
    allowed = Text("a layer, 0 to {}, and a page of its units, such as 1.1", "层号（0 到 {}）与页码，如 1.1")
    raise InputError(
        Text("unfold: there is no such page", "unfold：没有这一页"), allowed.format(len(model.sizes) - 1), text
    )


def _read_pixels(text: str, model: Model) -> int:
    """Return the columns of the picture that the inputs are."""
    inputs = model.sizes[0]
    allowed = [str(n) for n in range(2, MOST_SIDE + 1) if inputs % n == 0 and 2 <= inputs // n <= MOST_SIDE]
    if text in ("", *allowed):
        return int(text or 0)
    problem = Text("pixels: the inputs are no picture of so many columns", "pixels：输入不是这么多列的图像")
    raise InputError(problem, names(allowed or ["0"]), text)


def spec_to_query(spec: Spec) -> dict[str, str]:
    """Return the query that describes a state; the language is always in it, so that a link looks alike everywhere."""
    view, default = spec.view, View()
    settings = ("granularity", "sample", "digits", "lesson", "stop", "pixels")
    changed = {name: getattr(view, name) for name in settings if getattr(view, name) != getattr(default, name)}
    return to_query(spec.model) | {
        "step": view.step,
        **{name: str(value) for name, value in changed.items()},
        **({"unfold": "{}.{}".format(*view.unfolded)} if view.unfolded else {}),
        "lang": view.lang,
    }


def link(spec: Spec) -> tuple[str, bool]:
    """Return the query string of a state, and whether it holds all of it: too many numbers need a file instead."""
    query = spec_to_query(spec)
    text = urlencode(query)
    if len(text) <= LONGEST_LINK:
        return text, True
    return urlencode({name: value for name, value in query.items() if name not in ("net", "state", "x", "y")}), False
