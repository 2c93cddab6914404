"""The address of a page beside the stage: what it names is open, and the page changes it as the reader goes on."""

import streamlit as st

from visualizer.pages import _state as state


def go(**address: str) -> None:
    """Change the address; what is empty is left out of it, and the language is always in it."""
    said = {name: value for name, value in address.items() if value}
    st.query_params.from_dict({**said, "lang": state.view().lang})


def keep_language() -> None:
    """Let an address that names a language name the present one."""
    if st.query_params.get("lang", state.view().lang) != state.view().lang:
        st.query_params["lang"] = state.view().lang
