"""Words that several pages have in common: the pages' names, the given state, and the buttons."""

from engine import ACTIVATIONS, Step, Text, Trace
from engine.equations import PHASES
from visualizer.writing.numbers import number
from visualizer.writing.setting_words import technique_words

PAGES = {  # in the order of the menu; each is the script of that name in `pages`
    "stage": Text("Stage", "舞台"),
    "train": Text("Train", "训练"),
    "landscape": Text("Landscape", "地形"),
    "check": Text("Check", "检验"),
    "examples": Text("Examples", "例题"),
    "exercises": Text("Exercises", "练习"),
    "reference": Text("Reference", "参考"),
}
GIVEN_TITLE = Text("Given", "已知")
GIVEN_WHY = Text(
    "A network with its weights and biases, an input x and a target y. Press → to see, step by step, what the network "
    "makes of them, how far off it is, and which weight is to blame for how much.",
    "一个网络及其权重、偏置，输入 x 与目标 y。按 → 逐步查看网络如何计算、误差多大、每个权重各负多少责任。",
)
TRANSPORT = {
    "step_first": (Text("⇤ First", "⇤ 最前"), Text("Back to what was given (Home)", "回到初始（Home）")),
    "step_prev": (Text("← Back", "← 上一步"), Text("One step back (← or Page Up)", "后退一步（← 或 Page Up）")),
    "step_next": (Text("Next →", "下一步 →"), Text("One step on (→ or Page Down)", "前进一步（→ 或 Page Down）")),
    "step_last": (Text("Last ⇥", "最后 ⇥"), Text("To the update (End)", "直到更新（End）")),
}
IN_LESSON = {  # what two of them do there
    "step_prev": Text("Back to the stop before (← or Page Up)", "回到上一站（← 或 Page Up）"),
    "step_next": Text("On to the next stop (→ or Page Down)", "前往下一站（→ 或 Page Down）"),
}
_ON_PURPOSE = Text("wrong on purpose: {}", "故意犯错：{}")
_COST = Text("C: {}", "C：{}")
_NORMED, _DROPS = Text("batch normalization", "批归一化"), Text("dropout, p = {}", "dropout，p = {}")
_OUTSIDE = Text("inference mode", "推断模式")
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
    if trace.update and trace.update.optimizer.told:
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
