"""The palette: every colour that carries a meaning; all hold on white and on black, and for colour-blind eyes.

And the grounds that they stand on where Streamlit, whose theme has the same, is not there.
"""

from typing import NamedTuple

NEGATIVE, ZERO, POSITIVE = "#2f6db5", "#9aa1ab", "#d2532a"
READ, WRITE, CHANGED = "#0d8a6a", "#a646a6", "#c98a00"
RIGHT, UNDECIDED, WRONG, DIVERGED = "#0d8a6a", "#c98a00", "#d2532a", "#d2532a"  # verdicts, whatever the scale is
PEN, POINTER = "#d2532a", "#c98a00"  # what a lecturer draws over the picture, and points with
ORDERED = ("#2f6db5", "#0d8a6a", "#c98a00", "#d2532a")  # things in an order, such as rates: from one to the next
SERIES = (  # things side by side, such as runs: the first are the easiest to tell apart
    "#4b87fc",
    "#a44305",
    "#d37b74",
    "#5952bc",
    "#21735d",
    "#214efe",
    "#b47003",
    "#1681a2",
    "#3d9dd0",
    "#de1080",
)


_BEND = 0.6  # small values keep a colour of their own
DIVERGING = {"negative": NEGATIVE, "zero": ZERO, "positive": POSITIVE, "bend": _BEND}
_STOPS = 33


class Ground(NamedTuple):
    """Colours of all else: words, the page, raised surfaces, and the accent."""

    text: str
    background: str
    raised: str
    accent: str


GROUNDS = {
    "light": Ground("#31333f", "#ffffff", "#f0f2f6", "#4653b8"),
    "dark": Ground("#fafafa", "#0e1117", "#262730", "#7d8ae6"),
}


def diverging(value: float, largest: float) -> str:
    """Return the colour of a signed value: blue below zero, grey at it, vermilion above."""
    share = min(1.0, abs(value) / largest) ** _BEND if largest > 0 else 0.0
    return mix(ZERO, POSITIVE if value > 0 else NEGATIVE, share)


def ordered(count: int) -> list[str]:
    """Return `count` colours in their order, the first and the last those of `ORDERED`."""
    places = [divmod(k * (len(ORDERED) - 1) / max(1, count - 1), 1) for k in range(count)]
    return [mix(ORDERED[int(at)], ORDERED[min(int(at) + 1, len(ORDERED) - 1)], share) for at, share in places]


def mix(start: str, end: str, share: float) -> str:
    """Return the colour that lies this share of the way from one to another."""
    pairs = zip(channels(start), channels(end), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def channels(colour: str) -> list[int]:
    """Return red, green and blue, each from 0 to 255."""
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]


# what `diverging` does, for Plotly and for style sheets, which go straight from each stop to the next
SCALE = [[k / (_STOPS - 1), diverging(2 * k / (_STOPS - 1) - 1, 1)] for k in range(_STOPS)]
