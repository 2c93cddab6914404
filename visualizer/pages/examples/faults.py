"""Find the mistake: lines of published listings, their results, and the lines mended."""

from typing import Any

import numpy as np
import streamlit as st

from engine import Text
from engine.studies import FAULTS, Outcome
from visualizer.pages.session import choice, go, state
from visualizer.pages.shared import pick_field

_TITLE = Text("Find the mistake", "找错误")
_INTRO = Text(
    "Two of the source articles contain code that does not run. Each bug is reproduced in a few lines below: what "
    "is wrong?",
    "有两个来源的代码无法运行。下面用几行代码重现其中每处错误：错在哪里？",
)
_GIVEN, _LINES, _MENDED = (
    Text("Given (correct)", "已知（无误）"),
    Text("Code", "待查代码"),
    Text("Fixed", "改正"),
)
_SHOW = Text("Show the answer", "显示答案")
_ENDS = Text("This code raises an error:", "这几行会报错：")
_SILENT = Text(
    "No error is raised. The code gives {}; the correct result is {}.", "没有任何报错。这几行得到 {}；正确的是 {}。"
)
_RIGHT = Text("The fixed code gives {}.", "改正后得到 {}。")
_DECIMALS = 4


def draw_faults() -> None:
    """Draw the choice of a fault, its lines, and the answer where it is wanted."""
    st.markdown(f"#### {state.say(_TITLE)}\n{state.say(_INTRO)}")
    names = list(FAULTS)
    chosen = choice("fault")
    labels = {name: str(number) for number, name in enumerate(names, 1)}
    look = {"required": True, "label_visibility": "collapsed"}
    pick_field(st.pills, "fault", _TITLE, labels, chosen, _choose, **look)
    fault = FAULTS[chosen]
    st.markdown(f"**{state.say(fault.task)}** :small[{state.say(fault.source)}]")
    given, lines = st.columns(2, gap="medium")
    with given:
        st.caption(state.say(_GIVEN))
        st.code(fault.given, "python")
    with lines:
        st.caption(state.say(_LINES))
        st.code(fault.code, "python")
    if st.toggle(state.say(_SHOW), key=f"answer_{chosen}"):
        with given:
            st.markdown(_outcome(fault.run(fault.code), fault.run(fault.mended)) + f"\n\n{state.say(fault.why)}")
        with lines:
            st.caption(state.say(_MENDED))
            st.code(fault.mended, "python")


def _choose(name: str) -> None:
    go(fault=name)


def _outcome(wrong: Outcome, right: Outcome) -> str:
    if wrong.error:
        return f"{state.say(_ENDS)}\n\n`{wrong.error}`\n\n{state.say(_RIGHT, _written(right.value))}"
    return state.say(_SILENT, _written(wrong.value), _written(right.value))


def _written(value: Any) -> str:
    return f"`{np.round(np.asarray(value), _DECIMALS).tolist()}`"
