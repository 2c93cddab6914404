"""The page that renders: the pictures of a span as data, and the scripts that draw them and write the file.

A browser opens it out of sight, without a network.
"""

from pathlib import Path
from typing import Any

from markupsafe import Markup

from visualizer.exports import Subject, as_data, as_script, moment_words
from visualizer.rendering.record import Rendering
from visualizer.rendering.spans import Shot, shots_of
from visualizer.scene import chunk_of, keyframes
from visualizer.stage import HTML, document, script, stylesheet
from visualizer.state import choices

_TEMPLATE = Path(__file__).parent / "rendering.html"


def rendering_html(subject: Subject, rendering: Rendering, span: str) -> str:
    """Page whose `render` writes a span of the stage in a format.

    Raises
    ------
    InputError
        Where the span has too many steps.
    """
    return document(
        _TEMPLATE,
        subject.lang,
        title=subject.title,
        settings=" · ".join(subject.settings),
        stage_style=Markup(stylesheet()),
        frame=Markup(HTML),
        data=Markup(as_data(_data(shots_of(subject, span)))),
        scripts=[Markup(as_script(script(name))) for name in (f"files/{rendering.script}", "files/render")],
    )


def _data(shots: list[Shot]) -> dict[str, Any]:
    """Data of the page: each set of keyframes with its numbers once, and what every picture shows of which."""
    lectures: dict[tuple[Any, ...], dict[str, Any]] = {}
    for shot in shots:
        key = _lecture_of(shot)
        if key not in lectures:
            lectures[key] = _lecture(shot, len(lectures))
    places = list(lectures)
    return {
        "lectures": list(lectures.values()),
        "shots": [{"lecture": places.index(_lecture_of(shot)), **_picture(shot)} for shot in shots],
    }


def _lecture_of(shot: Shot) -> tuple[Any, ...]:
    """All that the keyframes of a picture and their numbers depend on."""
    model, view = shot.subject.spec.model, shot.subject.spec.view
    return model, view.granularity, view.sample, view.unfolded, chunk_of(shot.position)


def _lecture(shot: Shot, number: int) -> dict[str, Any]:
    builder = shot.subject.builder
    made = keyframes(builder.plan, chunk_of(shot.position))
    name = str(number)
    numbers = {"keyframes": made.data["id"], "lecture": name, "edition": name, "values": made.numbers(builder.values)}
    return {"keyframes": made.data, "numbers": numbers}


def _picture(shot: Shot) -> dict[str, Any]:
    """Position of a picture, its words and the cells of its equation."""
    builder, view = shot.subject.builder, shot.subject.spec.view
    chosen = choices(builder.drawing).get(view.chosen)
    words = moment_words(builder, shot.position, view.digits, chosen) | {"place": shot.place} | shot.instead()
    return {"position": shot.position, "plays": shot.plays, "chosen": view.chosen, "words": words}
