"""All runs as a table, and what can be done with one of them: name it, hide it, delete it, go on from it."""

from dataclasses import replace
from functools import partial
from operator import itemgetter

import streamlit as st

from engine import Text
from visualizer.pages import _state as state
from visualizer.pages._fields import pick_field, text_field
from visualizer.pages._lab import lab
from visualizer.runs import COLUMNS, final_rows, labels

_CHOOSE = Text("Run that is looked at", "查看的运行")
_NAME = Text("Its name", "名称")
_HIDE, _SHOW = Text("Hide", "隐藏"), Text("Show", "显示")
_DELETE = Text("Delete", "删除")
_SAME, _SAME_TIP = (
    Text("Same but …", "以此为基础…"),
    Text("Take its settings, to change one of them and train again", "采用它的设置，改动其中一项后重新训练"),
)
_DIGITS = "%.6g"
_AS_TEXT = ("name", "stopped")
_LONGEST_NAME = 80


def draw_runs() -> None:
    """Draw the choice of a run, what can be done with it, and the table of all."""
    now, lang = lab(), state.view().lang
    runs = now.runs
    names = labels(runs, lang)
    chosen = st.session_state.train_run % len(runs) if -len(runs) <= st.session_state.train_run < len(runs) else -1
    index = range(len(runs))[chosen]
    with st.container(key="train_runs", horizontal=True, vertical_alignment="bottom", gap="small"):
        pick_field(st.selectbox, "train_chosen", _CHOOSE, dict(enumerate(names)), index, _choose, width=300)
        now, look = (index, runs[index].name), {"placeholder": names[index]}
        read = partial(_named, index)
        text_field("train_name", _NAME, now, _rename, read, itemgetter(1), **look)
        label = state.say(_SHOW if runs[index].hidden else _HIDE)
        st.button(label, "train_hide", on_click=_hide, args=(index,))
        st.button(state.say(_DELETE), "train_delete", on_click=_delete, args=(index,))
        st.button(state.say(_SAME), "train_same", state.say(_SAME_TIP), on_click=_same, args=(index,))
    columns = {
        key: st.column_config.TextColumn(state.say(label))
        if key in _AS_TEXT
        else st.column_config.NumberColumn(state.say(label), format=_DIGITS)
        for key, label in COLUMNS.items()
    }
    st.dataframe(final_rows(runs, lang), column_config=columns, hide_index=True, key="train_table")


def _choose(index: int) -> None:
    st.session_state.train_run, st.session_state.train_epoch = index, None


def _named(index: int, typed: str) -> tuple[int, str]:
    return index, typed.strip()[:_LONGEST_NAME]


def _rename(named: tuple[int, str]) -> None:
    index, name = named
    _keep(index)
    lab().kept[index] = replace(lab().kept[index], name=name)


def _keep(index: int) -> None:
    """Keep the run that was trained last, so that it is one of those that something can be done with."""
    if index == len(lab().kept):
        lab().keep()


def _hide(index: int) -> None:
    _keep(index)
    lab().kept[index] = replace(lab().kept[index], hidden=not lab().kept[index].hidden)


def _delete(index: int) -> None:
    _keep(index)
    del lab().kept[index]
    st.session_state.train_run, st.session_state.train_epoch = -1, None


def _same(index: int) -> None:
    task = lab().runs[index].trial.task
    lab().keep()
    lab().take(task)
