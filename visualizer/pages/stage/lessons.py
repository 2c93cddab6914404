"""Lessons: the list of them, and the note of the present stop beside the stage."""

import streamlit as st

from engine import Text
from visualizer.lessons import LESSONS
from visualizer.pages.session import close_folder, state
from visualizer.state import stop_of

_TITLE = Text("Lessons", "课程")
_MINUTES = Text("{}, {} min", "{}，{} 分钟")
_PLACE = Text("{} · stop {} of {}", "{} · 第 {} 站，共 {} 站")
_BACK, _ON, _HERE, _LEAVE = (
    Text("Previous stop", "上一站"),
    Text("Next stop (→)", "下一站（→）"),
    Text("Show what this note is about", "显示本站内容"),
    Text("Leave the lesson", "退出课程"),
)
HEIGHT = 210


def draw_menu() -> None:
    """Draw the list of lessons, folded away until wanted."""
    menu = st.popover(state.say(_TITLE), key="lessons", on_change="rerun")
    if menu.open:
        with menu:
            for name, lesson in LESSONS.items():
                label = state.say(_MINUTES, state.say(lesson.label), lesson.minutes)
                st.button(
                    label, f"lesson_{name}", state.say(lesson.source), on_click=_start, args=(name,), width="stretch"
                )


def _start(name: str) -> None:
    state.open_spec(stop_of(name, 1, state.view().lang), [])
    close_folder("lessons")


def go_on(by: int) -> None:
    """Go to another stop of the present lesson, no further than its first and last one."""
    view = state.view()
    if view.lesson:
        stop = min(max(1, view.stop + by), len(LESSONS[view.lesson].stops))
        state.open_spec(stop_of(view.lesson, stop, view.lang), [])


def draw_note() -> None:
    """Draw the note of the present stop."""
    view = state.view()
    lesson = LESSONS[view.lesson]
    place = state.say(_PLACE, state.say(lesson.label), view.stop, len(lesson.stops))
    with st.container(key="note", border=True, height=HEIGHT):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.markdown(f":small[{place}]", width="content")
            with st.container(horizontal=True, gap="xxsmall", width="content"):
                for key, icon, tip, act, args in _buttons(view.stop, len(lesson.stops)):
                    st.button(state.say(tip), key, state.say(tip), on_click=act, args=args, icon=icon, type="tertiary")
        st.markdown(state.say(lesson.stops[view.stop - 1].note))


def _buttons(stop: int, last: int) -> list[tuple]:
    back = ("lesson_prev", ":material/arrow_back:", _BACK, go_on, (-1,))
    on = ("lesson_next", ":material/arrow_forward:", _ON, go_on, (1,))
    leave = ("lesson_leave", ":material/close:", _LEAVE, _leave, ())
    here = ("lesson_here", ":material/my_location:", _HERE, go_on, (0,))
    return [here, *([back] if stop > 1 else []), *([on] if stop < last else []), leave]


def _leave() -> None:
    state.update_view(lesson="", stop=1)
