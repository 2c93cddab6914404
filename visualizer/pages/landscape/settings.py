"""The settings of a loss surface: its network or function, its plane, its reach and its grid."""

from collections.abc import Mapping
from functools import partial
from typing import Any, NamedTuple

import streamlit as st

from engine import OPTIMIZERS, Text
from engine.core import write_number
from engine.landscape import SURFACES
from visualizer.landscape import drawn_units, offered_places, picker_figure
from visualizer.landscape import settings as of_landscape
from visualizer.pages.landscape.session import landscape_settings, network, settle
from visualizer.pages.session import Shown, state, widget_value
from visualizer.pages.shared import draw_chart, draw_formula, many_field, part, select_field, text_field
from visualizer.runs import labels
from visualizer.writing import in_markdown

_CLICK = Text(
    "Or click an edge: it becomes the second parameter, and the former second becomes the first.",
    "也可点击一条边：它成为第二个参数，原第二个成为第一个。",
)
_USUAL = Text("each optimizer's default", "各自默认值")
_SETTINGS = Text(
    "The network of the Train page before training. Train it there, and its path appears here.",
    "训练页当前设置的网络，尚未训练；在那里训练后，这里会显示它的路径。",
)
_RUN = Text("Selected run on the Train page: {}", "训练页当前的训练记录：{}")
_MINIMUM = Text("minimum at ({}, {}), start at ({}, {})", "最小值点 ({}, {})，起点 ({}, {})")


class _Choice(NamedTuple):
    """Entry of a select box of the landscape settings, with the label that the box needs."""

    label: Text


_GROUNDS = {of_landscape.NETWORK: _Choice(Text("my network", "我的网络")), **SURFACES}
_PLANES = {name: _Choice(label) for name, (label, _) in of_landscape.PLANES.items()}
_REACHES = {
    write_number(r): _Choice(Text(f"× {write_number(r)}", f"× {write_number(r)}")) for r in of_landscape.REACHES
}
_GRIDS = {str(n): _Choice(Text(f"{n} × {n}", f"{n} × {n}")) for n in of_landscape.GRIDS}


def draw_settings(now: Shown) -> None:
    """Draw all settings of the landscape."""
    with st.container(key="landscape_settings", border=True, gap="small"):
        _draw_list("ground", _GROUNDS)
        with part():
            if landscape_settings().ground == of_landscape.NETWORK:
                _draw_network(now)
            else:
                _draw_surface()
        reach, grid = st.columns(2, gap="small")
        with reach:
            _draw_list("reach", _REACHES)
        with grid:
            _draw_list("grid", _GRIDS)


def _draw_list(name: str, offered: Mapping[str, Any]) -> None:
    """Draw a setting as a list of choices, each by its text in links."""
    field = of_landscape.FIELDS[name]
    now = field.write(getattr(landscape_settings(), name))
    select_field(f"site_{name}", field.label, offered, now, lambda text: settle(**{name: field.read(text)}))


def _draw_text(name: str, **look: Any) -> None:
    """Draw a setting as a field for its text, as links have it."""
    field, now = of_landscape.FIELDS[name], getattr(landscape_settings(), name)
    text_field(f"site_{name}", field.label, now, lambda v: settle(**{name: v}), field.read, field.write, **look)


def _draw_network(now: Shown) -> None:
    runs = now.lab.runs
    named = [in_markdown(label) for label in labels(runs, state.view().lang)]
    st.caption(state.say(_RUN, named[now.chosen]) if runs else state.say(_SETTINGS))
    _draw_list("plane", _PLANES)
    st.caption(state.say(of_landscape.PLANES[landscape_settings().plane][1]))
    if landscape_settings().plane == "random":
        _draw_text("directions")
    elif landscape_settings().plane == "weights":
        _draw_weights(now)


def _draw_weights(now: Shown) -> None:
    around = network(now)
    shown = drawn_units(around, now.trial.task if now.trial else now.lab.task)
    chosen = of_landscape.places_of(landscape_settings(), around)
    places = list(dict.fromkeys((*offered_places(shown), *chosen)))
    offered = {of_landscape.write_place(place): _Choice(_named(place)) for place in places}
    for column, name, place in zip(st.columns(2, gap="small"), ("first", "second"), chosen, strict=True):
        label, take = of_landscape.FIELDS[name].label, partial(_take_place, name, chosen)
        with column:
            select_field(f"site_{name}", label, offered, of_landscape.write_place(place), take)
    st.caption(state.say(_CLICK))
    named = "_".join(map(of_landscape.write_place, chosen))
    key = f"edges_{named}"  # another chart with each choice: it begins unselected
    draw_chart(picker_figure(around, shown, chosen), key, partial(_click, key, chosen), displayModeBar=False)


def _named(place: of_landscape.Place) -> Text:
    name = of_landscape.place_name(place)
    return Text(name, name)


def _take_place(name: str, chosen: tuple[of_landscape.Place, of_landscape.Place], typed: str) -> None:
    """Take one parameter; one that is the other already changes places with it."""
    place = of_landscape.read_place(typed)
    first, second = chosen
    if name == "first":
        first, second = place, first if place == second else second
    else:
        first, second = second if place == first else first, place
    settle(first=first, second=second)


def _click(key: str, chosen: tuple[of_landscape.Place, of_landscape.Place]) -> None:
    points = widget_value(key).selection.points
    if points and points[-1].get("customdata"):
        layer, j, k = points[-1]["customdata"]
        first, second = of_landscape.with_click(chosen, (int(layer), int(j), None if k is None else int(k)))
        settle(first=first, second=second)


def _draw_surface() -> None:
    ground = SURFACES[landscape_settings().ground]
    st.caption(f"{state.say(ground.why)} ({ground.source})")
    for line in f"f(x, y) = {ground.tex}".split(r", \quad "):
        draw_formula(line)
    st.caption(state.say(_MINIMUM, *map(write_number, (*ground.minimum, *ground.start))))
    labels = {name: state.say(record.label) for name, record in OPTIMIZERS.items()}
    many_field("site_walkers", of_landscape.FIELDS["walkers"].label, labels, landscape_settings().walkers, _choose)
    rate, steps = st.columns(2, gap="small")
    with rate:
        _draw_text("rate", placeholder=state.say(_USUAL))
    with steps:
        _draw_text("steps")


def _choose(chosen: tuple[str, ...]) -> None:
    settle(walkers=tuple(name for name in OPTIMIZERS if name in chosen))
