"""Board of the Train page: samples drawn and moved with mouse, finger or keys, also while a training goes on."""

from typing import Any

import streamlit as st

from engine import InputError, Text
from engine.settings import OWN, Task
from visualizer.lab import OF_TABLE, Snapshot
from visualizer.pages.session import lab, session, state, widget_value
from visualizer.pages.shared import pick_field
from visualizer.points import CLASSES, CURVE, MOST_POINTS, START, Points, drawn_task, points_of, read_points
from visualizer.stage.component import mount_points

_DRAW = Text("Draw these points", "在图上画这些点")
_DRAW_TIP = Text(
    "Copies the samples into a custom table whose points you can move",
    "把样本复制成自己的表格，其中的点可以移动",
)
_KIND = Text("What to draw", "画什么")
_KINDS = {CLASSES: Text("Two classes", "两类点"), CURVE: Text("A curve to fit", "待拟合的曲线")}
_MANY = Text(
    "This table cannot be drawn: drawing needs one or two inputs, one target (with two inputs, the classes 0 and "
    "1), and at most {} rows.",
    "这张表无法在图上画：需要一个或两个输入、一个目标（两个输入时为类别 0 与 1），且至多 {} 行。",
).format(MOST_POINTS)
_WORDS = {
    "label": Text(
        "Data points. Press to add one, drag to move one. Keys: arrows move the cursor, Space adds a point, or "
        "lifts the one there and puts it down, Delete erases it, 0 and 1 choose the class, Ctrl+Z undoes.",
        "数据点。按下添加，拖动移动。按键：方向键移动位置，空格添加一个点，或拿起、放下该处的点，Delete 擦除，0 与 "
        "1 选择类别，Ctrl+Z 撤销。",
    ),
    "add": Text("Points", "画点"),
    "erase": Text("Erase", "擦除"),
    "undo": Text("Undo", "撤销"),
    "lifted": Text("point lifted: the arrows move it", "已拿起该点：用方向键移动"),
    "full": Text("at most {} points", "至多 {} 个点").format(MOST_POINTS),
    "last": Text("the last point cannot be erased", "最后一个点不能擦除"),
}
_CLASS = Text("Class {}", "类别 {}")


def draw_points(now: Snapshot) -> None:
    """Draw the board of a table of one's own; of other data the button that makes a table of them."""
    made = points_of(now.task)
    if now.task.data != OWN:
        if made:
            st.button(state.say(_DRAW), "points_draw", state.say(_DRAW_TIP), on_click=_copy, icon=":material/draw:")
        return
    if made is None:
        st.caption(state.say(_MANY))
        return
    labels = {kind: state.say(label) for kind, label in _KINDS.items()}
    pick_field(st.segmented_control, "points_kind", _KIND, labels, made.kind, _take_kind)
    mount_points(_board(made), _take_points)


def _board(made: Points) -> dict[str, Any]:
    words: dict[str, Any] = {name: state.say(label) for name, label in _WORDS.items()}
    words["classes"] = [state.say(_CLASS, number) for number in (0, 1)]
    points = [list(point) for point in made.points]
    held = {"kind": made.kind, "points": points, "ranges": made.ranges, "most": MOST_POINTS}
    return {**held, "words": words, "edition": session().train.board}


def _copy() -> None:
    """Make a table of the present samples; a live run goes on with it."""
    state.act(_change, lambda task: drawn_task(task, made) if (made := points_of(task)) else task)


def _take_kind(kind: str | None) -> None:
    """Take the points of the other kind: those that were drawn before, or a few to begin with."""
    if kind is None:
        return
    task, others = lab().snapshot().task, session().train.others
    before = points_of(task)
    if before is None or before.kind == kind:
        return
    held = points_of(Task(data=OWN, rows=others[kind])) if kind in others else None
    _change(lambda task: drawn_task(task, held or Points(kind, START[kind])))
    session().train.others = {**others, before.kind: before.rows}


def _take_points() -> None:
    sent = widget_value("points_board").points
    if not isinstance(sent, dict):
        return
    try:
        made = read_points(str(sent.get("kind")), sent.get("points"))
        _change(lambda task: drawn_task(task, made))
    except InputError as error:
        state.complain(error)
        session().train.board += 1


def _change(edit: Any) -> None:
    """Take other points: a live run goes on with them, between two portions of its training."""
    lab().change(edit, midway=OF_TABLE)
    now = session()
    now.problems, now.train.notes = (), ()
