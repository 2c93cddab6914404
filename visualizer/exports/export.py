"""The HTML export of a lecture, one file without server or network: the live stage's script, styles and keyframes.

Beside the picture stand the words and the equation of every step, typeset beforehand as MathML.
"""

import json
import re
from functools import partial
from typing import Any, NamedTuple

from markupsafe import Markup

from engine import InputError, Step, Text
from visualizer.equations import arithmetic, matrices, mistakes_in, numeric, symbolic, why
from visualizer.lecture import GIVEN, GRANULARITIES, Lecture
from visualizer.scene import SceneBuilder, all_keyframes
from visualizer.stage import HTML, TEMPLATES, document, script, stylesheet
from visualizer.state import Choice, element, shown_by
from visualizer.writing import (
    DIGITS,
    GIVEN_TITLE,
    GIVEN_WHY,
    PLAY,
    PLAY_TIP,
    TRANSPORT,
    mathml,
    network_words,
    settings_words,
    short_name,
)

MOST_POSITIONS = 500  # about 4 MB, and 4 s to make
_GRAIN = Text("steps by {}", "{}步进")
_COARSER = Text(
    "steps by {}: by {} there would be {}, more than the {} that fit in one file",
    "{}步进（若{}步进，共 {} 步，超过一个文件可容纳的 {} 步）",
)
_WRONG = Text("deliberate mistake", "故意的错误")
_KEYS = Text(
    "Keys: → ← or Page Down/Page Up one step; Shift+arrow one phase; Home, End; Space play; A replay; P "
    "presentation mode.",
    "按键：→ ← 或 Page Down、Page Up 单步，Shift 加方向键按阶段，Home 与 End，空格播放，A 重播这一步，P 演示模式。",
)


def stage_html(builder: SceneBuilder, title: str = "", digits: int = DIGITS) -> str:
    """Return a lecture as one HTML page that can be opened from a disk, stepped through and projected.

    Parameters
    ----------
    builder : SceneBuilder
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
    >>> from visualizer import scene_builder
    >>> t = trace(Network((Dense([[0.5, -0.3]], [0.1], "sigmoid"),)), [1, 2], [0])
    >>> '<html lang="zh-CN">' in stage_html(scene_builder(t, "layer", "zh"))
    True
    """
    fitting, lang = _fitting(builder), builder.lang
    settings = (*settings_words(builder.trace, lang), _grain(builder, fitting))
    return document(
        TEMPLATES / "export.html",
        lang,
        title=title or network_words(builder.trace, lang),
        settings=" · ".join(settings),
        stage_style=Markup(stylesheet()),
        frame=Markup(HTML),
        buttons=_buttons(lang),
        keys=_KEYS(lang),
        lecture=Markup(as_data(_lecture(fitting, digits))),
        script=Markup(as_script(script("files/export"))),
    )


def _fitting(builder: SceneBuilder) -> SceneBuilder:
    """Return the lecture in the finest granularity, up to its own, that fits into a file."""
    grains = list(GRANULARITIES)
    for grain in reversed(grains[: grains.index(builder.lecture.granularity) + 1]):
        lecture = Lecture(builder.trace, grain, builder.lecture.shown)
        if len(lecture) <= MOST_POSITIONS:
            return SceneBuilder(lecture, builder.lang, builder.sample, builder.right)
    raise InputError(
        Text("too many steps for one file", "步骤太多，一个文件放不下"),
        Text("at most {}", "至多 {}").format(MOST_POSITIONS),
        len(lecture),
    )


def _grain(asked: SceneBuilder, made: SceneBuilder) -> str:
    """Return a sentence about the granularity of the steps, and why it is not as fine as was asked."""
    wanted, got = (GRANULARITIES[builder.lecture.granularity] for builder in (asked, made))
    if wanted == got:
        return _GRAIN.format(got)(asked.lang)
    return _COARSER.format(got, wanted, len(asked.lecture), MOST_POSITIONS)(asked.lang)


def _lecture(builder: SceneBuilder, digits: int) -> dict[str, Any]:
    """Return all data of the page: the keyframes, the words of every step, and the numbers of every position."""
    made = all_keyframes(builder.plan)
    given = {"badge": "0", "title": GIVEN_TITLE(builder.lang), "why": GIVEN_WHY(builder.lang), "symbols": ""}
    return {
        "keyframes": made.data,
        "numbers": {
            "keyframes": made.data["id"],
            "lecture": "lecture",
            "edition": "",
            "values": made.numbers(builder.values),
        },
        "steps": [given, *(step_words(builder, step) for step in builder.trace.steps)],
        "moments": [_numbered(builder, position, digits) for position in range(len(builder.lecture) + 1)],
    }


def step_words(builder: SceneBuilder, step: Step) -> dict[str, str]:
    """Return the words of a step and its equation, by their place on the page."""
    rule = step.rule
    return {
        "badge": short_name(step, builder.lang),
        "title": rule.title.format(l=step.layer)(builder.lang),
        "why": why(builder.trace, step)(builder.lang),
        "symbols": mathml(symbolic(builder.trace, step)),
    }


def _numbered(builder: SceneBuilder, position: int, digits: int) -> tuple[int, str, str, dict[str, Any]]:
    """Index of a position's words, the equation with its numbers, the arithmetic of one of them, and their cells."""
    moment, cells = builder.lecture.moment(position), equation_cells(builder, position, digits)._asdict()
    if moment == GIVEN:
        return 0, "", "", cells
    return moment.step + 1, *moment_numbers(builder, position, digits), cells


def moment_numbers(builder: SceneBuilder, position: int, digits: int, chosen: Choice | None = None) -> tuple[str, str]:
    """Return the equation of a position's step with its numbers, and the arithmetic of one of them, as MathML."""
    moment = builder.lecture.moment(position)
    step, known = builder.trace.steps[moment.step], partial(builder.lecture.happened, moment)
    shown = element(builder.lecture, moment, chosen, builder.sample)
    numbers = numeric(builder.trace, step, shown.ref.layer, known, digits)
    return mathml(numbers), mathml(arithmetic(builder.trace, step, shown, digits).to_tex())


def moment_words(builder: SceneBuilder, position: int, digits: int, chosen: Choice | None = None) -> dict[str, Any]:
    """Return all words of a position by their place, and the cells of its `equation`.

    They are those of the latest step, or of what was given.
    """
    moment, lang = builder.lecture.moment(position), builder.lang
    if moment == GIVEN:
        settings = (network_words(builder.trace, lang), *settings_words(builder.trace, lang))
        why = "\n".join((*settings, GIVEN_WHY(lang)))
        return {"badge": "0", "title": GIVEN_TITLE(lang), "why": why, "symbols": "", "numbers": "", "worked": ""}
    step = builder.trace.steps[moment.step]
    numbers, worked = moment_numbers(builder, position, digits, chosen)
    cells = equation_cells(builder, position, digits, chosen)._asdict()
    wrong = _WRONG(lang) if builder.right and mistakes_in(builder.trace, step) else ""
    return {**step_words(builder, step), "numbers": numbers, "worked": worked, "wrong": wrong, "equation": cells}


class EquationCells(NamedTuple):
    """Ids, in the drawing, of the cells of the equation's matrices, and of the number whose arithmetic is shown.

    The cells of a matrix are one text: its rows are parted by |, their cells by spaces.
    """

    cells: list[str]
    worked: str


def equation_cells(builder: SceneBuilder, position: int, digits: int, chosen: Choice | None = None) -> EquationCells:
    """Return the cells of the equation of a position's step."""
    moment, trace = builder.lecture.moment(position), builder.trace
    if moment == GIVEN:
        return EquationCells([], "")
    shown = element(builder.lecture, moment, chosen, builder.sample)
    cells = [
        "|".join(" ".join("" if i is None or j is None else shown_by(ref, i, j) for j in columns) for i in rows)
        for ref, rows, columns in matrices(trace, trace.steps[moment.step], shown.ref.layer, digits)
    ]
    row, column, *_ = (*shown.indices, 0, 0)
    return EquationCells(cells, shown_by(shown.ref, row, column))


def _buttons(lang: str) -> list[tuple[str, str, str]]:
    """Key, label and tip of every button."""
    buttons = TRANSPORT | {"step_play": (PLAY, PLAY_TIP)}
    return [(key, label(lang), tip(lang)) for key, (label, tip) in buttons.items()]


def as_data(content: object) -> str:
    """Return JSON that cannot end the script element in which it stands."""
    written = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return written.replace("</", r"<\/").replace("<!--", r"\u003c!--")


def as_script(source: str) -> str:
    """Return a script whose strings and comments cannot end the element in which it stands."""
    return re.sub(r"<(/script|!--)", r"<\\\1", source, flags=re.IGNORECASE)
