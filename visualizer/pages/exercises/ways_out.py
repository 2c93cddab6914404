"""Ways out of an exercise: sheets to print, for one reader or for a class, and the solution on the stage."""

from functools import partial

import streamlit as st

from engine import Text
from engine.settings import model_to_query
from visualizer.exercises import LARGEST_SEED, Exercise, exercise, sheet_html, sheets_html
from visualizer.pages import script
from visualizer.pages.session import keep, state, texts
from visualizer.pages.shared import download_button, value_field
from visualizer.state import open_link

_EMPTY, _SOLVED = Text("Worksheet to print", "打印练习题"), Text("Worksheet with solution", "打印练习题（含解答）")
_STAGE = Text("Show the solution step by step", "逐步查看解答")
_STAGE_TIP = Text("Step through it: the numbers appear one by one", "逐步查看：数值会一个个出现")
_CLASS = Text("For a class", "全班练习")
_STUDENTS = Text("Number of students, one exercise each, from this number on", "学生人数：从本题号起每人一题")
_SHEETS, _KEY = Text("Worksheets", "练习题"), Text("Answer key", "答案")
_MOST_STUDENTS = 60


def draw_ways_out(now: Exercise) -> None:
    """Draw the sheets of an exercise, those of a class, and the way to its solution on the stage."""
    lang, name = state.view().lang, f"exercise-{now.level.name}-{now.seed}"
    with st.container(key="exercise_ways", horizontal=True):
        for solved, words in ((False, _EMPTY), (True, _SOLVED)):
            made, ending = partial(sheet_html, now, lang, solved), "-solution" if solved else ""
            download_button(state.say(words), made, f"{name}{ending}.html", "text/html", f"sheet{ending}")
        if st.button(state.say(_STAGE), "exercise_stage", state.say(_STAGE_TIP)):
            state.open_spec(*open_link(model_to_query(now.model), lang))
            st.switch_page(script("stage"))
        with st.popover(state.say(_CLASS), key="exercise_class"):
            _draw_class(now)


def _draw_class(now: Exercise) -> None:
    """Draw the way to the sheets of a class, and to their solutions apart."""
    place, most = f"class {now.level.name}", min(_MOST_STUDENTS, LARGEST_SEED - now.seed + 1)
    students = min(int(texts(place).get("students", "30")), most)
    take = lambda number: keep(place, {"students": str(number)})  # noqa: E731
    value_field(st.number_input, "students", _STUDENTS, students, take, min_value=1, max_value=most)
    seeds = range(now.seed, now.seed + students)
    name = f"exercises-{now.level.name}-{seeds[0]}-{seeds[-1]}"
    for solved, words, ending in ((False, _SHEETS, ""), (True, _KEY, "-key")):
        made = partial(_class_html, now.level.name, seeds, solved)
        download_button(state.say(words), made, f"{name}{ending}.html", "text/html", f"class{ending}")


def _class_html(level: str, seeds: range, solved: bool) -> str:
    return sheets_html([exercise(level, seed) for seed in seeds], state.view().lang, solved)
