"""The landscape: the cost over a plane through the network, or a test surface, with the paths over it."""

import streamlit as st

from engine import Text
from visualizer.landscape_figures import landscape_figure
from visualizer.pages import _lab
from visualizer.pages import _state as state
from visualizer.pages._charts import draw_chart
from visualizer.pages._landscape import settle, site, terrain, write_address
from visualizer.pages._landscape_settings import draw_settings
from visualizer.site import NETWORK
from visualizer.terrain import Terrain

_PORTION, _PAUSE = 0.2, 0.3  # seconds of computing at a time, and from one time to the next
_SOLID, _MAP, _SPACE = Text("picture", "画面"), Text("map", "等高线"), Text("in space", "三维")
_LOG, _CANCEL, _COMPUTE = Text("logarithmic", "对数坐标"), Text("Cancel", "取消"), Text("Compute on", "继续计算")
_DONE = Text("{:,} of {:,} networks", "{:,} / {:,} 个网络")
_TOOK = Text("{:,} networks in {:.2f} s", "{:,} 个网络，用时 {:.2f} 秒")
_SHARE = Text(
    "; the plane holds {:.1%} of the run's squared distances from its end", "；运行到终点的平方距离有 {:.1%} 在此平面内"
)
_NONE = Text("There is no such plane: {}", "没有这样的平面：{}")
_TRAINING = Text("Training goes on; the landscape is drawn when it stands still.", "训练仍在进行；停下后显示地形。")
_PAUSE_TRAINING = Text("Pause the training", "暂停训练")


def _draw_picture(ticking: bool) -> None:
    """Compute a little, and draw what there is; drawn again and again while something is left."""
    if _is_training():
        _train()
        return
    shown = terrain()
    if shown is None:
        st.warning(state.say(_NONE, st.session_state.terrain_problem.sentence(state.view().lang)))
        return
    shown.advance(_PORTION)
    if ticking != shown.running:
        st.rerun()
    _draw_controls(shown)
    looked = _looked(shown)
    figure = landscape_figure(shown, state.view().lang, site().solid, site().log, looked)
    draw_chart(figure, "landscape_chart")
    if looked:
        _lab.draw_epoch("landscape_slider")


def _is_training() -> bool:
    return site().ground == NETWORK and _lab.lab().playing


def _train() -> None:
    """Train on what the address or the Train page has begun."""
    now = _lab.lab()
    now.advance(_PORTION)
    if not now.playing:
        st.rerun()
    st.caption(state.say(_TRAINING))
    st.progress(min(1.0, now.training.epochs / now.training.task.epochs))
    st.button(state.say(_PAUSE_TRAINING), "landscape_pause", on_click=setattr, args=(now, "playing", False))


def _draw_controls(shown: Terrain) -> None:
    with st.container(key="landscape_controls", horizontal=True, gap="medium", vertical_alignment="center"):
        st.session_state.site_solid = site().solid
        words = {False: state.say(_MAP), True: state.say(_SPACE)}
        st.segmented_control(
            state.say(_SOLID),
            list(words),
            format_func=words.get,
            key="site_solid",
            required=True,
            on_change=_look,
            label_visibility="collapsed",
        )
        now_log = shown.is_steep if site().log is None else site().log
        key = f"site_log_{now_log}"  # a field for each: a browser may still send what it showed before
        st.session_state[key] = now_log
        st.toggle(state.say(_LOG), key=key, on_change=lambda: settle(log=st.session_state[key]))
        if shown.running:
            st.button(state.say(_CANCEL), "landscape_cancel", on_click=setattr, args=(shown, "cancelled", True))
        elif shown.cancelled:
            st.button(state.say(_COMPUTE), "landscape_compute", on_click=setattr, args=(shown, "cancelled", False))
        if shown.plane:
            _draw_progress(shown)


def _look() -> None:
    picked = state.picked("site_solid", (False, True), site().solid)
    if picked is not None:
        settle(solid=picked)


def _draw_progress(shown: Terrain) -> None:
    points = shown.cost.size
    if shown.done < 1:
        st.progress(shown.done, state.say(_DONE, round(shown.done * points), points))
        return
    words = state.say(_TOOK, points, shown.seconds)
    st.caption(words + (state.say(_SHARE, shown.share) if len(shown.marks) > 1 else ""))


def _looked(shown: Terrain) -> tuple | None:
    """Return the epoch that is looked at, and where the network is then."""
    if shown.plane is None or _lab.trial() is None:
        return None
    epoch = min(_lab.epoch(), int(shown.marks[-1]))
    return epoch, shown.place(_lab.trial().network_at(epoch))


now = site()
for problem in st.session_state.problems:
    st.warning(problem.sentence(state.view().lang))
with st.container(key="landscape_body"):
    settings, picture = st.columns([1, 2.6], gap="small")
with settings:
    draw_settings()
with picture, st.container(key="landscape_run", border=True, gap="small"):
    begun = None if _is_training() else terrain()
    busy = _is_training() or bool(begun and begun.running)
    st.fragment(_draw_picture, run_every=_PAUSE if busy else None)(busy)
if not _is_training():
    write_address()
