"""The views below the curves, one at a time: findings, layers, network, an animated run, all runs, many at once."""

import streamlit as st

from engine import Text
from visualizer.findings import findings
from visualizer.pages.session import Shown, session, state
from visualizer.pages.shared import draw_chart, pick_field
from visualizer.pages.train.compare import draw_families, draw_survey
from visualizer.pages.train.digits import draw_digits
from visualizer.pages.train.runs import draw_runs
from visualizer.runs import WHY_STRIP as STRIP_WHY
from visualizer.runs import (
    WHY_VANISHING,
    confusion_figure,
    gradient_figure,
    layers_figure,
    rows,
    score_rows,
    scores_at,
    scrub_figure,
    weights_figure,
)

_NOTHING = Text("Nothing has been trained yet.", "还没有训练过。")
_UNREMARKABLE = Text("Nothing unusual: the loss decreases normally.", "没有异常：损失正常下降。")
_NO_CLASSES = Text("No classification metrics: this is a regression task.", "评估指标只适用于分类；当前是回归任务。")
_WAIT = Text("Pause training to see this.", "训练暂停后显示。")


def _draw_findings(now: Shown) -> None:
    found = findings(now.looked_at)
    for i, finding in enumerate(found, 1):
        st.markdown(f"({i}) {state.say(finding.words)}")
    if not found:
        st.markdown(state.say(_UNREMARKABLE))


def _draw_layers(now: Shown) -> None:
    lang = state.view().lang
    draw_chart(gradient_figure(now.looked_at, now.epoch, lang), "train_gradients")
    st.caption(state.say(STRIP_WHY))
    draw_chart(layers_figure(now.looked_at, now.epoch, lang), "train_layers")


def _draw_weights(now: Shown) -> None:
    theme = st.context.theme.type or "light"
    draw_chart(weights_figure(now.looked_at, now.epoch, state.view().lang, theme), "train_weights")


def _draw_scores(now: Shown) -> None:
    if not now.looked_at.task.classes:
        st.caption(state.say(_NO_CLASSES))
        return
    found, lang = scores_at(now.looked_at, now.epoch), state.view().lang
    st.dataframe(score_rows(found, lang), hide_index=True, key="train_scores")
    for i, (column, (name, each)) in enumerate(zip(st.columns(2, gap="small"), found.items(), strict=False)):
        with column:
            draw_chart(confusion_figure(name, each, lang), f"train_confusion_{i}")


def _draw_film(now: Shown) -> None:
    draw_chart(scrub_figure(now.looked_at, state.view().lang), "train_film")


def _draw_vanishing(_: Shown) -> None:
    st.markdown(state.say(WHY_VANISHING))
    st.dataframe(rows(state.view().lang), hide_index=True, key="train_vanishing")


_VIEW = Text("View", "视图")
VIEWS = {  # name: words, what draws it, whether there has to be a run
    "why": (Text("Diagnosis", "曲线诊断"), _draw_findings, True),
    "runs": (Text("Runs", "训练记录"), draw_runs, True),
    "layers": (Text("Layers", "各层"), _draw_layers, True),
    "weights": (Text("Network", "网络"), _draw_weights, True),
    "scores": (Text("Metrics", "评估指标"), _draw_scores, True),
    "digits": (Text("Digits", "手写数字"), draw_digits, False),
    "film": (Text("Replay", "播放全程"), _draw_film, True),
    "families": (Text("Compare", "比较"), draw_families, False),
    "survey": (Text("Many seeds", "多个种子"), draw_survey, False),
    "vanishing": (Text("Vanishing gradients", "梯度消失"), _draw_vanishing, False),
}


def draw_view(now: Shown) -> None:
    """Draw the choice of views, and the chosen one."""
    chosen = session().train.view or next(iter(VIEWS))
    labels = {name: state.say(label) for name, (label, _, _) in VIEWS.items()}
    look = {"required": True, "label_visibility": "collapsed"}
    pick_field(st.segmented_control, "train_view", _VIEW, labels, chosen, _choose, **look)
    _, draw, needs_run = VIEWS[chosen]
    if needs_run and now.lab.playing:
        st.caption(state.say(_WAIT))
    elif needs_run and now.trial is None:
        st.caption(state.say(_NOTHING))
    else:
        draw(now)


def _choose(view: str) -> None:
    session().train.view = view
