"""State of the stage: what is looked at, chosen, opened, asked for and saved."""

from visualizer.state import importing
from visualizer.state.beside import beside_of, model_beside
from visualizer.state.consequences import EDITED, along, consequences
from visualizer.state.elements import (
    Choice,
    choice_labels,
    choices,
    element,
    has_other_values,
    shown_by,
    to_come,
    value_of,
    with_start_values,
    with_value,
)
from visualizer.state.importing import Import
from visualizer.state.lesson_shown import lesson_id, lesson_of, own_lesson, slide_of
from visualizer.state.opening import from_epoch, from_image, left_out, started
from visualizer.state.portions import Portions
from visualizer.state.predict import TOLERANCE, Question, grade, question, slips
from visualizer.state.samples import MOST_PASTED, duplicated, with_pasted, without_sample
from visualizer.state.saved import faults_of, from_file, held_in, open_link, open_stop, stop_of, to_file, unknown_in
from visualizer.state.view import (
    DIGITS_ALLOWED,
    FIRST_STOP,
    LEFT_OUT,
    LONGEST_LINK,
    NAMES,
    Spec,
    View,
    shown_query,
    spec_to_query,
    told_left_out,
    view_to_query,
)

__all__ = [
    "DIGITS_ALLOWED",
    "EDITED",
    "FIRST_STOP",
    "LEFT_OUT",
    "LONGEST_LINK",
    "MOST_PASTED",
    "NAMES",
    "TOLERANCE",
    "Choice",
    "Import",
    "Portions",
    "Question",
    "Spec",
    "View",
    "along",
    "beside_of",
    "choice_labels",
    "choices",
    "consequences",
    "duplicated",
    "element",
    "faults_of",
    "from_epoch",
    "from_file",
    "from_image",
    "grade",
    "has_other_values",
    "held_in",
    "importing",
    "left_out",
    "lesson_id",
    "lesson_of",
    "model_beside",
    "open_link",
    "open_stop",
    "own_lesson",
    "question",
    "shown_by",
    "shown_query",
    "slide_of",
    "slips",
    "spec_to_query",
    "started",
    "stop_of",
    "to_come",
    "to_file",
    "told_left_out",
    "unknown_in",
    "value_of",
    "view_to_query",
    "with_pasted",
    "with_start_values",
    "with_value",
    "without_sample",
]
