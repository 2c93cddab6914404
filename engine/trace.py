"""One pass as data: every value, and the steps in the order in which they happen."""

from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.activations import ACTIVATIONS
from engine.errors import InputError, lookup, names
from engine.gradient_rules import EVERYWHERE, last_gradient, update_of
from engine.inputs import as_numbers, as_rows, is_whole
from engine.layout import Place
from engine.losses import LOSSES, Loss, loss_for
from engine.network import Network
from engine.optimizers import OPTIMIZERS
from engine.options import PLAIN, options_of
from engine.program import WHOLE_PASS, Program, program_for
from engine.rules import ON_DEMAND, Ref, Rule, ref
from engine.steps import Step, Update
from engine.text import Text
from engine.update import State, as_rate, rate_of_each


class Trace:
    """A network's pass over some samples, kept: all values, read-only.

    Attributes
    ----------
    given : Network
        The network that was run.
    loss_name : str
        The loss it was run with.
    m : int
        The number of samples.
    options : Options
        What was done beside the plain equations.
    update : Update or None
        The update, where an optimizer was asked for.
    """

    __slots__ = ("__dict__", "_program", "_record", "given", "loss_name", "m", "options", "update")

    def __init__(self, given: Network, loss_name: str, m: int, program: Program, record: NDArray) -> None:
        self.given, self.loss_name, self.m = given, loss_name, m
        self._program, self._record, self.options = program, record, program.options
        self.update: Update | None = None

    def value(self, name: str, layer: int | None = None) -> NDArray:
        """Return the value called `name` in `layer`; the last layer unless given.

        Parameters
        ----------
        name : str
            `z`, `a` (layer 0 is the input), `delta`, `y`, `C` (shapes (n_l, m), () for C); `W`, `dW` (n_l, n_{l-1});
            `b`, `db` (n_l, 1); `grad`, which is ∇_a C_x, and `slope`, f′(z), (n_l, m); `jacobian` (n_l, n_l, m);
            `long_delta`, the δ of the output layer through ∇_a C_x also where a shorter form is executed (n_l, m);
            after an update also `W_new` and `b_new`, and of an optimizer with a state, such as momentum's v, `v_W`
            and `v_b` before and `v_W_new` and `v_b_new` after it; with a regularizer `penalty` and `J`, (), and `gW`
            and `gb`, the gradient of J; with clipping `norm`, the length of the gradient, (), and `cW` and `cb`.
        layer : int, optional
            Counted from 1.

        Raises
        ------
        InputError
            Where there is no such value.
        """
        try:
            if layer is None:
                layer = 0 if name in EVERYWHERE else len(self.given.layers)
            place = self._program.layout.record.get((name, layer))  # type: ignore[call-overload]
        except TypeError:  # a list, say, which is no key
            layer, place = layer or 0, None
        return place.cut(self._record) if place else self._other_value(Ref(name, layer))

    def _other_value(self, name: Ref) -> NDArray:
        if not (isinstance(name.name, str) and is_whole(name.layer)):
            raise self._unknown(name)
        layout = self._program.layout
        if name in layout.theta:
            return layout.theta[name].cut(self.given.theta)
        if self.update:
            found = self._updated(self.update, name, layout.theta)
            if found is not None:
                return found
        if name.name in ON_DEMAND and 1 <= name.layer <= len(self.given.layers):
            operation = ON_DEMAND[name.name]
            with np.errstate(all="ignore"):
                return np.asarray(operation.function(*(self._operand(read, name.layer) for read in operation.reads)))
        raise self._unknown(name)

    def _updated(self, update: Update, name: Ref, places: dict[Ref, Place]) -> NDArray | None:
        """Return a new parameter, or a part of the optimizer's state, before or after the update."""
        plain = name.name.removesuffix("_new")
        slot, _, parameter = plain.rpartition("_")
        place = places.get(Ref(parameter, name.layer))
        ending = name.name[len(plain) :]
        vector = update.vector(slot + ending) if slot else update.network.theta if ending else None
        return place.cut(vector) if place and vector is not None else None

    def _unknown(self, name: Ref) -> InputError:
        layout = self._program.layout
        known = sorted({f"{n} {l}" for n, l in (*layout.record, *layout.theta) if "|" not in n})
        return InputError(
            Text("this trace has no such value", "这次计算中没有这个值"), names(known), f"{name.name} {name.layer}"
        )

    def _operand(self, name: str, layer: int) -> Any:
        if name == "f":
            return ACTIVATIONS[self.given.activations[layer - 1]]
        return LOSSES[self.loss_name] if name == "loss" else self.value(*ref(name, layer))

    @property
    def loss(self) -> float:
        """The cost C of the data: the mean over the samples."""
        return float(self.value("C"))

    @property
    def cost(self) -> float:
        """The whole cost J that the gradients of the update belong to: C, and the penalty where there is one."""
        return float(self.value("J")) if self.options.regularized else self.loss

    @property
    def gradient(self) -> NDArray:
        """The gradient of the whole cost, a vector like theta; before it is clipped."""
        return self.value("full" if self.options.regularized else "g", 0)

    @property
    def clipped_gradient(self) -> NDArray:
        """What the update takes its step with: the gradient of the whole cost, clipped where that is asked for."""
        return self.value(last_gradient(self.options), 0)

    @property
    def loss_function(self) -> Loss:
        """The record of the loss."""
        return LOSSES[self.loss_name]

    @property
    def network(self) -> Network:
        """What the next iteration starts from: the updated network, or the given one where nothing was updated."""
        return self.update.network if self.update else self.given

    @property
    def state(self) -> State | None:
        """The optimizer's state after the update."""
        return self.update.state if self.update else None

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The steps of the pass, in the order in which they happen; 5 L + 1 and the update for L layers."""
        steps = [self._step(rule, layer) for rule, layer in self._program.rules]
        return (*steps, self._step_everywhere(update_of(self.options))) if self.update else tuple(steps)

    def _step(self, rule: Rule, layer: int) -> Step:
        if not layer:
            return self._step_everywhere(rule)
        writes = tuple(ref(name, layer) for name in rule.writes)
        return Step(rule, layer, tuple(ref(name, layer) for name in rule.reads), writes, self.value(*writes[0]))

    def _step_everywhere(self, rule: Rule) -> Step:
        reads, writes = self._everywhere(rule.reads), self._everywhere(rule.writes)
        return Step(rule, 0, reads, writes, tuple(self.value(*name) for name in writes))

    def _everywhere(self, names: tuple[str, ...]) -> tuple[Ref, ...]:
        """Return what names mean that are read or written everywhere at once: every layer's, or the one of the pass."""
        last = len(self.given.layers)
        of_pass = tuple(Ref(name, 0 if name in EVERYWHERE else last) for name in names if name in ("C", *EVERYWHERE))
        of_layers = [name for name in names if name not in ("C", *EVERYWHERE)]
        return of_pass + tuple(Ref(name, l) for l in range(1, last + 1) for name in of_layers)

    @property
    def first_not_finite(self) -> Step | None:
        """The first step whose value is no longer finite, or None: where a pass has diverged."""
        values = ((step, step.value if isinstance(step.value, tuple) else (step.value,)) for step in self.steps)
        return next((step for step, parts in values if not all(np.isfinite(part).all() for part in parts)), None)


def trace(
    network: Network,
    x: ArrayLike,
    y: ArrayLike,
    loss: str = "quadratic",
    optimizer: str | None = None,
    learning_rate: float | None = None,
    state: State | None = None,
    *,
    regularizer: str = "none",
    strength: float = 0.01,
    clip: str = "none",
    clip_at: float = 1.0,
) -> Trace:
    """Run one pass and keep every value.

    Parameters
    ----------
    network : Network
    x : array_like of shape (n_0,) or (m, n_0)
        One sample, or m of them in rows.
    y : array_like of shape (n_L,) or (m, n_L)
        The targets.
    loss : str
        A name in `engine.losses.LOSSES` that goes with the output activation.
    optimizer : str, optional
        A name in `engine.optimizers.OPTIMIZERS`; the trace then ends with the update.
    learning_rate : float, optional
        η of the update; needed with an optimizer, and of no use without.
    state : dict, optional
        The optimizer's state from the iteration before, `Trace.state`.
    regularizer, strength, clip, clip_at
        As in `engine.train`.

    Raises
    ------
    InputError
        A `ValueError` that says what is wrong, what is allowed and what was received.

    Examples
    --------
    >>> from engine import Dense, Network, trace
    >>> t = trace(Network((Dense([[0.6]], [0.9], "sigmoid"),)), [1.0], [0.0], optimizer="sgd", learning_rate=0.15)
    >>> t.value("a").round(7)
    array([[0.8175745]])
    >>> t.network.layers[0].W.round(7)
    array([[0.5817093]])
    """
    architecture = network.architecture
    sizes, dtype = architecture.sizes, architecture.dtype
    rows, targets = as_rows("x", x, sizes[0], dtype), as_rows("y", y, sizes[-1], dtype)
    m = len(rows)
    if len(targets) != m:
        allowed = Text("{} rows of y, as many as of x", "y 应有 {} 行，与 x 相同").format(m)
        raise InputError(
            Text("x and y have different numbers of samples", "x 与 y 的样本数不同"), allowed, len(targets)
        )
    chosen = loss_for(loss, architecture.activations[-1])
    plain = regularizer == clip == "none"
    options = PLAIN if plain else options_of(regularizer, strength, clip, clip_at, dtype)
    program = program_for(architecture, loss, m, (), WHOLE_PASS, options)
    with program.lock:
        if not program.run(network.theta, rows, targets):
            as_numbers("x", x, dtype), as_numbers("y", y, dtype)
        record = program.record.copy()
    chosen.check_targets(targets)
    record.setflags(write=False)
    kept = Trace(network, loss, m, program, record)
    if not (optimizer is None and learning_rate is None and state is None):
        kept.update = _update(kept, optimizer, learning_rate, state)
    return kept


def _update(kept: Trace, name: str | None, rate: float | None, state: State | None) -> Update:
    if name is None:
        problem = Text("a learning rate or a state needs an optimizer", "给出学习率或状态时还需要优化器")
        raise InputError(problem, names(OPTIMIZERS), name)
    optimizer = lookup(Text("optimizer", "优化器"), OPTIMIZERS, name)
    theta, architecture = kept.given.theta, kept.given.architecture
    rate = as_rate(rate, architecture.dtype)
    with np.errstate(all="ignore"):
        rates = rate_of_each(architecture, rate)
        before = optimizer.init(theta) if state is None else optimizer.check_state(state, theta)
        theta, after = optimizer.step(theta, kept.clipped_gradient, rates, before)
    return Update(optimizer, rate, kept.given.with_theta(theta), before, after)
