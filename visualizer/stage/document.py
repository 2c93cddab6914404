"""HTML files of their own: one head and one set of colours for all; jinja2 escapes every word that stands in them."""

from functools import cache
from pathlib import Path
from string import Template
from typing import Any

import jinja2
from markupsafe import Markup

from engine.core import TAGS
from visualizer.stage.assets import FONT, asset, mathml_stylesheet
from visualizer.writing import mathml, palette

_HERE = Path(__file__).parent
TEMPLATES = _HERE / "templates"
_ENVIRONMENT = jinja2.Environment(
    loader=jinja2.FileSystemLoader([TEMPLATES, _HERE / "styles"]),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_ENVIRONMENT.filters["mathml"] = lambda tex: Markup(mathml(tex))


def document(template: Path, lang: str, **content: Any) -> str:
    """HTML file made from a template, which extends `document.html`; its style sheet lies beside it.

    In a template, `{{ words }}` are escaped, and `{{ tex | mathml }}` is a formula. What is HTML already is passed
    as `Markup`.
    """
    style = Markup(_stylesheet(template.with_suffix(".css")))
    return _template(template).render(lang=TAGS[lang], style=style, **content)


@cache
def _template(path: Path) -> jinja2.Template:
    return _ENVIRONMENT.from_string(path.read_text(encoding="utf-8"))


@cache
def _stylesheet(own: Path) -> str:
    """Style sheet of a file: what all have in common, its own, and that of formulas."""
    grounds = palette.GROUNDS.items()
    colours = {f"{name}_{part}": colour for name, ground in grounds for part, colour in ground._asdict().items()}
    common = Template(asset("templates/document.css")).substitute(colours, font=FONT, line=palette.ZERO)
    return common + own.read_text(encoding="utf-8") + mathml_stylesheet()
