"""Tables of an exercise: a field for every number, its mark and cause, a hint, and the check by hand at the end."""

from collections.abc import Container, Mapping, Sequence
from functools import partial

import streamlit as st

from engine import InputError, Text
from engine.core import parse_number
from visualizer.exercises import (
    CHECK,
    CHECKED,
    FOLLOWS,
    RIGHT,
    STAGES,
    WRONG,
    Cell,
    Exercise,
    Mark,
    Nudged,
    all_cells,
    difference,
    equation,
    hint,
    marked,
    marks_csv,
)
from visualizer.pages.exercises.progress import PROGRESS, draw_progress, note_solved
from visualizer.pages.session import clear, draw_drafts, keep, state, texts
from visualizer.pages.shared import download_button, draw_problems, draw_words, typed_field
from visualizer.writing import number, short_name

_CLEAR = Text("Clear all answers", "清空重做")
_MARKS = Text("Save marks (CSV)", "保存批改结果（CSV）")
_SCORE = Text("**{} of {}** correct", "**{} / {}** 正确")
_DONE = Text("All correct.", "全部正确。")
_NO_CAUSE = Text("Not correct, and no common mistake explains it.", "不对；常见的错误都得不出这个数。")
_SIGNS = {RIGHT: ":green[✓]", FOLLOWS: ":orange[≈]", WRONG: ":red[✗]"}
_HINT, _HIDE = Text("Hint {} of 3: {}", "提示 {}/3：{}"), Text("Hide the hint", "收起提示")
_LAST = Text("check", "检验")
Problems = dict[str, InputError]
Marks = Mapping[str, Mark]


@st.fragment
def draw_tables(now: Exercise) -> None:
    """Draw the score, a hint, and the tables of all steps with their marks."""
    cells, answers = all_cells(now), texts(_sheet(now))
    typed, problems = _numbers(answers, cells)
    marks: Marks = {**marked(now, typed), **dict.fromkeys(problems, Mark(WRONG))}
    right = sum(made.verdict == RIGHT for made in marks.values())
    if right == len(cells):
        note_solved(now)
    _draw_score(now, right, answers, typed, marks)
    open_cells = [cell for key, cell in cells.items() if key not in marks or marks[key].verdict != RIGHT]
    if open_cells:  # above all cells: Tab leads from one cell to the next, and to nothing between them
        _draw_hint(now, open_cells[0])
    with st.container(key="entries"):
        for step, group in now.cells():
            title, name = state.say(step.rule.title, l=step.layer), short_name(step, state.view().lang)
            head = f"##### :gray-badge[{name}] {title}\n\n${equation(now.trace, step)}$"
            _draw_group(now, step.address.replace(".", "_"), head, group, marks, problems)
        _draw_check(now, marks, problems)
    draw_drafts(_sheet(now), PROGRESS)


def _draw_score(now: Exercise, right: int, answers: dict[str, str], typed: dict[str, str], marks: Marks) -> None:
    lang, name = state.view().lang, f"marks-{now.level.name}-{now.seed}.csv"
    with st.container(key="score", horizontal=True, vertical_alignment="center"):
        total = len(all_cells(now))
        done = f" · {state.say(_DONE)}" if right == total else ""
        st.markdown(state.say(_SCORE, right, total) + done, width="content")
        st.button(state.say(_CLEAR), "clear", on_click=clear, args=(_sheet(now),), disabled=not answers)
        made = partial(marks_csv, now, typed, marks, lang)
        download_button(state.say(_MARKS), made, name, "text/csv", "marks", disabled=not typed)
        draw_progress(now)


def _sheet(now: Exercise) -> str:
    """Return the name of the place of this exercise's drafts."""
    return f"exercise {now.level.name} {now.seed}"


def _take(now: Exercise, cell: Cell | Nudged, typed: str) -> None:
    keep(_sheet(now), {cell.key: typed})


def _numbers(answers: dict[str, str], cells: Container[str]) -> tuple[dict[str, str], Problems]:
    """Return the numbers typed into cells, and an error for each text that is none."""
    typed, problems = {}, {}
    for key, text in answers.items():
        try:
            if text.strip() and key in cells:
                parse_number(text)
                typed[key] = text
        except InputError as error:
            problems[key] = error
    return typed, problems


def _draw_hint(now: Exercise, cell: Cell | Nudged) -> None:
    """Draw the hint for a cell that has been asked for, and the button to the next one."""
    place, address = f"hints {now.level.name} {now.seed}", str(cell.step) if isinstance(cell, Cell) else cell.key
    stage = int(texts(place).get(address, "0"))
    if stage:
        words, formula = hint(now, cell, stage)
        draw_words(f"**{cell.name}** {state.say(words)}\n\n${formula}$")
    more = stage < len(STAGES)
    label = state.say(_HINT, stage + 1, STAGES[stage]) if more else state.say(_HIDE)
    key = f"hint_{now.level.name}_{now.seed}_{address}"
    st.button(label, key, on_click=keep, args=(place, {address: str(stage + 1) if more else ""}), type="tertiary")


def _draw_group(
    now: Exercise, name: str, head: str, cells: Sequence[Cell | Nudged], marks: Marks, wrong: Problems
) -> None:
    """Draw the fields of a step, and below them what is to be said to what was typed."""
    answers = texts(_sheet(now))
    with st.container(border=True, key=f"exercise_{name}"):
        draw_words(head)
        with st.container(horizontal=True, gap="small"):
            for cell in cells:
                sign = _SIGNS[marks[cell.key].verdict] if cell.key in marks else ""
                key, width = f"cell_{now.level.name}_{now.seed}_{cell.key}", _WIDTHS[isinstance(cell, Cell)]
                label, take = f"{cell.name} {sign}", partial(_take, now, cell)
                typed_field(st.text_input, key, label, answers.get(cell.key, ""), take, width=width)
        for cell in cells:
            if cell.key in wrong:
                draw_problems([wrong[cell.key]])
            elif cell.key in marks and marks[cell.key].verdict != RIGHT:
                cause = marks[cell.key].cause or _NO_CAUSE
                sign = _SIGNS[marks[cell.key].verdict]
                st.markdown(f"{sign} **{cell.name}** {state.say(cause)}")


def _draw_check(now: Exercise, marks: Marks, wrong: Problems) -> None:
    """Draw the check by hand, and once it is right what it shows."""
    check = difference(now)
    head = (
        f"##### :gray-badge[{state.say(_LAST)}] {state.say(CHECK)}\n\n{state.say(check.words())}\n\n${check.formula}$"
    )
    _draw_group(now, "check", head, check.cells, marks, wrong)
    last = check.cells[-1].key
    if last in marks and marks[last].verdict == RIGHT:
        st.caption(state.say(CHECKED, check.weight, number(check.gradient)))


_WIDTHS = {True: 120, False: 180}
