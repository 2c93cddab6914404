"""Addresses of the pages: what each page shows, as a link."""

from visualizer.address.address import (
    LARGEST_NUDGE,
    LONGEST_NUMBER,
    LONGEST_SEARCH,
    MOST_NEURONS,
    ON_STAGE,
    current,
    in_two,
    left_out_words,
    opened,
    own_query,
    written,
)

__all__ = [
    "LARGEST_NUDGE",
    "LONGEST_NUMBER",
    "LONGEST_SEARCH",
    "MOST_NEURONS",
    "ON_STAGE",
    "current",
    "in_two",
    "left_out_words",
    "opened",
    "own_query",
    "written",
]
