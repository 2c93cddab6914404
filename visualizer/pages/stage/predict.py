"""Predict, then reveal: the panel that asks for the next value, takes an answer or shows it, and keeps the score."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import streamlit as st

from engine import InputError, Text
from engine.core import passage
from visualizer.pages.session import PREDICTION, Answer, Quiz, clear, draw_drafts, keep, session, state, texts
from visualizer.pages.shared import capital, form_field, sent, value_field
from visualizer.pages.stage.equation import draw_arithmetic, draw_equation, draw_step
from visualizer.state import TOLERANCE, Question, choices, grade, question
from visualizer.writing import number

_TOGGLE = Text("Predict, then reveal", "先预测，再揭晓")
_TOGGLE_TIP = Text(
    "The next value stays hidden until you enter it or reveal it.", "下一个值先隐藏，输入答案或选择揭晓后才显示。"
)
_SAMPLE = Text(" (sample {})", "（样本 {}）")
_CHECK = Text("Check", "核对")
_REVEAL = Text("Reveal", "揭晓")
_REVEAL_TIP = Text("Reveal without answering (→)", "不作答，直接显示数值（→）")
_HOW = Text("Enter to type, Enter to submit", "Enter，输入，Enter")
_SCORE = Text("{right} of {all} correct, {shown} revealed", "共 {all} 题，答对 {right}，揭晓 {shown}")
_AGAIN = Text("Reset the score", "重新计分")
_RIGHT = Text("{name} = {value}. Typed: {typed}.", "{name} = {value}，输入：{typed}。")
_SHOWN = Text("{name} = {value}, revealed.", "{name} = {value}，已揭晓。")
_WRONG = Text("{name} is not {typed}.", "{name} 不是 {typed}。")
_RUBBISH = Text("{}. Expected: {}.", "{}。应为：{}。")
_ANSWERED = Text(
    "{name} = {value}: already answered; press → to continue.",
    "{name} = {value}：此题已答过，按 → 继续。",
)
_WORKING = Text("How the last value is computed", "上一个值的算法")
_RETRY = Text("Try again, or press → to reveal it.", "再试一次，或按 → 揭晓。")
_BADGES = {
    "rubbish": ":orange-badge[?]",
    "right": ":green-badge[✓]",
    "wrong": ":red-badge[✗]",
    "shown": ":gray-badge[→]",
}


def draw_toggle() -> None:
    """Draw the switch."""
    look = {"help": state.say(_TOGGLE_TIP), "disabled": bool(state.model().mistakes)}
    value_field(st.toggle, "predict", _TOGGLE, state.predicting(), _switch, **look)


def _switch(on: bool) -> None:
    keep(PREDICTION, {"on": "on" if on else ""})


def draw_prediction(go_on: Callable[[], None]) -> None:
    """Draw the next step, and the question for it while that is open; after the last step, the present one.

    Nothing else of a step is in sight: the working of what was just answered is folded away.
    """
    lecture, position = state.builder().lecture, state.position()
    if not lecture.asks(position):
        _draw_answer(None)
        _draw_score()
        draw_equation()
        return
    asked = _question()
    is_open = asked is not None and _key(asked) not in _outcomes()
    just_answered = _draw_answer(asked if is_open else None)
    _draw_next(asked)
    if asked and is_open:
        _draw_field(asked, go_on)
    elif asked:
        st.markdown(state.say(_ANSWERED, name=asked.name, value=number(asked.value, 6)))
    _draw_score()
    if just_answered:
        with st.expander(state.say(_WORKING), key="predict_working"):
            draw_arithmetic()


def draw_kept() -> None:
    """Let the browser store whether questions are asked, and their outcomes."""
    draw_drafts(PREDICTION, *([_quiz().place] if state.predicting() else []))


def leave_question() -> None:
    """Close the open question, whose answer becomes visible now without having been found."""
    asked = _open_question() if state.predicting() else None
    if asked:
        answer = _quiz().answer
        tried = answer.typed if answer and answer.key == _key(asked) else ""
        _close(asked, "wrong" if tried else "shown", tried)


def _quiz() -> Quiz:
    """Return the score of the questions about this network, and the last answer; another network starts anew."""
    network, quiz = replace(state.model(), iteration=1), session().quiz
    if quiz is None or quiz.network != network:
        quiz = Quiz(network, f"{PREDICTION} {network.digest}")
        session().quiz = quiz
    return quiz


def _outcomes() -> dict[str, str]:
    """Return the outcomes, answered or shown, of the questions about this network."""
    return {key: outcome for key, outcome in texts(_quiz().place).items() if outcome in _BADGES}


def _question() -> Question | None:
    """Return the question of the next step."""
    builder = state.builder()
    chosen = choices(builder.drawing).get(state.view().chosen)
    return question(builder.lecture, state.position(), chosen, builder.sample)


def _open_question() -> Question | None:
    """Return the question of the next step, unless it has been answered or shown before."""
    asked = _question()
    return asked if asked and _key(asked) not in _outcomes() else None


def _key(asked: Question) -> str:
    ref, indices, sample = asked.element.ref, asked.element.indices, asked.element.sample
    return " ".join(map(str, (state.model().iteration, *ref, *indices, sample)))


def _draw_score() -> None:
    """Draw the rule, the score, and the way to a new one."""
    outcomes = _outcomes()
    found = Counter(outcomes.values())
    words = state.say(_SCORE, right=found["right"], all=len(outcomes), shown=found["shown"])
    with st.container(key="predict_score", horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(state.say(TOLERANCE))
        if outcomes:
            st.markdown(f"**{words}**", width="content")
            st.button("↺", "predict_reset", state.say(_AGAIN), on_click=_reset, type="tertiary")


def _reset() -> None:
    quiz = _quiz()
    clear(quiz.place)
    session().quiz = replace(quiz, answer=None)


def _draw_answer(asked: Question | None) -> bool:
    """Draw the last answer's outcome, where it led to or is to be tried again; return whether it led here."""
    answer = _quiz().answer
    closed = answer is not None and answer.key in _outcomes()
    if answer is None or answer.place != _address(0) or not (closed or (asked and answer.key == _key(asked))):
        return False
    words = capital(passage(state.view().lang, answer.words))
    st.markdown(f"{_BADGES[answer.outcome]} {words}")
    return closed


def _address(further: int) -> str:
    return state.builder().lecture.address(state.position() + further)


def _draw_next(asked: Question | None) -> None:
    """Draw the next step with the numbers that are known."""
    lecture, position = state.builder().lecture, state.position()
    known = partial(lecture.happened, lecture.moment(position))
    step = lecture.trace.steps[lecture.moment(position + 1).step]
    draw_step(step, asked.element.ref.layer if asked else 0, known)


def _draw_field(asked: Question, go_on: Callable[[], None]) -> None:
    builder = state.builder()
    sample = state.say(_SAMPLE, builder.sample + 1) if asked.of_one_sample(builder.trace) else ""
    with st.form("prediction", border=False), st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        label, question_id = f"**{asked.name}{sample} = ?**", (_quiz().network, _key(asked))
        look = {"autocomplete": "off", "placeholder": state.say(_HOW)}
        form_field(st.text_input, "predict_value", label, question_id, "", **look)
        st.form_submit_button(state.say(_CHECK), key="predict_check", on_click=_take, args=(asked, go_on))
        tip = state.say(_REVEAL_TIP)
        st.form_submit_button(state.say(_REVEAL), tip, key="predict_reveal", on_click=_reveal, args=(asked, go_on))


def _take(asked: Question, go_on: Callable[[], None]) -> None:
    """Grade the typed answer: a correct one goes on, a wrong one may be tried again, no number stays to be mended."""
    typed = sent("predict_value", lambda _, asked_for: asked_for).strip()
    if not typed or not _still(asked):
        return
    try:
        verdict = grade(state.trace(), asked, typed)
    except InputError as error:
        _answer(asked, "rubbish", "", _RUBBISH.format(error.problem, error.allowed))  # the field still shows the rest
        return
    if verdict.right:
        _close(asked, "right", typed)
        go_on()
    else:
        _answer(asked, "wrong", typed, _WRONG, *filter(None, [verdict.slip]), _RETRY)


def _reveal(asked: Question, go_on: Callable[[], None]) -> None:
    if _still(asked):
        go_on()


def _still(asked: Question) -> bool:
    """Whether a question is still the open one: a key may have stepped on before its answer came."""
    now = _open_question()
    return now is not None and _key(now) == _key(asked)


def _close(asked: Question, outcome: str, typed: str) -> None:
    """Put a question into the score; its outcome is drawn at the next step."""
    keep(_quiz().place, {_key(asked): outcome})
    _answer(asked, outcome, typed, _RIGHT if typed else _SHOWN, further=1)


def _answer(asked: Question, outcome: str, typed: str, *words: Text, further: int = 0) -> None:
    values = {"name": asked.name, "value": number(asked.value, 6), "typed": typed}
    said = tuple(text.format(**values) for text in words)
    answered = replace(_quiz(), answer=Answer(_key(asked), _address(further), outcome, typed, said))
    session().quiz = answered
