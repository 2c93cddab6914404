"""Tries: the trainings that decide between causes, run one after the other, and what comes of them."""

import time
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from engine import Text
from engine.studies import REST, TURN, RunDriver, RunRecord
from engine.training import classes
from visualizer.findings.record import Finding, Try
from visualizer.writing import number

_BETTER = 0.6  # of the loss, or of the samples that end wrong where the loss is another one
RANKS = (
    "mistake",
    "schedule",
    "patience",
    "penalty",
    "clip",
    "dropout",
    "few_epochs",
    "rate_small",
    "rate_large",
    "batch_noise",
    "minimum",
    "small",
)
_TOLD = {
    "few_epochs": Text("the run was too short", "训练太短"),
    "rate_small": Text("the learning rate was too small", "学习率太小"),
    "rate_large": Text("the learning rate was too large", "学习率太大"),
    "batch_noise": Text("the mini-batches were too small", "小批量太小"),
    "minimum": Text("these initial weights lead to a poor minimum", "这组初始权重通向较差的极小值"),
    "small": Text("the network was too small", "网络太小"),
    "mistake": Text("the mistake is to blame", "问题出在这个错误"),
    "penalty": Text("the penalty keeps the loss high", "是惩罚项使损失降不下去"),
    "clip": Text("clipping makes the steps too short", "裁剪使步子太短"),
    "schedule": Text("the schedule ended the training", "是学习率调度结束了训练"),
    "patience": Text("early stopping ended the training", "是早停结束了训练"),
    "dropout": Text("dropout keeps the loss high", "是 dropout 使损失降不下去"),
    "range": Text("the output could not reach the targets", "输出达不到目标"),
    "scale": Text("the inputs differ too much in scale", "各输入的尺度相差太多"),
    "alike": Text("the neurons had to start with different weights", "神经元必须从不同的权重出发"),
    "vanishing": Text("the error vanishes in these layers", "误差在这些层中消失"),
    "wrong_loss": Text("this output needs a different loss", "这个输出应配另一种损失函数"),
    "dead": Text("a large step switched the neurons off", "过大的一步使神经元停止工作"),
    "saturated": Text("neurons were saturated", "神经元已饱和"),
}


class Outcome(NamedTuple):
    """Outcome of a try: the run, whether it did clearly better, and in words."""

    tried: Try
    trial: RunRecord
    better: bool
    words: Text


class Tested(NamedTuple):
    """Tries as far as they have come.

    Attributes
    ----------
    share : float
        How much is done, from 0 to 1.
    outcomes : tuple of Outcome
    verdict : Text or None
        What they decide, at the end.
    cause : str
        The cause that they name; empty where they name none.
    """

    share: float
    outcomes: tuple[Outcome, ...] = ()
    verdict: Text | None = None
    cause: str = ""


def try_out(trial: RunRecord, found: Iterable[Finding]) -> Iterator[Tested]:
    """Run all tries of some findings, each once; yield how far they have come, and at the end what they decide."""
    tries = tuple({each.task: each for finding in found for each in finding.tries if each.task.works}.values())
    outcomes: list[Outcome] = []
    for k, each in enumerate(tries):
        if any(outcome.better and outcome.tried.cause == each.cause == "minimum" for outcome in outcomes):
            continue  # one start that gets out is enough
        driver = RunDriver(each.task)
        while driver.advance(TURN):
            yield Tested((k + driver.epochs / each.task.epochs) / len(tries), tuple(outcomes))
            time.sleep(REST)
        if driver.trial:
            outcomes.append(_outcome(trial, each, driver.trial))
    verdict, cause = decide(outcomes)
    yield Tested(1.0, tuple(outcomes), verdict, cause)


def _score(trial: RunRecord, by_loss: bool) -> float:
    """Return the score of a run: the loss at the end, or where the loss is another one the share that ends wrong."""
    if by_loss or not np.isfinite(trial.loss[-1]):
        return float(trial.loss[-1]) if np.isfinite(trial.loss[-1]) else np.inf
    x, y = trial.data
    said = trial.network_at(trial.epochs).predict(x)
    return float((classes(said) != classes(y)).mean()) if np.isfinite(said).all() else 1.0


def _outcome(trial: RunRecord, tried: Try, run: RunRecord) -> Outcome:
    by_loss = run.task.loss == trial.task.loss
    before, now = _score(trial, by_loss), _score(run, by_loss)
    words = Text("{}: the loss ends at {} instead of {}", "{}：损失最后为 {}，原为 {}")
    if not by_loss:
        words = Text("{}: {} of the samples are misclassified instead of {}", "{}：判错的样本占 {}，原为 {}")
    said = words.format(tried.words, _said(now), _said(before))
    return Outcome(tried, run, now < _BETTER * before or (np.isinf(before) and np.isfinite(now)), said)


def _said(value: float) -> Text:
    return Text("not a finite number", "非有限数") if np.isinf(value) else Text(number(value, 3), number(value, 3))


def decide(outcomes: Sequence[Outcome]) -> tuple[Text, str]:
    """Return the verdict of some outcomes, in words and as a cause: of several that help the plainest one."""
    better = [outcome.tried.cause for outcome in outcomes if outcome.better]
    if not better:
        words = Text(
            "None of these {} trainings ends clearly lower: none of the changed settings is the cause.",
            "这 {} 次训练没有一次明显更低：所改动的各项都不是原因。",
        )
        return words.format(len(outcomes)), ""
    cause = min(better, key=lambda name: RANKS.index(name) if name in RANKS else len(RANKS))
    helped = [outcome.words for outcome in outcomes if outcome.tried.cause == cause and outcome.better]
    words = Text("This was tried: {}. So {}.", "试验结果：{}。所以{}。")
    return words.format(Text("; ", "；").join(helped), _TOLD.get(cause, Text(cause, cause))), cause
