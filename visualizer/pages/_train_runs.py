"""All runs as a table, and what can be done with one of them: name it, hide it, delete it, go on from it."""

from dataclasses import replace

import streamlit as st

from engine import Text
from visualizer.pages import _state as state
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


def draw_runs() -> None:
    """Draw the choice of a run, what can be done with it, and the table of all."""
    now, lang = lab(), state.view().lang
    runs = now.runs
    names = labels(runs, lang)
    chosen = st.session_state.train_run % len(runs) if -len(runs) <= st.session_state.train_run < len(runs) else -1
    index = range(len(runs))[chosen]
    st.session_state.train_chosen = index
    with st.container(key="train_runs", horizontal=True, vertical_alignment="bottom", gap="small"):
        st.selectbox(
            state.say(_CHOOSE),
            range(len(runs)),
            format_func=names.__getitem__,
            key="train_chosen",
            on_change=_choose,
            width=300,
        )
        st.session_state.train_name = runs[index].name
        st.text_input(
            state.say(_NAME),
            key="train_name",
            on_change=_rename,
            args=(runs[index].colour,),
            placeholder=names[index],
        )
        label = state.say(_SHOW if runs[index].hidden else _HIDE)
        st.button(label, "train_hide", on_click=_hide, args=(runs[index].colour,))
        st.button(state.say(_DELETE), "train_delete", on_click=_delete, args=(runs[index].colour,))
        st.button(state.say(_SAME), "train_same", state.say(_SAME_TIP), on_click=_same, args=(runs[index].colour,))
    columns = {
        key: st.column_config.TextColumn(state.say(label))
        if key in _AS_TEXT
        else st.column_config.NumberColumn(state.say(label), format=_DIGITS)
        for key, label in COLUMNS.items()
    }
    st.dataframe(final_rows(runs, lang), column_config=columns, hide_index=True, key="train_table")


def _choose() -> None:
    st.session_state.train_run, st.session_state.train_epoch = st.session_state.train_chosen, None


def _rename(colour: int) -> None:
    place = _kept(colour)
    if place is not None:
        lab().kept[place] = replace(lab().kept[place], name=st.session_state.train_name.strip()[:80])


def _hide(colour: int) -> None:
    place = _kept(colour)
    if place is not None:
        lab().kept[place] = replace(lab().kept[place], hidden=not lab().kept[place].hidden)


def _kept(colour: int) -> int | None:
    """Return where the run of a colour is kept, also the one that was trained last; None where it is there no longer.

    A click may come when the list that it was meant for has become another one.
    """
    live = lab().live
    if live and live.colour == colour:
        lab().keep()
    return next((place for place, run in enumerate(lab().kept) if run.colour == colour), None)


def _delete(colour: int) -> None:
    place = _kept(colour)
    if place is not None:
        del lab().kept[place]
        st.session_state.train_run, st.session_state.train_epoch = -1, None


def _same(colour: int) -> None:
    place = _kept(colour)
    lab().keep()
    if place is not None:
        lab().take(lab().kept[place].trial.task)
