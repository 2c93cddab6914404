"""Parts of a page that a clock draws: each draws first and works afterwards, while its picture gets away."""

import ast
from pathlib import Path

from visualizer.pages import FOLDER

WORK, AGAIN = {"in_turns", "train"}, "rerun"


def called(node):
    """The names of all that is called in a part of a program, in the order of the text."""
    calls = sorted((each for each in ast.walk(node) if isinstance(each, ast.Call)), key=lambda each: each.lineno)
    return [getattr(each.func, "attr", getattr(each.func, "id", "")) for each in calls]


def parts():
    """The functions of the pages that work in turns, by their names, with all that they call."""
    for path in sorted(Path(FOLDER).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and WORK & set(called(node)):
                yield f"{path.stem}.{node.name}", called(node)


def drawn_after_work(calls):
    last = max(place for place, name in enumerate(calls) if name in WORK)
    return [name for name in calls[last:] if name.startswith(("draw", "_draw")) or name in ("progress", "caption")]


def test_no_part_draws_after_its_work():
    found = dict(parts())
    assert {"train._draw_run", "landscape._draw_picture", "survey._advance", "why._advance"} <= found.keys()
    assert {name: late for name, calls in found.items() if (late := drawn_after_work(calls))} == {}
