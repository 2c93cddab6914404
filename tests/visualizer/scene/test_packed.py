"""Packed keyframes: the same contents, made once for one plan."""

import json
from gzip import decompress

from tests.visualizer.oracles import builder_of
from tests.visualizer.scene.test_keyframes import MODELS, edited
from visualizer.scene import keyframes, packed_keyframes

MODEL = next(iter(MODELS.values()))


def test_what_travels_is_what_was_made():
    plan = builder_of(MODEL).plan
    found = packed_keyframes(plan, 0)
    assert json.loads(decompress(found.packed)) == json.loads(json.dumps(keyframes(plan).data))
    assert found.id == keyframes(plan).data["id"]


def test_an_edit_is_shown_by_the_same_bytes_with_its_own_numbers():
    before, after = builder_of(MODEL), builder_of(edited(MODEL, -1.75))
    found = packed_keyframes(before.plan, 0)
    assert packed_keyframes(after.plan, 0) is found
    assert found.needs.numbers(before.values) == keyframes(before.plan).numbers(before.values)
    assert found.needs.numbers(before.values) != found.needs.numbers(after.values)
