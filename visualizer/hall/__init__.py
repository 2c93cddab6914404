"""Hall of the rooms: a class follows a lecturer's stage in its own browsers, answers, and sees what is pointed at."""

from visualizer.hall.ask import ASK_SLIDE, KINDS, REVEAL, SLIDE, WITHDRAW
from visualizer.hall.figures import answers_figure
from visualizer.hall.hall import HALL
from visualizer.hall.link import address, qr_svg
from visualizer.hall.room import Room
from visualizer.hall.routes import routes
from visualizer.hall.shown import LessonStop, Shown

__all__ = [
    "ASK_SLIDE",
    "HALL",
    "KINDS",
    "REVEAL",
    "SLIDE",
    "WITHDRAW",
    "LessonStop",
    "Room",
    "Shown",
    "address",
    "answers_figure",
    "qr_svg",
    "routes",
]
