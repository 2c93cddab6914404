"""Limits of the rooms: how many, how large, how fast, how long; a variable of the environment sets another one."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from time import monotonic

_PREFIX = "BACKPROP_HALL_"
_RESERVE = 4.0  # seconds' worth of messages that may come at once


@dataclass(frozen=True)
class Limits:
    """Limits of the rooms of one server.

    Attributes
    ----------
    rooms : int
        Rooms that are open at a time.
    followers : int
        Followers in a room.
    message_bytes : int
        Length of a message from a browser.
    leader_rate, follower_rate : float
        Messages a second from a lecturer's and from a follower's browser; faster ones wait.
    minutes : float
        How long a room outlives its lecturer's leaving.
    strokes, points : int
        Strokes of the pen in a room, and points of a stroke.
    queue : int
        Messages that wait for a slow follower; after more of them it is told the whole instead.
    """

    rooms: int = 20
    followers: int = 300
    message_bytes: int = 65_536
    leader_rate: float = 20.0
    follower_rate: float = 2.0
    minutes: float = 30.0
    strokes: int = 60
    points: int = 400
    queue: int = 64


def limits_of(environment: Mapping[str, str] = os.environ) -> Limits:
    """Return the limits that an environment sets, as in `BACKPROP_HALL_FOLLOWERS=500`; what is no number is ignored.

    Examples
    --------
    >>> limits_of({"BACKPROP_HALL_FOLLOWERS": "500", "BACKPROP_HALL_ROOMS": "many"}).followers
    500
    """
    changed = {}
    for field in fields(Limits):
        usual = getattr(Limits, field.name)
        try:
            value = type(usual)(environment.get(_PREFIX + field.name.upper(), usual))
        except ValueError:
            continue
        if value > 0:
            changed[field.name] = value
    return Limits(**changed)


class Rate:
    """Rate of one sender: so many messages a second, with some in reserve; whoever is faster waits.

    Parameters
    ----------
    per_second : float
    clock : callable
        The time in seconds.
    """

    def __init__(self, per_second: float, clock: Callable[[], float] = monotonic) -> None:
        self.per_second, self._clock = per_second, clock
        self._left, self._at = _RESERVE * per_second, clock()

    def wait(self) -> float:
        """Take one message, and return the seconds until it may be read."""
        now = self._clock()
        self._left = min(_RESERVE * self.per_second, self._left + (now - self._at) * self.per_second) - 1
        self._at = now
        return max(0.0, -self._left / self.per_second)
