"""The router: page configuration, language, navigation."""

from contextlib import nullcontext

import streamlit as st

from engine import Text
from engine.core import LANGUAGES, TAGS
from visualizer.pages import FOLDER, script
from visualizer.pages.session import keep_clean, restore, session, state
from visualizer.pages.shared import draw_downloads, pick_field
from visualizer.stage.component import mount_page
from visualizer.writing import PAGES

_HOME = "stage"
_LANGUAGE = Text("Language / 语言", "Language / 语言")
st.set_page_config(page_title="Backprop Stage", page_icon=str(FOLDER / "icon.svg"), layout="wide")


def _set_language(lang: str) -> None:
    state.update_view(lang=lang)


keep_clean()
pages = {
    name: st.Page(script(name), title=title.en, url_path=name, default=name == _HOME) for name, title in PAGES.items()
}
page = st.navigation(list(pages.values()), position="hidden")
here = next(name for name in pages if pages[name] is page)
first = state.start(here)
mount_page(first, session().token, TAGS[state.view().lang], restore)
with st.container(key="page"):
    with st.container(key="title"):
        title, language = st.columns([4, 1], vertical_alignment="center")
    page.run()
    draw_downloads()
with title.container(key="menu", horizontal=True, gap="xxsmall", vertical_alignment="center"):
    st.markdown("#### Backprop Stage")
    for name, words in PAGES.items():
        with st.container(key="here", width="content") if name == here else nullcontext():
            st.page_link(pages[name], label=state.say(words))
with language.container(horizontal_alignment="right"):
    look = {"required": True, "label_visibility": "collapsed", "width": "content"}
    pick_field(st.segmented_control, "lang", _LANGUAGE, LANGUAGES, state.view().lang, _set_language, **look)
