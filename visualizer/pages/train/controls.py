"""The controls of a training: start, pause, one epoch, store, begin anew; and its progress."""

import time

import streamlit as st

from engine import Text
from engine.settings import LARGEST_SEED, Task
from visualizer.lab import Snapshot
from visualizer.pages.session import lab, look_at_latest, session, state
from visualizer.pages.train.sheet import unused_table
from visualizer.runs import ending

_TRAIN, _PAUSE, _CONTINUE = Text("▷ Train", "▷ 训练"), Text("Pause", "暂停"), Text("▷ Continue", "▷ 继续")
_ONE = Text("+1 epoch", "+1 轮")
_KEEP, _KEEP_TIP = (
    Text("Stop and keep curve", "停止并保留"),
    Text("End this run and keep its curve for comparison", "结束这次训练，曲线保留供比较"),
)
_RESET, _RESET_TIP = (
    Text("Reset", "重置"),
    Text("Return to the same initial weights and discard this run", "回到同样的初始权重，不保留这次训练"),
)
_NEW, _NEW_TIP = (
    Text("Reinitialize weights", "重新初始化"),
    Text("Keep this run and draw new initial weights (next seed)", "保留这次训练，用下一个种子生成新的初始权重"),
)
_READY = Text("Ready to train", "可以开始训练")
_AT = Text("epoch {:,} of {:,}", "第 {:,} 轮，共 {:,} 轮")
_LEFT = Text("about {} s left", "约剩 {} 秒")
_QUEUED = Text("{} more queued", "排队中：{} 个")


def draw_controls(now: Snapshot) -> None:
    """Draw the buttons, and below them the training's progress."""
    with st.container(key="train_controls", horizontal=True, gap="small", vertical_alignment="center"):
        begun = now.current is not None
        if now.playing:  # a key of its own: a click beside the clock of a fragment may be sent twice
            st.button(state.say(_PAUSE), "train_pause", on_click=lab().pause, type="primary", shortcut="Space")
        else:
            label = state.say(_CONTINUE if begun else _TRAIN)
            st.button(label, "train_play", on_click=_play, args=(now.done,), type="primary", shortcut="Space")
        st.button(state.say(_ONE), "train_one", on_click=state.act, args=(lab().one_epoch,), disabled=now.playing)
        st.button(state.say(_KEEP), "train_keep", state.say(_KEEP_TIP), on_click=lab().keep, disabled=not begun)
        st.button(state.say(_RESET), "train_reset", state.say(_RESET_TIP), on_click=lab().reset, disabled=not begun)
        st.button(state.say(_NEW), "train_new", state.say(_NEW_TIP), on_click=lab().start_over, args=(_redrawn,))
    with st.container(key="train_progress"):
        _draw_progress(now)
    said = unused_table(now)
    if said:
        st.text(said)


def _play(done: int) -> None:
    state.act(lab().play)
    look_at_latest()
    session().train.began = (time.monotonic(), done)


def _redrawn(task: Task) -> Task:
    """Return the task with the weights of the next seed."""
    return task.drawn(seed=(task.seed + 1) % (LARGEST_SEED + 1))


def _draw_progress(now: Snapshot) -> None:
    if now.current is None:
        st.progress(0.0, state.say(_READY))
        return
    done, last = now.done, now.current.goal(now.done)
    words = [state.say(_AT, done, last)]
    began, at = session().train.began or (0.0, done)
    if now.playing and done > at:
        seconds = (time.monotonic() - began) / (done - at) * (last - done)
        words.append(state.say(_LEFT, f"{seconds:.0f}"))
    if now.live and now.live.trial.stopped:
        words.append(ending(now.live.trial, state.view().lang))
    if now.waiting:
        words.append(state.say(_QUEUED, len(now.waiting)))
    st.progress(min(1.0, done / last), " · ".join(words))
