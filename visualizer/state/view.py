"""The view of a model, granularity, language, sample and step; with the model it is the whole state of an address."""

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

from engine import InputError, Text
from engine.core import (
    LANGUAGES,
    Field,
    changed_fields,
    names,
    one_of,
    parse_whole,
    read_fields,
    with_readers,
    write_fields,
)
from engine.images import MOST_SIDE
from engine.settings import BODY, HEAD, Model, model_from_query, model_to_query
from visualizer.drawing import UNFOLDED, shown_units
from visualizer.lecture import GRANULARITIES, Lecture
from visualizer.lessons import LESSONS
from visualizer.state.beside import read_beside
from visualizer.teaching import OWN, unpacked
from visualizer.writing import DIGITS

FIRST_STOP = "1"  # its name in every lesson, so that a link need not say it


@dataclass(frozen=True)
class View:
    """View of a model.

    Attributes
    ----------
    step : str
        The address of the step that happened last; `0` before the first.
    granularity : str
        The granularity of the steps.
    lang : str
        A language of the interface.
    sample : int
        Which sample of a batch is drawn, from 1.
    unfolded : tuple of int, or None
        A large layer, 0 being the inputs, of which a page of units is drawn, and the page, from 1.
    digits : int
        The significant digits to which equations are rounded.
    lesson, stop : str
        The lesson that is being given, if any, and the name of the stop at which it is.
    own : str
        The link of that lesson, where it is none of the shipped ones.
    pixels : int
        The columns of the picture that the inputs are; 0 where they are none.
    beside : str
        The link of a second network that stands beside; empty where there is none.
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
    stop: str = FIRST_STOP
    own: str = ""
    pixels: int = 0
    beside: str = ""
    chosen: str = ""


class Spec(NamedTuple):
    """Whole state of the stage: the model, and the view of it."""

    model: Model
    view: View


def _read_own(text: str) -> str:
    """Return the link of a lesson, which holds one."""
    unpacked(text)
    return text


DIGITS_ALLOWED = (2, 12)
LEFT_OUT = "without"  # the name by which a link that is too long tells what it does not hold
LONGEST_LINK = 8_000  # characters of a query that every browser and server on its way takes
FIELDS = {  # in the order of links
    field.name: field
    for field in (
        Field("step", str),  # what is read of it, of samples, pictures and pages is for a model to say
        Field("granularity", one_of(Text("granularity", "步进单位"), GRANULARITIES)),
        Field("sample", str),
        Field("digits", partial(parse_whole, low=DIGITS_ALLOWED[0], high=DIGITS_ALLOWED[1])),
        Field("lesson", one_of(Text("lesson", "讲解"), dict.fromkeys((*LESSONS, OWN)))),
        Field("stop", str),
        Field("own", _read_own),
        Field("pixels", str),
        Field("unfolded", str, lambda page: "{}.{}".format(*page), link="unfold"),
        Field("beside", read_beside),
        Field("lang", one_of(Text("language", "语言"), LANGUAGES)),
    )
}
NAMES = (*HEAD, *BODY, *FIELDS)
OF_LESSON = ("lesson", "stop", "own")
_ALWAYS = ("step", "lang")  # in a link, so that it looks alike everywhere
_LATER = ("step", *OF_LESSON)  # a step is read once the granularity is, the others by `open_link`


def spec_from_query(query: Mapping[str, str], lang: str) -> tuple[Spec, list[InputError]]:
    """Return the state that a query describes, and errors about the rest; `lang` is the default language."""
    model, problems = model_from_query(query)
    readers = {
        "sample": lambda text: parse_whole(text, 1, len(model.x)),
        "pixels": lambda text: _read_pixels(text, model),
        "unfold": lambda text: _read_unfolded(text, model),
    }
    fields = {name: field for name, field in with_readers(FIELDS, readers).items() if name not in _LATER}
    values = read_fields(fields, query, problems)
    view = replace(View(lang=lang), **{fields[name].attribute: value for name, value in values.items()})
    step = FIELDS["step"]._replace(read=lambda text: _read_step(text, model, view))
    return Spec(model, replace(view, **read_fields({"step": step}, query, problems))), problems


def _read_step(text: str, model: Model, view: View) -> str:
    """Return the address of a step; in every iteration they are the same."""
    if text != View.step:
        trace = replace(model, iteration=1).trace()
        Lecture(trace, view.granularity, shown_units(trace, view.unfolded)).check(text)
    return text


def _read_unfolded(text: str, model: Model) -> tuple[int, int]:
    """Return the layer and the page of its units that `2.1` names."""
    found = re.fullmatch(r"([0-9]{1,6})\.([0-9]{1,6})", text)
    layer, page = (int(part) for part in found.groups()) if found else (-1, 0)
    if 0 <= layer < len(model.sizes) and 1 <= page <= -(-model.sizes[layer] // UNFOLDED):
        return layer, page
    allowed = Text("a layer, 0 to {}, and a page of its neurons, such as 1.1", "层号（0 到 {}）与页码，如 1.1")
    raise InputError(Text("there is no such page", "没有这一页"), allowed.format(len(model.sizes) - 1), text)


def _read_pixels(text: str, model: Model) -> int:
    """Return the columns of the picture that the inputs are."""
    inputs = model.sizes[0]
    allowed = [str(n) for n in range(2, MOST_SIDE + 1) if inputs % n == 0 and 2 <= inputs // n <= MOST_SIDE]
    if text in ("0", *allowed):
        return int(text)
    problem = Text("the inputs do not form an image with that many columns", "输入不能排成这么多列的图像")
    raise InputError(problem, names(allowed or ["0"]), text)


def told_left_out(left_out: Sequence[str]) -> dict[str, str]:
    """Return the part of a query that names the values left out of it; empty where there are none."""
    return {LEFT_OUT: "-".join(left_out)} if left_out else {}


def spec_to_query(spec: Spec, left_out: Container[str] = ()) -> dict[str, str]:
    """Return the query that describes a state."""
    return model_to_query(spec.model, left_out) | view_to_query(spec.view, left_out)


def shown_query(spec: Spec) -> dict[str, str]:
    """Return the query of all that the stage shows, as a stop of a lesson says it, in any language."""
    return {name: text for name, text in spec_to_query(spec).items() if name not in (*OF_LESSON, "lang")}


def view_to_query(view: View, left_out: Container[str] = ()) -> dict[str, str]:
    """Return the query that describes a view, without names that are left out; with a lesson its slide is."""
    changed = changed_fields(FIELDS, view, View())
    gone = {*(OF_LESSON if OWN in left_out else ()), *(name for name in changed if name in left_out)}
    shown = {name: field for name, field in FIELDS.items() if name in _ALWAYS or name in changed}
    return write_fields({name: field for name, field in shown.items() if name not in gone}, view)
