"""The algorithm in six steps: as a flow chart, and each step in words and as an equation."""

from collections.abc import Mapping
from html import escape
from typing import NamedTuple

from engine import Text
from engine.examples import EXAMPLES
from visualizer.reference.entry import Drawing, Entry, Table, Words
from visualizer.writing import palette

SOURCE = EXAMPLES["relu_softmax"].source
_OTHER = Text("{} (corrected)", "{}，已更正").format(EXAMPLES["two_sigmoids"].source)


class Stage(NamedTuple):
    """Box of the flow chart: its colour, title, formula in Unicode and TeX, reason, and the step that shows it."""

    colour: str
    title: Text
    plain: str
    tex: str
    why: Text
    step: str


STAGES = (
    Stage(
        palette.ZERO,
        Text("Input", "输入"),
        "a⁰ = x",
        r"a^{0} = x",
        Text(
            "A sample x with its target y, and a network with weights and biases, random at first.",
            "一个样本 x 及其目标 y，以及带权重与偏置的网络；起初权重随机取值。",
        ),
        "0",
    ),
    Stage(
        palette.READ,
        Text("Forward pass", "前向传播"),
        "zˡ = Wˡ aˡ⁻¹ + bˡ,  aˡ = σ(zˡ)",
        r"z^{l} = W^{l} a^{l-1} + b^{l}, \quad a^{l} = \sigma(z^{l})",
        Text(
            "Layer by layer, l = 1 … L. Every z and a is kept: the backward pass needs them.",
            "逐层计算，l = 1 … L。每个 z 和 a 都要留着，反向时要用。",
        ),
        "a.2",
    ),
    Stage(
        palette.WRITE,
        Text("Error of the output layer (BP1)", "输出层误差（BP1）"),
        "δᴸ = ∇ₐC ⊙ σ′(zᴸ)",
        r"\delta^{L} = \nabla_{\!a} C \odot \sigma'(z^{L})",
        Text(
            "How fast the cost changes with the weighted inputs of the last layer.",
            "代价对最后一层加权输入的变化率。",
        ),
        "bp1.2",
    ),
    Stage(
        palette.WRITE,
        Text("Errors of the hidden layers (BP2)", "隐藏层误差（BP2）"),
        "δˡ = (Wˡ⁺¹)ᵀ δˡ⁺¹ ⊙ σ′(zˡ)",
        r"\delta^{l} = (W^{l+1})^{T} \delta^{l+1} \odot \sigma'(z^{l})",
        Text(
            "From the last hidden layer down to the first, l = L−1 … 1. In the source this loop ends at l = 2, "
            "which by its own numbering leaves out the first layer.",
            "从最后一个隐藏层到第一个，l = L−1 … 1。原文的循环止于 l = 2，按其自己的编号就漏掉了第一层。",
        ),
        "bp2.1",
    ),
    Stage(
        palette.WRITE,
        Text("Gradients (BP3, BP4)", "梯度（BP3、BP4）"),
        "∂C/∂bˡ = δˡ,  ∂C/∂Wˡ = δˡ (aˡ⁻¹)ᵀ",
        r"\frac{\partial C}{\partial b^{l}} = \delta^{l}, \quad "
        r"\frac{\partial C}{\partial W^{l}} = \delta^{l} (a^{l-1})^{T}",
        Text(
            "The errors are all that is needed; for a batch, take the mean.",
            "有了误差就够了；若是一批样本，则取平均。",
        ),
        "bp4.1",
    ),
    Stage(
        palette.CHANGED,
        Text("Update", "更新"),
        "Wˡ ← Wˡ − η ∂C/∂Wˡ,  bˡ ← bˡ − η ∂C/∂bˡ",
        r"W^{l} \leftarrow W^{l} - \eta\,\frac{\partial C}{\partial W^{l}}, \quad "
        r"b^{l} \leftarrow b^{l} - \eta\,\frac{\partial C}{\partial b^{l}}",
        Text(
            "All layers at once, with the gradients computed at the old weights.",
            "所有层同时更新，用旧权重算出的梯度。",
        ),
        "update",
    ),
    Stage(
        palette.ZERO,
        Text("Done?", "完成？"),
        "C",
        r"C \text{ ?}",
        Text(
            "Stop when the loss is small enough, the validation loss no longer falls, or the maximum number of "
            "epochs is reached. Otherwise repeat.",
            "代价足够小、验证损失不再下降，或达到最大轮数时停止；否则继续。",
        ),
        "c",
    ),
)
_TITLE, _STEPS = Text("Flow chart", "流程图"), Text("The steps", "各步说明")
_NO, _YES, _END = Text("no: repeat", "否：重复"), Text("yes", "是"), Text("Trained network", "训练好的网络")
_STEP, _EQUATION, _WHY = Text("step", "步骤"), Text("equation", "公式"), Text("explanation", "说明")
_COUNT = Text("{}. {}", "{}. {}")
_SEVEN = Text("Counted as seven steps", "按七步来数")
_SAME = Text(
    "Another article counts the same loop as seven steps: initialization and cost are separate steps, and the "
    "gradients belong to the update. Its update has a plus sign, which makes the cost rise; here it is corrected.",
    "另一篇文章把同一个循环数成七步：初始化与计算代价各算一步，梯度并入更新。原文的更新写成加号，会使代价上升；这里"
    "已更正。",
)
_COUNTED: tuple[tuple[Text, str, Text], ...] = (
    (
        Text("Initialize", "初始化"),
        "",
        Text("Small random weights, different from each other; biases 0.", "较小的随机权重，互不相同；偏置为 0。"),
    ),
    (STAGES[1].title, STAGES[1].tex, STAGES[1].why),
    (
        Text("Cost", "代价"),
        r"C = C(a^{L}, y)",
        Text("How far the outputs are from the targets.", "输出与目标相差多少。"),
    ),
    (STAGES[2].title, STAGES[2].tex, STAGES[2].why),
    (STAGES[3].title, STAGES[3].tex, Text("From the last hidden layer to the first.", "从最后一个隐藏层到第一个。")),
    (STAGES[5].title, STAGES[5].tex, STAGES[5].why),
    (
        Text("Repeat", "重复"),
        "",
        Text("With the next samples, until the cost is small enough.", "换下一批样本，直到代价足够小。"),
    ),
)
_GRID = "display: grid; grid-template-columns: minmax(0, 26rem) 3.2rem; justify-content: center"
_FORWARD, _HEAD = 1, "◀"  # the box to which the loop leads back, and the end of its line
_SEE: Mapping[str, str] = {"example": "relu_softmax", "step": "0"}


def entries() -> tuple[Entry, ...]:
    """Return the flow chart, and the steps one by one."""
    rows = tuple((stage.title, f"${stage.tex}$", stage.why) for stage in STAGES)
    counted = tuple(
        (_COUNT.format(i, title), f"${tex}$" if tex else "", why) for i, (title, tex, why) in enumerate(_COUNTED, 1)
    )
    return (
        Entry("flow_chart", _TITLE, (Drawing(flow_chart),), SOURCE, _SEE),
        Entry("steps", _STEPS, (Table(((_STEP, _EQUATION, _WHY), *rows)),), SOURCE),
        Entry("seven", _SEVEN, (Words(_SAME), Table(((_STEP, _EQUATION, _WHY), *counted))), _OTHER),
    )


def flow_chart(lang: str) -> str:
    """Return the algorithm as boxes with arrows, in HTML that takes the colour of its words from the page."""
    last = len(STAGES) - 1
    rows = [_box(2 * i + 1, stage.colour, stage.title(lang), stage.plain) for i, stage in enumerate(STAGES)]
    rows.append(_box(2 * last + 3, palette.ZERO, _END(lang), ""))
    rows += [_arrow(2 * i + 2, _YES(lang) if i == last else "") for i in range(last + 1)]
    return f'<div style="{_GRID}">{"".join(rows)}{_loop(2 * _FORWARD + 1, 2 * last + 1, _NO(lang))}</div>'


def _box(row: int, colour: str, title: str, formula: str) -> str:
    style = f"grid-area: {row} / 1; padding: 0.45rem 0.6rem; border: 2px solid {colour}; border-radius: 0.6rem; "
    style += f"background: {colour}22; text-align: center"
    return f'<div style="{style}"><b>{escape(title)}</b>{"<br>" if formula else ""}{escape(formula)}</div>'


def _arrow(row: int, word: str) -> str:
    return f'<div style="grid-area: {row} / 1; text-align: center; line-height: 1.6">↓ {escape(word)}</div>'


def _loop(start: int, end: int, word: str) -> str:
    """Return the line that leads back from the middle of one box to the middle of an earlier one, and its word."""
    line = f"2px solid {palette.ZERO}"
    top = f"grid-area: {start} / 2; align-self: end; height: 50%; border-top: {line}; border-right: {line}"
    side = f"grid-area: {start + 1} / 2 / {end} / 3; border-right: {line}; display: flex; align-items: center; "
    side += "justify-content: center"
    bottom = f"grid-area: {end} / 2; align-self: start; height: 50%; border-bottom: {line}; border-right: {line}"
    head = f'<span style="position: absolute; transform: translate(-0.3rem, -0.85rem)">{_HEAD}</span>'
    said = f'<span style="writing-mode: vertical-rl">{escape(word)}</span>'
    return f'<div style="{top}">{head}</div><div style="{side}">{said}</div><div style="{bottom}"></div>'
