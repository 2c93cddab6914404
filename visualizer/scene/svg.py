"""A scene as an SVG drawing, which stands still and needs no script: for sheets, notebooks, files and pages.

It draws the same parts as the Plotly figure. Every text goes through `xml.etree`, so that none can leave its place.
"""

from collections.abc import Iterable
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from engine import Text
from engine.core import lookup
from visualizer.drawing import HEIGHT, WIDTH, Drawing, Edge, Node
from visualizer.scene.figure_parts import Parts, Shape, Stroke, parts
from visualizer.scene.styles import EdgeStyle, NodeStyle, Scene, told
from visualizer.stage import FONT
from visualizer.writing import palette

PAGE = "page"  # the theme that follows the page: its colours are light or dark as those of the page are
_MARGIN, _FINGER = 12, 10  # what is left free above and below; how near to a line one has to point


def scene_svg(scene: Scene, theme: str = "light", clear: bool = False) -> str:
    """SVG of a scene, as high as its drawing needs; what one points at tells its name and its number.

    Parameters
    ----------
    scene : Scene
    theme : str
        The ground it is drawn for: `light`, `dark`, or `page` for a drawing inside a page that has both.
    clear : bool
        Whether the ground is left out, because the page has one already.

    Examples
    --------
    >>> from engine import Dense, Network, trace
    >>> from visualizer import scene_builder
    >>> t = trace(Network((Dense([[0.5, -0.3]], [0.1], "sigmoid"),)), [1, 2], [0])
    >>> scene_svg(scene_builder(t, "layer", "en").scene(3)).count("<text")
    14
    """
    if theme == PAGE:
        drawn = [parts(scene, ground) for ground in palette.GROUNDS.values()]
        made, ground = _both(*drawn), _of_page(*(ground.background for ground in palette.GROUNDS.values()))
    else:
        on = lookup(Text("theme", "配色"), palette.GROUNDS, theme)
        made, ground = parts(scene, on), on.background
    top, bottom = _extent(scene.drawing)
    svg = Element("svg", xmlns="http://www.w3.org/2000/svg", viewBox=f"0 {top:g} {WIDTH} {bottom - top:g}", role="img")
    svg.attrib |= {"aria-label": scene.alt, "font-family": FONT, "text-anchor": "middle"}
    if not clear:
        size = {"x": "0", "y": f"{top:g}", "width": f"{WIDTH}", "height": f"{bottom - top:g}"}
        SubElement(svg, "rect", size, fill=ground)
    _draw(svg, scene, made)
    return tostring(svg, encoding="unicode")


def _extent(drawing: Drawing) -> tuple[float, float]:
    """Top and bottom of all nodes, the same at every step, and never beyond the stage's own."""
    nodes = drawing.nodes.values()
    return min(node.y - node.r for node in nodes) - _MARGIN, min(max(s.y + s.r for s in nodes) + _MARGIN, HEIGHT)


def _of_page(light: str, dark: str) -> str:
    return light if light == dark else f"light-dark({light}, {dark})"


def _both(light: Parts, dark: Parts) -> Parts:
    """Parts whose colours follow the page; but for them the parts of both grounds are alike."""

    def merged(one: Any, other: Any) -> Any:
        pairs = zip(one, other, strict=True)
        return type(one)(*(_of_page(a, b) if isinstance(a, str) and a != b else a for a, b in pairs))

    groups: Any = zip(light, dark, strict=True)
    return Parts(*([merged(*pair) for pair in zip(*group, strict=True)] for group in groups))


def _draw(svg: Element, scene: Scene, made: Parts) -> None:
    shape, looks = scene.drawing, scene.looks
    _strokes(svg, (*made.halos, *made.strokes))
    for edge in shape.edges:
        if edge.ref:
            near = Stroke(edge.ends, "transparent", _FINGER)
            _tip(_stroke(svg, near), looks[edge])
    nodes = [node for node in shape.nodes.values() if node.kind != "fold"]
    tagged = [edge for edge in shape.edges if edge.label]
    items: list[Node | Edge] = [*nodes, *tagged]
    for item, part in zip(items, (*made.nodes, *made.plates), strict=True):
        _tip(_shape(svg, part), looks[item])
    _strokes(svg, made.crosses)
    for label in made.labels:
        if label.text:
            # the middle of a line of text, without an attribute that not all programs know
            place = {"x": _round(label.x), "y": _round(label.y), "dy": "0.35em", "font-size": _round(label.size)}
            weight = {"font-weight": str(label.weight), "fill": label.colour, "pointer-events": "none"}
            SubElement(svg, "text", place | weight).text = label.text


def _strokes(svg: Element, strokes: Iterable[Stroke]) -> None:
    for stroke in strokes:
        _stroke(svg, stroke)


def _stroke(svg: Element, stroke: Stroke) -> Element:
    ends = dict(zip(("x1", "y1", "x2", "y2"), map(_round, stroke.ends), strict=True))
    dash = {"stroke-dasharray": stroke.dash.replace("px", "")} if stroke.dash != "solid" else {}
    return SubElement(svg, "line", ends | {"stroke": stroke.colour, "stroke-width": _round(stroke.width)} | dash)


def _shape(svg: Element, shape: Shape) -> Element:
    x, y, w, h, corner, fill, rim, width = shape
    place = {"x": x - w, "y": y - h, "width": 2 * w, "height": 2 * h, "rx": min(corner, w, h)}
    look = {"fill": fill, "stroke": rim, "stroke-width": _round(width)}
    return SubElement(svg, "rect", {name: _round(value) for name, value in place.items()} | look)


def _tip(element: Element, look: NodeStyle | EdgeStyle) -> None:
    """Let an element tell its name and its number when one points at it."""
    if words := " = ".join(filter(None, (look.name, told(look)))):
        SubElement(element, "title").text = words


def _round(value: float) -> str:
    return f"{round(value, 2):g}"
