"""Keyframes of a lecture: the geometry once, and then, position by position, only the changes.

With them the browser steps without the server. Of a long lecture one chunk is made at a time, the part around the
present position. Keyframes hold no numbers: they say which value stands where and how it is written, and so serve
every edit and every iteration; the values travel apart, as one vector.
"""

import json
from base64 import b64encode
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from engine import Text
from engine.core import digest
from engine.equations import PHASES
from visualizer.animation import AnimationPhase, curves
from visualizer.drawing import DENSE, DESK, FULL, HALL, WIDTH, Drawing, Node, Proportions
from visualizer.equations import Access
from visualizer.lecture import Moment, Placeholder, Source, Values, Words, as_rules
from visualizer.scene.plan import Plan
from visualizer.scene.templates import EdgeTemplate, NodeTemplate, Shade, Templates, thickest
from visualizer.writing import LEAVE, PAUSE, RULES

_BAR = {
    "again": Text("Replay this step (A)", "重播这一步（A）"),
    "position": Text("Position", "位置"),
    "speed": Text("Speed", "速度"),
    "motion": Text("animation", "动画"),
    "share": Text("Copy a link to this step", "复制指向此刻的链接"),
    "copied": Text("Link copied", "链接已复制"),
    "pause": PAUSE,
    "leave": LEAVE,
    "coming": Text("Next:", "接下来："),
    "too_long": Text("Too many numbers for a link. Save to a file instead.", "数值太多，链接放不下：请保存为文件。"),
}
REEL, OVERLAP = 64, 24  # positions that lead to a chunk, and how far it reaches beyond them on either side


class Keyframes(NamedTuple):
    """Keyframes of a chunk.

    Attributes
    ----------
    data : dict
        What the browser reads: `id`, the same for equal contents; `geometry`, and the same in the proportions of a
        `hall`; `legend`, `rules` and `thick`, by which numbers are written; `places`, of which each is a way of
        writing, the indices of its values, and what stands before and after it; `frames`, of which the first shows
        everything and each other one what changes in it; `first`, the position of the first; `last`, the last
        position of the whole lecture; its `phases`; and the `words` of the bar below the drawing.
    sources : tuple of Source
        The values that are referred to, in the order of their indices.
    """

    data: dict[str, Any]
    sources: tuple[Source, ...]

    def numbers(self, values: Values) -> str:
        """Return the values of a pass for these keyframes: float64, little-endian, in Base64."""
        return b64encode(np.array([values.of(source) for source in self.sources], "<f8").tobytes()).decode()


def chunk_of(position: int) -> int:
    """Return the number of the chunk of keyframes for a position."""
    return position // REEL


def keyframes(plan: Plan, number: int = 0) -> Keyframes:
    """Return the geometry and the keyframes of one chunk."""
    last = len(plan.lecture)
    return _Cutter(plan).cut(max(0, number * REEL - OVERLAP), min(last, (number + 1) * REEL + OVERLAP))


def all_keyframes(plan: Plan) -> Keyframes:
    """Return the geometry and the keyframes of the whole lecture in one chunk."""
    return _Cutter(plan).cut(0, len(plan.lecture))


class _Cutter:
    """Cutter of a chunk: it numbers values and placeholders as they come."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.sources: dict[Source, int] = {}
        self.places: dict[Placeholder, int] = {}

    def cut(self, first: int, stop: int) -> Keyframes:
        """Return the keyframes from a position to another."""
        plan, looks = self.plan, Templates()
        frames = [self._frame(position, looks, position == first) for position in range(first, stop + 1)]
        data = {
            "geometry": geometry(plan.drawing),
            "hall": geometry(plan.hall, HALL),
            "legend": plan.legend(),
            "rules": RULES | as_rules(),
            "thick": thickest(plan.drawing.detail == DENSE),
            "curves": curves(plan.lecture.trace.given.activations),
            "places": [
                [place.way, [self._source(s) for s in place.sources], place.before, place.after]
                for place in self.places
            ],
            "frames": frames,
            "first": first,
            "last": len(plan.lecture),
            "phases": [
                {"text": PHASES[name](plan.lang), "first": start, "stop": end}
                for name, start, end in plan.lecture.phases()
            ],
            "words": {name: words(plan.lang) for name, words in _BAR.items()},
        }
        # of the contents: two threads that make the same keyframes at once, on a server that has just started, agree
        return Keyframes({"id": digest([json.dumps(data)]), **data}, tuple(self.sources))

    def _frame(self, position: int, looks: Templates, whole: bool) -> dict[str, Any]:
        """Bring the templates up to a position, and return the keyframe of those that have changed."""
        plan, moment = self.plan, self.plan.lecture.moment(position)
        access, before = plan.access(position), plan.access(position - 1)
        items = plan.items if whole else plan.touched_by(access.touches | before.touches)
        new = {item: plan.template(item, moment, access) for item in items}
        changed = {item: look for item, look in new.items() if looks.get(item) != look}
        looks.update(changed)
        return {
            "nodes": {item.id: self._node(look) for item, look in changed.items() if isinstance(look, NodeTemplate)},
            "edges": {item.id: self._edge(look) for item, look in changed.items() if isinstance(look, EdgeTemplate)},
            "animation": [self._phase(phase) for phase in plan.animation(moment)],
            "title": plan.title(moment),
            "kind": plan.kind(moment),
            **({"written": _written(plan, moment)} if plan.asking else {}),
        }

    def _node(self, look: NodeTemplate) -> list[Any]:
        words = [self._words(look.value), self._words(look.detail)]
        return [look.name, *words, look.state, *map(self._indices, (look.shade, look.mask, look.right))]

    def _edge(self, look: EdgeTemplate) -> list[Any]:
        return [look.name, self._words(look.label), look.state, *map(self._indices, (look.shade, look.right))]

    def _phase(self, phase: AnimationPhase) -> dict[str, Any]:
        """Return a phase as it is sent: what is as usual is left out."""
        moves = [[start, stop, self._texts(texts)] for start, stop, texts in phase.moves]
        curves = {name: [curve.name, self._source(curve.at)] for name, curve in phase.curves.items()}
        rest = {"arrive": list(phase.arrive), "lights": list(phase.lights), "curves": curves, "side": phase.side}
        pace = {"pace": round(phase.pace, 3)} if phase.pace != 1 else {}
        return {"moves": moves, "notes": self._texts(phase.notes), **pace, **{k: v for k, v in rest.items() if v}}

    def _texts(self, texts: Mapping[str, Words]) -> dict[str, Any]:
        return {name: self._words(words) for name, words in texts.items()}

    def _words(self, words: Words) -> Any:
        """Return a text, the index of a placeholder, or a list of both."""
        if isinstance(words, Placeholder):
            return self.places.setdefault(words, len(self.places))
        return words if isinstance(words, str) else [self._words(part) for part in words]

    def _indices(self, of: Shade | Source | None) -> Any:
        """Return the index of a value, both of a shade, or None."""
        if isinstance(of, Shade):
            return [self._source(source) for source in of]
        return None if of is None else self._source(of)

    def _source(self, of: Source) -> int:
        return self.sources.setdefault(of, len(self.sources))


def _written(plan: Plan, moment: Moment) -> list[str]:
    """Return the ids of the elements that the latest step has written, where the marks are those of the next one."""
    access = Access(plan.lecture, moment)
    touched = plan.touched_by(access.writes)
    return [item.id for item in touched if plan.template(item, moment, access).state == "write"]


def geometry(shape: Drawing, form: Proportions = DESK) -> dict[str, Any]:
    """Return the geometry, the part of every scene that does not change."""
    nodes = [{"id": s.id, "kind": s.kind, "x": s.x, "y": s.y, "r": s.r, **_clicked(s)} for s in shape.nodes.values()]
    edges = [
        {
            "id": edge.id,
            "ends": edge.ends,
            "label": edge.label,
            "choose": edge.id if edge.ref else "",
            "meet": edge.meet,
        }
        for edge in shape.edges
    ]
    size = {"width": WIDTH, "height": form.height, "least": form.least, "number": form.number}
    detail = {"labelled": shape.detail == FULL, "dense": shape.detail == DENSE}
    tags = {"tag": shape.tag._asdict(), "meeting": shape.meeting._asdict()}
    return {**size, **detail, **tags, "nodes": nodes, "edges": edges}


def _clicked(node: Node) -> dict[str, Any]:
    """Return the effect of a click on a node: choose it, or show more of its layer."""
    return {"unfold": node.ref.layer} if node.kind == "fold" else {"choose": node.id}
