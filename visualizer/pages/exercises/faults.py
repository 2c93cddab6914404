"""Find the mistake: lines of published listings, in which the reader marks the wrong one; then what they do, mended."""

from typing import Any

import numpy as np
import streamlit as st

from engine import Text
from engine.faults import FAULTS, Fault, Outcome
from visualizer.pages.session import choice, draw_drafts, go, keep, state, texts
from visualizer.pages.shared import pick_field

FIND = Text("Find the mistake in code", "找出代码中的错误")
_INTRO = Text(
    "Two of the source articles contain code that does not run, or that computes something else. Each bug is "
    "reproduced here in a few lines.",
    "有两个来源的代码无法运行，或者算出了别的结果。下面用几行代码重现其中每处错误。",
)
_NUMBER = Text("Listing", "代码编号")
_WHICH = Text("Which line is wrong?", "哪一行有错？")
_NO = Text("Line {} is correct. Look again.", "第 {} 行没有错，再看看。")
_YES = Text("Line {} is wrong.", "错在第 {} 行。")
_AT_LINE = Text("Line {}", "第 {} 行")
_MENDED = Text("Fixed", "改正")
_SHOW = Text("Show the answer", "显示答案")
_ENDS = Text("This code raises an error:", "这几行会报错：")
_SILENT = Text(
    "No error is raised. The code gives {}; the correct result is {}.", "没有任何报错。这几行得到 {}；正确的是 {}。"
)
_RIGHT = Text("The fixed code gives {}.", "改正后得到 {}。")
_DECIMALS = 4
_PLACE = "faults"


def draw_faults() -> None:
    """Draw the choice of a listing, its lines, the question for the wrong one, and the answer once it is found."""
    st.markdown(state.say(_INTRO))
    names = list(FAULTS)
    chosen = names[(choice("seed") - 1) % len(names)]
    labels = {name: str(number) for number, name in enumerate(names, 1)}
    take = lambda name: go(seed=labels[name or chosen])  # noqa: E731
    pick_field(st.pills, "fault", _NUMBER, labels, chosen, take, required=True, label_visibility="collapsed")
    fault = FAULTS[chosen]
    st.markdown(f"**{state.say(fault.task)}** :small[{state.say(fault.source)}]")
    st.code("\n".join(fault.lines), "python", line_numbers=True)
    if _draw_question(fault) or st.toggle(state.say(_SHOW), key=f"answer_{chosen}"):
        _draw_answer(fault)
    draw_drafts(_PLACE)


def _draw_question(fault: Fault) -> bool:
    """Draw a button for each line, and what is to be said to the one that was pressed; return whether it was found."""
    marked = texts(_PLACE).get(fault.name, "")
    found = marked in {str(number) for number in fault.wrong}
    with st.container(key="fault_lines", horizontal=True, gap="xsmall", vertical_alignment="center"):
        st.markdown(f"**{state.say(_WHICH)}**", width="content")
        for number in range(1, len(fault.lines) + 1):
            sign = {True: "✓ ", False: "✗ "}[found] if marked == str(number) else ""
            take = (_PLACE, {fault.name: str(number)})
            st.button(f"{sign}{state.say(_AT_LINE, number)}", f"line_{fault.name}_{number}", on_click=keep, args=take)
    if marked.isdigit():
        st.markdown(state.say(_YES if found else _NO, marked))
    return found


def _draw_answer(fault: Fault) -> None:
    why, mended = st.columns(2, gap="medium")
    why.markdown(_outcome(fault.run(fault.code), fault.run(fault.mended)) + f"\n\n{state.say(fault.why)}")
    mended.caption(state.say(_MENDED))
    mended.code(fault.mended, "python")


def _outcome(wrong: Outcome, right: Outcome) -> str:
    if wrong.error:
        return f"{state.say(_ENDS)}\n\n`{wrong.error}`\n\n{state.say(_RIGHT, _written(right.value))}"
    return state.say(_SILENT, _written(wrong.value), _written(right.value))


def _written(value: Any) -> str:
    return f"`{np.round(np.asarray(value), _DECIMALS).tolist()}`"
