"""Long work on a page, in turns that a reader need not wait for."""

import time
from collections.abc import Callable

from visualizer.pages.session import state


def in_turns(advance: Callable[[], bool], seconds: float) -> None:
    """Call `advance` again and again for so many seconds, while it returns that something is left.

    Between two turns the session is asked for something. There Streamlit stops this thread where the page is wanted
    anew, so that nobody waits for longer than a turn.

    A part of a page that is drawn by a clock draws first and works afterwards. Streamlit 1.67 throws away what has been
    drawn of it and not yet been sent when it is drawn again (`ForwardMsgQueue.clear`), which is at once where the
    clock is ahead of the drawings, as it is while many readers are there. So the picture gets away while this works.
    """
    end = time.perf_counter() + seconds
    while advance() and time.perf_counter() < end:
        state.view()
