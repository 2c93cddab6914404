"""Events of the stage: what a reader did in the drawing or with the transport, carried out once each by its number."""

from dataclasses import replace
from typing import Any

from engine import InputError
from visualizer.drawing import next_page
from visualizer.lecture import GRANULARITIES
from visualizer.pages.session import session, state, widget_value
from visualizer.pages.stage.lessons import go_on
from visualizer.pages.stage.predict import leave_question
from visualizer.pages.stage.widgets import PLACES, number_of, set_value, step_of, with_number
from visualizer.writing import IN_LESSON

_WAYS = {"undo": state.undo, "redo": state.redo}


def _go(position: int) -> None:
    """Go to a position; beyond the last lies the next iteration, before the first the one before."""
    lecture, model = state.builder().lecture, state.model()
    if position > state.position():
        leave_question()
    if position > len(lecture):
        _iterate(model.iteration + 1, "0")
    elif position < 0:
        _iterate(model.iteration - 1, "update")
    else:
        state.update_view(step=lecture.address(position))


def go_on_from_panel() -> None:
    """Step forward from the panel, which is only a part of what has to be drawn anew then."""
    _go(state.position() + 1)
    session().stage.gone_on = True


def _iterate(iteration: int, step: str) -> None:
    if iteration < 1:
        return
    following = replace(state.model(), iteration=iteration)
    try:
        following.check()
    except InputError as error:
        state.complain(error)
    else:
        state.compute(following, step=step)


def press(button: str) -> None:
    """Step with a button of the transport, where the browser has left that to the server."""
    now, last = state.position(), len(state.builder().lecture)
    if state.view().lesson and button in IN_LESSON:
        go_on(1 if button == "step_next" else -1)
        return
    _go({"step_first": 0, "step_prev": now - 1, "step_next": now + 1, "step_last": last}[button])


def set_granularity(name: str) -> None:
    """Change the granularity at the same address, which means the same moment in each."""
    state.update_view(granularity=name)
    state.update_view(step=state.builder().lecture.address(state.position()))


def _is_new(event: dict[str, Any]) -> bool:
    """Whether an event of the stage has not been carried out yet: on a slow way it comes twice."""
    if event["seq"] <= session().stage.ack:
        return False
    session().stage.ack = event["seq"]
    return True


def on_go() -> None:
    """Follow the drawing to a position; in a lecture that it does not show yet, by as many steps as it moved."""
    go = widget_value("position_channel").event
    if _is_new(go):
        moved = min(max(0, state.position() + int(go["by"])), len(state.builder().lecture))
        _go(int(go["position"]) if go["lecture"] == state.lecture_id() else moved)


def on_ask() -> None:
    """Acknowledge that the drawing has asked for the equation, which is drawn anyway."""
    _is_new(widget_value("equation_channel").event)


def on_whole() -> None:
    """Acknowledge that the drawing has asked for the whole page: it shows another network already."""
    _is_new(widget_value("page_channel").event)


def on_event() -> None:
    """Handle an event of the drawing; one that is called `follow` asks for what is drawn anyway."""
    event = widget_value("stage").event
    if not _is_new(event):
        return
    if event["what"] == "granularity" and event["name"] in GRANULARITIES:
        set_granularity(event["name"])
    elif event["what"] == "choose":
        state.update_view(chosen=event["element"])
    elif event["what"] == "unfold":
        _unfold(int(event["layer"]))
    elif event["what"] == "lesson":
        go_on(int(event["by"]))
    elif event["what"] == "set":
        session().stage.dragged = None
        state.act(set_value, event["element"], _dragged_to(event))
    elif event["what"] in _WAYS:
        _WAYS[event["what"]]()


def _unfold(layer: int) -> None:
    """Show the first, or the next, units of a large layer, or fold it again; the place stays."""
    sizes = state.model().sizes
    if layer < len(sizes):
        state.update_view(unfolded=next_page(sizes, layer, state.view().unfolded))
        state.update_view(step=state.builder().lecture.address(state.position()))


def on_drag() -> None:
    """Follow a number that is being dragged; what it is let go at is another event, or its field's."""
    event = widget_value("numbers_channel").event
    if not _is_new(event):
        return
    session().stage.drags = True
    try:
        session().stage.dragged = with_number(event["element"], _dragged_to(event)) if event["element"] else None
    except InputError:
        return  # the picture stays at the last number that is possible


def _dragged_to(event: dict[str, Any]) -> float:
    """Return the number to which an element has been dragged: one given, or so many steps up from the present one."""
    if "value" in event:
        return float(event["value"])
    value = number_of(event["element"])
    return round(value + int(event["up"]) * step_of(event["element"], value), PLACES)
