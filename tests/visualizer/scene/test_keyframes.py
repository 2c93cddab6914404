import json
from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest

from engine.equations import PHASES
from engine.mistakes import MISTAKES
from tests.together import together
from tests.visualizer.browser_numbers import written_by_the_browser
from tests.visualizer.oracles import CASES, LARGE, MODELS, builder_of
from visualizer.animation import curves
from visualizer.drawing import Node
from visualizer.scene import all_keyframes, chunk_of, keyframes, scene_builder
from visualizer.scene.keyframes import OVERLAP, REEL, geometry

NAMES = [*CASES, ("5-6-3", "weight"), ("784-128-128-10", "neuron"), ("20-5-2", "weight")]
MISTAKEN = [("3-4-2", "layer", mistake) for mistake in MISTAKES]
cases = together(NAMES)


@lru_cache
def builder(name, grain, mistake=""):
    model = (MODELS | LARGE)[name]
    if not mistake:
        return builder_of(model, grain)
    model = replace(model, mistakes=(mistake,))
    return scene_builder(model.trace(), grain, "en", right=model.right.trace())


@lru_cache
def chunks_of(name, grain):
    stage = builder(name, grain)
    return [keyframes(stage.plan, number).data for number in range(chunk_of(len(stage.lecture)) + 1)]


@lru_cache
def whole(name, grain):
    return all_keyframes(builder(name, grain).plan).data


def replayed(made, frames):
    """The styles at every position of a chunk of keyframes, from its first frame on."""
    nodes, edges = {}, {}
    for position, frame in enumerate(frames, made["first"]):
        nodes, edges = nodes | frame["nodes"], edges | frame["edges"]
        yield position, nodes, edges, frame


def as_shown(scene, stage):
    """The looks of nodes and of edges, the animation and the title of a scene, as they come out of JSON."""
    drawn = curves(stage.trace.given.activations)
    looks = [
        {item.id: list(look) for item, look in scene.looks.items() if isinstance(item, Node) == kind}
        for kind in (True, False)
    ]
    animation = [
        {
            "moves": phase.moves,
            "notes": dict(phase.notes),
            "arrive": phase.arrive,
            "pace": round(phase.pace, 3),
            "side": phase.side,
            "lights": phase.lights,
            "curves": {
                name: {"values": drawn[of], "at": stage.values.of(at)} for name, (of, at) in phase.curves.items()
            },
        }
        for phase in scene.animation
    ]
    return json.loads(json.dumps([*looks, animation]))


def assert_played(made):
    """Assert that keyframes, each with its numbers and the builder of its scenes, show these scenes in the browser."""
    sent = [{"keyframes": one.data, "values": one.numbers(stage.values)} for one, stage in made]
    for (one, stage), frames in zip(made, written_by_the_browser(keyframes=sent)["keyframes"], strict=True):
        for position, nodes, edges, frame in replayed(one.data, frames):
            scene = stage.scene(position)
            assert [nodes, edges, frame["animation"]] == as_shown(scene, stage)
            assert scene.alt.startswith(frame["title"])


@pytest.mark.parametrize("names", [NAMES[::2], NAMES[1::2], MISTAKEN], ids=["one half", "the other", "mistaken"])
def test_keyframes_played_frame_by_frame_in_the_browser_shows_every_scene(names):
    stages = [builder(*case) for case in names]
    chunks = [[keyframes(s.plan, n) for n in range(chunk_of(len(s.lecture)) + 1)] for s in stages]
    assert_played([(one, s) for s, made in zip(stages, chunks, strict=True) for one in (*made, all_keyframes(s.plan))])


def edited(model, factor):
    """A model with all of its numbers changed, and nothing of its shape; targets of a softmax still come to 1."""
    x = tuple(tuple(factor * value for value in row) for row in model.x)
    network = model.network()
    net = network.theta.copy()
    net[: network.architecture.parameters] *= factor
    y = model.y if sum(model.y[0]) == pytest.approx(1) else tuple(tuple(0.9 * v for v in row) for row in model.y)
    return replace(model, x=x, y=y, net=tuple(net.tolist()), eta=0.123 * abs(factor))


@together(list(MODELS))
def test_an_edit_leaves_the_plan_and_the_keyframes_as_they_are(name):
    model = MODELS[name]
    one, other = builder_of(model), builder_of(edited(model, -1.75))
    assert one.plan == other.plan
    assert hash(one.plan) == hash(other.plan)
    assert keyframes(one.plan) == keyframes(other.plan)
    assert keyframes(one.plan).numbers(one.values) != keyframes(one.plan).numbers(other.values)
    assert other.scene(3).alt != one.scene(3).alt


def test_keyframes_made_for_other_numbers_show_the_scenes_of_an_edit():
    made = [
        (all_keyframes(builder_of(m).plan), builder_of(edited(m, factor)))
        for m in MODELS.values()
        for factor in (-1, 2e3)
    ]
    with np.errstate(all="ignore"):
        assert_played(made)


@cases
def test_the_chunks_hold_every_position_with_room_on_either_side(name, grain):
    stage = builder(name, grain)
    made, last = chunks_of(name, grain), len(stage.lecture)
    for position in range(last + 1):
        own = made[chunk_of(position)]
        stop = own["first"] + len(own["frames"]) - 1
        assert own["first"] <= max(0, position - OVERLAP)
        assert stop >= min(last, position + OVERLAP)
        assert len(own["frames"]) <= REEL + 2 * OVERLAP + 1
    phases = [{"text": PHASES[name]("en"), "first": start, "stop": end} for name, start, end in stage.lecture.phases()]
    assert all((part["last"], part["phases"]) == (last, phases) for part in made)


@cases
def test_whole_keyframes_hold_every_position_in_one_chunk(name, grain):
    stage = builder(name, grain)
    made, (part, *_) = whole(name, grain), chunks_of(name, grain)
    assert (made["first"], len(made["frames"])) == (0, len(stage.lecture) + 1)
    own = ("id", "frames", "places")  # numbered as they come
    assert {key: made[key] for key in made if key not in own} == {key: part[key] for key in part if key not in own}


def test_keyframes_that_are_made_twice_at_once_have_the_same_id_and_others_have_another():
    plan = builder("mazur", "layer").plan
    assert keyframes(plan).data["id"] == keyframes(plan).data["id"]
    assert keyframes(plan).data["id"] != keyframes(builder("mazur", "neuron").plan).data["id"]


def test_some_cases_have_more_than_one_chunk():
    assert [len(chunks_of(*case)) > 1 for case in NAMES].count(True) >= 2


@cases
def test_only_what_changes_is_in_a_frame(name, grain):
    nodes, edges = {}, {}
    for frame in chunks_of(name, grain)[0]["frames"]:
        assert all(nodes.get(key) != look for key, look in frame["nodes"].items())
        assert all(edges.get(key) != look for key, look in frame["edges"].items())
        nodes, edges = nodes | frame["nodes"], edges | frame["edges"]


@cases
def test_keyframes_are_plain_data(name, grain):
    made = chunks_of(name, grain)[0]
    back = json.loads(json.dumps(made, allow_nan=False))
    assert back["frames"] == made["frames"]


@together([*MODELS, *LARGE])
def test_the_geometry_names_all_that_the_frames_change(name):
    stage = builder(name, "layer")
    shape, first = geometry(stage.drawing), chunks_of(name, "layer")[0]["frames"][0]
    assert [node["id"] for node in shape["nodes"]] == list(first["nodes"])
    assert [edge["id"] for edge in shape["edges"]] == list(first["edges"])
    chosen = [part["choose"] for part in (*shape["nodes"], *shape["edges"]) if part.get("choose")]
    assert len(set(chosen)) == len(chosen)


def test_while_the_next_step_is_asked_for_a_frame_says_what_the_latest_has_written():
    usual, asking = (scene_builder(MODELS["mazur"].trace(), "layer", "en", asking=on) for on in (False, True))
    written = [frame["written"] for frame in all_keyframes(asking.plan).data["frames"]]
    for position, ids in enumerate(written):
        states = {item.id: look.state for item, look in usual.scene(position).looks.items()}
        assert sorted(ids) == sorted(i for i, state in states.items() if state == "write")
    assert not any("written" in frame for frame in all_keyframes(usual.plan).data["frames"])
