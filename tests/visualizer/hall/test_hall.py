"""The rooms of a server: opened, found, led, and ended."""

import pytest

from engine import InputError
from visualizer.hall.hall import Hall
from visualizer.hall.limits import Limits
from visualizer.hall.link import new_code, new_token


def test_a_room_is_found_by_its_code_and_led_by_its_token():
    hall = Hall(Limits())
    one, other = hall.open(), hall.open()
    assert hall.find(one.code) is one
    assert hall.led_by(one.code, one.token) is one
    for wrong in ("", other.token, one.token[:-1], "密码"):
        assert hall.led_by(one.code, wrong) is None
    assert hall.find("") is None


def test_the_same_code_and_token_open_the_same_room_here_and_on_a_server_started_anew():
    hall, code, token = Hall(Limits()), new_code(), new_token()
    room = hall.open(code, token)
    assert (room.code, room.token) == (code, token)
    assert hall.open(code, token) is room


@pytest.mark.parametrize(("code", "token"), [("K7M2QX", "short"), ("no code", "t" * 22), ("../../x", "t" * 22)])
def test_a_code_or_a_token_of_another_form_is_not_taken(code, token):
    room = Hall(Limits()).open(code, token)
    assert room.code != code
    assert room.token != token


def test_a_room_of_somebody_else_is_not_taken_over():
    hall = Hall(Limits())
    room = hall.open()
    other = hall.open(room.code, new_token())
    assert other is not room
    assert other.code != room.code
    assert hall.find(room.code) is room


def test_there_are_so_many_rooms_and_one_that_ends_makes_place():
    hall = Hall(Limits(rooms=3))
    rooms = [hall.open() for _ in range(3)]
    with pytest.raises(InputError):
        hall.open()
    rooms[1].close()
    assert hall.find(rooms[1].code) is None
    assert hall.open().code not in {room.code for room in rooms}
