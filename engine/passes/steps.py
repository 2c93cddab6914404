"""The trace of a pass as data: every value, the steps in their order, and what the update has done."""

from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.catalogue import ACTIVATIONS, LOSSES, Loss
from engine.core import InputError, Text, is_whole, names
from engine.equations import COMPACT, INPUT_GRADIENT, JACOBIAN_OF_H, SLOPE_OF_U, Ref, Rule, names_in_layer, ref
from engine.equations import ON_DEMAND as PLAIN_ON_DEMAND
from engine.mistakes import Mistake, moved, wrong_gradient
from engine.network import Network
from engine.optimizers import Optimizer, State, rate_of_each
from engine.options import EVERYWHERE, NORMED, last_gradient, update_rules
from engine.program import Place, Program

ON_DEMAND = PLAIN_ON_DEMAND | {operation.writes: operation for operation in (COMPACT, SLOPE_OF_U, JACOBIAN_OF_H)}


class Step(NamedTuple):
    """Step of a pass.

    Attributes
    ----------
    rule : Rule
        The equation.
    layer : int
        The layer in which it happens; 0 for what happens everywhere at once, such as the update.
    reads, writes : tuple of Ref
        The values that the step reads and writes.
    value : ndarray, or tuple of ndarray
        The written value; a tuple in the order of `writes` for what happens everywhere at once.
    """

    rule: Rule
    layer: int
    reads: tuple[Ref, ...]
    writes: tuple[Ref, ...]
    value: Any

    @property
    def address(self) -> str:
        """The step's name in a link, such as `bp2.1`; the same in every network that has the layer."""
        return f"{self.rule.key}.{self.layer}" if self.layer and self.rule.phase != "cost" else self.rule.key


class Update(NamedTuple):
    """Result of an optimizer's update: `before` is the state it found, `state` the one that the next will find."""

    optimizer: Optimizer
    rate: float
    network: Network
    before: State
    state: State

    def vector(self, name: str) -> NDArray | None:
        """Return a vector of the state, laid out like theta; with the ending `_new` as the update left it."""
        slot = name.removesuffix("_new")
        found = (self.before if slot == name else self.state).get(slot)
        return found if found is not None and found.ndim else None


class Trace:
    """Trace of a network's pass over some samples: all values, read-only.

    Attributes
    ----------
    given : Network
        The network that was run.
    loss_name : str
        The loss it was run with.
    m : int
        The number of samples.
    options : Options
        The options beside the plain equations.
    update : Update or None
        The update, where an optimizer was asked for.
    key : tuple of int
        The key from which the masks of dropout were drawn; empty where there are none.
    """

    __slots__ = ("__dict__", "_program", "_record", "given", "key", "loss_name", "m", "options", "update")

    def __init__(self, given: Network, loss_name: str, m: int, program: Program, record: NDArray) -> None:
        self.given, self.loss_name, self.m = given, loss_name, m
        self._program, self._record, self.options = program, record, program.options
        self.update: Update | None = None
        self.key: tuple[int, ...] = ()

    def value(self, name: str, layer: int | None = None) -> NDArray:
        """Return the value called `name` in `layer`; the last layer unless given.

        Parameters
        ----------
        name : str
            `z`, `a` (layer 0 is the input), `delta`, `y`, `C` (shapes (n_l, m), () for C); `W`, `dW` (n_l, n_{l-1});
            `b`, `db` (n_l, 1); `grad`, which is ∇_a C_x, and `slope`, f′(z), (n_l, m); `jacobian` (n_l, n_l, m);
            `long_delta`, the δ of the output layer through ∇_a C_x also where a shorter form is executed (n_l, m);
            of normalized layers `mu`, `var`, `zhat`, `u`, `delta_u`, `gamma`, `dgamma`, `mean_new` and so on, as in
            `engine.equations.layer_rules`; of layers with dropout `h` and `mask`;
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
            operation, architecture = ON_DEMAND[name.name], self.given.architecture
            here = architecture.is_normed(name.layer), self.options.training and architecture.dropout(name.layer) > 0
            renamed = names_in_layer(*here)
            with np.errstate(all="ignore"):
                return np.asarray(
                    operation.function(*(self._operand(renamed.get(n, n), name.layer) for n in operation.reads))
                )
        raise self._unknown(name)

    def _updated(self, update: Update, name: Ref, places: dict[Ref, Place]) -> NDArray | None:
        """Return a new parameter, or a part of the optimizer's state, before or after the update."""
        plain = name.name.removesuffix("_new")
        slot, _, parameter = plain.rpartition("_")
        place = places.get(Ref(parameter, name.layer))
        ending = name.name[len(plain) :]
        told = None if ending else self._told.get(slot)
        vector = (told if told is not None else update.vector(slot + ending)) if slot else None
        if ending and not slot:
            vector = update.network.theta
        fits = place and vector is not None and place.part.stop <= len(vector)
        return place.cut(vector) if fits and place and vector is not None else None

    @cached_property
    def _told(self) -> dict[str, NDArray]:
        """Values between the optimizer's state and the parameters, explained and not executed."""
        update, architecture = self.update, self.given.architecture
        if update is None or not update.optimizer.explained:
            return {}
        with np.errstate(all="ignore"):
            rates = rate_of_each(architecture, update.rate)
            theta = self.given.theta[: architecture.parameters]
            return update.optimizer.explained_values(theta, self.clipped_gradient, rates, update.state)

    def _unknown(self, name: Ref) -> InputError:
        layout = self._program.layout
        known = sorted({f"{n} {l}" for n, l in (*layout.record, *layout.theta) if "|" not in n})
        return InputError(
            Text("this pass has no such value", "这次计算中没有这个值"), names(known), f"{name.name} {name.layer}"
        )

    def _operand(self, name: str, layer: int) -> Any:
        if name == "f":
            return ACTIVATIONS[self.given.activations[layer - 1]]
        if name == "m":
            return self.m
        return self.loss_function if name == "loss" else self.value(*ref(name, layer))

    @property
    def loss(self) -> float:
        """Cost C of the data: the mean over the samples."""
        return float(self.value("C"))

    @property
    def cost(self) -> float:
        """Whole cost J that the gradients of the update belong to: C, and the penalty where there is one."""
        return float(self.value("J")) if self.options.regularized else self.loss

    @property
    def running(self) -> NDArray:
        """Running averages of normalized layers after the pass, laid out like the end of theta."""
        architecture = self.given.architecture
        names = [Ref(name, l) for name, l, part in architecture.columns if part.start >= architecture.parameters]
        if not (names and self.options.training):
            return self.given.theta[architecture.parameters :]
        return np.concatenate([self.value(f"{name}_new", l)[:, 0] for name, l in names])

    @property
    def beside(self) -> dict[str, Any]:
        """Keyword options with which `trace` runs such a pass again."""
        return self.options._asdict() | {"mask_seed": self.key or 0}

    @property
    def gradient(self) -> NDArray:
        """Gradient of the whole cost, a vector like theta; before it is clipped."""
        return self.value("full" if self.options.regularized else "g", 0)

    @property
    def clipped_gradient(self) -> NDArray:
        """Gradient that the update takes its step with: that of the whole cost, clipped where that is asked for."""
        gradient = self.value(last_gradient(self.options), 0)
        return wrong_gradient(gradient, self.given.architecture, self._program.made)

    @property
    def wrong_gradient(self) -> NDArray:
        """Gradient of the whole cost as the update is given it, mistakes included; before it is clipped."""
        return wrong_gradient(self.gradient, self.given.architecture, self._program.made)

    @property
    def mistakes(self) -> tuple[Mistake, ...]:
        """Mistakes made on purpose in this pass."""
        return self._program.made

    @property
    def moves_bias(self) -> tuple[bool, ...]:
        """Whether the update moves the biases of each layer."""
        return moved(self.given.architecture, self._program.made).train_bias

    @property
    def input_gradient(self) -> NDArray:
        """∇_x C_x, how fast the cost of each sample changes with each of its inputs, of shape (n_0, m)."""
        with np.errstate(all="ignore"):
            return np.asarray(INPUT_GRADIENT.function(*(self.value(*ref(name, 0)) for name in INPUT_GRADIENT.reads)))

    @property
    def loss_function(self) -> Loss:
        """Loss function of the pass, with the mistakes in it."""
        return self._program.loss or LOSSES[self.loss_name]

    @property
    def network(self) -> Network:
        """Network that the next iteration starts from: updated, or as it was where nothing was updated."""
        return self.update.network if self.update else self.given

    @property
    def state(self) -> State | None:
        """The optimizer's state after the update."""
        return self.update.state if self.update else None

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The steps of the pass, in the order in which they happen; 5 L + 1 and the update for L plain layers."""
        rules = list(self._program.rules)
        if self.update:
            rules += [(rule, 0) for rule in update_rules(self.update.optimizer, self.options, self._normed)]
        return tuple(self._step(rule, layer) for rule, layer in rules)

    def _step(self, rule: Rule, layer: int) -> Step:
        if not layer:
            return self._step_everywhere(rule)
        writes = tuple(ref(name, layer) for name in rule.writes)
        values = tuple(self.value(*name) for name in writes)
        reads = tuple(ref(name, layer) for name in rule.reads)
        return Step(rule, layer, reads, writes, values if len(values) > 1 else values[0])

    def _step_everywhere(self, rule: Rule) -> Step:
        reads, writes = self._everywhere(rule.reads), self._everywhere(rule.writes)
        return Step(rule, 0, reads, writes, tuple(self.value(*name) for name in writes))

    def _everywhere(self, names: tuple[str, ...]) -> tuple[Ref, ...]:
        """The references of names that are read or written everywhere at once: every layer's, or that of the pass."""
        last = len(self.given.layers)
        of_pass = tuple(Ref(name, 0 if name in EVERYWHERE else last) for name in names if name in ("C", *EVERYWHERE))
        of_layers = [name for name in names if name not in ("C", *EVERYWHERE)]
        refs = (Ref(name, l) for l in range(1, last + 1) for name in of_layers)
        return of_pass + tuple(name for name in refs if self._is_there(name))

    def _is_there(self, name: Ref) -> bool:
        """Whether a layer has a value that all layers are asked for: γ and β are those of normalized ones only."""
        return not name.name.removesuffix("_new").endswith(NORMED) or self.given.architecture.is_normed(name.layer)

    @property
    def _normed(self) -> bool:
        return any(self.given.architecture.norms)

    @property
    def first_not_finite(self) -> Step | None:
        """First step whose value is no longer finite, where the pass has diverged, or None."""
        values = ((step, step.value if isinstance(step.value, tuple) else (step.value,)) for step in self.steps)
        return next((step for step, parts in values if not all(np.isfinite(part).all() for part in parts)), None)
