"""The server of the rooms, one for all tests of this folder."""

import pytest

from tests.visualizer.hall.rooms import shown
from tests.visualizer.hall.serving import served
from visualizer.hall.hall import HALL


@pytest.fixture(scope="session")
def host():
    """The server's address."""
    with served() as address:
        yield address


@pytest.fixture
def led():
    """A room on the server that shows something; closed afterwards."""
    room = HALL.open()
    room.show(shown())
    yield room
    room.close()
    HALL.sweep()
