"""Questions to the room: put, looked at as a histogram, revealed and put away."""

import streamlit as st

from engine import InputError, Text
from visualizer.hall import ASK_SLIDE, KINDS, REVEAL, SLIDE, WITHDRAW, Room, answers_figure
from visualizer.pages.session import close_folder, state
from visualizer.pages.shared import complaint, draw_chart
from visualizer.state import slide_of
from visualizer.writing import in_markdown, note_markdown

_ASK, _ASK_TIP = (
    Text("Ask", "提问"),
    Text("Ask everyone for the next value, or for an edge", "向所有人询问下一个数值，或一条边"),
)
_LOOK = Text("Show answers", "显示回答")
_ANSWER = Text("Answer: {}", "答案：{}")
_SCORE = Text("{} of {} correct", "{} / {} 正确")


def draw_ask(room: Room) -> None:
    """Draw the menu of questions."""
    menu = st.popover(state.say(_ASK), key="hall_ask", help=state.say(_ASK_TIP), on_change="rerun")
    if menu.open:
        with menu:
            given = slide_of(state.view())
            own = {SLIDE: ASK_SLIDE} if given and given[2].ask else {}
            for kind, label in (own | {name: kind.label for name, kind in KINDS.items()}).items():
                st.button(state.say(label), f"hall_ask_{kind}", on_click=_ask, args=(room, kind), width="stretch")


def _ask(room: Room, kind: str) -> None:
    try:
        room.ask(kind)
    except InputError as error:
        st.toast(in_markdown(complaint(error, state.view().lang)))
    close_folder("hall_ask")


def draw_question(room: Room) -> None:
    """Draw the open question, what can be done with it, and the answers once they are asked for.

    The question of a slide stands on the slide: its card has one line, and at the next slide no figure by itself.
    """
    asked = room.asked
    if asked is None:
        return
    shown = room.shown.stop if room.shown else None
    is_before = bool(asked.slide) and not (shown and shown.number == asked.slide)
    with st.container(key="hall_question", border=True):
        row = st.container(
            key="hall_slide" if asked.slide else "hall_asked",
            horizontal=True,
            vertical_alignment="center",
            gap="small",
        )
        with row:
            if not asked.slide:
                st.markdown(f"**{note_markdown(state.say(asked.words))}**", width="stretch")
            elif room.revealed:
                st.markdown(_verdict(room))
            looks = st.button(state.say(_LOOK), "hall_answers")
            if not room.revealed:
                st.button(state.say(REVEAL), "hall_reveal", type="primary", on_click=room.reveal)
            st.button(state.say(WITHDRAW), "hall_withdraw", type="tertiary", on_click=room.withdraw)
        if room.revealed and not asked.slide:
            st.markdown(_verdict(room))
        if looks or (room.revealed and not is_before):
            draw_chart(answers_figure(room, state.view().lang), "hall_histogram", displayModeBar=False)


def _verdict(room: Room) -> str:
    """Return the answer of a question that is revealed, and how many have found it."""
    right = sum(answer.verdict.right for answer in room.answers.values())
    told = note_markdown(state.say(_ANSWER.format(room.asked.told))) if room.asked else ""
    return f":green-badge[✓] {told} · {state.say(_SCORE, right, len(room.answers))}"
