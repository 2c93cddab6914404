"""Digits: one drawn by hand and read at once, the worst mistakes, any image, and the weights of the first layer."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from engine import InputError, Network, Text
from engine.studies import RunRecord
from visualizer.digits import (
    MOST_UNITS,
    Tile,
    as_image,
    grid_of,
    ink,
    mistakes,
    outputs_figure,
    read_drawing,
    reading,
    reading_tile,
    shown_set,
    tiles_html,
    weight_tiles,
)
from visualizer.pages.session import Shown, change, session, shown, state, widget_value
from visualizer.pages.shared import draw_chart, pick_field, value_field
from visualizer.stage.component import mount_paint
from visualizer.state import from_image
from visualizer.writing import GROUNDS, READ, Ground, channels

_MOST_MISTAKES, _PEN = 12, {True: 0.07, False: 0.05}  # the pen's radius as a share of the grid, by whether it is fine
_NO_IMAGES = Text(
    'Train a network on images first, e.g. with the experiment "Handwritten digits".',
    "请先用图像训练一个网络，例如实验“手写数字”。",
)
_TAKE = Text("Use the digits settings", "使用手写数字的设置")
_WORDS = {
    "label": Text(
        "Draw a digit. Keys: the arrows move the pen, Space puts it down and lifts it, Delete clears.",
        "写一个数字。按键：方向键移动画笔，空格落笔或提笔，Delete 清除。",
    ),
    "clear": Text("Clear", "清除"),
    "down": Text("pen down", "已落笔"),
    "up": Text("pen lifted", "已提笔"),
}
_DRAW = Text("**Draw a digit** with mouse, finger or keys", "用鼠标、手指或键盘**写一个数字**")
_SEEN, _SEEN_ALT = (
    Text("what the network sees", "网络看到的"),
    Text("your drawing as the network sees it", "网络看到的手绘"),
)
_MEANT = Text("Intended digit", "你写的数字")
_OPEN, _OPEN_TIP = (
    Text("Open in Step through", "在“逐步演示”中打开"),
    Text("Step through how the network of this epoch classifies this image", "逐步查看这一轮的网络如何处理这张图像"),
)
_SHORT = Text("Open", "打开")
_WORST = Text("**Worst mistakes**, {}: {} of {} wrong", "**最严重的错误**，{0}：{2} 张中错 {1} 张")
_NONE = Text("All images in this set are classified correctly.", "这一组图像全部识别正确。")
_ANY = Text("Image number, 1 to {}", "其中任意一张，1 到 {}")
_LOOKS = Text(
    "**What the first layer looks for**: the weights into each neuron, blue below zero, red above",
    "**第一层在找什么**：进入每个神经元的权重，蓝色为负，红色为正",
)
_FIRST = Text("The first {} of {} neurons.", "共 {1} 个神经元，显示前 {0} 个。")
_WAIT = Text("Pause training to see mistakes and weights.", "训练暂停后显示错误与权重。")


def draw_digits(now: Shown) -> None:
    """Draw the views of a network that reads images."""
    if now.trial is None or now.trial.task.picture is None:
        st.caption(state.say(_NO_IMAGES))
        st.button(state.say(_TAKE), "digits_settings", on_click=_take_settings)
        return
    if now.lab.playing:  # all of it is drawn again and again anyway; in a fragment of its own earlier charts would stay
        _draw_paint(now)
        st.caption(state.say(_WAIT))
        return
    st.fragment(_draw_paint)(now)
    _draw_mistakes(now.trial, now.epoch)
    _draw_weights(now.trial.network_at(now.epoch), now.trial.task.picture)


def _take_settings() -> None:
    state.act(change, lambda task: task.with_data("digits"))


def _ground() -> Ground:
    return GROUNDS[st.context.theme.type or "light"]


def _tiles(tiles: list[Tile], kind: str = "") -> None:
    st.html(tiles_html(tiles, kind))


def _draw_paint(now: Shown) -> None:
    """Draw the grid, and beside it the network's classification of the drawing."""
    if session().train.leaves:
        st.rerun()
    trial = now.looked_at
    picture = trial.task.picture
    if picture is None:
        return
    with st.container(key="train_paint"):
        board, bars = st.columns([1, 1.6], gap="small")
        with board:
            st.markdown(state.say(_DRAW))
            mount_paint(_board(picture), _take_ink)
        image = _drawn(picture)
        if image is None:
            return
        found = reading(trial.network_at(now.epoch), image, 0)
        with bars:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                tile = Tile(ink(image, picture, _ground()), state.say(_SEEN_ALT), state.say(_SEEN))
                with st.container(width=110):
                    _tiles([tile], "large")
                with st.container(width="stretch"):
                    draw_chart(outputs_figure(found.outputs, trial.class_names, state.view().lang), "digit_outputs")
            _draw_meaning(trial.class_names, found.said)


def _board(picture: tuple[int, int]) -> dict[str, Any]:
    ground, (rows, columns) = _ground(), grid_of(picture)
    colours = {"paper": ground.background, "ink": ground.text, "pen": READ}
    return {
        "rows": rows,
        "columns": columns,
        "radius": _PEN[rows > picture[0]] * max(rows, columns),
        "colours": {name: channels(colour) for name, colour in colours.items()},
        "words": {name: state.say(words) for name, words in _WORDS.items()},
        "ink": session().train.digits.ink,
        "edition": f"{rows} {columns}",
    }


def _take_ink() -> None:
    drawn = widget_value("paint").ink
    if isinstance(drawn, str):
        session().train.digits.ink = drawn


def _drawn(picture: tuple[int, int]) -> NDArray | None:
    """Return the drawing as an image; None where it is empty, or was drawn on another grid."""
    try:
        drawn = read_drawing(session().train.digits.ink, grid_of(picture))
    except InputError:
        return None
    return as_image(drawn, picture) if drawn.any() else None


def _draw_meaning(names: Sequence[str], said: int) -> None:
    """Draw the field of the digit that is meant, at first the one recognized, and the way to the stage."""
    digits = session().train.digits
    if digits.meant_for != digits.ink or digits.meant >= len(names):
        digits.meant_for, digits.meant = digits.ink, said
    with st.container(key="train_meaning", horizontal=True, vertical_alignment="bottom", gap="small"):
        labels = dict(enumerate(names))
        pick_field(st.selectbox, "train_meant", _MEANT, labels, digits.meant, _mean, width=160)
        st.button(
            state.say(_OPEN), "digit_open", state.say(_OPEN_TIP), on_click=_open_drawn, icon=":material/footprint:"
        )


def _mean(number: int) -> None:
    session().train.digits.meant = number


def _open_drawn() -> None:
    trial = shown().trial
    image = _drawn(trial.task.picture) if trial and trial.task.picture else None
    if image is not None:
        _open(image, session().train.digits.meant)


def _open_row(row: int) -> None:
    trial = shown().trial
    if trial and trial.task.picture and row < len(shown_set(trial)[1][0]):
        _, (x, y) = shown_set(trial)
        _open(x[row], int(y[row].argmax()))


def _open(image: NDArray, label: int) -> None:
    now, lang = shown(), state.view().lang
    state.act(lambda: state.open_spec(from_image(now.looked_at, now.epoch, image, label, lang), []))
    session().train.leaves = not session().problems


def _draw_mistakes(trial: RunRecord, epoch: int) -> None:
    name, (x, _) = shown_set(trial)
    found, lang = mistakes(trial, epoch), state.view().lang
    st.markdown(state.say(_WORST, name, len(found), len(x)))
    if not found:
        st.caption(state.say(_NONE))
    with st.container(key="digit_mistakes", horizontal=True, gap="small"):
        for i, each in enumerate(found[:_MOST_MISTAKES]):
            with st.container(key=f"mistake_{i}", width=92, gap="xxsmall", horizontal_alignment="center"):
                _tiles([reading_tile(trial, each, lang, _ground())])
                st.button(
                    state.say(_SHORT), f"mistake_open_{i}", state.say(_OPEN_TIP), on_click=_open_row, args=(each.row,)
                )
    _draw_any(trial, epoch, len(x))


def _draw_any(trial: RunRecord, epoch: int, count: int) -> None:
    digits = session().train.digits
    digits.image = min(digits.image, count)
    with st.container(key="train_any", horizontal=True, vertical_alignment="bottom", gap="small"):
        label, look = _ANY.format(f"{count:,}"), {"min_value": 1, "max_value": count, "width": 220}
        value_field(st.number_input, "train_image", label, digits.image, _look, **look)
        row = digits.image - 1
        _, (x, y) = shown_set(trial)
        with st.container(width=92):
            each = reading(trial.network_at(epoch), x[row], int(y[row].argmax()), row)
            _tiles([reading_tile(trial, each, state.view().lang, _ground())])
        st.button(state.say(_OPEN), "image_open", state.say(_OPEN_TIP), on_click=_open_row, args=(row,))


def _look(number: int) -> None:
    session().train.digits.image = number


def _draw_weights(network: Network, picture: tuple[int, int]) -> None:
    units = network.sizes[1]
    st.markdown(state.say(_LOOKS))
    if not np.isfinite(network.theta).all():
        return
    _tiles(weight_tiles(network, picture, state.view().lang), "small")
    if units > MOST_UNITS:
        st.caption(state.say(_FIRST, MOST_UNITS, units))
