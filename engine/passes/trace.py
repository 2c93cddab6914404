"""Tracing: one pass is run, and all of its values are kept."""

from collections.abc import Sequence
from typing import Unpack

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.catalogue import loss_for
from engine.core import InputError, Text, as_numbers, as_rows, as_tuple, as_whole, lookup, names
from engine.mistakes import Made, made_of, moved, rounded, wrong_rate
from engine.network import Network
from engine.optimizers import OPTIMIZERS, State, as_rate, rate_of_each
from engine.options import PLAIN, PassOptions, check_keywords, is_plain, options_of
from engine.passes.steps import Trace, Update
from engine.program import WHOLE_PASS, program_for


def trace(
    network: Network,
    x: ArrayLike,
    y: ArrayLike,
    loss: str = "quadratic",
    optimizer: str | None = None,
    learning_rate: float | None = None,
    state: State | None = None,
    *,
    training: bool = True,
    mask_seed: int | Sequence[int] = 0,
    **options: Unpack[PassOptions],
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
        A name in `engine.catalogue.losses.LOSSES` that goes with the output activation.
    optimizer : str, optional
        A name in `engine.optimizers.records.OPTIMIZERS`; the trace then ends with the update.
    learning_rate : float, optional
        η of the update; needed with an optimizer, and of no use without.
    state : dict, optional
        The optimizer's state from the iteration before, `Trace.state`.
    training : bool
        Whether normalized layers take mean and variance from these samples, and dropout drops; else inference mode.
    mask_seed : int or sequence of int
        What the masks of dropout are drawn from. Those of a training come from its seed, the number of the epoch,
        from 1, and that of the batch, from 0.
    **options
        Those of `engine.PassOptions`: penalty, clipping, mistakes made on purpose.

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
    check_keywords("trace", options, PassOptions)
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
    training = training or not architecture.has_modes
    beside = PLAIN if training and is_plain(options) else options_of(training=training, dtype=dtype, **options)
    step = None
    if not (optimizer is None and learning_rate is None and state is None):
        step = _Stepper(network, made_of(beside.mistakes), optimizer, learning_rate, state)
    program = program_for(architecture, loss, m, (), WHOLE_PASS, beside)
    key = _as_key(mask_seed) if architecture.dropouts or program.draws else ()
    with program.lock:
        if beside.mistakes:
            program.update = (lambda gradient: step(gradient)[0]) if step else None
        if key:
            program.draw(key)
        if not program.run(network.theta, rows, targets):
            as_numbers("x", x, dtype), as_numbers("y", y, dtype)
        record = program.record.copy()
    chosen.check_targets(targets)
    record.setflags(write=False)
    kept = Trace(network, loss, m, program, record)
    kept.key = key
    if step:
        kept.update = _update(kept, step)
    return kept


def _as_key(seed: int | Sequence[int]) -> tuple[int, ...]:
    problem = Text("invalid seed of masks", "掩码的随机种子无效")
    return tuple(as_whole(problem, part, 0) for part in as_tuple(seed))


class _Stepper:
    """Update that a trace ends with."""

    def __init__(self, network: Network, made: Made, name: str | None, rate: float | None, state: State | None) -> None:
        if name is None:
            problem = Text("a learning rate or a state needs an optimizer", "给出学习率或状态时还需要优化器")
            raise InputError(problem, names(OPTIMIZERS), name)
        self.optimizer = lookup(Text("optimizer", "优化器"), OPTIMIZERS, name)
        architecture = network.architecture
        self.theta = network.theta[: architecture.parameters]
        self.rate, self.made = wrong_rate(as_rate(rate, architecture.dtype), made), made
        with np.errstate(all="ignore"):
            self.rates = rate_of_each(moved(architecture, made) if made else architecture, self.rate)
            init, check = self.optimizer.init, self.optimizer.check_state
            self.before = init(self.theta) if state is None else check(state, self.theta)

    def __call__(self, gradient: NDArray) -> tuple[NDArray, State]:
        """Return new parameters and the new state."""
        with np.errstate(all="ignore"):
            theta, after = self.optimizer.step(self.theta, gradient, self.rates, self.before)
            return (rounded(theta, self.made) if self.made else theta), after


def _update(kept: Trace, step: _Stepper) -> Update:
    theta, after = step(kept.clipped_gradient)
    network = kept.given.with_theta(np.concatenate((theta, kept.running)))
    return Update(step.optimizer, step.rate, network, step.before, after)
