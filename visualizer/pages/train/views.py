"""The views below the curves, one at a time: findings, layers, network, an animated run, all runs, many at once."""

import streamlit as st

from engine import InputError, Text
from engine.core import names
from visualizer.epochs import (
    WHY_EDGE,
    WHY_VANISHING,
    class_rows,
    confusion_figure,
    edge_figure,
    gradient_figure,
    layers_figure,
    rows,
    run_animation_figure,
    score_rows,
    scores_at,
    weights_figure,
)
from visualizer.epochs import WHY_STRIP as STRIP_WHY
from visualizer.experiments import EXPERIMENTS
from visualizer.pages.session import Shown, look_at, session, state
from visualizer.pages.shared import draw_chart, pick_field
from visualizer.pages.train.experiments import CHOOSE, choose_experiment
from visualizer.pages.views import (
    draw_digits,
    draw_families,
    draw_matters,
    draw_outside,
    draw_pair,
    draw_rate,
    draw_runs,
    draw_survey,
    draw_why,
)

_NO_CLASSES = Text("No classification metrics: this is a regression task.", "评估指标只适用于分类；当前是回归任务。")
_NO_VIEW = Text("unknown view", "未知的视图")
_WAIT = Text("Pause training to see this.", "训练暂停后显示。")


def _draw_layers(now: Shown) -> None:
    lang = state.view().lang
    draw_chart(gradient_figure(now.looked_at, now.epoch, lang), "train_gradients")
    st.caption(state.say(STRIP_WHY))
    draw_chart(layers_figure(now.looked_at, now.epoch, lang), "train_layers")


def _draw_edge(now: Shown) -> None:
    st.caption(state.say(WHY_EDGE))
    draw_chart(edge_figure(now.looked_at, now.epoch, state.view().lang), "train_edge")


def _draw_weights(now: Shown) -> None:
    theme = st.context.theme.type or "light"
    draw_chart(weights_figure(now.looked_at, now.epoch, state.view().lang, theme), "train_weights")


def _draw_scores(now: Shown) -> None:
    if not now.looked_at.task.classes:
        st.caption(state.say(_NO_CLASSES))
        return
    found, names, lang = scores_at(now.looked_at, now.epoch), now.looked_at.class_names, state.view().lang
    st.dataframe(score_rows(found, lang), hide_index=True, key="train_scores")
    for i, (column, (name, each)) in enumerate(zip(st.columns(2, gap="small"), found.items(), strict=False)):
        with column:
            draw_chart(confusion_figure(name, each, names, lang), f"train_confusion_{i}")
            st.dataframe(class_rows(each, names, lang), hide_index=True, key=f"train_classes_{i}")


def _draw_film(now: Shown) -> None:
    draw_chart(run_animation_figure(now.looked_at, state.view().lang), "train_film")


def _draw_vanishing(_: Shown) -> None:
    st.markdown(state.say(WHY_VANISHING))
    st.dataframe(rows(state.view().lang), hide_index=True, key="train_vanishing")


_GROUPS = {  # of views, in the order in which they stand
    "run": Text("This run", "这次训练"),
    "all": Text("All runs", "全部训练"),
    "many": Text("Many runs", "许多训练"),
}
_TRAIN_FIRST = Text("Press Train or Space, or begin with an experiment:", "按“训练”或空格键，也可以从一个实验开始：")
VIEWS = {  # name: words, what draws it, whether there has to be a run, its group
    "why": (Text("Diagnosis", "曲线诊断"), draw_why, True, "run"),
    "layers": (Text("Layers", "各层"), _draw_layers, True, "run"),
    "edge": (Text("Sharpness", "锐度"), _draw_edge, True, "run"),
    "weights": (Text("Network", "网络"), _draw_weights, True, "run"),
    "scores": (Text("Metrics", "评估指标"), _draw_scores, True, "run"),
    "digits": (Text("Digits", "手写数字"), draw_digits, False, "run"),
    "film": (Text("Replay", "播放全程"), _draw_film, True, "run"),
    "runs": (Text("Runs", "训练记录"), draw_runs, True, "all"),
    "pair": (Text("Two runs", "两次对照"), draw_pair, True, "all"),
    "families": (Text("Compare", "比较"), draw_families, False, "all"),
    "matters": (Text("What matters", "设置的影响"), draw_matters, True, "all"),
    "outside": (Text("External curves", "外部曲线"), draw_outside, False, "all"),
    "survey": (Text("Many seeds", "多个种子"), draw_survey, False, "many"),
    "rate": (Text("Learning rate", "学习率"), draw_rate, False, "many"),
    "vanishing": (Text("Vanishing gradients", "梯度消失"), _draw_vanishing, False, "many"),
}


def check_view() -> None:
    """Complain about a view of the address that is none, and show the first one."""
    wanted = session().train.look.view
    if wanted and wanted not in VIEWS:
        problem = InputError(_NO_VIEW, names(VIEWS), wanted)
        look_at(view="")
        session().problems = (*session().problems, problem)


def draw_view(now: Shown) -> None:
    """Draw the choice of views in their groups, and the chosen one."""
    wanted = session().train.look.view
    chosen = wanted if wanted in VIEWS else next(iter(VIEWS))
    with st.container(key="train_view", horizontal=True, gap="small"):
        for group, words in _GROUPS.items():
            labels = {name: state.say(label) for name, (label, _, _, of) in VIEWS.items() if of == group}
            picked = chosen if chosen in labels else None
            pick_field(st.segmented_control, f"train_view_{group}", words, labels, picked, _choose, width="content")
    _, draw, needs_run, _ = VIEWS[chosen]
    if needs_run and now.lab.playing:
        st.caption(state.say(_WAIT))
    elif needs_run and now.trial is None:
        _draw_cards()
    else:
        draw(now)


def _choose(view: str | None) -> None:
    """Choose a view; a press on the one that is shown keeps it."""
    look_at(view=view or session().train.look.view)


def _draw_cards() -> None:
    """Draw the experiments for a newcomer, each with what there is to find out."""
    st.caption(state.say(_TRAIN_FIRST))
    cards = {name: each for name, each in EXPERIMENTS.items() if each.card}
    for column, (name, each) in zip(st.columns(len(cards), gap="small"), cards.items(), strict=True):
        with column, st.container(key=f"card_{name}", border=True, height="stretch"):
            st.markdown(f"**{state.say(each.label)}**  \n{state.say(each.card or each.story)}")
            st.button(state.say(CHOOSE), f"begin_{name}", on_click=choose_experiment, args=(name,))
