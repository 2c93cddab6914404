"""The HTML export of a lecture, one file without server or network: the live stage's script, styles and keyframes.

Beside the picture stand the words and the equation of every step, typeset beforehand as MathML.
"""

import json
import re
from functools import partial
from html import escape
from string import Template
from typing import Any

from engine import InputError, Step, Text
from engine.text import TAGS
from visualizer import palette
from visualizer.arithmetic import arithmetic
from visualizer.elements import element
from visualizer.equation import numeric, symbolic
from visualizer.film import whole_film
from visualizer.lecture import GIVEN, GRANULARITIES, Lecture
from visualizer.mathml import mathml
from visualizer.reasons import why
from visualizer.scene import Stagehand
from visualizer.stage.assets import FONT, HTML, asset, mathml_stylesheet, script, stylesheet
from visualizer.symbols import DIGITS
from visualizer.words import (
    GIVEN_TITLE,
    GIVEN_WHY,
    PLAY,
    PLAY_TIP,
    TRANSPORT,
    network_words,
    settings_words,
    short_name,
)

MOST_POSITIONS = 500  # about 4 MB, and 4 s to make
_GRAIN = Text("steps by {}", "{}步进")
_COARSER = Text(
    "steps by {}, since by {} there are {}, more than the {} that one file holds",
    "{}步进（{}共 {} 步，超过一个文件可容纳的 {} 步）",
)
_KEYS = Text(
    "Keys: → ← or Page Down and Page Up one step, Shift with an arrow one phase, Home and End, Space plays, A again, "
    "P for a lecture hall.",
    "按键：→ ← 或 Page Down、Page Up 单步，Shift 加方向键按阶段，Home 与 End，空格播放，A 重播这一步，P 演示模式。",
)


def stage_html(hand: Stagehand, title: str = "", digits: int = DIGITS) -> str:
    """Return a lecture as one HTML page that can be opened from a disk, stepped through and projected.

    Parameters
    ----------
    hand : Stagehand
        The scene builder; the page has its language, sample and granularity. A granularity with more than
        `MOST_POSITIONS` positions gives way to the next coarser one, and the page says so.
    title : str
        The heading; the network's sizes and activations unless given.
    digits : int
        To how many significant digits the numbers of the equations are rounded.

    Raises
    ------
    InputError
        Where even the steps by layer are too many.

    Examples
    --------
    >>> from engine import Dense, Network, trace
    >>> from visualizer import stagehand
    >>> t = trace(Network((Dense([[0.5, -0.3]], [0.1], "sigmoid"),)), [1, 2], [0])
    >>> '<html lang="zh-CN">' in stage_html(stagehand(t, "layer", "zh"))
    True
    """
    fitting, lang = _fitting(hand), hand.lang
    settings = (*settings_words(hand.trace, lang), _grain(hand, fitting))
    return Template(asset("export.html")).substitute(
        lang=TAGS[lang],
        title=escape(title or network_words(hand.trace, lang)),
        settings=escape(" · ".join(settings)),
        page_style=_page_style(),
        stage_style=stylesheet(),
        frame=HTML,
        buttons=_buttons(lang),
        keys=escape(_KEYS(lang)),
        lecture=_as_data(_lecture(fitting, digits)),
        script=_as_script(f"{script()}\n{asset('export.js')}"),
    )


def _fitting(hand: Stagehand) -> Stagehand:
    """Return the lecture in the finest granularity, up to its own, that fits into a file."""
    grains = list(GRANULARITIES)
    for grain in reversed(grains[: grains.index(hand.lecture.granularity) + 1]):
        lecture = Lecture(hand.trace, grain, hand.lecture.shown)
        if len(lecture) <= MOST_POSITIONS:
            return Stagehand(lecture, hand.lang, hand.sample, hand.right.trace if hand.right else None)
    raise InputError(
        Text("this lecture has too many steps for one file", "步骤太多，一个文件放不下"),
        Text("at most {}", "至多 {}").format(MOST_POSITIONS),
        len(lecture),
    )


def _grain(asked: Stagehand, made: Stagehand) -> str:
    """Return a sentence about the granularity of the steps, and why it is not as fine as was asked."""
    wanted, got = (GRANULARITIES[hand.lecture.granularity] for hand in (asked, made))
    if wanted == got:
        return _GRAIN.format(got)(asked.lang)
    return _COARSER.format(got, wanted, len(asked.lecture), MOST_POSITIONS)(asked.lang)


def _lecture(hand: Stagehand, digits: int) -> dict[str, Any]:
    """Return all data of the page: the keyframes, the words of every step, and the numbers of every position."""
    given = {"badge": "0", "title": GIVEN_TITLE(hand.lang), "why": GIVEN_WHY(hand.lang), "symbols": ""}
    return {
        "film": {"id": "film", "lecture": "lecture", **whole_film(hand)},
        "steps": [given, *(_words(hand, step) for step in hand.trace.steps)],
        "moments": [_numbers(hand, position, digits) for position in range(len(hand.lecture) + 1)],
    }


def _words(hand: Stagehand, step: Step) -> dict[str, str]:
    rule = step.rule
    return {
        "badge": short_name(step, hand.lang),
        "title": rule.title.format(l=step.layer)(hand.lang),
        "why": why(hand.trace, step)(hand.lang),
        "symbols": mathml(symbolic(hand.trace, step)),
    }


def _numbers(hand: Stagehand, position: int, digits: int) -> tuple[int, str, str]:
    """Return the index of a position's words, the equation with its numbers, and the arithmetic of one of them."""
    moment = hand.lecture.moment(position)
    if moment == GIVEN:
        return 0, "", ""
    step, known = hand.trace.steps[moment.step], partial(hand.lecture.happened, moment)
    shown = element(hand.lecture, moment, None, hand.sample)
    numbers = numeric(hand.trace, step, shown.ref.layer, known, digits)
    return moment.step + 1, mathml(numbers), mathml(arithmetic(hand.trace, step, shown, digits).to_tex())


def _page_style() -> str:
    grounds = palette.GROUNDS.items()
    colours = {f"{name}_{part}": colour for name, ground in grounds for part, colour in ground._asdict().items()}
    return Template(asset("export.css")).substitute(colours, font=FONT) + asset("transport.css") + mathml_stylesheet()


def _buttons(lang: str) -> str:
    buttons = TRANSPORT | {"step_play": (PLAY, PLAY_TIP)}
    button = '<div class="st-key-{}"><button type="button" title="{}">{}</button></div>'.format
    return "\n".join(button(key, escape(tip(lang)), escape(label(lang))) for key, (label, tip) in buttons.items())


def _as_data(content: object) -> str:
    """Return JSON that cannot end the script element in which it stands."""
    written = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return written.replace("</", r"<\/").replace("<!--", r"\u003c!--")


def _as_script(source: str) -> str:
    """Return a script whose strings and comments cannot end the element in which it stands."""
    return re.sub(r"<(/script|!--)", r"<\\\1", source, flags=re.IGNORECASE)
