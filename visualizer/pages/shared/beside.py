"""Second network on the stage: kept while the first is changed, and drawn at the same step."""

from base64 import b64encode
from dataclasses import replace
from html import escape

import streamlit as st

from engine import Text
from visualizer.pages.session import ROOM, session, state, texts
from visualizer.scene import Scene, SceneBuilder, scene_beside, scene_svg
from visualizer.state import beside_of, model_beside
from visualizer.writing import number

_KEEP, _KEEP_TIP = (
    Text("Keep for comparison", "留作对照"),
    Text(
        "Keep this network above the equation while you change it: both stay at the same step, and differences are "
        "marked",
        "把当前网络留在公式上方，再修改它：两者停在同一步，不同之处会标出",
    ),
)
_HEIGHT = 12  # rem, so that the equation below is in sight too
_SWAP, _REMOVE = Text("Swap", "交换"), Text("Remove", "移除")
_COUNT = Text(
    "**Network kept for comparison**, at the same step: {} values differ and are marked. Here C = {}; in the graph "
    "C = {}.",
    "**用于对照的网络**，停在同一步：有 {} 个值不同，已标出。这里 C = {}；图中 C = {}。",
)
_APART = Text(
    "The network kept for comparison has different layers or steps from the one in the graph: nothing can be "
    "compared here.",
    "用于对照的网络，其层或步骤与图中的网络不同：这一步无法对照。",
)
_NOT_IN_ROOM = Text("The room sees only the network in the graph.", "课堂只看到图中的网络。")
_HIDDEN = Text(
    "The network kept for comparison appears once the value has been predicted.",
    "预测之后再显示用于对照的网络。",
)


def draw_keep() -> None:
    """Draw the button that keeps the present network beside."""
    st.button(state.say(_KEEP), "beside_keep", state.say(_KEEP_TIP), on_click=_keep, icon=":material/compare:")


def _keep() -> None:
    state.update_view(beside=beside_of(state.model()))


def _remove() -> None:
    state.update_view(beside="")


def _swap() -> None:
    """Let the two networks change places, and all of the page be drawn."""
    other = model_beside(state.view().beside)
    state.compute(other, beside=beside_of(state.model()))
    session().stage.gone_on = True


def draw_beside() -> None:
    """Draw the second network at the present step; nothing where none is kept."""
    if not state.view().beside:
        return
    second, found = _found()
    with st.container(key="beside", border=True, gap="small"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            unseen = [state.say(_NOT_IN_ROOM)] if texts(ROOM).get("token") else []
            st.caption(" ".join([_words(second, found), *unseen]), width="stretch")
            st.button(state.say(_SWAP), "beside_swap", on_click=_swap, type="tertiary")
            st.button(state.say(_REMOVE), "beside_remove", on_click=_remove, type="tertiary")
        if found and not state.predicting():
            svg = b64encode(scene_svg(found[0], st.context.theme.type or "light", clear=True).encode()).decode()
            look = f"width: 100%; max-height: {_HEIGHT}rem"
            st.html(f'<img src="data:image/svg+xml;base64,{svg}" alt="{escape(found[0].alt)}" style="{look}">')


def _found() -> tuple[SceneBuilder | None, tuple[Scene, int] | None]:
    """Return the second network's builder and its scene with the number of differences, as far as there are any."""
    second = state.builder_of(replace(model_beside(state.view().beside), iteration=state.model().iteration))
    return second, scene_beside(second, state.builder(), state.view().step) if second else None


def _words(second: SceneBuilder | None, found: tuple[Scene, int] | None) -> str:
    if state.predicting():
        return state.say(_HIDDEN)
    if second is None or found is None:
        return state.say(_APART)
    return state.say(_COUNT, found[1], number(second.trace.loss, 6), number(state.trace().loss, 6))
