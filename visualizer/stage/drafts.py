"""Drafts, texts that have been typed and no address carries, by place and name, as a browser keeps them.

A browser is a stranger: what it hands over may be anything, and what is not as it should be is left out.
"""

from itertools import islice

MOST_PLACES, MOST_TEXTS, MOST_CHARACTERS = 40, 1000, 200_000
LONGEST_NAME, LONGEST_TEXT = 80, 8000
Drafts = dict[str, dict[str, str]]


def read_drafts(sent: object) -> Drafts:
    """Return the drafts that a browser has sent, as many as are stored."""
    drafts: Drafts = {}
    room = MOST_CHARACTERS
    for place, texts in _pairs(sent, MOST_PLACES):
        kept = {}
        for name, text in _pairs(texts, MOST_TEXTS):
            if isinstance(text, str) and 0 < len(text) <= min(LONGEST_TEXT, room):
                kept[name] = text
                room -= len(text)
        if kept:
            drafts[place] = kept
    return drafts


def read_cells(sent: object, edition: int, rows: int, columns: int) -> dict[tuple[int, int], str]:
    """Return the texts that were typed into this edition of a table, by row and column."""
    sent = sent if isinstance(sent, dict) and sent.get("edition") == edition else {}
    places = {f"{row}.{column}": (row, column) for row in range(rows) for column in range(columns)}
    typed = _pairs(sent.get("cells"), len(places))
    return {places[name]: text[:LONGEST_NAME] for name, text in typed if name in places and isinstance(text, str)}


def _pairs(sent: object, most: int) -> list[tuple[str, object]]:
    """Return the first items of a dict from a stranger, those with a name of a length that is in use."""
    pairs = islice(sent.items(), most) if isinstance(sent, dict) else ()
    return [(name, value) for name, value in pairs if isinstance(name, str) and 0 < len(name) <= LONGEST_NAME]
