"""Rehearsal on the page: the clock beside a slide, and how long each took; times stand among the drafts."""

import time

import streamlit as st

from engine import Text
from visualizer.lessons import Lesson
from visualizer.pages.lesson.kept import give, put, rehearsal_place
from visualizer.pages.session import clear, close_folder, keep, state, texts
from visualizer.stage.component import mount_clock
from visualizer.state import lesson_of, slide_of
from visualizer.teaching import Rehearsal, editable, packed, rehearsal_in, unpacked, with_minutes

_REHEARSE = Text("Rehearse: start the clock", "排练：开始计时")
_TIMES = Text("Times", "用时")
_USE, _END = Text("Plan with these times", "按这些用时安排"), Text("End the rehearsal", "结束排练")
_CLOCK = Text("Slide", "本页"), Text("Lesson", "讲解")
_COLUMNS = Text("Slide", "页"), Text("Planned minutes", "计划分钟数"), Text("Minutes taken", "实际分钟数")


def draw_start() -> None:
    """Draw the button that begins a rehearsal of the present lesson, unless one is under way."""
    if not _present():
        tip = state.say(_REHEARSE)
        st.button(tip, "lesson_rehearse", tip, icon=":material/timer:", type="tertiary", on_click=rehearse)


def draw_clock() -> None:
    """Draw the clock of the rehearsal that is under way, and the times so far."""
    given, found = slide_of(state.view()), _present()
    if given is None or found is None:
        return
    lesson, number, _ = given
    now = time.time()
    with st.container(key="rehearsal", horizontal=True, vertical_alignment="center", gap="small"):
        mount_clock(
            {
                "slide": found.seconds(found.at, now),
                "planned": 60 * lesson.plan[number - 1],
                "all": found.all_seconds(now),
                "due": found.due(lesson),
                "words": [state.say(words) for words in _CLOCK],
            }
        )
        folder = st.popover(
            state.say(_TIMES),
            key="rehearsal_times",
            help=state.say(_TIMES),
            icon=":material/list:",
            on_change="rerun",
            type="tertiary",
        )
    if folder.open:
        with folder:
            _draw_times(lesson, found.taken(now))


def _draw_times(lesson: Lesson, taken: dict[str, float]) -> None:
    """Draw the table of planned and taken minutes, and what can be done with them."""
    slide, planned, took = (state.say(words) for words in _COLUMNS)
    rows = zip(lesson.names, lesson.plan, strict=True)
    table = [
        {slide: number, planned: round(minutes, 1), took: taken.get(name)}
        for number, (name, minutes) in enumerate(rows, 1)
    ]
    st.dataframe(table, hide_index=True, key="rehearsal_table")
    if state.view().own:
        st.button(state.say(_USE), "rehearsal_use", type="primary", on_click=_use)
    st.button(state.say(_END), "rehearsal_end", on_click=_end)


def rehearse() -> None:
    """Begin a rehearsal at the present slide."""
    clear(rehearsal_place())
    keep(rehearsal_place(), Rehearsal(state.view().stop, time.time()).texts())


def note_slide() -> None:
    """Note the time at which the present slide was come to, where a rehearsal is under way."""
    found = _present()
    if found and found.at != state.view().stop:
        keep(rehearsal_place(), found.at_stop(state.view().stop, time.time()).texts())


def _present() -> Rehearsal | None:
    lesson = lesson_of(state.view())
    return rehearsal_in(texts(rehearsal_place()), lesson) if lesson else None


def _use() -> None:
    """Plan the lesson with the times taken; the draft is this lesson from now on."""
    found, view = _present(), state.view()
    if found is None:
        return
    given = unpacked(view.own)
    lesson, taken = editable(given), found.taken(time.time())
    named = dict(zip(given.names, lesson.names, strict=True))
    timed = with_minutes(lesson, {named[name]: minutes for name, minutes in taken.items()})
    put(timed)
    give(packed(timed), given.place(view.stop))
    close_folder("rehearsal_times")


def _end() -> None:
    clear(rehearsal_place())
    close_folder("rehearsal_times")
