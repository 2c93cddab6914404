"""Replay of iterations: the network, the optimizer's state and the costs that the first ones lead to."""

from collections.abc import Callable, Iterator
from itertools import islice

from engine.network import Network
from engine.optimizers import State
from engine.passes import Trace
from engine.training import History

_MANY = 20  # iterations from which on training comes sooner to its end than the same passes one by one


def replayed(
    count: int,
    network: Network,
    state: State | None,
    passes: Iterator[Trace],
    trained: Callable[[int], History] | None,
) -> tuple[Network, State | None, tuple[float, ...]]:
    """Network, optimizer's state and costs after the first iterations.

    Parameters
    ----------
    count : int
        How many iterations.
    network, state : Network, State or None
        What the first one starts from.
    passes : iterator of Trace
        The iterations, one by one.
    trained : callable, optional
        trained(count): the same iterations as one training; None where that comes to other numbers.
    """
    if trained and count > _MANY:
        history = trained(count)
        if not history.stopped:
            return history.network, history.state, tuple(history.loss.tolist())
    costs = []
    for done in islice(passes, count):
        network, state = done.network, done.state
        costs.append(done.loss)
    return network, state, tuple(costs)
