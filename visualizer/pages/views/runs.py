"""The table of all runs, and the actions on one of them: name it, hide it, delete it, go on from it."""

from functools import partial
from typing import Any

import streamlit as st

from engine import Text
from visualizer.lab import LONGEST_NAME
from visualizer.pages.session import Shown, lab, look_at, look_at_latest, state
from visualizer.pages.shared import pick_field, text_field
from visualizer.runs import COLUMNS, NamedRun, ending, final_rows, labels

_CHOOSE = Text("Selected run", "当前训练记录")
_NAME = Text("Name of the run", "名称")
_HIDE, _SHOW = Text("Hide", "隐藏"), Text("Show", "显示")
_PIN, _UNPIN = Text("Pin", "固定"), Text("Unpin", "取消固定")
_PIN_TIP = Text(
    "A pinned run stays when an experiment replaces the others, and its curve is drawn bold above them.",
    "固定的训练在实验替换其他训练时保留，曲线加粗显示在最上层。",
)
_DELETE = Text("Delete", "删除")
_SAME, _SAME_TIP = (
    Text("Duplicate settings", "复制设置"),
    Text("Copy this run's settings so that you can change one and train again", "采用它的设置，改动其中一项后重新训练"),
)
_DIGITS = "%.6g"
_AS_TEXT = ("name", "stopped")


def draw_runs(now: Shown) -> None:
    """Draw the choice of a run, the actions on it, and the table of all.

    The fields are those of the chosen run, so that what a browser still sends of another one's is not taken for its.
    """
    runs, index, lang = now.lab.runs, now.chosen, state.view().lang
    names, run = labels(runs, lang), runs[index]
    with st.container(key="train_runs", horizontal=True, vertical_alignment="bottom", gap="small"):
        pick_field(st.selectbox, "train_chosen", _CHOOSE, dict(enumerate(names)), index, _choose, width=300)
        hint: dict[str, Any] = {"placeholder": names[index], "max_chars": LONGEST_NAME}
        rename = partial(_rename, run.colour)
        text_field(f"train_name_{run.colour}", _NAME, run.name, rename, str.strip, **hint)
        label, hidden = state.say(_SHOW if run.hidden else _HIDE), {"hidden": not run.hidden}
        st.button(label, f"train_hide_{run.colour}", on_click=lab().alter, args=(run.colour,), kwargs=hidden)
        label, pinned = state.say(_UNPIN if run.pinned else _PIN), {"pinned": not run.pinned}
        args: Any = {"on_click": lab().alter, "args": (run.colour,), "kwargs": pinned}
        st.button(label, f"train_pin_{run.colour}", state.say(_PIN_TIP), **args)
        st.button(state.say(_DELETE), f"train_delete_{run.colour}", on_click=_delete, args=(run.colour,))
        st.button(state.say(_SAME), "train_same", state.say(_SAME_TIP), on_click=_same, args=(run,))
    st.caption(ending(run.trial, lang))
    columns = {
        key: st.column_config.TextColumn(state.say(label))
        if key in _AS_TEXT
        else st.column_config.NumberColumn(state.say(label), format=_DIGITS)
        for key, label in COLUMNS.items()
    }
    st.dataframe(final_rows(runs, lang), column_config=columns, hide_index=True, key="train_table", placeholder="—")


def _choose(index: int) -> None:
    look_at(run=index, epoch=None)


def _rename(colour: int, name: str) -> None:
    lab().alter(colour, name=name[:LONGEST_NAME])


def _delete(colour: int) -> None:
    lab().remove(colour)
    look_at_latest()


def _same(run: NamedRun) -> None:
    lab().start_over(lambda _: run.trial.task)
