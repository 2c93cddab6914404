"""Findings that the curve begins: plateaus, swings, a rise, over-fitting; and whether rate or batches are to blame."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from engine import Text
from engine.passes import trace
from visualizer.findings.curve_evidence import CurveEvidence
from visualizer.findings.evidence import Evidence
from visualizer.findings.record import NOTE, OUTSIDE, RUN, Finding, Kind, Try
from visualizer.findings.shape import SHORTEST, Either, longest_swing, percent, rises, signed, smooth, still
from visualizer.writing import number, plain

_DROP = 0.3  # a loss was on a plateau if it falls by this share afterwards: no slowing descent does, 10 · 0.02 is less
_RISE, _LEARNS = 1.1, 0.95  # held out above its best by a tenth, which is more than noise; training at least 5 % lower
_EDGE = 1.15  # a rate this close to the limit swings: the sharpest direction is not measured to the last percent
_LOUD, _MOST_BATCHES = 1.0, 32  # gradients of batches that differ by more than they have in common; how many of them
_LESS = 8
_OVER = Text(
    "At epoch {} the largest curvature allows stable steps up to η = {}; η was {}: the learning rate is too large.",
    "在第 {} 轮，由该处的最大曲率看，η 不超过 {} 时更新才稳定；而 η 为 {}：学习率太大。",
)
_UNDER = Text(
    "The largest curvature allows stable steps up to η = {}, above the {} in use: by this measure the learning "
    "rate is not too large.",
    "由最大曲率看，η 不超过 {} 时更新稳定，高于所用的 {}：就此而言学习率并不过大。",
)
_NOISY = Text(
    "The mini-batch gradients deviate from their mean by {} times its length: the mini-batches are too small.",
    "各小批量的梯度与其平均相差平均长度的 {} 倍：小批量太小，方向不一致。",
)
_UNTOLD = Text(
    "Either the learning rate is too large or the mini-batches are too small. To find out, try one eighth of the "
    "learning rate, and larger mini-batches.",
    "学习率太大，或小批量太小：把学习率降为八分之一，再试更大的小批量，就能分辨。",
)
_SMALLER, _WHOLE = (
    Text("one eighth of the learning rate", "学习率降为八分之一"),
    Text("all samples in each step", "每步用全部样本"),
)


def _overshoots(e: Evidence, epochs: list[int]) -> tuple[int, float, float] | None:
    """Return the first epoch at which the rate is beyond what is stable, that limit and the rate; else None."""
    for epoch in epochs:
        limit, rate = e.stable_rate(epoch), float(e.rates[min(epoch, len(e.rates) - 1)])
        if limit < _EDGE * rate:
            return epoch, limit, rate
    return None


def _noise(e: Evidence, epoch: int) -> float:
    """Return the distance of the gradients of the batches of an epoch from their mean, in lengths of it."""
    task = e.task
    if not task.batch or task.batch >= len(e.trial.data[0]) or e.diverged:
        return 0.0
    network, (x, y) = e.trial.network_at(epoch), e.trial.data
    rows = e.trial.batches(epoch + 1)[:_MOST_BATCHES]
    gradients = np.array([trace(network, x[some], y[some], task.loss).gradient for some in rows])
    mean = gradients.mean(axis=0)
    with np.errstate(all="ignore"):
        return float(np.sqrt(((gradients - mean) ** 2).sum(axis=1).mean()) / np.linalg.norm(mean))


def _slower(e: Evidence) -> tuple[Try, ...]:
    tries = [Try("rate_large", _SMALLER, replace(e.task, eta=e.task.eta / _LESS))]
    if e.task.batch:
        tries.append(Try("batch_noise", _WHOLE, replace(e.task, batch=0)))
    return tuple(tries)


def _unsteady(e: Either, kind: str, words: Text, first: int, last: int, looks: list[int]) -> Iterator[Finding]:
    """Yield findings of an unsteady curve, one for each cause of it that is measured; none is in a curve alone."""
    if isinstance(e, CurveEvidence):
        yield Finding(kind, words, first, last, apart=_UNTOLD)
        return
    over, noise = (None, 0.0) if e.task.options.mistakes else (_overshoots(e, looks), _noise(e, looks[0]))
    causes: list[tuple[str, Text | None]] = []
    if noise > _LOUD:
        causes.append(("batch_noise", _NOISY.format(number(noise, 2))))
    if over:
        causes.append(("rate_large", _OVER.format(over[0], number(over[1], 2), number(over[2], 3))))
    elif not e.task.options.mistakes:
        rate = float(e.rates[min(last, len(e.rates)) - 1])
        words = Text("{} {}", "{}{}").format(words, _UNDER.format(number(e.stable_rate(looks[-1]), 2), number(rate, 3)))
    for cause, said in causes or [("", None)]:
        whole = Text("{} {}", "{}{}").format(words, said) if said else words
        yield Finding(kind, whole, first, last, cause=cause, tries=_slower(e))
        words = Text("Also:", "此外：")


def diverged(e: Either) -> Iterator[Finding]:
    """Find the divergence of a run, and the epoch from which on the loss went up."""
    found = _divergence(e)
    if not found:
        return
    best, (end, quantity) = int(e.loss.argmin()) if len(e.loss) else 0, found
    words, middle = Text("At {} {} was no longer finite.", "{}时 {} 不再是有限数。"), (best + e.last) // 2
    words = words.format(e.place(end), quantity)
    if best < e.last:
        since = Text(
            "{} The loss was lowest after {} and has been higher ever since.", "{}损失在{}后最低，此后一直高于该值。"
        )
        words = since.format(words, e.place(best))
    yield from _unsteady(e, "diverged", words, best, end, sorted({0, best, middle}))


def _divergence(e: Either) -> tuple[int, Text] | None:
    """Return the place at which something was no longer finite, and what it was; of a curve it is the loss."""
    if isinstance(e, CurveEvidence):
        return (len(e.loss), Text("the loss", "损失")) if e.diverged else None
    found = e.trial.divergence
    if not found:
        return None
    name = plain(found.quantity._replace(name=found.quantity.name.removesuffix("_new")))
    return found.epoch, Text("the cost C", "代价 C") if found.quantity.name == "C" else Text(name, name)


def plateau(e: Either) -> Iterator[Finding]:
    """Find plateaus, stretches in which the loss is flat before it falls again."""
    for first, last in still(e):
        lowest = e.loss[last:].min()
        if lowest < (1 - _DROP) * e.loss[last]:
            words = Text(
                "From {} to {} the loss hardly changes ({} to {}): a plateau. Afterwards it falls to {}.",
                "从{}到{}，损失几乎不变（{} 到 {}）：网络停在平坦区上。之后它降到 {}。",
            )
            numbers = (number(value, 3) for value in (e.loss[first], e.loss[last], lowest))
            yield Finding("plateau", words.format(e.place(first), e.place(last), *numbers), first, last, NOTE)


def oscillation(e: Either) -> Iterator[Finding]:
    """Find the longest stretch in which the loss goes up and down again and again."""
    first, last, ups = longest_swing(e)
    if not len(ups):
        return
    often, far = percent(len(ups) / (last - first)), percent(float(np.median(ups)))
    words = Text(
        "Between {} and {} the loss rises in {} of all cases, typically by {}.",
        "{}到{}之间，{} 的情况下损失反而上升，通常上升 {}。",
    ).format(e.place(first), e.place(last), often, far)
    if e.good:
        yield Finding("oscillation", words, first, last, NOTE)
    else:
        yield from _unsteady(e, "oscillation", words, first, last, sorted({first, (first + last) // 2, last}))


def rising(e: Either) -> Iterator[Finding]:
    """Find a loss that ends clearly above its lowest and neither swings nor has left the finite numbers."""
    if not rises(e) or e.good or any(finding.kind == "oscillation" for finding in e.found):
        return
    best = int(e.loss.argmin())
    words = Text(
        "The loss was lowest after {}, {}, and has risen to {} since.",
        "损失在{}后最低，为 {}，此后升到 {}。",
    ).format(e.place(best), number(e.loss[best], 3), number(e.loss[-1], 3))
    yield from _unsteady(e, "rising", words, best, e.last, sorted({0, best, (best + e.last) // 2, e.last}))


def overfitting(e: Either) -> Iterator[Finding]:
    """Find over-fitting: the held-out loss rises while the training loss goes on falling."""
    if e.held_out is None or e.held_at is None or signed(e):
        return
    kept = np.isfinite(e.held_out) & (e.held_at <= e.last)
    at = e.held_at[kept]
    if len(at) <= SHORTEST // 4:
        return
    held, seen = smooth(e.held_out[kept]), smooth(e.loss[at])
    best = int(held.argmin())
    if len(at) - 1 - best < -(-(len(at) - 1) // 10) or held[-1] < _RISE * held[best] or seen[-1] > _LEARNS * seen[best]:
        return
    words = Text(
        "Since {} the validation loss has risen from {} to {}, while the training loss has fallen from {} to {}: "
        "overfitting, the network memorizes its training samples. Stopping at {} would have been best.",
        "自{}起，验证损失从 {} 升到 {}，而训练损失从 {} 降到 {}：这是过拟合，网络在死记训练样本。停在{}最好。",
    )
    numbers = (number(value, 3) for value in (held[best], held[-1], seen[best], seen[-1]))
    first, place = int(at[best]), e.place(int(at[best]))
    yield Finding("overfitting", words.format(place, *numbers, place), first, e.last, cause="overfitting")


KINDS = (
    Kind("plateau", plateau, 6, (RUN, OUTSIDE)),
    Kind("diverged", diverged, 31, (RUN, OUTSIDE)),
    Kind("oscillation", oscillation, 32, (RUN, OUTSIDE)),
    Kind("rising", rising, 33, (RUN, OUTSIDE)),
    Kind("overfitting", overfitting, 34, (RUN, OUTSIDE)),
)
