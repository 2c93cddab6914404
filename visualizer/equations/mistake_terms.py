"""Arithmetic of an element where a mistake is made: its form, with letters and with numbers put in."""

import re
from collections.abc import Sequence
from functools import lru_cache

from engine import ACTIVATIONS, LOSSES, Step, Trace
from engine.equations import Rule, ref
from visualizer.equations.layer_terms import named
from visualizer.writing import Factor, bracketed, exact, factor, joined, long_sum

_SUM = re.compile(r"\[([-+.x]):([^\]]*)\]")
_ELEMENT = re.compile(r"<([a-zA-Z_]+[+-]?):([jk1n]*)>")
Pair = tuple[str, str]


def write(trace: Trace, step: Step, indices: Sequence[int], sample: int) -> Pair:
    """Return the arithmetic of an element that a mistake has made, with letters and with numbers in their place."""
    writer = _Writer(trace, step.layer, indices, sample)
    return writer.mixed(step.rule) if mixes(trace, step) else writer.written(step.rule.element)


def mixes(trace: Trace, step: Step) -> bool:
    """Return whether a step with a mistake in it takes a row of a Jacobian times all that arrives."""
    return "{vjp" in step.rule.tex and not ACTIVATIONS[trace.given.activations[step.layer - 1]].elementwise


@lru_cache(maxsize=256)
def places(form: str) -> dict[str, str]:
    """Indices of the element of each value that the arithmetic of one reads, such as `kj` of `W+`."""
    return dict(_ELEMENT.findall(form))


def factor_of_loss(trace: Trace) -> str:
    """Factor by which a mistake multiplies a matched loss, in TeX; empty where there is none."""
    wrong, right = (loss.matched.tex_delta for loss in (trace.loss_function, LOSSES[trace.loss_name]) if loss.matched)
    factors = wrong[: wrong.index(right)].replace(r"\left(", "")
    return factors.replace("n_L", str(trace.given.sizes[-1]))


class _Writer:
    """Writer of the elements of one layer of a pass."""

    def __init__(self, trace: Trace, layer: int, indices: Sequence[int], sample: int) -> None:
        self.trace, self.layer, self.sample = trace, layer, sample
        self.at = dict(zip("jk", indices, strict=False))

    def written(self, form: str) -> Pair:
        """Write a form with letters and with numbers; its sums term by term."""
        letters, numbers, end = "", "", 0
        for found in _SUM.finditer(form):
            before, summed = self.plain(form[end : found.start()], end), self._sum(found[1], found[2])
            letters, numbers, end = letters + before[0] + summed[0], numbers + before[1] + summed[1], found.end()
        rest = self.plain(form[end:], end)
        return letters + rest[0], numbers + rest[1]

    def mixed(self, rule: Rule) -> Pair:
        """Write the row of a Jacobian times all that arrives."""
        arriving, (j, l) = rule.element.rpartition(r"\cdot ")[0], (self.at["j"], self.layer)
        activation = ACTIVATIONS[self.trace.given.activations[l - 1]]
        at = named(self.trace, l, "a" if "{vjp_a" in rule.tex else "z")
        row = activation.jacobian(self.trace.value(at, l))[j, :, self.sample]
        pairs = [_Writer(self.trace, l, (i,), self.sample).written(arriving) for i in range(len(row))]
        letters = [rf"J_{{{j + 1}{i + 1}}}\,({up})" for i, (up, _) in enumerate(pairs)]
        numbers = [rf"{exact(float(slope))}\cdot ({up})" for slope, (_, up) in zip(row, pairs, strict=True)]
        return joined(letters), joined(numbers)

    def _sum(self, over: str, form: str) -> Pair:
        """Write a sum over the neurons of this layer or of one beside it, or the mean over the samples."""
        if over == "x":
            return self._mean(form)
        count = self.trace.given.sizes[self.layer + {"+": 1, "-": -1, ".": 0}[over]]
        return long_sum(range(count), lambda k: self._with(k, self.sample).plain(form, 0))

    def _mean(self, form: str) -> Pair:
        m = self.trace.m
        letters, numbers = long_sum(range(m), lambda x: self._with(self.at["k"], x).plain(form, 0))
        if m == 1:
            return letters, numbers
        share = rf"\tfrac{{1}}{{{m}}}"
        return rf"{share}{{\textstyle\sum_x}}\, {self.plain(form, 0)[0]}", rf"{share}\,({numbers})"

    def _with(self, k: int, sample: int) -> "_Writer":
        return _Writer(self.trace, self.layer, (self.at["j"], k), sample)

    def plain(self, form: str, start: int) -> Pair:
        """Write a form without sums."""
        letters = _ELEMENT.sub(lambda found: self._factor(found)[0], form)
        numbers = _ELEMENT.sub(lambda found: bracketed(self._factor(found)[1], start + found.start()), form)
        return letters, numbers.replace(r"\,", r"\cdot ")

    def _factor(self, found: re.Match[str]) -> Factor:
        last = self.trace.given.sizes[self.layer + found[1].endswith("+")] - 1
        indices = [{"1": 0, "n": last}.get(letter, self.at.get(letter, 0)) for letter in found[2]]
        return factor(self.trace, ref(found[1], self.layer), indices, self.sample)
