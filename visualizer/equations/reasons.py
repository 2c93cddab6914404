"""Reasons for the steps, each in a sentence that is true of this very pass.

A rule's own sentence holds for every pass that it is usual for. Where the activation, the targets, the optimizer, what
is trained, or a mistake makes another one true, that one stands here.
"""

from collections.abc import Callable

import numpy as np

from engine import ACTIVATIONS, LOSSES, Step, Text, Trace
from engine.mistakes import AHEAD, Mistake
from engine.optimizers import STEP

_LINEAR = Text(
    "This activation is linear: z is passed on unchanged. If all layers were linear, they would collapse into one.",
    "这里的激活函数是线性的，z 原样通过；若各层都如此，多层网络等价于一层。",
)
_BP1_MIXED = Text(
    "How fast a sample's loss changes with each output, times how fast the outputs change with the weighted "
    "inputs; softmax makes each depend on all.",
    "样本的损失对每个输出的变化率，乘以各输出对各加权输入的变化率：softmax 使每个输出依赖所有输入。",
)
_BP2_MIXED = Text(
    "The same weights that carried a forward now carry the errors back; the Jacobian of softmax mixes them.",
    "前向时传递 a 的同一组权重，现在把误差传回，再经 softmax 的雅可比矩阵混合。",
)
_SUM_LEFT = Text(
    "Loss and output activation are matched: the slope cancels. These targets do not sum to 1, so the output is "
    "multiplied by their sum.",
    "损失与激活函数恰好匹配：斜率被约去。这里目标之和不为 1，因此输出要乘以目标之和。",
)
_AGAINST = Text(
    "All trained parameters move against their gradients at once; the gradients were computed at the old weights.",
    "所有参与训练的参数同时逆梯度移动，用的都是旧权重算出的梯度。",
)
_BY_MISTAKE = Text("All trained parameters take their step.", "所有参与训练的参数各迈出一步。")
_ON_PURPOSE = Text("Deliberate mistake in this step: {}.", "这一步加入了故意的错误：{}。")
_AND = Text("; ", "；")
_FROZEN = Text("{} Biases are not trained here; they stay the same.", "{}这里的偏置不训练，保持不变。")
_PARTLY_FROZEN = Text(
    "{} Biases of layer {} are not trained; they stay the same.", "{}第 {} 层的偏置不训练，保持不变。"
)
Applies = Callable[[Trace, Step], bool]


def why(trace: Trace, step: Step) -> Text:
    """Return the reason for a step; of one with mistakes in it, their names."""
    wrong = mistakes_in(trace, step)
    if wrong:
        return _ON_PURPOSE.format(_AND.join(mistake.label for mistake in wrong))
    cases = _CASES.get(step.rule.key, ())
    said = next((text for applies, text in cases if applies(trace, step)), step.rule.why)
    return _with_frozen(trace, said) if step.rule.key in ("update", STEP) else said


def _with_frozen(trace: Trace, said: Text) -> Text:
    """Add to a reason the biases that the update does not move."""
    frozen = [l for l, moves in enumerate(trace.moves_bias, 1) if not moves]
    if len(frozen) == len(trace.moves_bias):
        return _FROZEN.format(said)
    return _PARTLY_FROZEN.format(said, ", ".join(map(str, frozen))) if frozen else said


def mistakes_in(trace: Trace, step: Step) -> list[Mistake]:
    """Return the mistakes that change a step."""
    return [mistake for mistake in trace.mistakes if _is_in(mistake, trace, step)]


def _is_in(mistake: Mistake, trace: Trace, step: Step) -> bool:
    loss, key = LOSSES[trace.loss_name], step.rule.key
    by_loss = key == "c" or (key == "bp1" and loss.matched)
    replaced = not all(operation.plain for operation in step.rule.operations)
    return (
        bool(mistake.rounds)
        or (key in mistake.forms and replaced)
        or (by_loss and mistake.loss(loss) is not loss)
        or (bool(mistake.reads) and key != "update" and any(ref.name.startswith(AHEAD) for ref in step.reads))
        or (key == "update" and _moves_otherwise(mistake, trace))
    )


def _moves_otherwise(mistake: Mistake, trace: Trace) -> bool:
    """Return whether a mistake is made in the update itself."""
    law, architecture = trace.update.optimizer.laws[-1].tex if trace.update else "", trace.given.architecture
    return mistake.moved(architecture) != architecture or any(mistake.law(p, law) != law for p in "Wb")


def _is_linear(trace: Trace, step: Step) -> bool:
    return trace.given.activations[step.layer - 1] == "linear"


def _mixes(trace: Trace, step: Step) -> bool:
    of_plain = "mask" not in {ref.name for ref in step.reads}  # a rule with a mask says something else
    return of_plain and not ACTIVATIONS[trace.given.activations[step.layer - 1]].elementwise


def _mixes_alone(trace: Trace, step: Step) -> bool:
    return _mixes(trace, step) and not trace.loss_function.matched


def _leaves_sum(trace: Trace, _step: Step) -> bool:
    matched = trace.loss_function.matched
    return matched is not None and matched.activation == "softmax" and not np.allclose(trace.value("y").sum(axis=0), 1)


_CASES: dict[str, tuple[tuple[Applies, Text], ...]] = {
    "a": ((_is_linear, _LINEAR),),
    "bp1": ((_leaves_sum, _SUM_LEFT), (_mixes_alone, _BP1_MIXED)),
    "bp2": ((_mixes, _BP2_MIXED),),
    "update": (
        (lambda trace, step: bool(trace.mistakes), _BY_MISTAKE),
        (lambda trace, step: trace.update is not None and not trace.update.optimizer.slots, _AGAINST),
    ),
}
