"""Fields for the words of a lesson: its title, and the note and the question of a slide, in either language."""

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from engine import Text
from engine.core import LANGUAGES, lookup
from visualizer.exports import Subject
from visualizer.pages.lesson.kept import draft, put
from visualizer.pages.session import state
from visualizer.pages.shared import pick_field, text_field, value_field
from visualizer.slides import BEGINNER, NEXT, Ask, Lesson, Stop
from visualizer.state import open_stop, to_come
from visualizer.teaching import (
    MOST_CHOICES,
    MOST_MINUTES,
    is_open,
    with_changes,
    with_hidden,
    with_label,
    with_right,
    with_words,
)
from visualizer.writing import in_markdown

_NOTE = {"en": Text("Note in English", "英文讲稿"), "zh": Text("Note in Chinese", "中文讲稿")}
_TITLE = {"en": Text("Title in English", "英文标题"), "zh": Text("Title in Chinese", "中文标题")}
_QUESTION = {"en": Text("Question in English", "英文问题"), "zh": Text("Question in Chinese", "中文问题")}
_CHOICES = {
    "en": Text("Answers to choose from, one per line, in English", "英文选项，每行一个"),
    "zh": Text("Answers to choose from, one per line, in Chinese", "中文选项，每行一个"),
}
_HOW = Text(
    "What you will say on this slide. **bold**, `code` and $\\delta^2$ are formatted.",
    "写下这一页要讲的话。**粗体**、`代码` 与 $\\delta^2$ 会按格式显示。",
)
_MOST_PRESENTED = 800  # characters, with which the longest equation of the examples still has its room
_LONG = Text(
    "On a projected slide so long a note leaves the equation too little room: divide it into two slides.",
    "讲稿这么长，投影时公式的位置不够：请分成两页。",
)
_RIGHT = Text("Correct answer", "正确答案")
_HIDDEN, _HIDDEN_TIP = (
    Text("Value asked for", "所问的值"),
    Text(
        "Only values that this slide does not show yet; the next slide should show it.",
        "只列出本页尚未显示的值；应由下一页显示。",
    ),
)
_NO_VALUE = Text("no single value", "不问具体的值")
_IN_SIGHT = Text(
    "This slide already shows the value asked for, or its network has no such value: update the slide, or choose "
    "another value.",
    "本页已经显示所问的值，或本页的网络没有这个值：请更新本页，或另选一个值。",
)
_UNFINISHED = Text(
    "A question needs words and two to {} answers; until it has them, the slide shows no question.",
    "问题要有文字和 2 到 {} 个选项；在此之前，这一页不显示问题。",
).format(MOST_CHOICES)
_MINUTES, _EQUATION = Text("Planned minutes", "计划分钟数"), Text("Show the equation", "显示公式")
_LEVEL = Text("For whom", "适用对象")
_LEVELS = {"beginner": BEGINNER, "next": NEXT}
_ROWS, _FEW_ROWS = 96, 90  # pixels: the heights of fields


def languages() -> list[str]:
    """Return the languages, the reader's first."""
    return sorted(LANGUAGES, key=lambda lang: lang != state.view().lang)


def draw_note_field(stop: Stop, lang: str) -> None:
    """Draw the field of a slide's note in a language."""
    take = partial(_take, stop.name, "note", lang)
    look: dict[str, Any] = {"height": _ROWS, "placeholder": state.say(_HOW)}
    text_field(f"maker_note_{lang}_{stop.name}", _NOTE[lang], stop.note(lang), take, kind=st.text_area, **look)
    if len(stop.note(lang)) > _MOST_PRESENTED:
        st.caption(state.say(_LONG))


def draw_question(stop: Stop) -> None:
    """Draw the fields of a slide's question, first those in the reader's language."""
    ask, name = stop.ask, stop.name
    for lang in languages():
        question = ask.question(lang) if ask else ""
        text_field(f"maker_question_{lang}_{name}", _QUESTION[lang], question, partial(_take, name, "question", lang))
        choices = "\n".join(choice(lang) for choice in ask.choices).strip() if ask else ""
        take = partial(_take, name, "choices", lang)
        key, label = f"maker_choices_{lang}_{name}", _CHOICES[lang]
        text_field(key, label, choices, take, kind=st.text_area, height=_FEW_ROWS)
    if ask and ask.choices:
        labels = {i: in_markdown(_either(choice)) for i, choice in enumerate(ask.choices)}
        pick_field(st.selectbox, f"maker_right_{name}", _RIGHT, labels, ask.right, partial(_take_right, name))
        _draw_hidden(stop, ask)
    if is_open(ask):
        st.caption(state.say(_UNFINISHED))


def _draw_hidden(stop: Stop, ask: Ask) -> None:
    """Draw the list of the values that a question may ask for, which the slide does not show yet."""
    number = draft().place(stop.name)
    shown = Subject(open_stop(draft(), number, state.view().lang))
    values = to_come(shown.builder.lecture, shown.position, shown.builder.drawing)
    labels = {ask.hidden: ask.hidden} | {"": state.say(_NO_VALUE)} | values
    pick_field(
        st.selectbox,
        f"maker_hidden_{stop.name}",
        _HIDDEN,
        labels,
        ask.hidden,
        partial(_take_hidden, stop.name),
        help=state.say(_HIDDEN_TIP),
    )
    if ask.hidden and ask.hidden not in values:
        st.caption(state.say(_IN_SIGHT))


def draw_details(stop: Stop) -> None:
    """Draw the note in the other language, the planned time, and whether the equation is shown."""
    draw_note_field(stop, languages()[1])
    change = lambda field: partial(_take_change, stop.name, field)  # noqa: E731
    look = {"min_value": 0.1, "max_value": float(MOST_MINUTES), "step": 0.5, "format": "%.1f"}
    value_field(st.number_input, f"maker_minutes_{stop.name}", _MINUTES, float(stop.minutes), change("minutes"), **look)
    value_field(st.checkbox, f"maker_equation_{stop.name}", _EQUATION, stop.equation, change("equation"))


def draw_title(lesson: Lesson) -> None:
    """Draw the fields of a lesson's title and level."""
    for lang in languages():
        text_field(f"maker_title_{lang}", _TITLE[lang], lesson.label(lang), partial(_take_label, lang))
    labels = {name: state.say(level) for name, level in _LEVELS.items()}
    now = next((name for name, level in _LEVELS.items() if level == lesson.level), None)
    pick_field(st.selectbox, "maker_level", _LEVEL, labels, now, _take_level)


def _either(words: Text) -> str:
    """Return words in the reader's language, else in the other."""
    return next(filter(None, (words(lang) for lang in languages())), "")


def _changing(name: str, change: Callable[[Lesson], Lesson]) -> None:
    """Change the draft, unless the slide has been removed since its field was drawn."""
    lesson = draft()
    if name in lesson.names:
        put(change(lesson))


def _take(name: str, field: str, lang: str, words: str) -> None:
    _changing(name, lambda lesson: with_words(lesson, name, field, lang, words))


def _take_right(name: str, right: int) -> None:
    _changing(name, lambda lesson: with_right(lesson, name, right))


def _take_hidden(name: str, hidden: str) -> None:
    _changing(name, lambda lesson: with_hidden(lesson, name, hidden))


def _take_change(name: str, field: str, value: float | bool) -> None:
    _changing(name, lambda lesson: with_changes(lesson, name, **{field: value}))


def _take_label(lang: str, words: str) -> None:
    put(with_label(draft(), lang, words))


def _take_level(level: str) -> None:
    put(draft()._replace(level=lookup(_LEVEL, _LEVELS, level)))
