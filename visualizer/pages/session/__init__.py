"""Session of a reader: one record, the state of the stage, the lab, addresses, drafts; and the server's garbage."""

from visualizer.pages.session import lab_session, state
from visualizer.pages.session.address import choice, draw_address, draw_left_out, go
from visualizer.pages.session.drafts import clear, draw_drafts, keep, restore, texts
from visualizer.pages.session.garbage import keep_clean
from visualizer.pages.session.lab_session import (
    Shown,
    answer,
    change,
    changing,
    draw_epoch,
    draw_kept_runs,
    lab,
    look_at,
    look_at_latest,
    query,
    question,
    shown,
    taking,
    train,
)
from visualizer.pages.session.parts import Answer, Drawn, Held, Quiz, Tables
from visualizer.pages.session.session import close_folder, is_fragment_run, session, widget_value
from visualizer.pages.session.state import PREDICTION, ROOM
from visualizer.pages.session.turns import in_turns

__all__ = [
    "PREDICTION",
    "ROOM",
    "Answer",
    "Drawn",
    "Held",
    "Quiz",
    "Shown",
    "Tables",
    "answer",
    "change",
    "changing",
    "choice",
    "clear",
    "close_folder",
    "draw_address",
    "draw_drafts",
    "draw_epoch",
    "draw_kept_runs",
    "draw_left_out",
    "go",
    "in_turns",
    "is_fragment_run",
    "keep",
    "keep_clean",
    "lab",
    "lab_session",
    "look_at",
    "look_at_latest",
    "query",
    "question",
    "restore",
    "session",
    "shown",
    "state",
    "taking",
    "texts",
    "train",
    "widget_value",
]
