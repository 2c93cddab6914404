"""Charts on a page, all with one configuration."""

from collections.abc import Callable
from typing import Any

import pandas  # noqa: F401  # Plotly inspects it, and fails where another session is just importing it
import plotly.graph_objects as go
import streamlit as st

_CONFIG = {"displaylogo": False, "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d"]}


def draw_chart(figure: go.Figure, key: str, picked: Callable[[], None] | None = None, **config: Any) -> None:
    """Draw a figure under its own key; it can be saved from its menu.

    With `picked` its points can be clicked; that reads the selection under the key.
    """
    st.plotly_chart(figure, key=key, config=_CONFIG | config, on_select=picked or "ignore", selection_mode="points")


def on_a_phone() -> bool:
    """Whether the page is drawn for a phone, on which things lie below each other."""
    return "Mobi" in st.context.headers.get("User-Agent", "")
