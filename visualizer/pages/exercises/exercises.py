"""Exercises: a network drawn from a seed, empty tables to fill in, marked cell by cell, and sheets to print."""

from collections.abc import Container
from functools import partial

import streamlit as st

from engine import InputError, Step, Text
from engine.core import parse_number, passage
from engine.settings import model_to_query
from visualizer.exercises import (
    FOLLOWS,
    LARGEST_SEED,
    LEVELS,
    RIGHT,
    STAGES,
    TOLERANCE,
    WRONG,
    Cell,
    Exercise,
    Mark,
    Quick,
    equation,
    exercise,
    given,
    hint,
    mark,
    picture,
    quick,
    sheet_html,
    sheets_html,
)
from visualizer.pages import script
from visualizer.pages.session import choice, clear, draw_address, draw_drafts, go, keep, session, state, texts
from visualizer.pages.shared import draw_problems, draw_words, pick_field, typed_field, value_field
from visualizer.state import open_link
from visualizer.writing import network_words, settings_words, short_name

_LEVEL, _SEED = Text("exercise type", "题型"), Text("Exercise number", "练习编号")
_ANOTHER = Text("New exercise", "换一题")
_EMPTY, _SOLVED = Text("Worksheet to print", "打印练习题"), Text("Worksheet with solution", "打印练习题（含解答）")
_PICTURE = Text("Graph of the network {}", "网络 {} 的图")
_STAGE = Text("Show the solution step by step", "逐步查看解答")
_STAGE_TIP = Text("Step through it: the numbers appear one by one", "逐步查看：数值会一个个出现")
_CLEAR = Text("Clear all answers", "清空重做")
_SCORE = Text("**{} of {}** correct", "**{} / {}** 正确")
_DONE = Text("All correct.", "全部正确。")
_NO_CAUSE = Text("Not correct, and no common mistake explains it.", "不对；常见的错误都得不出这个数。")
_SIGNS = {RIGHT: ":green[✓]", FOLLOWS: ":orange[≈]", WRONG: ":red[✗]"}
_HINT, _HIDE = Text("Hint {} of 3: {}", "提示 {}/3：{}"), Text("Hide the hint", "收起提示")
_QUICK = Text("Quick questions, without a calculation", "快问快答：不用计算")
_CLASS = Text("For a class", "全班练习")
_STUDENTS = Text("Number of students, one exercise each, from this number on", "学生人数：从本题号起每人一题")
_SHEETS, _KEY = Text("Worksheets", "练习题"), Text("Answer key", "答案")
_MOST_STUDENTS = 60
Problems = dict[str, InputError]


def _present() -> Exercise:
    """Return the exercise of the page's address."""
    return exercise(choice("level"), choice("seed"))


def _sheet(now: Exercise) -> str:
    """Return the name of the place of this exercise's drafts."""
    return f"exercise {now.level.name} {now.seed}"


def _key(now: Exercise, cell: Cell) -> str:
    return f"cell_{now.level.name}_{now.seed}_{cell.key}"


def _take(now: Exercise, cell: Cell, typed: str) -> None:
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


def _draw_head(now: Exercise) -> None:
    labels = {name: state.say(level.label) for name, level in LEVELS.items()}
    take = lambda level: go(level=level or now.level.name, seed=str(now.seed))  # noqa: E731
    pick_field(st.pills, "level", _LEVEL, labels, now.level.name, take, required=True, label_visibility="collapsed")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        take = lambda seed: go(level=now.level.name, seed=str(seed))  # noqa: E731
        look = {"min_value": 1, "max_value": LARGEST_SEED, "width": 190}
        value_field(st.number_input, "seed", _SEED, now.seed, take, **look)
        following = {"level": now.level.name, "seed": str(now.seed % LARGEST_SEED + 1)}
        st.button(state.say(_ANOTHER), "another", on_click=go, kwargs=following, type="primary")
    st.markdown(passage(state.view().lang, (now.level.why, TOLERANCE)))


def _draw_given(now: Exercise) -> None:
    settings = (network_words(now.trace, state.view().lang), *settings_words(now.trace, state.view().lang))
    with st.container(key="exercise_given", border=True):
        drawn, numbers = st.columns([2, 3], vertical_alignment="center")
        drawing, words = picture(now.trace, st.context.theme.type or "light"), state.say(_PICTURE, settings[0])
        drawn.image(drawing, width="stretch", alt=words)
        with numbers:
            st.markdown(f"**{' · '.join(settings)}**")
            draw_words(" &emsp; ".join(f"${line}$" for line in given(now.trace)))


def _draw_ways_out(now: Exercise) -> None:
    lang, name = state.view().lang, f"exercise-{now.level.name}-{now.seed}"
    with st.container(key="exercise_ways", horizontal=True):
        for solved, words in ((False, _EMPTY), (True, _SOLVED)):
            made, ending = partial(sheet_html, now, lang, solved), "-solution" if solved else ""
            st.download_button(state.say(words), made, f"{name}{ending}.html", "text/html", f"sheet{ending}")
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
        st.download_button(state.say(words), made, f"{name}{ending}.html", "text/html", f"class{ending}")


def _class_html(level: str, seeds: range, solved: bool) -> str:
    return sheets_html([exercise(level, seed) for seed in seeds], state.view().lang, solved)


def _draw_quick(now: Exercise) -> None:
    """Draw the quick questions of an exercise, each with a verdict and its reason once it is answered."""
    place = f"quick {now.level.name} {now.seed}"
    with st.expander(state.say(_QUICK), key="exercise_quick"):
        for question in quick(now):
            chosen = texts(place).get(question.name, "")
            _draw_choices(question, chosen, place, f"{now.level.name}_{now.seed}")
    draw_drafts(place)


def _draw_choices(question: Quick, chosen: str, place: str, of: str) -> None:
    st.markdown(f"**{state.say(question.ask)}**")
    with st.container(horizontal=True, gap="xsmall"):
        for number, choice in enumerate(question.choices):
            sign = {True: "✓ ", False: "✗ "}[number == question.right] if chosen == str(number) else ""
            take, key = (place, {question.name: str(number)}), f"quick_{of}_{question.name}_{number}"
            st.button(f"{sign}{state.say(choice)}", key, on_click=keep, args=take)
    if chosen == str(question.right):
        st.caption(state.say(question.why))


def _draw_hint(now: Exercise, cell: Cell) -> None:
    """Draw the hint for a cell that has been asked for, and the button to the next one."""
    place, address = f"hints {now.level.name} {now.seed}", str(cell.step)
    stage = int(texts(place).get(address, "0"))
    if stage:
        words, formula = hint(now, cell, stage)
        draw_words(f"**{cell.name}** {state.say(words)}\n\n${formula}$")
    more = stage < len(STAGES)
    label = state.say(_HINT, stage + 1, STAGES[stage]) if more else state.say(_HIDE)
    key = f"hint_{now.level.name}_{now.seed}_{address}"
    st.button(label, key, on_click=keep, args=(place, {address: str(stage + 1) if more else ""}), type="tertiary")


def _draw_step(now: Exercise, step: Step, cells: tuple[Cell, ...], marks: dict[str, Mark], wrong: Problems) -> None:
    answers = texts(_sheet(now))
    with st.container(border=True, key=f"exercise_{step.address.replace('.', '_')}"):
        title = state.say(step.rule.title, l=step.layer)
        draw_words(f"##### :gray-badge[{short_name(step, state.view().lang)}] {title}\n\n${equation(now.trace, step)}$")
        with st.container(horizontal=True, gap="small"):
            for cell in cells:
                sign = _SIGNS[marks[cell.key].verdict] if cell.key in marks else ""
                answer, take = answers.get(cell.key, ""), partial(_take, now, cell)
                typed_field(st.text_input, _key(now, cell), f"{cell.name} {sign}", answer, take, width=120)
        for cell in cells:
            if cell.key in wrong:
                draw_problems([wrong[cell.key]])
            elif cell.key in marks and marks[cell.key].verdict != RIGHT:
                cause = marks[cell.key].cause or _NO_CAUSE
                sign = _SIGNS[marks[cell.key].verdict]
                st.markdown(f"{sign} **{cell.name}** {state.say(cause)}")


@st.fragment
def _draw_tables(now: Exercise) -> None:
    cells, answers = {cell.key: cell for _, group in now.cells() for cell in group}, texts(_sheet(now))
    typed, problems = _numbers(answers, cells)
    marks = {key: mark(now, cells[key], typed) for key in typed}
    marks |= dict.fromkeys(problems, Mark(WRONG))
    right = sum(made.verdict == RIGHT for made in marks.values())
    with st.container(key="score", horizontal=True, vertical_alignment="center"):
        done = f" · {state.say(_DONE)}" if right == len(cells) else ""
        st.markdown(state.say(_SCORE, right, len(cells)) + done, width="content")
        st.button(state.say(_CLEAR), "clear", on_click=clear, args=(_sheet(now),), disabled=not answers)
    open_cells = [cell for key, cell in cells.items() if key not in marks or marks[key].verdict != RIGHT]
    if open_cells:  # above all cells: Tab leads from one cell to the next, and to nothing between them
        _draw_hint(now, open_cells[0])
    with st.container(key="entries"):
        for step, group in now.cells():
            _draw_step(now, step, group, marks, problems)
    draw_drafts(_sheet(now))


draw_problems(session().problems)
draw_address("exercises")
_now = _present()
_draw_head(_now)
_draw_given(_now)
_draw_ways_out(_now)
_draw_quick(_now)
_draw_tables(_now)
