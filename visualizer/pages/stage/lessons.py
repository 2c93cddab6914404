"""Lessons: the list of them, the note of the present slide, and what stands in place of the equation there."""

import streamlit as st

from engine import Text
from visualizer.lessons import LESSONS, Ask, Lesson
from visualizer.pages.lesson import draw_clock, draw_start, edit_given, give, note_slide, open_maker, own_lessons
from visualizer.pages.session import close_folder, draw_drafts, keep, state, texts
from visualizer.slides import MORE
from visualizer.state import FIRST_STOP, View, lesson_id, slide_of, stop_of
from visualizer.writing import in_markdown, note_markdown

_TITLE = Text("Lessons", "讲解")
_MINUTES = Text("{}, {} min", "{}，{} 分钟")
_WHAT_FOR = Text("{}: afterwards you can {}.", "{}：学完能{}。")
_PLACE = Text("{} · slide {} of {}", "{} · 第 {} 页，共 {} 页")
_MINUTE = Text("{} · minute {}", "{} · 第 {} 分钟")
_BACK, _ON, _HERE, _LEAVE = (
    Text("Previous slide", "上一页"),
    Text("Next slide (→)", "下一页（→）"),
    Text("Show this slide on the graph", "在图上显示本页内容"),
    Text("Exit lesson", "退出讲解"),
)
_EDIT = Text("Edit this lesson", "编辑这节讲解")
_MAKE = Text("Make a lesson", "编写讲解")
_MAKE_TIP = Text("Build it slide by slide from what the graph shows", "把图上显示的内容逐页编成讲解")
_MINE = Text("Your lesson: {}, {} min", "自编讲解：{}，{} 分钟")
_PROMPT = Text("What do you expect? → reveals it.", "你的预测是什么？按 → 揭晓。")
_CORRECT, _OTHER = (
    Text("✓ Correct; → shows why.", "✓ 正确；按 → 看原因。"),
    Text("✗ No; try again, or press →.", "✗ 不对；再试，或按 →。"),
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
                st.caption(state.say(_WHAT_FOR, state.say(lesson.level), state.say(lesson.outcome)))

            _draw_own()


def _draw_own() -> None:
    """Draw the reader's own lessons, and the way to make one."""
    for number, (word, lesson) in enumerate(own_lessons().items()):
        label = state.say(_MINE, in_markdown(state.say(lesson.label)), lesson.minutes)
        st.button(label, f"lesson_own_{number}", on_click=_give, args=(word,), width="stretch")
    tip = state.say(_MAKE_TIP)
    st.button(state.say(_MAKE), "lesson_make", tip, on_click=_make, icon=":material/edit_note:", width="stretch")


def _give(word: str) -> None:
    give(word)
    close_folder("lessons")


def _make() -> None:
    """Open the maker, in place of a lesson that is being given."""
    state.update_view(lesson="", stop=FIRST_STOP, own="")
    open_maker(True)
    close_folder("lessons")


def _start(name: str) -> None:
    state.open_spec(stop_of(name, 1, state.view().lang), [])
    close_folder("lessons")


def go_on(by: int) -> None:
    """Go to another slide of the present lesson, no further than its first and last one."""
    view = state.view()
    given = slide_of(view)
    if given:
        lesson, number, _ = given
        number = min(max(1, number + by), len(lesson.stops))
        state.open_spec(stop_of(view.lesson, number, view.lang, view.own), [])
        note_slide()


def draw_in_place() -> bool:
    """Draw a slide's question or code in place of the equation while its step is shown; return whether it has one."""
    given = slide_of(state.view())
    if given is None:
        return False
    lesson, number, stop = given
    if state.view().step != lesson.query(number).get("step", View.step):
        return False
    if stop.code:
        st.code(stop.code, "python")
    if stop.ask:
        _draw_ask(stop.ask)
    return bool(stop.code or stop.ask or not stop.equation)


def draw_note() -> None:
    """Draw the note of the present slide."""
    given = slide_of(state.view())
    if given is None:
        return
    lesson, number, stop = given
    with st.container(key="note", border=True, height=HEIGHT):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.markdown(f":small[{_place(lesson, number)}]", width="content")
            with st.container(horizontal=True, gap="xxsmall", width="content"):
                for key, icon, tip, act, args in _buttons(number, len(lesson.stops)):
                    st.button(state.say(tip), key, state.say(tip), on_click=act, args=args, icon=icon, type="tertiary")
                draw_start()
        st.markdown(note_markdown(state.say(stop.note)))
        draw_clock()
        if stop.page:
            _draw_page(dict(stop.page))


def _place(lesson: Lesson, number: int) -> str:
    """Place of a slide in words: the part of the lesson and the minute, or, without parts, the name of the lesson."""
    part = lesson.part(number)
    words = state.say(_PLACE, in_markdown(state.say(part or lesson.label)), number, len(lesson.stops))
    return state.say(_MINUTE, words, lesson.minute(number)) if part else words


def _draw_page(own: dict[str, str]) -> None:
    """Draw a link to another page that shows the present network too, in a tab of its own."""
    page = own.pop("page")
    query, _ = state.query(page, own)
    st.link_button(state.say(MORE[page]), f"{page}?{query}", icon=":material/open_in_new:")


def _draw_ask(ask: Ask) -> None:
    """Draw a question with its choices; what was chosen is marked, and the next slide shows the answer."""
    view = state.view()
    chosen = texts(_answers()).get(view.stop, "")
    with st.container(key="ask", gap="xsmall"):
        st.markdown(f"#### {note_markdown(state.say(ask.question))}")
        for number, choice in enumerate(ask.choices):
            sign = {True: "✓ ", False: "✗ "}[number == ask.right] if chosen == str(number) else ""
            st.button(
                f"{sign}{note_markdown(state.say(choice))}",
                f"ask_{number}",
                on_click=_answer,
                args=(number,),
                width="stretch",
            )
        words = _PROMPT if not chosen else _CORRECT if chosen == str(ask.right) else _OTHER
        st.markdown(state.say(words))
    draw_drafts(_answers())


def _answer(number: int) -> None:
    keep(_answers(), {state.view().stop: str(number)})


def _answers() -> str:
    """Return the name of the place of the answers to the present lesson's questions."""
    return f"lesson {lesson_id(state.view())}"


def _buttons(stop: int, last: int) -> list[tuple]:
    back = ("lesson_prev", ":material/arrow_back:", _BACK, go_on, (-1,))
    on = ("lesson_next", ":material/arrow_forward:", _ON, go_on, (1,))
    edit = ("lesson_edit", ":material/edit:", _EDIT, edit_given, ())
    leave = ("lesson_leave", ":material/close:", _LEAVE, _leave, ())
    here = ("lesson_here", ":material/my_location:", _HERE, go_on, (0,))
    return [
        here,
        *([edit] if state.view().own else []),
        *([back] if stop > 1 else []),
        *([on] if stop < last else []),
        leave,
    ]


def _leave() -> None:
    state.update_view(lesson="", stop=FIRST_STOP, own="")
