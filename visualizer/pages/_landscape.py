"""The session's landscape: its settings, read from the address once, and what has been computed for them."""

from dataclasses import replace
from typing import Any

import streamlit as st

from engine import InputError, Network
from visualizer.lab import plan_of
from visualizer.pages import _lab
from visualizer.pages._address import draw_address
from visualizer.site import NETWORK, Site, site_from_query, site_to_query
from visualizer.terrain import Origin, Terrain, network_terrain, surface_terrain

_LOOKS = {"solid": False, "log": None}  # what changes the picture, and nothing that is computed


def site() -> Site:
    """Return the settings."""
    if "site" not in st.session_state:
        _lab.lab()
        made, problems = site_from_query(st.query_params.to_dict(), network())
        st.session_state.problems = [*st.session_state.problems, *problems]
        st.session_state.site = made
    return st.session_state.site


def settle(**changes: Any) -> None:
    """Take other settings."""
    st.session_state.site = replace(site(), **changes)
    st.session_state.problems = []


def write_address() -> None:
    """Let the address say the settings, and what is trained, also where a test surface is looked at."""
    draw_address("landscape", _lab.query() | site_to_query(site()))


def origin() -> Origin:
    """Return what a plane of the network goes through."""
    runs = tuple(_lab.lab().runs)
    chosen = st.session_state.train_run
    return Origin(_lab.lab().task, runs, chosen if -len(runs) <= chosen < len(runs) else -1)


def network() -> Network:
    """Return the network around which the landscape lies: the last of the run, or the first of the settings."""
    trial = _lab.trial()
    return trial.network_at(trial.epochs) if trial else _lab.lab().task.network()


def terrain() -> Terrain | None:
    """Return the landscape of the present settings, begun anew where these changed; None where there is none."""
    held, wanted = st.session_state, (replace(site(), **_LOOKS), _of_network())
    if held.get("terrain_of") != wanted:
        held.terrain_of, held.terrain = wanted, _begun()
    return held.terrain


def _of_network() -> tuple[Any, ...]:
    """Return what tells the network and its runs from all others."""
    if site().ground != NETWORK:
        return ()
    of = origin()
    return (
        of.task if not of.runs else None,
        of.looked % max(1, len(of.runs)),
        *((plan_of(run), run.hidden) for run in of.runs),
    )


def _begun() -> Terrain | None:
    try:
        return network_terrain(site(), origin()) if site().ground == NETWORK else surface_terrain(site())
    except InputError as error:
        st.session_state.terrain_problem = error
        return None


def cancel() -> None:
    """Compute no further."""
    st.session_state.terrain.cancelled = True


def compute() -> None:
    """Go on with what was cancelled."""
    st.session_state.terrain.cancelled = False
