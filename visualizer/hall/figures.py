"""Figures of the answers to a question: how often each was given, the right one marked."""

from textwrap import wrap

import plotly.graph_objects as go

from engine import InputError, Text
from engine.core import parse_number
from visualizer.hall.room import Room
from visualizer.writing import CLEAR, in_figure, number, palette, whole_numbers

_MOST_BARS, _MOST_BINS = 8, 12
_WIDEST, _MOST_LINES = 14, 3  # characters of a line below a bar
_ANSWERS, _VALUE = Text("answers", "人数"), Text("answer", "回答")
_HEIGHT = 240


def answers_figure(room: Room, lang: str) -> go.Figure:
    """Return the answers as bars; of numbers, a histogram, with a line at the right one once it is revealed."""
    asked = room.asked
    counts = room.tally()
    is_number = asked is not None and asked.kind == "number"
    figure = _histogram(room) if is_number else _bars(room, counts, lang)
    most = max(counts.values(), default=0) if not is_number else max(1, len(room.answers))
    figure.update_layout(
        height=_HEIGHT,
        margin={"l": 40, "r": 10, "t": 28, "b": 40},
        showlegend=False,
        bargap=0.15,
        font={"size": 16},
        uniformtext={"minsize": 14, "mode": "show"},
        xaxis={
            "title": {"text": _VALUE(lang), "standoff": 4},
            "tickfont": {"size": 15},
            "type": None if is_number else "category",
        },
        yaxis={"title": _ANSWERS(lang), "rangemode": "tozero", **whole_numbers(most)},
        **CLEAR,
    )
    return figure


def _bars(room: Room, counts: dict[str, int], lang: str) -> go.Figure:
    """Return a bar for each option; of many, for those given most often and the right one."""
    asked = room.asked
    if asked is None:
        return go.Figure()
    keys = list(counts)
    if len(keys) > _MOST_BARS:
        often = sorted(keys, key=lambda key: (-counts[key], key != asked.right))
        keys = [key for key in often if counts[key] or key == asked.right][:_MOST_BARS]
        keys += [asked.right] * (asked.right not in keys)
    labels = [_label(room.label_in(lang, key)) for key in keys]
    is_right = [room.revealed and key == asked.right for key in keys]
    texts = [f"{counts[key]} ✓" if right else str(counts[key]) for key, right in zip(keys, is_right, strict=True)]
    colours = [palette.RIGHT if right else palette.ZERO for right in is_right]
    marker = {"color": colours, "line": {"color": palette.RIGHT, "width": [3 * right for right in is_right]}}
    figure = go.Figure(
        go.Bar(
            x=keys,
            y=[counts[key] for key in keys],
            marker=marker,
            text=texts,
            textposition="outside",
            cliponaxis=False,
        )
    )
    return figure.update_xaxes(tickvals=keys, ticktext=labels)


def _label(text: str) -> str:
    """Return the words of an option below its bar: a few short lines, and no markup."""
    lines = wrap(text, _WIDEST, max_lines=_MOST_LINES, placeholder=" …")
    return "<br>".join(map(in_figure, lines))


def _histogram(room: Room) -> go.Figure:
    said = [value for answer in room.answers.values() if (value := _value(answer.text)) is not None]
    right = room.asked.question.value if room.revealed and room.asked and room.asked.question else None
    marked = [*said, *([] if right is None else [right])]
    low, high = min(marked, default=0.0), max(marked, default=1.0)
    width = (high - low or 1.0) / _MOST_BINS
    bins = {"start": low - width / 2, "end": high + width, "size": width}  # the numbers stand in the middle of theirs
    figure = go.Figure(go.Histogram(x=said, xbins=bins, marker={"color": palette.ZERO}))
    figure.update_xaxes(range=[low - width, high + width])
    if right is not None:
        words = {"annotation_text": f"✓ {number(right, 4)}", "annotation_position": "top"}
        figure.add_vline(x=right, line={"color": palette.RIGHT, "width": 4}, **words)
    return figure


def _value(text: str) -> float | None:
    try:
        return parse_number(text)
    except InputError:
        return None
