import json
from functools import lru_cache

from engine.equations import PHASES
from tests.together import together
from tests.visualizer.oracles import CASES, LARGE, MODELS, builder_of
from visualizer.animation import as_data
from visualizer.drawing import Node
from visualizer.scene import all_keyframes, chunk_of, keyframes, scene_builder
from visualizer.scene.keyframes import OVERLAP, REEL, geometry

FILMS = [*CASES, ("5-6-3", "weight"), ("784-128-128-10", "neuron"), ("20-5-2", "weight")]
cases = together(FILMS)


@lru_cache
def builder(name, grain):
    return builder_of((MODELS | LARGE)[name], grain)


@lru_cache
def reels(name, grain):
    stage = builder(name, grain)
    return [keyframes(stage, number) for number in range(chunk_of(len(stage.lecture)) + 1)]


@lru_cache
def whole(name, grain):
    return all_keyframes(builder(name, grain))


def replayed(made):
    """The styles at every position of a chunk of keyframes, from its first frame on."""
    spots, lines = {}, {}
    for position, frame in enumerate(made["frames"], made["first"]):
        spots, lines = spots | frame["spots"], lines | frame["lines"]
        yield position, spots, lines, frame


def as_shown(scene):
    """The looks of spots and of lines, the words and the beats of a scene."""
    looks = [
        {item.id: list(look) for item, look in scene.looks.items() if isinstance(item, Node) == kind}
        for kind in (True, False)
    ]
    return *looks, scene.alt, [as_data(beat) for beat in scene.beats]


@cases
def test_a_film_played_frame_by_frame_shows_every_scene(name, grain):
    stage = builder(name, grain)
    shown = [as_shown(stage.scene(position)) for position in range(len(stage.lecture) + 1)]
    for made in (*reels(name, grain), whole(name, grain)):
        for position, spots, lines, frame in replayed(made):
            assert (spots, lines, frame["alt"], frame["beats"]) == shown[position]


@cases
def test_the_reels_hold_every_position_with_room_on_either_side(name, grain):
    stage = builder(name, grain)
    made, last = reels(name, grain), len(stage.lecture)
    for position in range(last + 1):
        own = made[chunk_of(position)]
        stop = own["first"] + len(own["frames"]) - 1
        assert own["first"] <= max(0, position - OVERLAP)
        assert stop >= min(last, position + OVERLAP)
        assert len(own["frames"]) <= REEL + 2 * OVERLAP + 1
    phases = [{"text": PHASES[name]("en"), "first": start, "stop": end} for name, start, end in stage.lecture.phases()]
    assert all((part["last"], part["phases"]) == (last, phases) for part in made)


@cases
def test_a_whole_film_holds_every_position_in_one_reel(name, grain):
    stage = builder(name, grain)
    made, (part, *_) = whole(name, grain), reels(name, grain)
    assert (made["first"], len(made["frames"])) == (0, len(stage.lecture) + 1)
    assert {key: made[key] for key in made if key != "frames"} == {key: part[key] for key in part if key != "frames"}


def test_some_cases_have_more_than_one_reel():
    assert [len(reels(*case)) > 1 for case in FILMS].count(True) >= 2


@cases
def test_only_what_changes_is_in_a_frame(name, grain):
    spots, lines = {}, {}
    for frame in reels(name, grain)[0]["frames"]:
        assert all(spots.get(key) != look for key, look in frame["spots"].items())
        assert all(lines.get(key) != look for key, look in frame["lines"].items())
        spots, lines = spots | frame["spots"], lines | frame["lines"]


@cases
def test_a_film_is_plain_data(name, grain):
    made = reels(name, grain)[0]
    back = json.loads(json.dumps(made, allow_nan=False))
    assert back["frames"] == made["frames"]


@together([*MODELS, *LARGE])
def test_the_geometry_names_all_that_the_frames_change(name):
    stage = builder(name, "layer")
    shape, first = geometry(stage.drawing), reels(name, "layer")[0]["frames"][0]
    assert [spot["id"] for spot in shape["spots"]] == list(first["spots"])
    assert [line["id"] for line in shape["lines"]] == list(first["lines"])
    chosen = [part["choose"] for part in (*shape["spots"], *shape["lines"]) if part.get("choose")]
    assert len(set(chosen)) == len(chosen)


def test_while_the_next_step_is_asked_for_a_frame_says_what_the_latest_has_written():
    usual, asking = (scene_builder(MODELS["mazur"].trace(), "layer", "en", asking=on) for on in (False, True))
    written = [frame["written"] for frame in all_keyframes(asking)["frames"]]
    for position, ids in enumerate(written):
        states = {item.id: look.state for item, look in usual.scene(position).looks.items()}
        assert sorted(ids) == sorted(i for i, state in states.items() if state == "write")
    assert not any("written" in frame for frame in all_keyframes(usual)["frames"])
