"""Meeting places on edges."""

from itertools import combinations

from visualizer.drawing import tag_of
from visualizer.drawing.label_layout import Obstacle
from visualizer.drawing.meeting import PLATES, meeting_places

FAN = [
    ("a", "n", (0.0, 0.0, 400.0, 100.0)),
    ("b", "n", (0.0, 100.0, 400.0, 100.0)),
    ("c", "n", (0.0, 200.0, 400.0, 100.0)),
]


def places(meeting, edges, side):
    found = []
    for (_, _, (x1, y1, x2, y2)), shares in zip(edges, meeting.shares, strict=True):
        found.append((x1 + shares[side] * (x2 - x1), y1 + shares[side] * (y2 - y1)))
    return found


def test_edges_to_one_neuron_meet_apart_and_each_from_its_own_source_in_its_middle():
    meeting = meeting_places(FAN, [], tag_of(18))
    assert meeting.tag == tag_of(18, *PLATES[0])
    for (x1, y1), (x2, y2) in combinations(places(meeting, FAN, 0), 2):
        assert abs(x1 - x2) >= meeting.tag.width or abs(y1 - y2) >= meeting.tag.height
    assert [shares[1] for shares in meeting.shares] == [0.58] * 3


def test_where_there_is_less_room_the_plate_is_smaller_and_a_node_is_not_covered():
    covers = [Obstacle(x, 100.0, 80.0, 150.0, plate=False) for x in (50.0, 290.0)]
    meeting = meeting_places(FAN, covers, tag_of(20))
    assert meeting.tag.size < 20
    free = meeting_places(FAN, covers[:1], tag_of(20))
    assert free.tag.size == 20


def test_a_product_takes_two_lines_before_its_type_is_smaller():
    covers = [Obstacle(x, 100.0, 90.0, 150.0, plate=False) for x in (20.0, 310.0)]
    one = [("a", "n", (0.0, 100.0, 400.0, 100.0))]
    meeting = meeting_places(one, covers, tag_of(20))
    assert meeting.tag == tag_of(20, *PLATES[1])
    assert meeting.tag.lines == 2
    assert meeting.tag.height > tag_of(20).height


def test_without_any_room_they_meet_in_the_middle_of_their_edge():
    meeting = meeting_places(FAN, [Obstacle(200.0, 100.0, 500.0, 500.0, plate=False)], tag_of(20))
    assert meeting.shares == [(0.5, 0.5)] * 3
