"""Two runs in step: their surfaces, their gradients and the settings in which they differ, at one epoch."""

import streamlit as st

from engine import Text
from engine.studies import RunRecord
from visualizer.epochs import gradient_figure, moment_figure
from visualizer.pages.session import Shown, look_at, session, state
from visualizer.pages.shared import draw_chart, pick_field
from visualizer.runs import Apart, apart, differing_rows, labels, last_epoch
from visualizer.writing import in_markdown, number

_TWO = Text(
    "Two runs are needed: train once more with a different setting.",
    "需要两次训练：改动一项设置后再训练一次。",
)
_BESIDE = Text("Compared with", "与之对照")
_WHICH = Text(
    "Both are shown at epoch {}; the slider above moves both.",
    "两者都停在第 {} 轮；上方的滑块同时移动两者。",
)
_AT, _ENDED = (
    Text("after epoch {}: C = {}", "第 {} 轮后：C = {}"),
    Text("ended after epoch {}: C = {}", "第 {} 轮后结束：C = {}"),
)
_CLASSED = Text(
    "They classify {} of {} samples differently; their outputs differ by at most {}.",
    "{1} 个样本中有 {0} 个被它们归入不同的类别；输出最多相差 {2}。",
)
_OUTPUTS = Text("Their outputs for {} samples differ by at most {}.", "它们对 {} 个样本的输出最多相差 {}。")
_DIVERGED = Text("The outputs of at least one of them are no longer finite.", "至少其中一方的输出已不是有限数。")
_OTHER = Text("Their samples are different.", "两者的样本不同。")
_SAME = Text("Their settings are the same.", "两者的设置相同。")


def draw_pair(now: Shown) -> None:
    """Draw the run that is looked at and another one, side by side at the same epoch."""
    runs = now.lab.runs
    others = [i for i in range(len(runs)) if i != now.chosen]
    if not others:
        st.caption(state.say(_TWO))
        return
    names = labels(runs, state.view().lang)
    beside = session().train.look.beside
    beside = beside if beside in others else others[-1]
    offered = {i: names[i] for i in others}
    pick_field(st.selectbox, "pair_beside", _BESIDE, offered, beside, _choose, width=360)
    st.caption(state.say(_WHICH, now.epoch))
    pair = (runs[now.chosen].trial, runs[beside].trial)
    for i, (column, place) in enumerate(zip(st.columns(2), (now.chosen, beside), strict=True)):
        with column, st.container(border=True, key=f"pair_{i}"):
            _draw_run(i, pair, names[place], now.epoch)
    _draw_apart(apart(pair, now.epoch))
    rows = differing_rows(pair, (names[now.chosen], names[beside]), now.epoch, state.view().lang)
    if rows:
        st.dataframe(rows, hide_index=True, key="pair_settings")
    else:
        st.caption(state.say(_SAME))


def _draw_run(side: int, pair: tuple[RunRecord, RunRecord], name: str, wanted: int) -> None:
    """Draw one of the two: its name and loss, its predictions, and its gradients."""
    trial, lang = pair[side], state.view().lang
    epoch = last_epoch(trial, wanted)
    said = state.say(_AT if epoch == wanted else _ENDED, epoch, number(float(trial.loss[epoch]), 4))
    st.markdown(f"**{in_markdown(name)}**  \n{in_markdown(said)}")
    draw_chart(moment_figure(trial, epoch, lang), f"pair_moment_{side}")
    draw_chart(gradient_figure(trial, epoch, lang, pair), f"pair_gradients_{side}")


def _draw_apart(found: Apart | None) -> None:
    if found is None:
        st.markdown(state.say(_OTHER))
    elif found.largest is None:
        st.markdown(state.say(_DIVERGED))
    elif found.classed is None:
        st.markdown(state.say(_OUTPUTS, found.samples, number(found.largest, 3)))
    else:
        st.markdown(state.say(_CLASSED, found.classed, found.samples, number(found.largest, 3)))


def _choose(place: int) -> None:
    look_at(beside=place)
