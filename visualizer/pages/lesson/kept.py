"""Lessons that the reader makes or has opened: they stand among the drafts, so that a reload loses none.

Callbacks put them there, each in one statement. What a browser hands over may be anything: where it is no lesson, there
is none.
"""

from engine import InputError
from visualizer.lessons import Lesson
from visualizer.pages.session import draw_drafts, keep, state, texts
from visualizer.state import lesson_id, open_stop, own_lesson, stop_of
from visualizer.teaching import EMPTY, OWN, editable, packed, unpacked

_DRAFT, _BEFORE, _OPENED, _MAKER = "lesson draft", "lesson draft before", "lesson opened", "lesson maker"
_PIECE = 6_000  # characters: a browser keeps no longer text


def draft() -> Lesson:
    """Return the lesson that is being made, empty at first."""
    return _lesson(_word(_DRAFT))


def put(lesson: Lesson, selected: str | None = None) -> None:
    """Let a lesson take the place of the draft, and of the slide that is selected; one step can be taken back."""
    word = packed(lesson)
    _put_word(_BEFORE, _word(_DRAFT))
    _put_word(_DRAFT, word)
    if selected is not None:
        keep(_MAKER, {"at": selected})


def take_back() -> None:
    """Return to the draft before the last change; once more undoes that."""
    before, now = _word(_BEFORE), _word(_DRAFT)
    _put_word(_BEFORE, now)
    _put_word(_DRAFT, before)


def has_before() -> bool:
    """Whether there is a change to be taken back."""
    return bool(_word(_BEFORE))


def is_making() -> bool:
    """Whether the maker of a lesson is open; while a lesson is given, it waits."""
    return "open" in texts(_MAKER) and not state.view().lesson


def open_maker(is_open: bool) -> None:
    """Open or close the maker."""
    keep(_MAKER, {"open": "1" if is_open else ""})


def selected() -> str:
    """Return the name of the slide that is being written; the last one where none is chosen, "" where there is none."""
    names, at = draft().names, texts(_MAKER).get("at", "")
    return at if at in names else names[-1] if names else ""


def select(name: str) -> None:
    """Choose the slide to be written, and show what it shows."""
    lesson = draft()
    if name in lesson.names:
        keep(_MAKER, {"at": name})
        state.open_spec(open_stop(lesson, lesson.place(name), state.view().lang), [])


def give(word: str, number: int = 1) -> None:
    """Open a lesson of one's own at a stop; it stays in the menu."""
    opened = stop_of(OWN, number, state.view().lang, word)
    _put_word(_OPENED, word)
    state.open_spec(opened, [])


def give_draft(number: int) -> None:
    """Open the draft as a lesson, at a stop."""
    give(packed(draft()), number)


def edit_given() -> None:
    """Make the lesson that is being given the draft, with the present slide selected."""
    word = state.view().own
    place = own_lesson(word).place(state.view().stop) - 1
    lesson = draft() if word == _word(_DRAFT) else editable(unpacked(word))
    if word != _word(_DRAFT):
        put(lesson)
    open_maker(True)
    select(lesson.names[place])


def own_lessons() -> dict[str, Lesson]:
    """Return the lessons of one's own that can be given, by their links: the draft, and the one opened last."""
    words = dict.fromkeys(filter(None, (_word(_DRAFT), _word(_OPENED))))
    found = {}
    for word in words:
        try:
            found[word] = own_lesson(word)
        except InputError:
            continue
    return found


def draw_kept() -> None:
    """Let the browser store the lessons, the times of a rehearsal, and whether the maker is open."""
    draw_drafts(_DRAFT, _BEFORE, _OPENED, _MAKER, rehearsal_place(), key="drafts_line_lesson")


def rehearsal_place() -> str:
    """Return the place of the times of the present lesson's rehearsal."""
    return f"rehearsal {lesson_id(state.view())}"


def _lesson(word: str) -> Lesson:
    try:
        return unpacked(word) if word else EMPTY
    except InputError:
        return EMPTY


def _word(place: str) -> str:
    """Return the link of a lesson that is kept in pieces."""
    pieces = texts(place)
    return "".join(pieces.get(str(number), "") for number in range(len(pieces)))


def _put_word(place: str, word: str) -> None:
    pieces = {str(i): word[start : start + _PIECE] for i, start in enumerate(range(0, len(word), _PIECE))}
    keep(place, {**dict.fromkeys(texts(place), ""), **pieces})
