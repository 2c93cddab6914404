"""The network of an exercise as an SVG drawing: given numbers stand in it, asked ones have only their names."""

from html import escape

from engine import Trace
from visualizer.exercises.generator import entry
from visualizer.graph import HEIGHT, WIDTH, Line, Spot, drawing, shown_units
from visualizer.palette import ZERO, Ground
from visualizer.symbols import number, plain

_GIVEN = ("input", "target", "bias")


def picture(trace: Trace, ground: Ground) -> str:
    """Return the drawing of the network of a pass, for a ground."""
    shape = drawing(trace.given.sizes, shown_units(trace))
    size = shape.tag.size + 4
    lines = "".join(_line(trace, line) for line in shape.lines)
    spots = "".join(_spot(trace, spot, ground, size) for spot in shape.spots.values())
    tags = "".join(
        _plate(*line.label, number(entry(trace, line.ref, line.indices)), ground, size)
        for line in shape.lines
        if line.label and line.ref
    )
    top = min(spot.y - spot.r - size / 2 for spot in shape.spots.values()) - 12
    bottom = max(spot.y + spot.r for spot in shape.spots.values()) + 12
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 {top:g} {WIDTH} {min(bottom, HEIGHT) - top:g}" '
        f'font-family="sans-serif" text-anchor="middle">{lines}{spots}{tags}</svg>'
    )


def _line(trace: Trace, line: Line) -> str:
    x1, y1, x2, y2 = line.ends
    negative = line.ref and entry(trace, line.ref, line.indices) < 0
    dash = ' stroke-dasharray="9 6"' if negative else ""
    width = 2.5 if line.ref else 1.2
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{ZERO}" stroke-width="{width}"{dash}/>'


def _plate(x: float, y: float, text: str, ground: Ground, size: int) -> str:
    half = 0.31 * size * len(text) + 6
    plate = f'<rect x="{x - half:.1f}" y="{y - 0.72 * size:.1f}" width="{2 * half:.1f}" height="{1.44 * size:.1f}" '
    plate += f'rx="5" fill="{ground.background}" stroke="{ZERO}" stroke-width="0.8"/>'
    return plate + _words(x, y + 0.35 * size, text, ground, size)


def _spot(trace: Trace, spot: Spot, ground: Ground, size: int) -> str:
    given = number(entry(trace, spot.ref, spot.indices)) if spot.kind in _GIVEN else ""
    if spot.kind == "bias":
        return _plate(spot.x, spot.y, given, ground, size)
    colour, name = ground.accent if spot.kind == "cost" else ZERO, plain(spot.ref, *spot.indices)
    shape = f'<circle cx="{spot.x:.1f}" cy="{spot.y:.1f}" r="{spot.r}" fill="{ground.raised}" stroke="{colour}" '
    shape += 'stroke-width="2"/>'
    if not given:
        return shape + _words(spot.x, spot.y + 0.35 * size, name, ground, size + 4)
    above = _words(spot.x, spot.y - 0.25 * size, name, ground, size)
    return shape + above + _words(spot.x, spot.y + 0.95 * size, given, ground, size)


def _words(x: float, y: float, text: str, ground: Ground, size: int) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{ground.text}">{escape(text)}</text>'
