"""Findings about the end of a run: solved, learned or not, still falling, or standing still, and what is to blame."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from engine import Text
from engine.options import NEVER
from engine.settings import MOST_EPOCHS, Task
from visualizer.findings.evidence import Evidence
from visualizer.findings.record import GOOD, NOTE, Finding, Kind, Try
from visualizer.findings.shape import A_FEW, falls, flat_since, percent, rises, tenth
from visualizer.writing import number

_NEVER = 0.95  # the share of the best constant's cost that a run must beat to have learned something
_PAYS = 1.0  # the fall of the last tenth, times the room for a larger rate, as a share of the loss
_CAREFUL = 4  # as a rate far larger one is tried that is so many times below the limit
_ROOM = 4.0  # a rate with less room than this is not called small
_FASTER, _LONGER, _WIDER, _MOST_UNITS, _STARTS = 8, 10, 4, 64, 6
_PARTIAL = ("dead", "saturated")  # causes beside which others are looked for


def unlearned(e: Evidence) -> Iterator[Finding]:
    """Find a run that never did better than the best constant answer."""
    if e.end is None or e.last < A_FEW or not e.constant or e.loss.min() < _NEVER * e.constant:
        return
    words = Text(
        "In {} epochs the loss never fell clearly below {}, the loss of the best constant answer: nothing has been "
        "learned yet.",
        "{} 轮中，损失从未明显低于 {}，即对所有样本都输出同一个最佳常数时的损失：到目前为止什么也没学到。",
    )
    yield Finding("unlearned", words.format(e.last, number(e.constant, 3)), 0, e.last)


def _explained(e: Evidence) -> bool:
    """Whether a cause is found that explains the end alone: units that are off do where nothing has been learned."""
    in_vain = any(finding.kind == "unlearned" for finding in e.found)
    return bool(e.causes if in_vain else e.causes.difference(_PARTIAL))


def slow(e: Evidence) -> Iterator[Finding]:
    """Find a run that goes down too slowly: its rate could be larger by far, or it was ended while it was falling."""
    if e.end is None or e.good or e.last < A_FEW or e.causes or rises(e) or e.trial.stopped == "target":
        return
    width = tenth(e)
    first = e.last - width
    fall = float(1 - e.loss[-1] / e.loss[first])
    numbers = percent(fall), number(e.loss[first], 3), number(e.loss[-1], 3)
    said = Text(
        "In the last tenth of the run the loss falls by {}, from {} to {}.",
        "最后十分之一的轮数中，损失下降了 {}，从 {} 到 {}。",
    ).format(*numbers)
    falling = falls(e)
    if fall > 0 and e.room > _ROOM and fall * e.room * e.last / (10 * width) > _PAYS:
        why = Text(
            "By the largest curvature a learning rate of {} would still be stable, {} times the {} in use: the "
            "learning rate is too small.",
            "按最大曲率，学习率到 {0} 仍然稳定，是所用的 {2} 的 {1} 倍：学习率太小。",
        )
        rate = float(e.rates[e.last - 1])
        words = why.format(number(rate * e.room, 2), number(e.room, 2), number(rate, 3))
        yield _ended(e, "slow", said, words, first, "rate_small")
    elif falling:
        why = Text(
            "It is still falling, and a learning rate above {} would no longer be stable ({} is in use): the run "
            "is too short.",
            "损失仍在下降，而学习率超过 {} 就不再稳定（所用为 {}）：训练太短。",
        )
        rate = float(e.rates[e.last - 1])
        words = why.format(number(rate * e.room, 2), number(rate, 3))
        yield _ended(e, "slow", said, words, first, "few_epochs")


def _ended(e: Evidence, kind: str, said: Text, why: Text, first: int, cause: str) -> Finding:
    return Finding(kind, Text("{} {}", "{}{}").format(said, why), first, e.last, NOTE, cause, None, _faster(e))


def _faster(e: Evidence) -> tuple[Try, ...]:
    task = e.task
    rates = [task.eta * _FASTER] + ([task.eta * e.room / _CAREFUL] if e.room > _FASTER * _CAREFUL else [])
    words = Text("η = {}", "η = {}")
    tries = [
        Try("rate_small", words.format(number(rate, 2)), replace(task, eta=float(f"{rate:.2g}"))) for rate in rates
    ]
    epochs = min(MOST_EPOCHS, task.epochs * _LONGER)
    if epochs > task.epochs:
        tries.append(
            Try(
                "few_epochs",
                Text("{} epochs", "{} 轮").format(epochs),
                replace(task, epochs=epochs, stopping=NEVER),
            )
        )
    return tuple(tries)


def stuck(e: Evidence) -> Iterator[Finding]:
    """Find a run whose loss is flat at the end though the task is not solved, and none of the causes is found."""
    first = flat_since(e)
    if e.end is None or e.good or first is None or _explained(e):
        return
    words = Text(
        "Since epoch {} the loss has hardly changed, {} to {}, and the task is not solved{}. {} can be measured in "
        "the run itself; the length of the gradient is {}.",
        "自第 {} 轮起，损失几乎不动（{} 到 {}），任务尚未解决{}。{}；梯度的长度为 {}。",
    )
    none = Text("No cause", "仅凭这次训练测不出原因")
    if e.causes:
        none = Text("No further cause", "在这次训练本身中测不出其他原因")
    wrong = Text("", "")
    if e.wrong:
        wrong = Text(", {} of {} samples misclassified", "，{1} 个样本中有 {0} 个分错").format(e.wrong, e.end.m)
    levels = number(e.loss[first], 3), number(e.loss[-1], 3)
    length = number(float(np.linalg.norm(e.end.gradient)), 2)
    apart = Text(
        "It may be a poor minimum, a network that is too small, a plateau, or a learning rate that is too small. "
        "To find out, try other initial weights, a wider network, more epochs and a larger learning rate.",
        "可能是较差的极小值、网络太小、平坦区或学习率太小：换初始权重、加宽网络、多训练几轮、加大学习率，就能分辨。",
    )
    tries = (*_plainer(e.task), *_other_starts(e.task), *_wider(e.task), *_faster(e))
    yield Finding("stuck", words.format(first, *levels, wrong, none, length), first, e.last, apart=apart, tries=tries)


def _other_starts(task: Task) -> tuple[Try, ...]:
    seeds = [task.seed + k for k in range(1, _STARTS + 1)]
    return tuple(
        Try("minimum", Text("initial weights of seed {}", "种子 {} 的初始权重").format(seed), task.drawn(seed=seed))
        for seed in seeds
    )


def _plainer(task: Task) -> tuple[Try, ...]:
    """Return the trainings without each of the techniques that are in use."""
    plain = (
        ("schedule", Text("a constant learning rate", "恒定的学习率"), {"schedule": "constant"}),
        ("penalty", Text("no penalty", "不加惩罚"), {"regularizer": "none"}),
        ("clip", Text("no clipping", "不裁剪"), {"clip": "none"}),
        ("patience", Text("no early stopping", "不用早停"), {"patience": None}),
        ("dropout", Text("no dropout", "不用 dropout"), {"dropout": 0.0}),
    )
    return tuple(Try(cause, words, changed) for cause, words, to in plain if (changed := replace(task, **to)) != task)


def _wider(task: Task) -> tuple[Try, ...]:
    hidden = tuple(min(_MOST_UNITS, n * _WIDER) for n in task.hidden) or (8,)
    wider = replace(task.with_hidden(hidden), net=())
    return (
        (Try("small", Text("hidden layers {}", "隐藏层 {}").format("-".join(map(str, hidden))), wider),)
        if hidden != task.hidden
        else ()
    )


def learned(e: Evidence) -> Iterator[Finding]:
    """Find the way that a run has come that is neither solved nor in vain."""
    if (
        e.end is None
        or e.last < A_FEW
        or e.solved
        or any(finding.kind in ("unlearned", "rising") for finding in e.found)
    ):
        return
    if e.loss[-1] >= e.loss[0]:
        return
    words = Text("In {} epochs the loss has fallen from {} to {}", "{} 轮中，损失从 {} 降到 {}")
    said = words.format(e.last, number(e.loss[0], 3), number(e.loss[-1], 3))
    parts = [
        said,
        Text("{} of the loss of the best constant answer", "为最佳常数输出的损失的 {}").format(percent(e.level)),
    ]
    if e.right is not None:
        parts.append(Text("{} of the training samples are correct", "训练样本判对 {}").format(percent(e.right)))
    yield Finding("learned", _sentence(parts + _held_out(e)), 0, e.last, GOOD if e.learned else NOTE)


def solved(e: Evidence) -> Iterator[Finding]:
    """Find a solved task, and the epoch since which the loss is small."""
    if e.end is None or not e.last or not e.solved:
        return
    high = np.flatnonzero(e.loss >= e.low)
    first = min(e.last, int(high[-1]) + 1) if len(high) else 0
    parts = []
    if e.wrong == 0:
        parts.append(
            Text("All {} training samples are classified correctly", "全部 {} 个训练样本都分对了").format(e.end.m)
        )
    if e.loss[-1] < e.low:
        small = Text(
            "since epoch {} the loss has been below {}, 4% of the loss of the best constant answer",
            "自第 {} 轮起，损失低于 {}，即最佳常数输出的损失的 4%",
        )
        parts.append(small.format(first, number(e.low, 3)))
    yield Finding("solved", _sentence(parts + _held_out(e)), first, e.last, GOOD)


def _held_out(e: Evidence) -> list[Text]:
    """Return a sentence on the held-out loss at the end."""
    curve = e.trial.held_out_loss
    if curve is None or not e.last:
        return []
    now, best = float(curve[e.last]), int(np.argmin(curve[: e.last + 1]))
    words = Text("the validation loss ends at {}, lowest after epoch {}: {}", "验证损失最后为 {}，第 {} 轮后最低：{}")
    return [words.format(number(now, 3), best, number(float(curve[best]), 3))]


def _sentence(parts: list[Text]) -> Text:
    words = Text("{}.", "{}。").format(Text("; ", "；").join(parts))
    return Text(words.en[0].upper() + words.en[1:], words.zh)


KINDS = (
    Kind("unlearned", unlearned, 5),
    Kind("slow", slow, 35),
    Kind("stuck", stuck, 36),
    Kind("learned", learned, 40),
    Kind("solved", solved, 41),
)
