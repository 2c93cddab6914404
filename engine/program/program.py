"""The program of a pass: architecture and loss compiled to a flat list of NumPy calls over one vector, the record.

All values of a pass are views of the record: the gradients first, laid out like the parameter vector theta, then the
input and the target, then everything between. A kept trace is the record, copied once. Programs are cached by
architecture, loss and number of samples, never by parameters: an edited weight compiles nothing.
"""

from collections.abc import Callable, Sequence
from contextvars import Context
from functools import cached_property, lru_cache
from math import isfinite
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.catalogue import ACTIVATIONS, Loss, loss_for
from engine.core import InputError, Text, aligned
from engine.equations import Operation, Ref, Rule, forward_rules, pass_rules, ref, with_layers
from engine.layers import Architecture, strengths, trained
from engine.mistakes import AHEAD, made_of, reads_ahead, rounded, with_mistakes, wrong_gradient, wrong_loss
from engine.options import DRAWN, OPTIONS, PLAIN, Options, last_gradient, with_options
from engine.program import recorder
from engine.program.layout import layout
from engine.program.optimize_calls import eliminate_common_calls

WHOLE_PASS, TO_THE_COST, WITHOUT_COST = ("forward", "cost", "backward"), ("forward", "cost"), ("forward", "backward")
ALONE = (
    Text("a batch of one sample cannot be normalized", "只有一个样本的小批量无法归一化"),
    Text("at least two samples in every batch, or inference mode", "每批至少两个样本，或使用推理模式"),
)
_LARGEST_CACHED_BATCH = 256  # a larger one takes longer to run than to compile, and the cache stays small


class Program:
    """Calls of one pass with their buffers; shared, therefore run under its lock.

    Parameters
    ----------
    architecture : Architecture
    loss : str or None
        None compiles the way from input to output only.
    m : int
        The number of samples.
    stack : tuple of int
        () for one network; (K,) for K networks of one architecture, as leading axis of theta and record.
    phases : tuple of str
        The phases of the pass that are carried out: `WHOLE_PASS`, `TO_THE_COST` or `WITHOUT_COST`.
    theta : ndarray, optional
        Parameters that this program shares with others; unless given, it has its own. The record of a stack lies in
        memory as they do.
    options : Options
        The options of the pass beside the plain equations.
    """

    def __init__(
        self,
        architecture: Architecture,
        loss: str | None,
        m: int,
        stack: tuple[int, ...] = (),
        phases: tuple[str, ...] = WHOLE_PASS,
        theta: NDArray | None = None,
        options: Options = PLAIN,
    ) -> None:
        self.made = made_of(options.mistakes)
        self.loss = None if loss is None else wrong_loss(loss_for(loss, architecture.activations[-1]), self.made)
        self.lock, self.options, self.architecture = Lock(), options, architecture
        if options.training and any(architecture.norms) and m < 2:
            raise InputError(*ALONE, m)
        self.rules = _rules(architecture, self.loss, phases, options)
        self.layout = layout(architecture, self.rules, m)
        self.theta = np.zeros((*stack, architecture.numbers), architecture.dtype) if theta is None else theta
        order: Any = "C" if self.theta.flags.c_contiguous else "F"
        self.record = aligned((*stack, self.layout.size), architecture.dtype, order)
        self.record.fill(1)  # for the rows of ones
        last = len(architecture.sizes) - 1
        self.x = self.value(Ref("a", 0)).mT
        self.y = self.value(Ref("y", last)).mT if loss else None
        given = [
            self.layout.record[name].part for name in (Ref("a|1", 0), Ref("y", last)) if name in self.layout.record
        ]
        self._given = self.record[..., given[0].start : given[-1].stop]
        self._zeros = np.zeros(self._given.shape[-1], architecture.dtype)
        self.update: Callable[[NDArray], NDArray] | None = None  # theta by a gradient, for those who do it too early
        constants = {"loss": self.loss, "m": m}
        self._beside = self._of_options(architecture, options) if options != PLAIN else {}
        constants |= self._beside
        with np.errstate(all="ignore"):
            calls = [call for item in self._operations() for call in self._compile(*item, architecture, constants)]
        self.calls = calls if self.made else eliminate_common_calls(calls, (self.theta, self.record))
        if any(reads_ahead(operation) for operation, _ in self._operations()):
            self.calls.insert(0, (self.value(Ref("g", 0)).fill, (0,)))  # so that none of the last pass is known
        # told here once, not at each pass, that infinities are no reason for a warning
        self._quiet = Context()
        self._quiet.run(np.seterr, all="ignore")

    def value(self, name: Ref) -> NDArray:
        """Return the buffer of a value."""
        if name[0] == AHEAD:
            return self.layout.theta[Ref("W", name[1])].cut(self._ahead)
        return self.layout.cut(name, self.theta, self.record)

    @cached_property
    def _ahead(self) -> NDArray:
        """Parameters as the mistake *sequential* has updated them, too early."""
        return self.theta.copy(order="K")

    def _look_ahead(self) -> None:
        """Update the parameters too early, by the gradients that are known so far."""
        self._ahead[...] = self.theta
        if self.update:
            self._ahead[..., : self.architecture.parameters] = self.update(self._gradient_so_far())

    def _gradient_so_far(self) -> NDArray:
        """Gradient that an update would be given by now: the parts known, with penalty and clipping."""
        known = {**self._beside, "g": self.value(Ref("g", 0))}
        known |= {name: self.value(Ref(name, 0)) for name in DRAWN if Ref(name, 0) in self.layout.record}
        for operation in (o for rule, l in self.rules if not l and rule.phase == "backward" for o in rule.operations):
            known[operation.writes] = operation.function(*(known[name] for name in operation.reads))
        return wrong_gradient(known[last_gradient(self.options)], self.architecture, self.made)

    def _of_options(self, architecture: Architecture, options: Options) -> dict[str, Any]:
        """Constants that the operations of the options read beside the values of the pass."""
        given = ((field, getattr(options, name)) for name, field in OPTIONS.items())
        known = {field.attribute: field.registry[value] if field.registry else value for field, value in given}
        known |= {"strengths": strengths(architecture, options.strength), "trained": trained(architecture)}
        known["theta"] = self.theta[..., : architecture.parameters]
        cost = Ref("C", len(architecture.activations))
        return known | ({"C": self.value(cost)} if cost in self.layout.record else {})

    def _operations(self) -> list[tuple[Operation, int]]:
        listed = [(operation, l) for rule, l in self.rules for operation in rule.operations]
        return list(dict.fromkeys(listed))

    def _compile(
        self, operation: Operation, l: int, architecture: Architecture, constants: dict[str, Any]
    ) -> list[recorder.Call]:
        constants = {**constants, "f": ACTIVATIONS[architecture.activations[l - 1]]}
        reads = [constants[name] if name in constants else self.value(ref(name, l)) for name in operation.reads]
        target = self.value(Ref(operation.writes, l))
        if self.made:
            return self._compile_wrong(operation, reads, target)
        return recorder.record(operation.function, reads, target)

    def _compile_wrong(self, operation: Operation, reads: list[Any], target: NDArray) -> list[recorder.Call]:
        """Return the calls of an operation in a pass with mistakes, which may replace, precede or follow it."""
        before: list[recorder.Call] = [(self._look_ahead, ())] if reads_ahead(operation) else []
        if not operation.plain:
            calls: list[recorder.Call] = [(_carry_out, (operation.function, reads, target))]
        else:
            calls = recorder.record(operation.function, reads, target)
        rounds = any(mistake.rounds for mistake in self.made)
        return [*before, *calls, *([(_carry_out, (rounded, [target, self.made], target))] if rounds else [])]

    def run(self, theta: NDArray, x: NDArray, y: NDArray | None) -> bool:
        """Fill in parameters and rows of data, execute the pass, and return whether the data are finite."""
        return self._quiet.run(self._run, theta, x, y)

    def _run(self, theta: NDArray, x: NDArray, y: NDArray | None) -> bool:
        self.load(theta, x, y)
        recorder.run(self.calls)
        return self.finite_data()

    def compute(self) -> None:
        """Execute the pass on the loaded parameters and data."""
        self._quiet.run(recorder.run, self.calls)

    def load(self, theta: NDArray, x: NDArray, y: NDArray | None) -> None:
        """Fill in parameters and rows of data."""
        self.theta[...] = theta
        self.x[...] = x
        if self.y is not None:
            self.y[...] = y

    def draw(self, key: Sequence[int]) -> None:
        """Draw masks and all that is random anew: the same for the same key, and for all networks of a stack."""
        for (name, l), place in self.layout.record.items():
            if name == "mask":
                keep = 1 - self.architecture.dropout(l)
                drawn = np.random.default_rng((*key, l)).random(place.shape)
                place.cut(self.record)[...] = (drawn < keep) / keep
            elif name in DRAWN:
                place.cut(self.record)[...] = DRAWN[name](np.random.default_rng((*key, l)), place.shape)

    @property
    def draws(self) -> bool:
        """Whether something of a pass is drawn anew for each."""
        return any(name == "mask" or name in DRAWN for name, _ in self.layout.record)

    def finite_data(self) -> bool:
        """Return whether the loaded data are finite, at the price of one product: 0 · v is NaN where v is not."""
        return (
            bool(np.isfinite(self._given @ self._zeros).all())
            if self.record.ndim > 1
            else isfinite(self._given.dot(self._zeros))
        )


def _carry_out(function: Callable[..., Any], reads: list[Any], target: NDArray) -> None:
    """Execute an operation that the recorder cannot repeat."""
    target[...] = function(*reads)


def _rules(
    architecture: Architecture, loss: Loss | None, phases: tuple[str, ...], options: Options
) -> list[tuple[Rule, int]]:
    layers = len(architecture.activations)
    rules = forward_rules(layers) if loss is None else pass_rules(layers, loss)
    rules = with_mistakes(rules, architecture, made_of(options.mistakes)) if options.mistakes else rules
    if architecture.has_modes:
        rules = with_layers(rules, architecture, options.training)
    if loss:
        rules = with_options(rules, options)
    return [(rule, l) for rule, l in rules if rule.phase in phases]


def inference(architecture: Architecture, options: Options) -> Options:
    """Return the options with inference mode; networks without modes have but one."""
    return options._replace(training=False) if architecture.has_modes else options


_cached = lru_cache(maxsize=32)(Program)
_cached_wrong = lru_cache(maxsize=128)(
    Program
)  # apart, so that a search costs others nothing; more than there are mistakes


def program_for(
    architecture: Architecture,
    loss: str | None,
    m: int,
    stack: tuple[int, ...] = (),
    phases: tuple[str, ...] = WHOLE_PASS,
    options: Options = PLAIN,
) -> Program:
    """Return the program of a pass, compiled at most once while it is small enough to be kept.

    Raises
    ------
    InputError
        For a loss that does not exist or does not go with the output activation.
    """
    make = (_cached_wrong if options.mistakes else _cached) if m <= _LARGEST_CACHED_BATCH else Program
    return make(architecture, loss, m, stack, phases, None, options)
