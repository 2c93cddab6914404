"""Long work on a page, in turns that a reader need not wait for."""

import time
from collections.abc import Callable

from visualizer.pages.session import state


def in_turns(advance: Callable[[], bool], seconds: float) -> None:
    """Call `advance` again and again for so many seconds, while it returns that something is left.

    Between two turns the session is asked for something. There Streamlit stops this thread where the page is wanted
    anew, so that nobody waits for longer than a turn.
    """
    end = time.perf_counter() + seconds
    while advance() and time.perf_counter() < end:
        state.view()
