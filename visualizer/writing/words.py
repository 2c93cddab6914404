"""Words that several pages have in common: the pages' names, the given state, and the buttons."""

from engine import ACTIVATIONS, Step, Text, Trace
from engine.equations import PHASES
from visualizer.writing.numbers import number
from visualizer.writing.setting_words import technique_words

PAGES = {  # in the order of the menu; each is the script of that name in `pages`
    "stage": Text("Step through", "逐步演示"),
    "train": Text("Train", "训练"),
    "landscape": Text("Loss landscape", "损失曲面"),
    "check": Text("Gradient check", "梯度检验"),
    "examples": Text("Worked examples", "算例"),
    "exercises": Text("Exercises", "练习"),
    "reference": Text("Reference", "参考"),
}
GIVEN_TITLE = Text("Given", "已知条件")
GIVEN_WHY = Text(
    "A network with its weights and biases, an input x and a target y. Press → to see, step by step, what it "
    "computes, how large its error is, and how much each weight contributes to it.",
    "一个网络及其权重、偏置，输入 x 与目标 y。按 → 逐步查看网络如何计算、误差多大、每个权重对误差的影响有多大。",
)
TRANSPORT = {
    "step_first": (Text("⇤ Start", "⇤ 起点"), Text("Back to the start (Home)", "回到起点（Home）")),
    "step_prev": (Text("← Back", "← 上一步"), Text("Previous step (← or Page Up)", "后退一步（← 或 Page Up）")),
    "step_next": (Text("Next →", "下一步 →"), Text("Next step (→ or Page Down)", "前进一步（→ 或 Page Down）")),
    "step_last": (Text("Last ⇥", "末步 ⇥"), Text("Jump to the update (End)", "跳到更新（End）")),
}
IN_LESSON = {  # what two of them do there
    "step_prev": Text("Previous slide (← or Page Up)", "上一页（← 或 Page Up）"),
    "step_next": Text("Next slide (→ or Page Down)", "下一页（→ 或 Page Down）"),
}
_ON_PURPOSE = Text("deliberate mistake: {}", "故意的错误：{}")
_COST = Text("C: {}", "C：{}")
_NORMED, _DROPS = Text("batch normalization", "批量归一化"), Text("dropout, p = {}", "dropout，p = {}")
_OUTSIDE = Text("inference mode", "推理模式")
PLAY, PAUSE = Text("▷ Play", "▷ 播放"), Text("‖ Pause", "‖ 暂停")
LEAVE = Text("✕ Leave", "✕ 退出")
PLAY_TIP = Text("Play to the update, or pause (Space)", "播放到更新，或暂停（空格）")


def network_words(trace: Trace, lang: str) -> str:
    """Return the sizes of the layers with their activations, as in 3 → 4 ReLU → 2 softmax."""
    first, *sizes = trace.given.sizes
    layers = zip(sizes, trace.given.activations, strict=True)
    return " → ".join([str(first), *(f"{n} {ACTIVATIONS[name].label(lang)}" for n, name in layers)])


def settings_words(trace: Trace, lang: str) -> tuple[str, ...]:
    """Return the loss, the penalty, the learning rate where there is an update, clipping, and mistakes on purpose."""
    options = trace.options
    said = [_COST.format(trace.loss_function.label)(lang), *technique_words(options, lang, in_cost=True)]
    if trace.update:
        said.append(f"η = {number(trace.update.rate)}")
    if trace.update and trace.update.optimizer.explained:
        said.append(trace.update.optimizer.label(lang))
    said += technique_words(options, lang, in_cost=False)
    architecture = trace.given.architecture
    said += [_NORMED(lang)] * any(architecture.norms)
    said += [_DROPS.format(number(max(architecture.dropouts, default=0.0)))(lang)] * bool(architecture.dropouts)
    said += [_OUTSIDE(lang)] * (architecture.has_modes and not options.training)
    return (*said, *(_ON_PURPOSE.format(mistake.label)(lang) for mistake in trace.mistakes))


def short_name(step: Step, lang: str) -> str:
    """Return the name of the equation of a step, or its phase."""
    return step.rule.name if step.rule.name.startswith("BP") else PHASES[step.rule.phase](lang)
