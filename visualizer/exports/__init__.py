"""Exports of the stage as files: one registry entry each, found by its file alone."""

from engine import Text
from engine.core import records
from visualizer.exports.export import (
    as_data,
    as_script,
    equation_cells,
    moment_numbers,
    moment_words,
    stage_html,
    step_words,
)
from visualizer.exports.subject import Export, Subject

GROUPS = {
    "stage": Text("Animation", "动画"),
    "solution": Text("Worked solution", "解题过程"),
    "numbers": Text("Numbers", "数值"),
    "code": Text("Code", "代码"),
}
EXPORTS = records(__name__, __path__, Export)

__all__ = [
    "EXPORTS",
    "GROUPS",
    "Export",
    "Subject",
    "as_data",
    "as_script",
    "equation_cells",
    "moment_numbers",
    "moment_words",
    "stage_html",
    "step_words",
]
