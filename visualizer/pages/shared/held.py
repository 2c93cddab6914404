"""The state of every field on a page, and the rule by which it comes to hold anything.

**No run writes into a field that the reader has.** Where a run assigns to `st.session_state[key]`, Streamlit 1.67 tells
the browser to `set_value`: that overwrites what has been typed into the field since, and the browser hands it to the
server with its next request as if the reader had typed it. It is sent once only, and not at all where the next run
overtakes the picture. And what a browser asks for carries what all its fields hold, also those of which it does not
know yet that they were replaced.

So a field is only ever given a default. It holds what the reader has put there, as it was typed, while the state holds
what that means. Where the state comes to hold something else (an undo, a file, another example, another field), another
field takes its place, with that as its default; what is still sent for the one before is nobody's. A field is the same
for Streamlit while its key is, and one more of its arguments, which `another` changes. The default always is what the
field holds, because a browser that draws the field late, after a reload, or when it comes back from another page, knows
nothing else.
"""

from collections.abc import Callable
from typing import Any

import streamlit as st

from visualizer.pages.session import Held, session

_MOST_HELD = 2000  # more than any page has; those that were drawn last
REFUSED = object()  # what no state holds


class _No(int):
    """Falsy number, distinct from others: Streamlit takes a list for another one where this argument differs."""

    number: int

    def __new__(cls, number: int) -> "_No":
        made = super().__new__(cls, False)
        made.number = number
        return made

    def __str__(self) -> str:
        return f"no {self.number}"


def hold(key: str, value: Any, shown: Any) -> Held:
    """Return the state of a field, anew where the session holds another value than this field has left there."""
    fields = session().fields
    held = fields.get(key) or Held(value, shown)
    if held.value != value:
        st.session_state.pop(key, None)  # a list that held nothing would begin with nothing for ever
        problem = held.problem if held.value is REFUSED else None
        held = Held(value, shown, held.number + 1, problem=problem)
    fields.pop(key, None)  # only now: where the thread was stopped above, the field is still known
    fields[key] = held
    while len(fields) > _MOST_HELD:
        fields.pop(next(iter(fields)), None)
    return held


def another(kind: Callable[..., Any], key: str, number: int) -> tuple[str, dict[str, Any]]:
    """Return the key, and an extra argument, that make another field in the same place."""
    if kind is st.text_input:
        return key, {"validate": f".*|{number}"} if number else {}
    if kind in (st.selectbox, st.multiselect):
        return key, {"accept_new_options": _No(number)}
    return f"{key}_{number}" if number else key, {}


def present(key: str, number: int) -> Held | None:
    """Return the state of a field, unless another one has taken its place."""
    held = session().fields.get(key)
    return held if held and held.number == number else None
