"""The hall: all rooms of a server, by their codes."""

from secrets import compare_digest
from threading import Lock

from engine import InputError, Text
from visualizer.hall.limits import Limits, limits_of
from visualizer.hall.link import is_code, is_token, new_code, new_token
from visualizer.hall.room import Room

_FULL = Text("all rooms of this server are taken", "此服务器上的课堂已满")
_LATER = Text(
    "at most {} at a time; a room closes {} minutes after its lecturer has left",
    "同时至多 {} 间；教师离开 {} 分钟后自动关闭",
)


class Hall:
    """Hall of a server.

    Parameters
    ----------
    limits : Limits
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._rooms: dict[str, Room] = {}
        self._lock = Lock()

    def open(self, code: str = "", token: str = "") -> Room:
        """Open a room, or the same again whose code and token the lecturer's browser has kept.

        Raises
        ------
        InputError
            Where there are too many.
        """
        self.sweep()
        with self._lock:
            room = self._rooms.get(code)
            if room and compare_digest(room.token.encode(), token.encode()):
                return room
            if len(self._rooms) >= self.limits.rooms:
                allowed = _LATER.format(self.limits.rooms, f"{self.limits.minutes:g}")
                raise InputError(_FULL, allowed, len(self._rooms))
            if room or not (is_code(code) and is_token(token)):
                code, token = new_code(), new_token()
                while code in self._rooms:
                    code = new_code()
            self._rooms[code] = room = Room(code, token, self.limits)
        return room

    def find(self, code: str) -> Room | None:
        """Return the room with a code."""
        self.sweep()
        return self._rooms.get(code)

    def led_by(self, code: str, token: str) -> Room | None:
        """Return the room with a code, for the one who leads it."""
        room = self.find(code)
        return room if room and compare_digest(room.token.encode(), token.encode()) else None

    def sweep(self) -> None:
        """Close the rooms whose lecturers have left."""
        with self._lock:
            over = [room for room in self._rooms.values() if room.is_over]
            for room in over:
                del self._rooms[room.code]
        for room in over:
            room.close()


HALL = Hall(limits_of())
