"""The stage: one pass, step by step, on the network as a graph."""

from dataclasses import replace

import streamlit as st

from engine import InputError, Text
from visualizer.lecture import GRANULARITIES
from visualizer.pages import _state as state
from visualizer.pages._equation import draw_equation
from visualizer.pages._network import draw_head
from visualizer.pages._tables import draw_tables
from visualizer.pages._widgets import draw_choice
from visualizer.stage.component import mount_cursor, mount_stage
from visualizer.symbols import number

_PANEL = 520  # pixels: the equation scrolls in it, so that nothing below moves while stepping
_TRANSPORT = (
    (
        "step_first",
        Text("First", "最前"),
        ":material/first_page:",
        Text("Back to what was given (Home)", "回到初始（Home）"),
    ),
    (
        "step_prev",
        Text("Back", "上一步"),
        ":material/chevron_left:",
        Text("One step back (←, Page Up)", "后退一步（←、Page Up）"),
    ),
    (
        "step_next",
        Text("Next", "下一步"),
        ":material/chevron_right:",
        Text("One step on (→, Page Down)", "前进一步（→、Page Down）"),
    ),
    ("step_last", Text("Last", "最后"), ":material/last_page:", Text("To the update (End)", "直到更新（End）")),
)
_KEYS = Text(
    "→ ← step, Shift+→ ← phase, Home End, 1 2 3 grain; click a weight to edit it.",
    "→ ← 步进，Shift+→ ← 阶段，Home End，1 2 3 粒度；点击权重即可修改。",
)


def _go(position: int) -> None:
    """Go to a position; beyond the last lies the next iteration, before the first the one before."""
    lecture, model = state.hand().lecture, state.model()
    if position > len(lecture):
        following = replace(model, iteration=model.iteration + 1)
        try:
            following.check()
        except InputError as error:
            state.complain(error)
        else:
            state.compute(following, step="0")
    elif position < 0 and model.iteration > 1:
        state.compute(replace(model, iteration=model.iteration - 1), step="update")
    elif 0 <= position <= len(lecture):
        state.look(step=lecture.address(position))


def _press(button: str) -> None:
    now, last = state.position(), len(state.hand().lecture)
    _go({"step_first": 0, "step_prev": now - 1, "step_next": now + 1, "step_last": last}[button])


def _set_granularity(name: str) -> None:
    """Change the grain and keep the place: the same address means the same moment in each."""
    state.look(granularity=name)
    state.look(step=state.hand().lecture.address(state.position()))


def _on_event() -> None:
    """Carry out what the reader did in the drawing."""
    event = st.session_state.stage.event
    if event["what"] == "go" and event["film"] == state.present_film()["id"]:
        _go(int(event["position"]))
    elif event["what"] == "granularity" and event["name"] in GRANULARITIES:
        _set_granularity(event["name"])
    elif event["what"] == "choose":
        state.look(chosen=event["element"])
    st.session_state.answered = event["asked"]


def _draw_transport() -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        for key, label, icon, tip in _TRANSPORT:
            kind = "primary" if key == "step_next" else "secondary"
            st.button(
                state.say(label), key=key, icon=icon, help=state.say(tip), type=kind, on_click=_press, args=(key,)
            )
        with st.container(key="granularity", horizontal=True, gap="xxsmall", width="content"):
            for i, (name, label) in enumerate(GRANULARITIES.items(), 1):
                kind = "primary" if name == state.view().granularity else "tertiary"
                tip = state.say(Text("Grain of the steps (key {})", "步进粒度（按键 {}）"), i)
                args = (name,)
                st.button(
                    state.say(label), key=f"grain_{name}", type=kind, help=tip, on_click=_set_granularity, args=args
                )
        st.space("stretch")
        with st.container(key="step_position", width="content"):
            st.markdown(f"**{state.position()} / {len(state.hand().lecture)}**")
        with st.container(key="iteration", width="content"):
            st.markdown(_iteration())


def _iteration() -> str:
    """Say which iteration this is, and the cost before and, once the update has happened, after it."""
    lecture, model = state.hand().lecture, state.model()
    trace, now = state.trace(), state.position()
    words = state.say(Text("Iteration {}", "第 {} 次迭代"), model.iteration)
    if lecture.moment(now).step >= [step.rule.key for step in trace.steps].index("c"):
        words += f" · C = {number(trace.loss, 6)}"
    if now == len(lecture):
        words += f" → {number(state.loss_after(), 6)}"
    return words


@st.fragment
def _stage() -> None:
    """Draw all that a step changes; the rest of the page stands still."""
    if st.session_state.drawn != state.model():  # the settings and tables outside show another model
        st.rerun()
    for problem in st.session_state.problems:
        st.warning(problem.sentence(state.view().lang), icon=":material/info:")
    picture, words = st.columns([3, 2], gap="small")
    with picture, st.container(key="network_chart", border=True):
        film = state.present_film()
        mount_stage(film, _on_event)
    with words, st.container(border=True, height=_PANEL):
        draw_equation()
    _draw_transport()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        draw_choice()
    mount_cursor(
        {
            "film": film["id"],
            "position": state.position(),
            "answered": st.session_state.answered,
            "chosen": state.view().chosen,
            "query": state.query(),
        }
    )
    st.caption(state.say(_KEYS))


st.session_state.drawn = state.model()
draw_head()
_stage()
draw_tables()
