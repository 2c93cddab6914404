"""The reference: sections of entries, most of them made from the registries of the engine."""

from collections.abc import Mapping
from functools import cache, partial
from typing import Any

from engine import (
    ACTIVATIONS,
    CLIPS,
    DATASETS,
    INITIALIZERS,
    LOSSES,
    OPTIMIZERS,
    REGULARIZERS,
    SCHEDULES,
    SURFACES,
    Text,
)
from engine.mistakes import MISTAKES
from engine.training import METRICS
from engine.weights import FORMATS, LAYOUTS
from visualizer.glossary import TERMS
from visualizer.reference import algorithm, derivations, layers, notation, questions, registries, settings
from visualizer.reference.entry import Block, Cell, Drawing, Entry, Formula, Picture, Section, Table, folded
from visualizer.reference.registries import RULES


def _of(title: Text, intro: Text, records: Mapping[str, Any]) -> Section:
    """Return the section of a registry."""
    return Section(title, intro, partial(registries.entries, records))


SECTIONS: dict[str, Section] = {
    "algorithm": Section(
        Text("Algorithm", "算法"),
        Text("Backpropagation as a loop of six steps.", "反向传播的六个步骤，周而复始。"),
        algorithm.entries,
    ),
    "rules": _of(
        Text("Equations", "公式"),
        Text(
            "The equations of dense layers exactly as this program executes them, in order; for a batch they take "
            "the mean over its m samples.",
            "本程序对全连接层执行的公式，按前向、反向的次序；有多个样本时取 m 个样本的平均。",
        ),
        RULES,
    ),
    "layers": Section(
        Text("Normalization and dropout", "归一化与 dropout"),
        Text(
            "The equations that batch normalization and dropout add to a pass, in its order.",
            "批量归一化与 dropout 在一次计算中增加的公式，按计算次序。",
        ),
        layers.entries,
    ),
    "derivations": Section(
        Text("Derivations", "推导"),
        Text("The four equations from the chain rule, step by step.", "由链式法则逐步推出四个方程。"),
        derivations.entries,
    ),
    "notation": Section(
        Text("Notation", "记号"),
        Text("How other authors write it, and how to translate.", "其他作者的写法，以及如何互相转换。"),
        notation.entries,
        wide=True,
    ),
    "activations": _of(
        Text("Activations", "激活函数"),
        Text(
            "f and its slope f′. Shaded: where the slope is below 5% of its largest, so that hardly any error comes "
            "back.",
            "f 及其导数 f′。阴影：导数低于最大值的 5%，误差几乎传不回来。",
        ),
        ACTIVATIONS,
    ),
    "losses": _of(
        Text("Losses", "损失函数"),
        Text(
            "The loss of one sample, and the derivative with which the backward pass starts.",
            "一个样本的损失，以及反向传播由此开始的导数。",
        ),
        LOSSES,
    ),
    "optimizers": _of(
        Text("Optimizers", "优化器"),
        Text(
            "What each optimizer does with the gradient g of a parameter θ. An arrow means “is replaced by”; "
            "squares, roots and fractions are element-wise.",
            "各优化器怎样使用参数 θ 的梯度 g。箭头表示替换旧值；平方、开方与除法逐元素进行。",
        ),
        OPTIMIZERS,
    ),
    "schedules": _of(
        Text("Schedules", "学习率调度"),
        Text("How large the learning rate is after t of T epochs.", "T 轮中已过 t 轮时，学习率有多大。"),
        SCHEDULES,
    ),
    "regularizers": _of(
        Text("Regularizers", "正则化"),
        Text(
            "A penalty on large weights, J = C + λ Σ Ω(w), and the pull towards zero that results; biases are not "
            "penalized.",
            "对大权重的惩罚，J = C + λ Σ Ω(w)，以及由此产生的把权重拉向零的梯度；偏置不受惩罚。",
        ),
        REGULARIZERS,
    ),
    "clips": _of(
        Text("Clipping", "梯度裁剪"),
        Text(
            "What remains of a gradient that is too large; c is the threshold, and the norm is taken over all "
            "parameters.",
            "过大的梯度 g 裁剪之后的值；c 是阈值，范数取自全部参数。",
        ),
        CLIPS,
    ),
    "settings": Section(
        Text("Settings", "设置"),
        Text(
            "The settings of a pass and of a training, and their names in links and files.",
            "一次计算与一次训练的各项设置，以及它们在链接与文件中的名称。",
        ),
        settings.entries,
    ),
    "initializers": _of(
        Text("Initial weights", "初始权重"),
        Text("How the initial weights are chosen; biases start at 0.", "初始权重怎样取值；偏置从 0 开始。"),
        INITIALIZERS,
    ),
    "datasets": _of(
        Text("Data sets", "数据集"),
        Text("Data sets to train on, each generated from a seed.", "可用来训练的数据，由随机种子生成。"),
        DATASETS,
    ),
    "surfaces": _of(
        Text("Test surfaces", "测试曲面"),
        Text(
            "Functions of two numbers with a known shape, for optimizers to walk on.",
            "形状已知的二元函数，供优化器在上面行走。",
        ),
        SURFACES,
    ),
    "metrics": _of(
        Text("Metrics", "评估指标"),
        Text(
            "How well a network classifies. With several classes, precision, recall and F1 are computed for each "
            "class and averaged with equal weight (macro average).",
            "网络的分类性能。多类时，精确率、召回率和 F1 先逐类计算，再等权平均（宏平均）。",
        ),
        METRICS,
    ),
    "mistakes": _of(
        Text("Common mistakes", "常见错误"),
        Text(
            "What goes wrong most often. Each can be switched on in Step through, in the gradient check and in "
            "training; the Gradient check page finds them behind a wrong number.",
            "最常见的错误。在“逐步演示”、梯度检验和训练中都可以加入；“梯度检验”页能由错误的数值找出原因。",
        ),
        MISTAKES,
    ),
    "formats": _of(
        Text("Weight files", "权重文件"),
        Text("Weight files that can be opened.", "可以打开的权重文件。"),
        FORMATS,
    ),
    "layouts": _of(
        Text("Matrices in weight files", "权重文件中的矩阵"),
        Text(
            "Files seldom say how their matrices are oriented or ordered. The program infers this from the sizes, "
            "the names and the order in the file, says how it did so, and asks you if several readings remain.",
            "文件很少说明矩阵的朝向与顺序。程序按大小、名称和文件中的顺序判断并说明依据；若仍有多种读法，则请你选择。",
        ),
        LAYOUTS,
    ),
    "terms": _of(
        Text("Terms", "术语"),
        Text("Glossary: one name for each thing, used everywhere.", "术语表：一物一名，全站一致。"),
        TERMS,
    ),
    "questions": Section(
        Text("Questions", "问答"),
        Text(
            "Each answer can be opened at the step that shows it; its numbers are computed from that example.",
            "每个回答都可以在“逐步演示”中打开，停在能说明它的那一步；其中的数值由该处算出。",
        ),
        questions.entries,
    ),
}


@cache
def entries(section: str) -> tuple[Entry, ...]:
    """Return the entries of a section."""
    return SECTIONS[section].entries()


@cache
def _index() -> tuple[tuple[str, Entry, str, str], ...]:
    return tuple(
        (name, entry, folded(" ".join(entry.title)), entry.words()) for name in SECTIONS for entry in entries(name)
    )


def search(text: str) -> list[tuple[str, Entry]]:
    """Return the entries that hold every word of `text` in any language, each with its section; titles come first."""
    words = folded(text).split()
    if not words:
        return []
    found = [(name, entry, title) for name, entry, title, said in _index() if all(word in said for word in words)]
    asked = " ".join(words)
    found.sort(key=lambda hit: (not hit[2].startswith(asked), not all(word in hit[2] for word in words)))
    return [(name, entry) for name, entry, _ in found]


__all__ = ["SECTIONS", "Block", "Cell", "Drawing", "Entry", "Formula", "Picture", "Table", "entries", "search"]
