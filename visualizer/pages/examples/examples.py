"""Published examples: stated beside computed, and a reader's own values."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from engine import InputError, Text
from engine.core import agrees
from engine.examples import EXAMPLES, Entry
from engine.faults import FAULTS
from engine.options import write_mistakes
from engine.settings import Model
from engine.studies import causes
from visualizer.address import ON_STAGE
from visualizer.checking import (
    MOST_CHARACTERS,
    PUBLISHED,
    REFERENCE,
    RULES,
    YOURS,
    Claim,
    after,
    as_table,
    comparison_table,
    explanation,
    first_wrong,
    judged,
    label,
    mistakes_of,
    printed,
    read_claims,
    reproduced,
    row_of,
    title,
    transposes,
    verdict,
    words_of,
)
from visualizer.exercises import IN_CODE
from visualizer.pages import script
from visualizer.pages.session import choice, draw_address, draw_drafts, go, keep, session, state, texts
from visualizer.pages.shared import draw_network, draw_problems, form_field, pick_field, sent
from visualizer.state import open_link
from visualizer.writing import network_words, settings_words

_HEAD = Text("Who is right?", "谁对谁错？")
_INTRO = Text(
    "Published worked examples next to the values computed here. *Published* shows what the source prints, with "
    "its digits; *reference* values are not printed there, or could not be checked, and were computed "
    "independently of this program.",
    "算例与此处的计算并列。“原文”一列是来源中印出的数，位数照原样；“参考值”在来源中没有印出或无从核对，由本程序之外"
    "另行算得。",
)
_CHOOSE = Text("Example", "算例")
_STAGE = Text("the current network", "“逐步演示”中的网络")
_MARKS = {True: "✓", False: "✗"}
_SCORE = Text("{} of {} printed values are correct.", "印出的 {1} 个量中有 {0} 个正确。")
_NOTHING = Text("No numbers are known to be printed in this source.", "这个来源没有已知的印出数值。")
_PLACES = Text("Published: printed in {}.", "原文：见{}。")
_NOT_PRINTED = Text("Reference: not printed in the source.", "参考值：来源中没有印出。")
_WRONG_STEP = Text("Open at the first wrong step", "在“逐步演示”中打开出错的一步")
_OPEN = Text("Open in Step through", "在“逐步演示”中打开")
_TRAIN = Text("Continue training", "继续训练")
_SEE = Text("See this step", "查看这一步")
_SEE_WRONG = Text("Replay with this mistake", "查看犯此错误时的这一步")
_TRIED = Text("Of {} mistakes tried, this one reproduces it exactly: {}.", "尝试了 {} 种错误，恰好得到它的是：{}。")
_WHY = Text("What is wrong, and why", "错在哪里，为什么")
_REMARKS = Text("Notes", "另外值得知道")
_OWN = Text("Your own values", "你自己的数值")
_OWN_HELP = Text(
    "Names and their numbers, e.g. `z1 0.35 0.31`, `δ2_1 0.24`, `dW2_12 0.07`, `w5 new 0.36`, or `C@2 0.29` for the "
    "cost after one update; also what a program prints, such as `fc1.weight.grad = tensor([[…]])`, `yhat = [[…]]`.",
    "名称与数值，例如 `z1 0.35 0.31`、`δ2_1 0.24`、`dW2_12 0.07`、`w5 new 0.36`，或用 `C@2 0.29` 表示更新一次后的代价；"
    "也可直接粘贴程序的输出，如 `fc1.weight.grad = tensor([[…]])`、`yhat = [[…]]`。",
)
_COMPARE = Text("Compare", "比较")
_FAULTS = Text("Find the mistake in code", "找出代码中的错误")
_FAULTS_TIP = Text("Listings from these articles, on the Exercises page", "在“练习”页查看这些文章中的代码")
_STAGE_PAGE, _TRAIN_PAGE = script("stage"), script("train")
_MOST_CAUSES = 6
_PLACE = "examples"  # the place of the drafts typed here
_CLAIMS = {"height": 140, "label_visibility": "collapsed", "max_chars": MOST_CHARACTERS}


def _chosen() -> str | None:
    """Return the name of the example shown, or None for the network on the stage."""
    return choice("published") if choice("published") in EXAMPLES else None


def _model() -> Model:
    name = _chosen()
    return Model.of_example(name) if name else state.right_model()


def _choose(name: str) -> None:
    go(published=name or ON_STAGE)


def _label(name: str) -> str:
    if not name:
        return state.say(_STAGE)
    words = state.say(EXAMPLES[name].label)
    values = printed(name)
    return f"{words} {_MARKS[all(value.right for value in values)]}" if values else words


def _draw_choice() -> None:
    st.markdown(f"### {state.say(_HEAD)}\n{state.say(_INTRO)}")
    labels = {name: _label(name) for name in (*EXAMPLES, "")}
    look = {"required": True, "label_visibility": "collapsed"}
    pick_field(st.pills, "published_example", _CHOOSE, labels, _chosen() or "", _choose, **look)


def _go(example: str, step: str = "0", iteration: int = 1, mistakes: Sequence[str] = ()) -> None:
    """Show a step of an example on the stage, with mistakes or without."""
    query = {"example": example, "step": step, "iteration": str(iteration), "mistakes": write_mistakes(tuple(mistakes))}
    state.open_spec(*open_link(query, state.view().lang))
    st.switch_page(_STAGE_PAGE)


def _draw_example(name: str) -> None:
    example, values, wrong = EXAMPLES[name], printed(name), first_wrong(name)
    trace = state.trace_of(Model.of_example(name))
    lang = state.view().lang
    settings = " · ".join((network_words(trace, lang), *settings_words(trace, lang)))
    right = sum(value.right for value in values)
    score = state.say(_SCORE, right, len(values)) if values else state.say(_NOTHING)
    with st.container(key="published"):
        st.markdown(
            f"#### {state.say(example.label)}\n{state.say(example.source)}  \n:small[{settings}]\n\n**{score}**"
        )
        with st.container(horizontal=True):
            if wrong and st.button(state.say(_WRONG_STEP), "open_wrong", type="primary"):
                _go(name, wrong.address, wrong.stated.iteration)
            if st.button(state.say(_OPEN), "open_stage"):
                _go(name)
            if st.button(state.say(_TRAIN), "open_train"):
                state.open_spec(*open_link({"example": name}, lang))
                st.switch_page(_TRAIN_PAGE)
        _draw_values(name)


def _draw_values(name: str) -> None:
    wrong = [which for which, value in enumerate(judged(name)) if not value.right]
    remarks = EXAMPLES[name].remarks
    numbers, words = st.columns(2, gap="medium") if judged(name) else (None, st.container())
    if numbers:
        with numbers, st.container(key="comparison"):
            _draw_tables(name)
    with words:
        if wrong:
            st.markdown(f"##### {state.say(_WHY)}")
        for which in wrong:
            _draw_wrong(name, which)
        if remarks:
            listed = "\n".join(f"- {state.say(remark)}" for remark in remarks)
            st.markdown(f"##### {state.say(_REMARKS)}\n{listed}")


def _draw_tables(name: str) -> None:
    """Draw the values printed in the source, with their places, then the reference values."""
    lang, places = state.view().lang, {where: None for value in printed(name) if (where := value.stated.where)}
    if places:
        st.markdown(comparison_table(name, PUBLISHED, lang))
        st.caption(state.say(_PLACES, Text(", ", "、").join(places)))
    if len(printed(name)) < len(judged(name)):
        st.markdown(comparison_table(name, REFERENCE, lang))
        st.caption(state.say(_NOT_PRINTED))


def _draw_wrong(name: str, which: int) -> None:
    """Draw the reason why a printed value is wrong, and the mistake that was found to give it, if any."""
    value, found, lang = judged(name)[which], reproduced(name, which), state.view().lang
    why = state.say(value.stated.why) if value.stated.why else ""
    tried = f"  \n:small[{state.say(_TRIED, found[1], label(found[0], lang))}]" if found else ""
    with st.container(gap="xxsmall"):
        st.markdown(f":red-badge[✗ {title(value, lang)}] {why}{tried}")
        place, arrow = (name, value.address, value.stated.iteration), ":material/arrow_forward:"
        made = mistakes_of(found[0]) if found else []
        with st.container(horizontal=True):
            if st.button(state.say(_SEE), f"see_{which}", type="tertiary", icon=arrow):
                _go(*place)
            if made and st.button(state.say(_SEE_WRONG), f"see_wrong_{which}", type="tertiary", icon=arrow):
                _go(*place, made)


def _draw_own() -> None:
    """Draw the field for a reader's values, and their comparison."""
    st.markdown(f"#### {state.say(_OWN)}\n{state.say(_OWN_HELP)}")
    st.caption(state.say(RULES))
    with st.form("own_values", border=False):
        typed = texts(_PLACE).get("claims", "")
        form_field(st.text_area, "claims", state.say(_OWN), typed, typed, **_CLAIMS)
        st.form_submit_button(state.say(_COMPARE), key="compare", on_click=_compare)
    draw_drafts(_PLACE)
    model = _model()
    claims, problems = read_claims(typed, state.trace_of(model), model.iteration)
    entries = []
    for claim in claims:
        try:
            entries.append((claim, _entry(model, claim)))
        except InputError as error:
            problems.append(error)
    draw_problems(problems)
    if entries:
        lang = state.view().lang
        with st.container(key="own_comparison"):
            rows = [row_of(after(claim.name, claim.iteration, lang), entry) for claim, entry in entries]
            st.markdown(as_table(rows, YOURS, lang))
        turned = transposes([claim for claim, _ in entries], lambda claim: _entry(model, claim).computed)
        for each in turned:
            st.markdown(f":red-badge[✗] {words_of(each, lang)}")
        whole = {(each.ref, each.iteration) for each in turned}
        wrong = [claim for claim, entry in entries if not entry.right]
        _draw_causes(model, [claim for claim in wrong if (claim.place.ref, claim.iteration) not in whole])


def _compare() -> None:
    keep(_PLACE, {"claims": sent("claims", lambda typed, _: typed)})


def _entry(model: Model, claim: Claim) -> Entry:
    at = _at(model, claim)
    computed = claim.place.of(state.trace_of(at))
    return Entry(claim.place.indices, claim.typed, computed, agrees(claim.typed, computed))


def _at(model: Model, claim: Claim) -> Model:
    moved = replace(model, iteration=claim.iteration)
    moved.check()
    return moved


def _draw_causes(model: Model, wrong: list[Claim]) -> None:
    lang = state.view().lang
    for claim in wrong[:_MOST_CAUSES]:
        search = causes(_at(model, claim), claim.place, claim.typed)
        lines = [f"- {explanation(same, lang)}" for same in search.explanations]
        name = after(claim.name, claim.iteration, lang)
        st.markdown("\n".join((f":red-badge[✗ {name} = {claim.typed}] {verdict(search, lang)}", "", *lines)))


def _draw_way_to_faults() -> None:
    """Draw the way to the listings with mistakes, at the one that the address names."""
    if st.button(state.say(_FAULTS), "faults", state.say(_FAULTS_TIP)):
        go(level=IN_CODE, seed=str(1 + list(FAULTS).index(choice("fault"))))
        st.switch_page(script("exercises"))


draw_problems(session().problems)
draw_address("examples")
_draw_choice()
_name = _chosen()
if _name:
    _draw_example(_name)
else:
    draw_network()
st.divider()
_draw_own()
st.divider()
_draw_way_to_faults()
