"""The router: page configuration, language, navigation."""

import gc
from contextlib import nullcontext

import streamlit as st

from engine.text import LANGUAGES, TAGS
from visualizer.pages import _state as state
from visualizer.stage.component import mount_page
from visualizer.words import PAGES

_HOME = "stage"
st.set_page_config(page_title="Backprop Stage", page_icon="visualizer/pages/icon.svg", layout="wide")


def _set_language() -> None:
    state.look(lang=st.session_state.lang)


@st.cache_resource
def _freeze() -> None:
    """Take what the imports made out of garbage collection, which Streamlit runs in full after every step."""
    gc.collect()
    gc.freeze()


pages = {
    name: st.Page(f"visualizer/pages/{name}.py", title=title.en, url_path=name, default=name == _HOME)
    for name, title in PAGES.items()
}
page = st.navigation(list(pages.values()), position="hidden")
first = state.start(page is pages[_HOME])
mount_page(first, st.session_state.session, TAGS[state.view().lang])
with st.container(key="page"):
    with st.container(key="title"):
        title, language = st.columns([4, 1], vertical_alignment="center")
    page.run()
with title.container(key="menu", horizontal=True, gap="xxsmall", vertical_alignment="center"):
    st.markdown("#### Backprop Stage")
    for name, words in PAGES.items():
        with st.container(key="here", width="content") if pages[name] is page else nullcontext():
            st.page_link(pages[name], label=state.say(words))
st.session_state.lang = state.view().lang
with language.container(horizontal_alignment="right"):
    st.segmented_control(
        "Language / 语言",
        list(LANGUAGES),
        format_func=LANGUAGES.get,
        key="lang",
        required=True,
        on_change=_set_language,
        label_visibility="collapsed",
    )
_freeze()
