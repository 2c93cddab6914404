"""Room on the pages: opened, shown to a class, asked, and closed by whoever leads it."""

from visualizer.pages.hall.room import draw_open, draw_room, publish

__all__ = ["draw_open", "draw_room", "publish"]
