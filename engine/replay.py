"""What an iteration of a model starts from, replayed from the first one."""

from itertools import islice
from typing import TYPE_CHECKING

from engine.gradient_rules import is_drawn
from engine.network import Network
from engine.training import train
from engine.update import State

if TYPE_CHECKING:
    from engine.model import Model

_MANY = 20  # iterations from which on training comes sooner to its end than the same passes one by one


def replayed(model: "Model") -> tuple[Network, State | None, tuple[float, ...]]:
    """Return what the present iteration starts from, and the costs of those before it."""
    before = model.iteration - 1
    return (_trained(model, before) if before > _MANY else None) or _passed(model, before)


def _trained(model: "Model", before: int) -> tuple[Network, State | None, tuple[float, ...]] | None:
    """Return it by training, which comes to the same numbers; None where it does not, or ends before its time."""
    drawn = model.dropout or is_drawn(model.options)
    if drawn or not model.options.training:  # its masks, and its running averages, are those of the stage
        return None
    options = model.options.checked()._asdict()
    del options["training"]
    history = train(
        model.network(),
        model.x,
        model.y,
        model.loss,
        model.optimizer,
        model.eta,
        before,
        shuffle=False,
        state=model.first_state,
        **options,
    )
    if history.stopped:
        return None
    return history.network, history.state, tuple(history.loss.tolist())


def _passed(model: "Model", before: int) -> tuple[Network, State | None, tuple[float, ...]]:
    """Return it pass by pass."""
    network, state, costs = model.network(), model.first_state, []
    for done in islice(model.passes(), before):
        network, state = done.network, done.state
        costs.append(done.loss)
    return network, state, tuple(costs)
