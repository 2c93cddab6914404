"""Settings of many runs beside the loss that each leads to, and how important each of them is."""

import streamlit as st

from engine import InputError, Text
from engine.studies import FEWEST, TREES
from visualizer.pages.session import Shown, state
from visualizer.pages.shared import draw_chart
from visualizer.surveys import IMPORTANCE, SweepTable, importance_rows, importances_of, parallel_figure, sweep_table
from visualizer.writing import number

_LINES = Text(
    "Each line is a run, from its settings to its final loss. Drag along an axis to keep the runs in that range.",
    "每条线是一次训练，从各项设置通向最终损失。沿坐标轴拖动，可只保留该范围内的训练。",
)
_FOREST = Text(
    "Permutation importance: a random forest of {} trees predicts the logarithm of the final loss; the importance "
    "of a setting is how much worse it predicts once the values of that setting are shuffled, as a share of the "
    "total. For runs it has not seen, it explains {} % of the variance ({} runs); if that is low, the importances "
    "mean little.",
    "置换重要性：随机森林（{} 棵树）预测最终损失的对数；打乱某项设置的值后预测变差多少，按总和折算成比例，就是该设"
    "置的重要性。对未见过的训练，森林能解释 {}% 的方差（共 {} 次训练）；该值小时，重要性没有意义。",
)
_FEW = Text(
    "Needs at least {} runs that differ in a setting: “Compare” can train some, for example as a random search "
    "over several settings.",
    "需要至少 {} 次设置不同的训练：可在“比较”中训练，例如对多项设置作随机搜索。",
)


def draw_matters(now: Shown) -> None:
    """Draw parallel coordinates and importances of the runs that are not hidden."""
    draw_sweep(sweep_table([run for run in now.lab.runs if not run.hidden]), state.view().lang)


def draw_sweep(table: SweepTable, lang: str) -> None:
    """Draw parallel coordinates and the table of importances, as far as there are runs enough."""
    if not table.values or len(table.losses) < 2:
        st.caption(state.say(_FEW, FEWEST))
        return
    st.caption(state.say(_LINES))
    with st.container(key="sweep_chart"):  # which a narrow screen scrolls
        draw_chart(parallel_figure(table, lang), "sweep_lines")
    try:
        found = importances_of(table)
    except InputError:
        st.caption(state.say(_FEW, FEWEST))
        return
    columns = {
        "setting": st.column_config.TextColumn(state.say(IMPORTANCE["setting"])),
        "share": st.column_config.ProgressColumn(
            state.say(IMPORTANCE["share"]), format="percent", min_value=0, max_value=1
        ),
        "correlation": st.column_config.NumberColumn(state.say(IMPORTANCE["correlation"]), format="%.2f"),
    }
    rows = importance_rows(found, lang)
    st.dataframe(rows, column_config=columns, hide_index=True, key="sweep_importances", placeholder="—")
    st.caption(state.say(_FOREST, TREES, number(100 * max(0.0, found.explained), 2), found.runs))
