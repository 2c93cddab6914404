"""Keyframes of a lecture: the geometry once, and then, position by position, only the changes.

With them the browser steps without the server. Of a long lecture one chunk is made at a time, the part around
the present position.
"""

from typing import Any

from engine import Text
from engine.equations import PHASES
from visualizer.animation import as_data
from visualizer.drawing import DENSE, FULL, HEIGHT, WIDTH, Drawing, Edge, Node
from visualizer.equations import Access
from visualizer.lecture import Moment
from visualizer.scene.scene import SceneBuilder
from visualizer.scene.styles import Styles
from visualizer.writing import LEAVE, PAUSE

_BAR = {
    "again": Text("Play this step again (A)", "重播这一步（A）"),
    "position": Text("Position", "位置"),
    "speed": Text("Speed", "速度"),
    "motion": Text("motion", "动画"),
    "share": Text("Copy a link to exactly this", "复制指向此刻的链接"),
    "copied": Text("Link copied", "链接已复制"),
    "pause": PAUSE,
    "leave": LEAVE,
    "too_long": Text("Too many numbers for a link: save a file instead.", "数值太多，链接放不下：请保存为文件。"),
}
REEL, OVERLAP = 64, 24  # positions that lead to a chunk, and how far it reaches beyond them on either side


def chunk_of(position: int) -> int:
    """Return the number of the chunk of keyframes for a position."""
    return position // REEL


def keyframes(builder: SceneBuilder, number: int = 0) -> dict[str, Any]:
    """Return the geometry and the keyframes of one chunk.

    Returns
    -------
    dict
        `geometry` and `legend`; `frames`, of which the first shows everything and each other one what changes in it;
        `first`, the position of the first; `last`, the last position of the whole lecture; its `phases`; and the
        `words` of the bar below the drawing.
    """
    last = len(builder.lecture)
    return _cut(builder, max(0, number * REEL - OVERLAP), min(last, (number + 1) * REEL + OVERLAP))


def all_keyframes(builder: SceneBuilder) -> dict[str, Any]:
    """Return the geometry and the keyframes of the whole lecture in one chunk."""
    return _cut(builder, 0, len(builder.lecture))


def _cut(builder: SceneBuilder, first: int, stop: int) -> dict[str, Any]:
    looks: Styles = {}
    frames = [_frame(builder, position, looks, position == first) for position in range(first, stop + 1)]
    return {
        "geometry": geometry(builder.drawing),
        "legend": builder.legend(),
        "frames": frames,
        "first": first,
        "last": len(builder.lecture),
        "phases": [
            {"text": PHASES[name](builder.lang), "first": start, "stop": end}
            for name, start, end in builder.lecture.phases()
        ],
        "words": {name: words(builder.lang) for name, words in _BAR.items()},
    }


def _frame(builder: SceneBuilder, position: int, looks: Styles, whole: bool) -> dict[str, Any]:
    """Bring the styles up to a position, and return the keyframe of those that have changed."""
    moment = builder.lecture.moment(position)
    access, before = builder.access(position), builder.access(position - 1)
    items = builder.items if whole else builder.touched_by(access.touches | before.touches)
    new = {item: builder.look(item, moment, access) for item in items}
    changed = {item: look for item, look in new.items() if looks.get(item) != look}
    looks.update(changed)
    return {
        "spots": {item.id: list(look) for item, look in changed.items() if isinstance(item, Node)},
        "lines": {item.id: list(look) for item, look in changed.items() if isinstance(item, Edge)},
        "beats": [as_data(beat) for beat in builder.beats(moment)],
        "alt": builder.alt(moment, looks),
        **({"written": _written(builder, moment)} if builder.asking else {}),
    }


def _written(builder: SceneBuilder, moment: Moment) -> list[str]:
    """Return the ids of the elements that the latest step has written, where the marks are those of the next one."""
    access = Access(builder.lecture, moment)
    return [
        item.id for item in builder.touched_by(access.writes) if builder.look(item, moment, access).state == "write"
    ]


def geometry(shape: Drawing) -> dict[str, Any]:
    """Return the geometry, the part of every scene that does not change."""
    spots = [{"id": s.id, "kind": s.kind, "x": s.x, "y": s.y, "r": s.r, **_clicked(s)} for s in shape.spots.values()]
    lines = [
        {"id": line.id, "ends": line.ends, "label": line.label, "choose": line.id if line.ref else ""}
        for line in shape.lines
    ]
    size = {"width": WIDTH, "height": HEIGHT, "labelled": shape.detail == FULL, "dense": shape.detail == DENSE}
    return {**size, "tag": shape.tag._asdict(), "spots": spots, "lines": lines}


def _clicked(spot: Node) -> dict[str, Any]:
    """Return the effect of a click on a node: choose it, or show more of its layer."""
    return {"unfold": spot.ref.layer} if spot.kind == "fold" else {"choose": spot.id}
