"""The session's loss surface: its settings, read from the address once, and the surface computed for them."""

from dataclasses import replace
from typing import Any

import streamlit as st

from engine import InputError, Network, Text
from visualizer.lab import Snapshot
from visualizer.landscape import (
    NETWORK,
    LandscapeSettings,
    LossSurface,
    Origin,
    known_surface,
    landscape_from_query,
    landscape_to_query,
    network_surface,
)
from visualizer.pages.session import Shown, draw_address, session
from visualizer.pages.session import lab_session as _lab

_NONE = Text("There is no such plane: {}", "没有这样的平面：{}")
_LOOKS: dict[str, Any] = {
    "solid": False,
    "log": None,
    "edge": False,
}  # what changes the picture, and nothing that is computed


def landscape_settings() -> LandscapeSettings:
    """Return the settings of the landscape."""
    found = session().landscape.settings
    return _begun() if found is None else found


def _begun() -> LandscapeSettings:
    """Return the settings of the address, which are the session's from now on."""
    made, problems = landscape_from_query(st.query_params.to_dict(), network(_lab.shown()))
    now = session()
    now.landscape.settings, now.problems = made, (*now.problems, *problems)
    return made


def settle(**changes: Any) -> None:
    """Take other settings of the landscape."""
    changed = replace(landscape_settings(), **changes)
    now = session()
    now.landscape.settings, now.problems = changed, ()


def write_address(now: Snapshot) -> None:
    """Update the address: the settings, and what is trained, also where a test surface is shown."""
    draw_address("landscape", _lab.query(now) | landscape_to_query(landscape_settings()))
    _lab.draw_kept_runs(now)


def network(now: Shown) -> Network:
    """Return the network around which the loss surface lies: the last of the run, or the first of the settings."""
    return now.trial.network_at(now.trial.epochs) if now.trial else now.lab.task.network()


def surface(now: Shown) -> LossSurface | None:
    """Return the loss surface of the present settings, begun anew where these changed; None where there is none."""
    looked, of = replace(landscape_settings(), **_LOOKS), Origin(now.lab.task, now.lab.runs, now.chosen)
    wanted = looked, _what_tells(of) if looked.ground == NETWORK else None
    if session().landscape.wanted != wanted:
        made, problem = _computed(looked, of)
        held = session().landscape
        held.surface, held.problem, held.wanted = made, problem, wanted
    return session().landscape.surface


def _what_tells(of: Origin) -> tuple[Any, ...]:
    """Return the cache key of a network and its runs: where there are runs, the settings do not count."""
    return of[1:] if of.runs else of


def _computed(looked: LandscapeSettings, of: Origin) -> tuple[LossSurface | None, InputError | None]:
    """Return a landscape, or why there is none."""
    try:
        return network_surface(looked, of) if looked.ground == NETWORK else known_surface(looked), None
    except InputError as error:
        return None, InputError(_NONE.format(error.problem), error.allowed, error.got)
