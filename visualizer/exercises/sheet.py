"""Exercises as pages to print, empty or worked, one or those of a class: an HTML file that needs no other."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from markupsafe import Markup

from engine import ACTIVATIONS, Ref, Step, Text, Trace
from engine.optimizers import COUNT
from visualizer.equations import symbolic
from visualizer.exercises.differences import CHECK, difference
from visualizer.exercises.generator import Cell, Exercise
from visualizer.exercises.hints import worked
from visualizer.exercises.marking import TOLERANCE
from visualizer.exercises.picture import picture
from visualizer.scene import PAGE
from visualizer.stage import document
from visualizer.writing import matrix, network_words, number, settings_words, short_name, tex, tex_number

_HERE = Path(__file__).parent
_SHEET, _SOLUTION = Text("Exercise {}: {}", "练习 {}：{}"), Text("Solution of exercise {}: {}", "练习 {} 的解答：{}")
_GIVEN, _NAME = Text("Given", "已知"), Text("Name", "姓名")
_LAST, _DIGITS = Text("check", "检验"), 6


def sheet_html(exercise: Exercise, lang: str, solved: bool) -> str:
    """HTML file of an exercise in a language; `solved` with every number and its arithmetic."""
    return sheets_html([exercise], lang, solved)


def sheets_html(exercises: Iterable[Exercise], lang: str, solved: bool) -> str:
    """HTML file of several exercises, each on pages of its own: the sheets of a class, or their solutions."""
    sheets = [_sheet(exercise, lang, solved) for exercise in exercises]
    return document(_HERE / "sheet.html", lang, title=sheets[0]["title"], sheets=sheets)


def _sheet(exercise: Exercise, lang: str, solved: bool) -> dict[str, Any]:
    """Words, formulas and numbers of a sheet."""
    settings = (network_words(exercise.trace, lang), *settings_words(exercise.trace, lang))
    return {
        "title": (_SOLUTION if solved else _SHEET).format(exercise.seed, exercise.level.label)(lang),
        "name": "" if solved else _NAME(lang),
        "settings": " · ".join(settings),
        "note": exercise.level.why(lang) if solved else TOLERANCE(lang),
        "given_title": _GIVEN(lang),
        "picture": Markup(picture(exercise.trace, PAGE)),
        "given": given(exercise.trace),
        "steps": [
            *(_step(exercise, step, cells, lang, solved) for step, cells in exercise.cells()),
            _check(exercise, lang, solved),
        ],
    }


def given(trace: Trace) -> tuple[str, ...]:
    """Return the numbers that an exercise gives, in TeX: inputs, targets, weights, biases, the optimizer's memory."""
    layers = range(1, len(trace.given.sizes))
    values = [(name, trace.value(*ref)) for name, ref in (("x", ("a", 0)), ("y", ("y", None)))]
    marks = [""] if trace.m == 1 else [rf"^{{({sample})}}" for sample in range(1, trace.m + 1)]
    data = [(f"{name}{mark}", value[:, [i]]) for i, mark in enumerate(marks) for name, value in values]
    pairs = [(f"{name}^{{{l}}}", trace.value(name, l)) for l in layers for name in ("W", "b")]
    return tuple(rf"{name} = {matrix(value)}" for name, value in (*data, *pairs)) + _remembered(trace)


def _remembered(trace: Trace) -> tuple[str, ...]:
    """Return the constants of the optimizer and what it remembers before the update, in TeX."""
    update, layers = trace.update, range(1, len(trace.given.sizes))
    if not (update and update.optimizer.slots):
        return ()
    vectors = [slot for slot in update.optimizer.slots if slot != COUNT]
    refs = [Ref(f"{slot}_{of}", l) for l in layers for slot in vectors for of in ("W", "b")]
    constants = [rf"{letter} = {tex_number(value)}" for letter, value in update.optimizer.constants.items()]
    count = [rf"t = {update.state[COUNT]:.0f}"] if COUNT in update.optimizer.slots else []
    return (*constants, *count, *(rf"{tex(ref)} = {matrix(trace.value(*ref))}" for ref in refs))


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


def _step(exercise: Exercise, step: Step, cells: tuple[Cell, ...], lang: str, solved: bool) -> dict[str, Any]:
    """Words, formulas and numbers of a step."""
    trace = exercise.trace
    return {
        "badge": short_name(step, lang),
        "title": step.rule.title.format(l=step.layer)(lang),
        "words": "",
        "equation": equation(trace, step),
        "cells": [_cell(cell.tex, exercise.value(cell), solved) for cell in cells],
        "worked": [worked(exercise, cell) for cell in cells if solved],
    }


def _cell(formula: str, value: float, solved: bool) -> dict[str, str]:
    return {"formula": formula, "number": number(value, _DIGITS) if solved else ""}


def _check(exercise: Exercise, lang: str, solved: bool) -> dict[str, Any]:
    """Words, formulas and numbers of the check by hand."""
    check = difference(exercise)
    return {
        "badge": _LAST(lang),
        "title": CHECK(lang),
        "words": check.words()(lang),
        "equation": check.formula,
        "cells": [_cell(cell.tex, cell.value, solved) for cell in check.cells],
        "worked": [cell.worked for cell in check.cells if solved],
    }
