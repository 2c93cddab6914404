"""The registry entry of a technical term."""

from typing import NamedTuple

from engine import Text


class Term(NamedTuple):
    """Technical term.

    Attributes
    ----------
    name : str
        The key in `TERMS`.
    label, why : Text
        Its name, and its meaning.
    not_said : tuple of str
        Other words for the same thing, which no text may use, as regular expressions; English ones match whole words
        without regard to case. `tests/test_words.py` looks for them.
    """

    name: str
    label: Text
    why: Text
    not_said: tuple[str, ...] = ()
