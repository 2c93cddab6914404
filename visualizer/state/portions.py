"""Computation portion by portion, on a page whose threads overlap."""

from collections.abc import Iterator
from threading import Lock
from typing import Generic, TypeVar

Portion = TypeVar("Portion")


class Portions(Generic[Portion]):
    """Portions of a computation, each computed under one lock by whichever thread asks for it.

    A generator that two threads enter at once raises an exception in one of them. Here the second waits for the first.

    Attributes
    ----------
    latest : object
        The latest portion; any thread may read it, and none changes it.
    """

    def __init__(self, portions: Iterator[Portion], first: Portion) -> None:
        self._portions, self._lock, self.latest = portions, Lock(), first

    def advance(self) -> bool:
        """Compute one more portion; return whether there was one left."""
        with self._lock:
            portion = next(self._portions, None)
            if portion is not None:
                self.latest = portion
        return portion is not None
