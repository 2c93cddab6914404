"""Findings about the run that is looked at, and the trainings that decide between causes."""

from collections.abc import Sequence
from typing import NamedTuple

import streamlit as st

from engine import Text
from engine.studies import RunRecord
from visualizer.findings import ALARM, GOOD, NOTE, Finding, Outcome, Tested, findings, try_out
from visualizer.lab import QueuedRun
from visualizer.pages.session import Shown, in_turns, lab, look_at_latest, session, state
from visualizer.state import Portions
from visualizer.writing import in_markdown, palette

_PORTION, _PAUSE = 0.2, 0.3


class Tone(NamedTuple):
    """Tone of a finding: the sign before it, and the colour of its bar."""

    sign: str
    shade: str


TONES = {
    GOOD: Tone(":green[:material/check_circle:]", palette.RIGHT),
    NOTE: Tone(":gray[:material/info:]", palette.ZERO),
    ALARM: Tone(":orange[:material/warning:]", palette.CHANGED),
}
_UNREMARKABLE = Text("Nothing unusual: the loss falls as it should.", "没有异常：损失正常下降。")
_APART = Text("How to find out: {}", "如何分辨：{}")
_TRY, _TRY_TIP = (
    Text("Try to find out", "试着查明原因"),
    Text(
        "Trains {} times, each with one thing changed, and says which change helps",
        "改动一处，训练 {} 次，看哪一次有用",
    ),
)
_CONFIRM = Text("Put it to the test", "检验这一判断")
_CANCEL, _CURVES = Text("Cancel", "取消"), Text("Overlay these curves", "把这些曲线放到一起比较")
_SIGN = {True: ":green[:material/check:]", False: ":gray[:material/close:]"}


def draw_why(now: Shown) -> None:
    """Draw the findings about a run, and the trainings that put them to the test."""
    found = findings(now.looked_at)
    draw_findings(found)
    if not found:
        st.markdown(state.say(_UNREMARKABLE))
    tried = session().train.tries
    if tried.of is not now.looked_at:
        _draw_offer(now.looked_at, found)
    elif tried.running:
        st.button(state.say(_CANCEL), "tries_cancel", on_click=_cancel)
        st.fragment(_advance, run_every=_PAUSE)()
    elif tried.found:
        _draw_tried(tried.found)


def draw_findings(found: Sequence[Finding]) -> None:
    """Draw findings in their numbers, each with what would tell its causes apart."""
    for i, finding in enumerate(found, 1):
        words = in_markdown(state.say(finding.words))
        if finding.apart:
            words += "  \n" + in_markdown(state.say(_APART, state.say(finding.apart)))
        st.markdown(f"{TONES[finding.tone].sign} ({i}) {words}")


def _deciding(found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return the findings whose tries are worth running: those that leave it open, else all that have any."""
    open_ = tuple(finding for finding in found if finding.apart)
    return open_ or tuple(finding for finding in found if finding.tries and finding.cause)


def _draw_offer(trial: RunRecord, found: tuple[Finding, ...]) -> None:
    deciding = _deciding(found)
    if deciding:
        count = len({each.task for finding in deciding for each in finding.tries})
        label = _TRY if deciding[0].apart else _CONFIRM
        st.button(state.say(label), "tries_start", state.say(_TRY_TIP, count), on_click=_start, args=(trial,))


def _start(trial: RunRecord) -> None:
    tries = session().train.tries
    tries.of, tries.found = trial, None
    tries.running = Portions(try_out(trial, _deciding(findings(trial))), Tested(0.0))


def _cancel() -> None:
    tries = session().train.tries
    tries.of, tries.running = None, None


def _advance() -> None:
    tries = session().train.tries
    running = tries.running
    if running is None:
        st.rerun()  # it was cancelled while this was on its way
    st.progress(min(1.0, running.latest.share))
    _draw_outcomes(running.latest.outcomes)
    in_turns(running.advance, _PORTION)
    if running.latest.verdict:
        tries.found, tries.running = running.latest, None
        st.rerun()


def _draw_outcomes(outcomes: tuple[Outcome, ...]) -> None:
    lines = [f"- {_SIGN[outcome.better]} {in_markdown(state.say(outcome.words))}" for outcome in outcomes]
    st.markdown("\n".join(lines))


def _draw_tried(found: Tested) -> None:
    if found.verdict:
        st.markdown(f"**{in_markdown(state.say(found.verdict))}**")
    _draw_outcomes(found.outcomes)
    st.button(state.say(_CURVES), "tries_curves", on_click=_lay_beside, args=(found,))


def _lay_beside(found: Tested) -> None:
    """Train the tries as runs of the page, beside the one that is there."""
    state.act(lab().queue, [QueuedRun(((0, outcome.tried.task),)) for outcome in found.outcomes])
    look_at_latest()
