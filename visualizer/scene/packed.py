"""Keyframes as they travel to a browser: JSON, packed once for all edits, readers and rooms of the same shape."""

import json
from functools import lru_cache
from gzip import compress
from typing import NamedTuple

from visualizer.scene.keyframes import Keyframes, keyframes
from visualizer.scene.plan import Plan

_MANY = 128  # chunks that are kept, of up to some 70 KB each


class PackedKeyframes(NamedTuple):
    """Chunk of keyframes, the same for all numbers: its id, the values that it needs, and packed JSON."""

    id: str
    needs: Keyframes
    packed: bytes


@lru_cache(maxsize=_MANY)
def packed_keyframes(plan: Plan, number: int) -> PackedKeyframes:
    """Return one chunk of keyframes, the same for all that have the same plan."""
    made = keyframes(plan, number)
    return PackedKeyframes(made.data["id"], made._replace(data={}), gzipped_json(made.data))


def gzipped_json(content: object) -> bytes:
    """Return JSON, packed with gzip."""
    return compress(json_text(content).encode(), 6, mtime=0)


def json_text(content: object) -> str:
    """Return JSON without spaces."""
    return json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
