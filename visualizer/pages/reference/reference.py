"""The reference: sections of entries, and a search over all of them; the address says what is open."""

from typing import Any

import streamlit as st

from engine import Text
from visualizer.address import LONGEST_SEARCH
from visualizer.pages import script
from visualizer.pages.session import choice, draw_address, go, session, state
from visualizer.pages.shared import draw_chart, draw_formula, draw_problems, draw_words, pick_field, text_field
from visualizer.reference import SECTIONS, Block, Cell, Drawing, Entry, Formula, Picture, Table, entries, search
from visualizer.state import open_link

_FIND = Text("Search the reference", "搜索参考")
_SECTION, _SOURCE = Text("section", "章节"), Text("Source: {}", "来源：{}")
_OPEN = Text("Show in Step through", "在“逐步演示”中查看")
_FOUND = Text("{} found", "找到 {} 条")
_SOME = Text(
    "{} results; showing the first {}. Add a word to narrow the search.",
    "找到 {} 条，显示前 {} 条；加词可缩小范围。",
)
_NONE = Text("No matches. Browse the sections above.", "没有找到；请看上面的各个章节。")
_MOST = 20


def _choose(section: str | None) -> None:
    if section:
        go(section=section, find="")


def _find(typed: str) -> None:
    go(find=typed)


def _say(cell: Cell) -> str:
    return state.say(cell) if isinstance(cell, Text) else cell


def _draw_block(block: Block, key: str) -> None:
    if isinstance(block, Formula):
        draw_formula(_say(block.tex))
    elif isinstance(block, Table):
        head, *rows = ([_say(cell) for cell in row] for row in block.rows)
        lines = [head, ["---"] * len(head), *rows]
        draw_words("\n".join(f"| {' | '.join(line)} |" for line in lines))
    elif isinstance(block, Picture):
        draw_chart(block.draw(state.view().lang), key, displayModeBar=False)
    elif isinstance(block, Drawing):
        st.html(block.draw(state.view().lang))
    else:
        draw_words(state.say(block.text))


def _draw_entry(section: str, entry: Entry, found: bool = False) -> None:
    key = f"{section}_{entry.name}"
    with st.container(key=f"entry_{key}", border=True):
        where = f":gray-badge[{state.say(SECTIONS[section].title)}] " if found else ""
        st.markdown(f"##### {where}{state.say(entry.title)}")
        for number, block in enumerate(entry.blocks):
            _draw_block(block, f"{key}_{number}")
        if entry.source:
            st.caption(state.say(_SOURCE, entry.source))
        if entry.opens and st.button(state.say(_OPEN), f"open_{key}", icon=":material/play_arrow:"):
            state.open_spec(*open_link(entry.opens, state.view().lang))
            st.switch_page(script("stage"))


def _draw_section(name: str) -> None:
    section = SECTIONS[name]
    st.markdown(state.say(section.intro))
    with st.container(key="entries_wide" if section.wide else "entries"):
        for entry in entries(name):
            _draw_entry(name, entry)


def _draw_found(text: str) -> None:
    found = search(text)
    count = state.say(_SOME if len(found) > _MOST else _FOUND, len(found), _MOST)
    st.markdown(count if found else state.say(_NONE))
    with st.container(key="entries"):
        for name, entry in found[:_MOST]:
            _draw_entry(name, entry, found=True)


draw_problems(session().problems)
draw_address("reference")
_now, _text = choice("section"), choice("find")
_look: dict[str, Any] = {"max_chars": LONGEST_SEARCH, "icon": ":material/search:", "width": 480}
text_field("find", _FIND, _text, _find, str.strip, **_look)
_labels = {name: state.say(section.title) for name, section in SECTIONS.items()}
_shown = None if _text else _now
pick_field(st.pills, "section", _SECTION, _labels, _shown, _choose, label_visibility="collapsed")
if _text:
    _draw_found(_text)
else:
    _draw_section(_now)
