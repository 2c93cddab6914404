"""The session's loss surface: its settings, read from the address once, and the surface computed for them."""

from dataclasses import replace
from typing import Any

import streamlit as st

from engine import InputError, Network, Text
from visualizer.pages import _lab
from visualizer.pages._address import draw_address
from visualizer.pages._lab import Shown
from visualizer.plans import Snapshot
from visualizer.site import NETWORK, Site, site_from_query, site_to_query
from visualizer.terrain import Origin, Terrain, network_terrain, surface_terrain

_NONE = Text("There is no such plane: {}", "没有这样的平面：{}")
_LOOKS: dict[str, Any] = {"solid": False, "log": None}  # what changes the picture, and nothing that is computed


def site() -> Site:
    """Return the settings of the landscape."""
    if "site" not in st.session_state:
        _lab.lab()
        made, problems = site_from_query(st.query_params.to_dict(), network(_lab.shown()))
        st.session_state.problems = [*st.session_state.problems, *problems]
        st.session_state.site = made
    return st.session_state.site


def settle(**changes: Any) -> None:
    """Take other settings of the landscape."""
    st.session_state.site = replace(site(), **changes)
    st.session_state.problems = []


def write_address(now: Snapshot) -> None:
    """Update the address: the settings, and what is trained, also where a test surface is shown."""
    draw_address("landscape", _lab.query(now) | site_to_query(site()))


def network(now: Shown) -> Network:
    """Return the network around which the loss surface lies: the last of the run, or the first of the settings."""
    return now.trial.network_at(now.trial.epochs) if now.trial else now.lab.task.network()


def terrain(now: Shown) -> Terrain | None:
    """Return the loss surface of the present settings, begun anew where these changed; None where there is none."""
    held, looked, of = st.session_state, replace(site(), **_LOOKS), Origin(now.lab.task, now.lab.runs, now.chosen)
    wanted = looked, _what_tells(of) if looked.ground == NETWORK else None
    if held.get("terrain_of") != wanted:
        held.terrain = _begun(looked, of)
        held.terrain_of = wanted  # after it, so that a thread that is stopped before leaves no wrong one behind
    return held.terrain


def _what_tells(of: Origin) -> tuple[Any, ...]:
    """Return the cache key of a network and its runs: where there are runs, the settings do not count."""
    return of[1:] if of.runs else of


def _begun(looked: Site, of: Origin) -> Terrain | None:
    try:
        return network_terrain(looked, of) if looked.ground == NETWORK else surface_terrain(looked)
    except InputError as error:
        st.session_state.terrain_problem = InputError(_NONE.format(error.problem), error.allowed, error.received)
        return None
