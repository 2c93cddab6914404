"""Every colour that carries a meaning; all of them hold on white and on black, and for colour-blind eyes."""

NEGATIVE, ZERO, POSITIVE = "#2f6db5", "#9aa1ab", "#d2532a"
READ, WRITE, CHANGED = "#0d8a6a", "#a646a6", "#c98a00"


def diverging(value: float, largest: float) -> str:
    """Return the colour of a signed value: blue below zero, grey at it, vermilion above."""
    share = min(1.0, abs(value) / largest) ** 0.6 if largest > 0 else 0.0
    return _mix(ZERO, POSITIVE if value > 0 else NEGATIVE, share)


def _mix(start: str, end: str, share: float) -> str:
    pairs = zip(_channels(start), _channels(end), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _channels(colour: str) -> list[int]:
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
