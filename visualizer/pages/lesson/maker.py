"""Maker of lessons on the stage page: what is shown becomes a slide, and its note is written where it will stand."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from engine import Text
from visualizer.lessons import Lesson, Stop
from visualizer.pages.lesson.files import draw_files
from visualizer.pages.lesson.kept import (
    draft,
    draw_kept,
    give_draft,
    has_before,
    is_making,
    open_maker,
    put,
    select,
    selected,
    take_back,
)
from visualizer.pages.lesson.rehearsing import rehearse
from visualizer.pages.lesson.words import draw_details, draw_note_field, draw_question
from visualizer.pages.session import state
from visualizer.state import shown_query
from visualizer.teaching import moved, with_stop, with_view, without
from visualizer.writing import in_markdown

MAKER_HEIGHT = 280
_MINE = Text("Your lesson", "自编讲解")
_PLACE = Text("{} · slide {} of {} · {} min", "{} · 第 {} 页，共 {} 页 · {} 分钟")
_EMPTY = Text(
    "Go to the step that your class should see, select a value or change a number, then press *Add slide*. Write "
    "the note here.",
    "先步进到要讲的那一步，选一个值，改一个数；再按“添加一页”。讲稿就写在这里。",
)
_ADD, _ADD_TIP = (
    Text("Add slide", "添加一页"),
    Text("What the graph shows now becomes the next slide", "把图上现在的内容作为下一页"),
)
_REPLACE, _REPLACE_TIP = (
    Text("Update slide", "更新本页"),
    Text("Make this slide show what the graph shows now; its words stay", "本页改为图上现在的内容，文字不变"),
)
_QUESTION, _MORE, _SLIDES = Text("Question", "提问"), Text("Details", "更多"), Text("Slides", "各页")
_REHEARSE, _SHOW = Text("Rehearse", "排练"), Text("Show as lesson", "作为讲解播放")
_UP, _DOWN, _REMOVE = (
    Text("Move the slide forward", "将本页前移"),
    Text("Move the slide back", "将本页后移"),
    Text("Delete the slide", "删除本页"),
)
_BACK, _ON = Text("Previous slide", "上一页"), Text("Next slide", "下一页")
_UNDO = Text("Undo the last change to the lesson; again: redo", "撤销对讲解的上次修改；再按则恢复")
_CLOSE = Text("Close; the lesson is kept in this tab", "关闭；讲解保留在此标签页中")
_LONGEST_LINE = 60
_NO_WORDS = Text("(no note)", "（无讲稿）")


def draw_maker() -> bool:
    """Draw the maker where it is open, and let the browser store the lesson; return whether it is."""
    making = is_making()
    if making:
        with st.container(key="maker", border=True, gap="small"):
            _draw_box(draft(), selected())
    draw_kept()
    return making


def _draw_box(lesson: Lesson, name: str) -> None:
    number = lesson.place(name) if name else 0
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(f":small[{_place(lesson, number)}]", width="content")
        with st.container(key="maker_tools", horizontal=True, gap="xxsmall", width="content"):
            _draw_tools(lesson, number)
    if name:
        draw_note_field(lesson.stops[number - 1], state.view().lang)
    else:
        st.markdown(state.say(_EMPTY))
    with st.container(key="maker_acts", horizontal=True, gap="xsmall"):
        kind: Any = "primary"
        st.button(state.say(_ADD), "maker_add", state.say(_ADD_TIP), on_click=_act, args=(_add,), type=kind)
        if name:
            _draw_acts(lesson, lesson.stops[number - 1])
        draw_files()


def _place(lesson: Lesson, number: int) -> str:
    label = in_markdown(lesson.label(state.view().lang) or state.say(_MINE))
    return state.say(_PLACE, label, number, len(lesson.stops), lesson.minutes)


def _draw_tools(lesson: Lesson, number: int) -> None:
    """Draw the buttons that go to another slide, and that move and remove this one."""
    last = len(lesson.stops)
    _tool("maker_prev", "arrow_back", _BACK, number > 1, _go, -1)
    _tool("maker_next", "arrow_forward", _ON, number < last, _go, 1)
    _tool("maker_up", "arrow_upward", _UP, number > 1, _act, _move, -1)
    _tool("maker_down", "arrow_downward", _DOWN, 0 < number < last, _act, _move, 1)
    _tool("maker_remove", "delete", _REMOVE, number > 0, _act, _remove)
    _tool("maker_undo", "undo", _UNDO, has_before(), take_back)
    _tool("maker_close", "close", _CLOSE, True, open_maker, False)


def _tool(key: str, icon: str, tip: Text, works: bool, act: Callable[..., None], *args: Any) -> None:
    words = state.say(tip)
    look: Any = {"icon": f":material/{icon}:", "type": "tertiary", "disabled": not works}
    st.button(words, key, words, on_click=act, args=args, **look)


def _draw_acts(lesson: Lesson, stop: Stop) -> None:
    """Draw the buttons and folders of the slide, and those of the lesson."""
    st.button(state.say(_REPLACE), "maker_replace", state.say(_REPLACE_TIP), on_click=_act, args=(_replace,))
    for key, label, draw in (("maker_ask", _QUESTION, draw_question), ("maker_more", _MORE, draw_details)):
        folder = st.popover(state.say(label), key=key, on_change="rerun")
        if folder.open:
            with folder:
                draw(stop)
    folder = st.popover(state.say(_SLIDES), key="maker_slides", on_change="rerun")
    if folder.open:
        with folder:
            _draw_slides(lesson)
    number = lesson.place(stop.name)
    st.button(state.say(_REHEARSE), "maker_rehearse", on_click=_act, args=(_rehearse,), icon=":material/timer:")
    st.button(state.say(_SHOW), "maker_show", on_click=_act, args=(give_draft, number), icon=":material/slideshow:")


def _draw_slides(lesson: Lesson) -> None:
    """Draw the list of slides; one that is pressed is selected and shown."""
    for number, stop in enumerate(lesson.stops, 1):
        words = stop.note(state.view().lang) or stop.note.en or stop.note.zh or state.say(_NO_WORDS)
        line = words if len(words) <= _LONGEST_LINE else f"{words[: _LONGEST_LINE - 1]}…"
        kind: Any = "primary" if stop.name == selected() else "tertiary"
        label = f"{number}\\. {'❓ ' if stop.ask else ''}{in_markdown(line)}"
        st.button(label, f"maker_slide_{stop.name}", on_click=select, args=(stop.name,), type=kind)


def _act(do: Callable[..., None], *args: Any) -> None:
    """Carry out an act on the lesson; what prevents it is said on the page."""
    state.act(do, *args)


def _query() -> dict[str, str]:
    """Return the query of what the graph shows."""
    spec, step = state.spec(), state.builder().lecture.address(state.position())
    return shown_query(spec._replace(view=replace(spec.view, step=step)))


def _add() -> None:
    put(*with_stop(draft(), selected(), _query(), state.view().chosen))


def _replace() -> None:
    put(with_view(draft(), selected(), _query(), state.view().chosen))


def _go(by: int) -> None:
    lesson = draft()
    number = lesson.place(selected()) + by if lesson.stops else 0
    if 1 <= number <= len(lesson.stops):
        select(lesson.names[number - 1])


def _move(by: int) -> None:
    name = selected()
    put(moved(draft(), name, by), name)


def _remove() -> None:
    """Delete the slide; the one after it is selected, or else the one before."""
    lesson, name = draft(), selected()
    if name:
        place = lesson.place(name) - 1
        left = without(lesson, name)
        put(left, left.names[min(place, len(left.names) - 1)] if left.names else "")


def _rehearse() -> None:
    give_draft(1)
    rehearse()
