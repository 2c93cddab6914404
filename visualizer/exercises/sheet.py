"""An exercise as a page to print, empty or worked: one HTML file without anything from elsewhere."""

from html import escape
from pathlib import Path
from string import Template

from engine import ACTIVATIONS, Step, Text, Trace
from engine.text import TAGS
from visualizer import palette
from visualizer.arithmetic import Element, arithmetic
from visualizer.equation import symbolic
from visualizer.exercises.generator import Cell, Exercise
from visualizer.exercises.marking import TOLERANCE
from visualizer.exercises.picture import picture
from visualizer.mathml import mathml
from visualizer.matrices import matrix
from visualizer.palette import Ground
from visualizer.stage.assets import FONT, mathml_stylesheet
from visualizer.symbols import number, tex
from visualizer.words import network_words, settings_words, short_name

_HERE = Path(__file__).parent
_ON_PAPER = Ground("currentColor", "var(--page)", "var(--page)", "currentColor")
_SHEET, _SOLUTION = Text("Exercise {}: {}", "练习 {}：{}"), Text("Solution of exercise {}: {}", "练习 {} 的解答：{}")
_GIVEN, _NAME = Text("Given", "已知"), Text("Name", "姓名")
_DIGITS = 6


def sheet_html(exercise: Exercise, lang: str, solved: bool) -> str:
    """Return an exercise as an HTML page in a language; `solved` with every number and its arithmetic."""
    title = (_SOLUTION if solved else _SHEET).format(exercise.seed, exercise.level.label)(lang)
    settings = (network_words(exercise.trace, lang), *settings_words(exercise.trace, lang))
    steps = (_step(exercise, step, cells, lang, solved) for step, cells in exercise.cells())
    return Template((_HERE / "sheet.html").read_text(encoding="utf-8")).substitute(
        lang=TAGS[lang],
        title=escape(title),
        name="" if solved else escape(_NAME(lang)),
        settings=escape(" · ".join(settings)),
        note=escape(exercise.level.why(lang) if solved else TOLERANCE(lang)),
        given_title=escape(_GIVEN(lang)),
        picture=picture(exercise.trace, _ON_PAPER),
        given="".join(f"<div>{mathml(line)}</div>" for line in given(exercise.trace)),
        steps="".join(steps),
        style=_style(),
    )


def given(trace: Trace) -> tuple[str, ...]:
    """Return the numbers that an exercise gives, in TeX: input, target, weights and biases."""
    layers = range(1, len(trace.given.sizes))
    values = [("x", trace.value("a", 0)), ("y", trace.value("y"))]
    pairs = [(f"{name}^{{{l}}}", trace.value(name, l)) for l in layers for name in ("W", "b")]
    return tuple(rf"{name} = {matrix(value)}" for name, value in (*values, *pairs))


def equation(trace: Trace, step: Step) -> str:
    """Return the equations of a step in TeX, with letters, and the formula of σ or its slope where one has it."""
    lines = [symbolic(trace, step)]
    activation = ACTIVATIONS[trace.given.activations[step.layer - 1]]
    if step.rule.key == "a":
        left = r"\sigma(z)" if activation.elementwise else r"\mathrm{softmax}(z)_j"
        lines.append(rf"{left} = {activation.tex}")
    elif "{vjp:" in step.rule.tex and activation.elementwise:
        lines.append(rf"\sigma'(z) = {activation.tex_df}")
    return r",\quad ".join(lines)


def _step(exercise: Exercise, step: Step, cells: tuple[Cell, ...], lang: str, solved: bool) -> str:
    title = escape(step.rule.title.format(l=step.layer)(lang))
    head = f"<h2><span>{escape(short_name(step, lang))}</span> {title}</h2>{mathml(equation(exercise.trace, step))}"
    table = "".join(_cell(exercise, cell, solved) for cell in cells)
    worked = "".join(_worked(exercise, step, cell) for cell in cells) if solved else ""
    return f'<section>{head}<div class="cells">{table}</div><div class="worked">{worked}</div></section>'


def _cell(exercise: Exercise, cell: Cell, solved: bool) -> str:
    said = escape(number(exercise.value(cell), _DIGITS)) if solved else ""
    return f'<div class="cell">{mathml(tex(cell.ref, *cell.indices))}<span>{said}</span></div>'


def _worked(exercise: Exercise, step: Step, cell: Cell) -> str:
    shown = Element(cell.ref, cell.indices)
    return f"<div>{mathml(arithmetic(exercise.trace, step, shown).to_tex())}</div>"


def _style() -> str:
    grounds = palette.GROUNDS.items()
    colours = {f"{name}_{part}": colour for name, ground in grounds for part, colour in ground._asdict().items()}
    sheet = Template((_HERE / "sheet.css").read_text(encoding="utf-8"))
    return sheet.substitute(colours, font=FONT, line=palette.ZERO) + mathml_stylesheet()
