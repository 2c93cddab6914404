"""The view: how a model is looked at. Model and view together are the whole state, and the address carries both."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from engine import InputError, Text
from engine.errors import names
from engine.model import Model
from engine.numbers import parse_whole
from engine.spec import from_query, to_query
from engine.text import LANGUAGES
from visualizer.lecture import GRANULARITIES


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
    chosen : str
        The id of the element that the reader has chosen; not part of the address.
    """

    step: str = "0"
    granularity: str = "layer"
    lang: str = "en"
    sample: int = 1
    chosen: str = ""


class Spec(NamedTuple):
    """The whole state: what is computed, and how it is looked at."""

    model: Model
    view: View


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
    try:
        view = replace(view, sample=parse_whole(query.get("sample", "1"), 1, len(model.x)))
    except InputError as error:
        problems.append(
            InputError(Text("sample: {}", "sample：{}").format(error.problem), error.allowed, error.received)
        )
    return Spec(model, replace(view, step=query.get("step", view.step)[:40])), problems


def spec_to_query(spec: Spec) -> dict[str, str]:
    """Return the query that describes a state; the language is always in it, so that a link looks alike everywhere."""
    view, default = spec.view, View()
    changed = {
        name: getattr(view, name) for name in ("granularity", "sample") if getattr(view, name) != getattr(default, name)
    }
    return to_query(spec.model) | {
        "step": view.step,
        **{name: str(value) for name, value in changed.items()},
        "lang": view.lang,
    }
