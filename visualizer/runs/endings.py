"""End of a run: why it ended where it did, in a sentence."""

from engine import Text
from engine.core import passage
from engine.studies import RunRecord
from visualizer.writing import number, plain

_TRAINED, _HELD_OUT = Text("training loss", "训练损失"), Text("validation loss", "验证损失")
_DONE = Text("All {:,} epochs are done.", "全部 {:,} 轮均已完成。")
_PAUSED = Text("Stopped after {:,} of {:,} epochs.", "共 {1:,} 轮，在第 {0:,} 轮后停止。")
_DIVERGED = Text("Diverged in epoch {:,}: {} is no longer finite.", "第 {:,} 轮发散：{} 不再是有限值。")
_TARGET = Text(
    "Ended after epoch {:,}: the {} of {} has reached the target loss of {}.",
    "第 {:,} 轮后结束：{}为 {}，已达到目标损失 {}。",
)
_EARLY = Text(
    "Early stopping after epoch {:,}: for {:,} epochs the {} has not fallen by more than {} % of {}.",
    "第 {:,} 轮后早停：{:,} 轮内{}的下降始终不超过 {}%（相对于 {}）。",
)
_BEST = Text("It was lowest after epoch {:,}, at {}.", "最小值出现在第 {:,} 轮后，为 {}。")


def ending(trial: RunRecord, lang: str) -> str:
    """Reason for which a run ended, or stands still, after its last epoch."""
    task, at = trial.segments[-1].task, trial.epochs
    name, curve = (_TRAINED, trial.loss) if trial.held_out_loss is None else (_HELD_OUT, trial.held_out_loss)
    if trial.divergence:
        return _DIVERGED.format(at, plain(trial.divergence.quantity))(lang)
    if trial.stopped == "target":
        return _TARGET.format(at, name, number(curve[-1], 4), number(task.target_loss or 0.0, 4))(lang)
    if trial.stopped == "plateau":
        patience, best = task.patience or 0, int(curve[1:].argmin()) + 1
        share, counted = number(100 * task.min_improvement, 3), number(curve[at - patience], 4)
        early = _EARLY.format(at, patience, name, share, counted)
        return passage(lang, [early, _BEST.format(best, number(curve[best], 4))])
    return (_DONE.format(at) if at >= task.epochs else _PAUSED.format(at, task.epochs))(lang)
