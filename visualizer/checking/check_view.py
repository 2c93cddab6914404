"""A gradient check as a table, in words, and as colours on the graph."""

from typing import Any

import numpy as np

from engine import Ref, Step, Text, Trace
from engine.passes import GradientCheck, ParameterCheck
from visualizer.checking.claims import MOST_CLAIMS, places_of
from visualizer.drawing import DENSE, Edge, Node
from visualizer.equations import Access
from visualizer.lecture import GIVEN
from visualizer.scene import EdgeStyle, NodeStyle, Scene, SceneBuilder
from visualizer.writing import number, palette, plain

VIEWS = {
    "gradients": Text("Gradient check", "梯度检验"),
    "differ": Text("Why does my number differ?", "我的数为什么不同？"),
    "demon": Text("Nudge a neuron", "扰动一个神经元"),
    "steps": Text("Step size", "差分步长"),
}
VERDICTS = {
    "wrong": (Text("✗ wrong", "✗ 错误"), palette.WRONG, 6.0),
    "kink": (Text("~ not differentiable", "~ 不可导点"), palette.UNDECIDED, 4.5),
    "ok": (Text("✓ agrees", "✓ 一致"), palette.RIGHT, 3.0),
}
_DENSE = 0.3  # how thin the edges of a crowded drawing are
COLUMNS = {
    "name": Text("parameter", "参数"),
    "analytic": Text("backpropagation", "反向传播"),
    "numeric": Text("central difference", "中心差分"),
    "error": Text("relative error", "相对误差"),
    "verdict": Text("verdict", "判定"),
}
_CHANGES = (Text("value", "数值"), Text("correct", "正确"), Text("with the mistake", "加入错误后"))
_PASSED = Text("All {} parameters agree with the central difference.", "全部 {} 个参数与中心差分一致。")
_KINKS = Text(
    "All {} parameters agree, except {} at a kink (ReLU at 0), where a difference quotient cannot decide.",
    "{} 个参数中有 {} 个位于 ReLU 的不可导点，差分无法判定；其余全部一致。",
)
_FAILED = Text("{1} of {0} parameters are wrong: {2}.", "{0} 个参数中有 {1} 个错误：{2}。")
_WHERE = Text("{} in {}", "{1} 中有 {0} 个")
_FOUND = Text("{}: {}", "{}：{}")
_FIRST = Text("The first error is at {}: {}.", "从 {} 开始：{}。")


def named(parameter: ParameterCheck) -> str:
    """Return a parameter's name, as in w¹₁₂."""
    return plain(Ref(parameter.name, parameter.layer), *_indices(parameter))


def _indices(parameter: ParameterCheck) -> tuple[int, ...]:
    return (parameter.j,) if parameter.k is None else (parameter.j, parameter.k)


def worst_first(check: GradientCheck) -> list[ParameterCheck]:
    """Return the parameters, wrong ones first and the largest error of each verdict before the others."""
    order = list(VERDICTS)
    return sorted(check.parameters, key=lambda parameter: (order.index(parameter.verdict), -parameter.error))


def gradient_table(
    check: GradientCheck, lang: str, extra: dict[str, list[float]] | None = None
) -> dict[str, list[Any]]:
    """Return the check as columns, worst first; `extra` columns are in the order of the parameter vector."""
    rows, place = worst_first(check), {id(p): i for i, p in enumerate(check.parameters)}
    columns: dict[str, list[Any]] = {
        COLUMNS["name"](lang): [named(row) for row in rows],
        COLUMNS["verdict"](lang): [VERDICTS[row.verdict][0](lang) for row in rows],
        COLUMNS["error"](lang): [row.error for row in rows],
        COLUMNS["analytic"](lang): [row.analytic for row in rows],
        COLUMNS["numeric"](lang): [row.numeric for row in rows],
    }
    more = {title: [values[place[id(row)]] for row in rows] for title, values in (extra or {}).items()}
    return columns | more


def summary(check: GradientCheck, lang: str) -> str:
    """Return the verdict in one sentence: how many are wrong, and in which layers."""
    size = len(check.parameters)
    wrong = [parameter for parameter in check.parameters if parameter.verdict == "wrong"]
    if not wrong:
        kinks = sum(parameter.verdict == "kink" for parameter in check.parameters)
        return (_KINKS.format(size, kinks) if kinks else _PASSED.format(size))(lang)
    groups: dict[Ref, int] = {}
    for parameter in wrong:
        ref = Ref(parameter.name, parameter.layer)
        groups[ref] = groups.get(ref, 0) + 1
    joined = Text(", ", "，").join(_WHERE.format(n, plain(ref)) for ref, n in groups.items())
    return _FAILED.format(size, len(wrong), joined)(lang)


def changes(right: Trace, wrong: Trace, lang: str) -> dict[str, list[Any]]:
    """Return the numbers that differ between two passes, as columns in the order in which they are computed."""
    rows: list[tuple[str, float, float]] = []
    for ref in (ref for step in right.steps for ref in step.writes):
        for place in places_of(right, ref):
            one, other = place.of(right), place.of(wrong)
            if not np.isclose(one, other, rtol=1e-12, atol=1e-14, equal_nan=True):
                rows.append((plain(ref, *place.indices), one, other))
    columns = zip(*rows[:MOST_CLAIMS], strict=True) if rows else ((), (), ())
    return {words(lang): list(column) for words, column in zip(_CHANGES, columns, strict=True)}


def begins(step: Step | None, lang: str) -> str:
    """Return the step at which a pass with a mistake leaves the correct one, in words."""
    return _FIRST.format(step.rule.name, step.rule.title.format(l=step.layer))(lang) if step else ""


def check_scene(builder: SceneBuilder, check: GradientCheck) -> Scene:
    """Return the graph with every weight and bias in the colour of its verdict, and its relative error as label."""
    moment = builder.lecture.moment(0)
    access = Access(builder.lecture, moment)
    found = {(p.name, p.layer, _indices(p)): p for p in check.parameters}
    looks = {item: _look(builder, item, found, access) for item in builder.items}
    found_words = (_FOUND.format(named(p), VERDICTS[p.verdict][0])(builder.lang) for p in worst_first(check)[:60])
    return Scene(builder.drawing, looks, [], ", ".join(found_words))


def _look(
    builder: SceneBuilder, item: Node | Edge, found: dict[Any, ParameterCheck], access: Access
) -> NodeStyle | EdgeStyle:
    parameter = found.get((item.ref.name, item.ref.layer, item.indices)) if item.ref else None
    if parameter is None:
        return builder.look(item, GIVEN, access)
    words, colour, width = VERDICTS[parameter.verdict]
    mark = words(builder.lang)[0]
    label = mark if parameter.verdict == "ok" else f"{mark} {number(parameter.error, 2)}"
    if isinstance(item, Node):
        return NodeStyle(named(parameter), label, "", "", colour)
    width *= _DENSE if builder.drawing.detail == DENSE else 1
    return EdgeStyle(named(parameter), label, colour, width, parameter.verdict == "wrong", "")
